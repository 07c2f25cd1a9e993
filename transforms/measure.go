package transforms

import (
	"context"
	"math"

	"samkraft/pipeline"
	"samkraft/transforms/saving"
)

// savingMeasures evaluates the saving measures on the members' stocks, and what the
// stocks emit, with every factor at its central value.
var savingMeasures = goModel{
	tables:  []string{"measure", "measure_attribution", "stock_emission"},
	version: 7,
	inputs:  savingInputs,
	run: func(ctx context.Context, b *build) (map[string][][]string, error) {
		m, err := readSaving(ctx, b)
		if err != nil {
			return nil, err
		}
		packages, err := m.Evaluate(m.Central(), nil)
		if err != nil {
			return nil, err
		}
		var priceYear int64
		if err := b.conn.QueryRowContext(ctx, "SELECT price_year FROM plan.plan").Scan(&priceYear); err != nil {
			return nil, err
		}
		var rows [][]string
		for _, p := range packages {
			home := b.job.Plan.Members[p.Member]
			group := p.Stock
			if p.Group != "" {
				group = p.Group
			}
			rows = append(rows, literals(b.job.Plan.ID, home.Country, home.Code, p.Stock, p.Measure, "REF", "central", p.Industry, p.Own, group,
				round(p.Saved, 3), round(p.Invest, 2), round(p.OM, 2), known(round(p.Life, 3)), known(round(p.LCSE, 6)), round(p.NAC, 2), round(p.CO2, 3),
				stated(p.Floor), round(p.AssumptionShare, 6), "societal", priceYear))
		}
		attribution, err := attributionRows(b.job.Plan, m, packages)
		if err != nil {
			return nil, err
		}
		return map[string][][]string{"measure": rows, "measure_attribution": attribution, "stock_emission": emissionRows(b.job.Plan, m)}, nil
	},
}

func attributionRows(plan pipeline.Plan, m *saving.Model, packages []saving.Package) ([][]string, error) {
	parts, err := m.Attribute(m.Central())
	if err != nil {
		return nil, err
	}
	var rows [][]string
	for _, a := range parts {
		p := packages[a.Package]
		home := plan.Members[p.Member]
		rows = append(rows, literals(plan.ID, home.Country, home.Code, p.Stock, p.Measure, a.Measure, "REF", "central", round(a.Alone, 3), round(a.Saved, 3)))
	}
	return rows, nil
}

func emissionRows(plan pipeline.Plan, m *saving.Model) [][]string {
	var rows [][]string
	emissions := m.Emissions(m.Central(), nil)
	for i, s := range m.Stocks() {
		var factor any
		if s.Energy > 0 {
			factor = round(emissions[i]*1000/s.Energy, 6)
		}
		rows = append(rows, literals(plan.ID, s.Country, s.Code, s.ID, factor, round(emissions[i], 3)))
	}
	return rows
}

// known returns nothing for a figure that is not there.
func known(f float64) any {
	if math.IsNaN(f) {
		return nil
	}
	return f
}

// stated returns nothing for a text that is not there.
func stated(text string) any {
	if text == "" {
		return nil
	}
	return text
}

// savingInputs are the relations that readSaving reads.
var savingInputs = []string{"building_stock", "end_use", "municipal_building", "own_factor", "own_measure", "plan.member", "plan.plan", "registry.factor", "saving_measure", "saving_package"}

// readSaving makes the model of saving measures on the stocks of a plan's members.
func readSaving(ctx context.Context, b *build) (*saving.Model, error) {
	var in saving.Input
	if err := b.conn.QueryRowContext(ctx, "SELECT discount_rate, price_year FROM plan.plan").Scan(&in.Rate, &in.Year); err != nil {
		return nil, err
	}
	var err error
	in.Stocks, err = scan(ctx, b, `
		SELECT m.bit, m.country, m.muni_code, m.name, e.stock, coalesce(e.energy_mwh, 'NaN'), coalesce(e.heat_mwh, 'NaN'), e.industry, coalesce(e.half_width, 'NaN'), coalesce(e.low_mwh, 'NaN'), coalesce(e.high_mwh, 'NaN')
		FROM end_use e JOIN plan.member m USING (country, muni_code) ORDER BY m.bit, e.stock`, func(s *saving.Stock) []any {
		return []any{&s.Member, &s.Country, &s.Code, &s.Name, &s.ID, &s.Energy, &s.Heat, &s.Industry, &s.HalfWidth, &s.Low, &s.High}
	})
	if err != nil {
		return nil, err
	}
	in.Buildings, err = scan(ctx, b, `
		SELECT m.bit, m.muni_code, s.calibrated_kwh_m2, s.half_width
		FROM building_stock s JOIN plan.member m USING (country, muni_code) WHERE s.dwelling_type = 'ALL' AND s.calibrated_kwh_m2 > 0 ORDER BY m.bit`, func(o *saving.Building) []any {
		return []any{&o.Member, &o.Code, &o.Demand, &o.HalfWidth}
	})
	if err != nil {
		return nil, err
	}
	in.Measures, err = scan(ctx, b, `
		SELECT measure_id, saving, saving_per, invest, invest_per, life, coalesce(upkeep, ''), coalesce(upkeep_per, ''), coalesce(variable, ''), coalesce(share, ''), coalesce(carrier_to, '')
		FROM saving_measure ORDER BY measure_id`, func(m *saving.Measure) []any {
		return []any{&m.ID, &m.Saving, &m.SavingPer, &m.Invest, &m.InvestPer, &m.Life, &m.Upkeep, &m.UpkeepPer, &m.Variable, &m.Share, &m.CarrierTo}
	})
	if err != nil {
		return nil, err
	}
	in.Parts, err = scan(ctx, b, "SELECT stock, package_id, measure_id FROM saving_package ORDER BY ALL", func(p *saving.Part) []any {
		return []any{&p.Stock, &p.Package, &p.Measure}
	})
	if err != nil {
		return nil, err
	}
	in.Own, err = scan(ctx, b, `
		SELECT m.bit, o.muni_code, o.stock, if(o.group_id = o.stock, '', o.group_id), o.measure_id, o.saved_low_mwh, o.saved_mwh, o.saved_high_mwh,
			o.invest_low_eur, o.invest_eur, o.invest_high_eur, o.upkeep_eur, o.life_years, coalesce(o.saved_t, 'NaN'), o.mark
		FROM own_measure o JOIN plan.member m USING (country, muni_code) WHERE o.counted
		UNION ALL
		SELECT m.bit, o.muni_code, o.stock, '', o.measure_id, o.saved_low_mwh, o.saved_mwh, o.saved_high_mwh, o.invest_low_eur, o.invest_eur, o.invest_high_eur, 0, o.life_years, 'NaN', 'A'
		FROM municipal_building o JOIN plan.member m USING (country, muni_code)
		ORDER BY ALL`, func(o *saving.Own) []any {
		return []any{&o.Member, &o.Code, &o.Stock, &o.Group, &o.ID, &o.Saved.Low, &o.Saved.Mode, &o.Saved.High, &o.Invest.Low, &o.Invest.Mode, &o.Invest.High, &o.Upkeep, &o.Life, &o.CO2, &o.Mark}
	})
	if err != nil {
		return nil, err
	}
	in.Factors, err = readFactors(ctx, b)
	if err != nil {
		return nil, err
	}
	return saving.New(in)
}

// readFactors reads the registry's factors, prices in euro of 2025.
func readFactors(ctx context.Context, b *build) ([]saving.Factor, error) {
	return scan(ctx, b, `
		SELECT f.factor_id, coalesce(f.country, ''), coalesce(f.year, 0), coalesce(f.ef_role, ''),
			coalesce(p.eur_low, f.low, 'NaN'), coalesce(p.eur, f.value, 'NaN'), coalesce(p.eur_high, f.high, 'NaN'),
			coalesce(f.distribution, ''), coalesce(f.mark, ''), if(p.eur IS NULL, f.unit, regexp_replace(f.unit, '^(DKK|SEK)', 'EUR'))
		FROM registry.factor f LEFT JOIN registry.price p ON p.factor_id = f.factor_id AND p.country IS NOT DISTINCT FROM f.country AND p.year IS NOT DISTINCT FROM f.year
		UNION ALL SELECT factor_id, '', 0, '', low, value, high, distribution, mark, unit FROM own_factor
		ORDER BY ALL`, func(f *saving.Factor) []any {
		return []any{&f.ID, &f.Country, &f.Year, &f.Role, &f.Spread.Low, &f.Spread.Mode, &f.Spread.High, &f.Distribution, &f.Mark, &f.Unit}
	})
}
