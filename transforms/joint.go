package transforms

import (
	"context"
	"math"
	"slices"

	"samkraft/transforms/joint"
)

// jointSavings plays the agreements of a plan as cooperative games: what each
// group of members gains by acting together, how the gain can be shared, and what
// all agreements together do to each member.
var jointSavings = goModel{
	tables: []string{"supply_curve", "agreement_member", "coalition_value", "allocation", "stability", "agreement_incidence", "exit_loss", "netting", "tornado", "joint_savings", "scenario", "burden"},
	// Raised whenever the answers of package joint, coalition or saving change.
	version: 23,
	inputs:  append(slices.Clone(savingInputs), "plan.agreement", "plan.uncertainty", "electricity_year", "hourly_balance", "municipality", "population", "reference_use", "renewable_potential", "target"),
	from: map[string][]string{
		"supply_curve":     {"measure", "target"},
		"agreement_member": {"end_use", "plan.agreement", "plan.member", "population", "target"},
		"coalition_value": {"electricity_year", "end_use", "hourly_balance", "measure", "municipality", "plan.agreement", "plan.member", "registry.factor",
			"renewable_potential", "supply_curve", "target"},
		"allocation":          {"agreement_member", "coalition_value", "end_use", "population", "supply_curve", "target"},
		"stability":           {"allocation", "coalition_value"},
		"agreement_incidence": {"agreement_member", "coalition_value"},
		"exit_loss":           {"agreement_member", "coalition_value"},
		"netting":             {"hourly_balance", "plan.member"},
		"tornado":             {"coalition_value", "registry.factor"},
		"joint_savings":       {"agreement_incidence", "coalition_value", "plan.uncertainty", "registry.factor", "stability"},
		"scenario":            {"measure", "reference_use", "target"},
		"burden":              {"measure", "population", "target"},
	},
	run: func(ctx context.Context, b *build) (map[string][][]string, error) {
		in, err := readJoint(ctx, b)
		if err != nil {
			return nil, err
		}
		rows, err := joint.Solve(in)
		if err != nil {
			return nil, err
		}
		filled := map[string][][]string{}
		for table, list := range rows {
			for _, cells := range list {
				filled[table] = append(filled[table], literals(cells...))
			}
		}
		return filled, nil
	},
}

func readJoint(ctx context.Context, b *build) (joint.Input, error) {
	plan := b.job.Plan
	in := joint.Input{Plan: plan.ID, PriceYear: plan.PriceYear, Draws: *plan.Uncertainty.Draws, Seed: plan.Uncertainty.Seed, Amounts: map[string][]float64{}}
	in.Agreements = slices.Clone(plan.Agreements)
	var err error
	if in.Measures, err = readSaving(ctx, b); err != nil {
		return in, err
	}
	if in.Factors, err = readFactors(ctx, b); err != nil {
		return in, err
	}
	in.Members, err = scan(ctx, b, `
		SELECT m.country, m.muni_code, m.name,
			coalesce((SELECT arg_max(p.population, p.date) FROM population p WHERE p.country = m.country AND p.muni_code = m.muni_code), 'NaN'::DOUBLE),
			coalesce(t.energy_mwh, c.energy_mwh, 'NaN'), coalesce(if(t.value_share IS NULL, t.reference_mwh - t.level_mwh, t.target_mwh), 'NaN'), if(t.value_share IS NULL, coalesce(t.level_mwh, 0), 0),
			coalesce(t.industry, false), t.target_mwh IS NOT NULL, coalesce(t.year, 0),
			coalesce(if(c.value_share IS NULL, c.reference_t - c.level_t, c.target_t), 'NaN'), if(c.value_share IS NULL, coalesce(c.level_t, 0), 0),
			coalesce(c.industry, false), coalesce(nullif(c.one_stock, '-'), ''), c.target_t IS NOT NULL, coalesce(c.year, 0),
			coalesce(t.complete AND c.complete, t.complete, c.complete, false), coalesce(t.status = 'example', false) OR coalesce(c.status = 'example', false),
			coalesce(p.lon_deg, 'NaN'), coalesce(p.lat_deg, 'NaN')
		FROM plan.member m LEFT JOIN (FROM target WHERE counts = 'energy') t USING (country, muni_code)
		LEFT JOIN (FROM target WHERE counts = 'co2') c USING (country, muni_code) LEFT JOIN municipality p USING (country, muni_code) ORDER BY m.bit`, func(m *joint.Member) []any {
		return []any{&m.Country, &m.Code, &m.Name, &m.Population, &m.Energy, &m.Target, &m.Level, &m.Industry, &m.HasTarget, &m.Year,
			&m.Cut, &m.CutLevel, &m.CutIndustry, &m.CutStock, &m.HasCut, &m.CutYear, &m.Complete, &m.ExampleTarget, &m.Lon, &m.Lat}
	})
	if err != nil {
		return in, err
	}
	if err := readReference(ctx, b, &in); err != nil {
		return in, err
	}
	if in.Hours, err = readHours(ctx, b); err != nil {
		return in, err
	}
	return in, readAmounts(ctx, b, &in)
}

// readHours reads the hourly balance; nil where it has no rows.
func readHours(ctx context.Context, b *build) (*joint.Hours, error) {
	type hour struct {
		bit        int
		year       int
		used, made float64
	}
	rows, err := scan(ctx, b, `SELECT m.bit, year(h.hour_utc), h.consumption_mwh::DOUBLE, h.production_mwh::DOUBLE
		FROM hourly_balance h JOIN plan.member m USING (country, muni_code) ORDER BY m.bit, h.hour_utc`, func(h *hour) []any {
		return []any{&h.bit, &h.year, &h.used, &h.made}
	})
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	members := len(b.job.Plan.Members)
	// The local year may begin in the last hours of the year before: ask in the middle.
	hours := &joint.Hours{Year: rows[len(rows)/members/2].year, Consumption: make([][]float64, members), Production: make([][]float64, members)}
	for _, h := range rows {
		hours.Consumption[h.bit] = append(hours.Consumption[h.bit], h.used)
		hours.Production[h.bit] = append(hours.Production[h.bit], h.made)
	}
	// Hours that are not metered are annual figures in a zone's shape.
	volumes, err := scan(ctx, b, `SELECT coalesce(min(year), 0), coalesce(max(year), 0) FROM electricity_year
		WHERE energy_mwh > 0 AND NOT EXISTS (FROM hourly_balance WHERE method_id = 'metered')`, func(v *[2]int) []any { return []any{&v[0], &v[1]} })
	if err != nil {
		return nil, err
	}
	hours.Volumes = volumes[0]
	return hours, nil
}

// readReference reads what members would use without a plan, in the scope of their
// target of energy or else of CO2.
func readReference(ctx context.Context, b *build, in *joint.Input) error {
	type use struct {
		bit int
		joint.Use
	}
	rows, err := scan(ctx, b, `
		WITH aim AS (SELECT m.bit, t.* FROM target t JOIN plan.member m USING (country, muni_code) WHERE t.counts IN ('energy', 'co2') QUALIFY row_number() OVER (PARTITION BY m.bit ORDER BY t.counts DESC) = 1)
		SELECT a.bit, r.year, fsum(if(a.basis = 'normalised', r.normalised_mwh, r.energy_mwh) ORDER BY r.stock),
			fsum(if(a.basis = 'normalised', r.normalised_low_mwh, r.low_mwh) ORDER BY r.stock), fsum(if(a.basis = 'normalised', r.normalised_high_mwh, r.high_mwh) ORDER BY r.stock)
		FROM reference_use r JOIN aim a ON a.country = r.country AND a.muni_code = r.muni_code AND (a.industry OR NOT r.industry) AND a.one_stock IN ('-', r.stock)
		WHERE r.energy_mwh IS NOT NULL GROUP BY a.bit, r.year ORDER BY a.bit, r.year`, func(u *use) []any {
		return []any{&u.bit, &u.Year, &u.Energy, &u.Low, &u.High}
	})
	for _, u := range rows {
		in.Members[u.bit].Reference = append(in.Members[u.bit].Reference, u.Use)
	}
	return err
}

// readAmounts reads what agreements can share: unused fuel and district heat.
func readAmounts(ctx context.Context, b *build, in *joint.Input) error {
	type amount struct {
		bit  int
		kind string
		mwh  float64
	}
	amounts, err := scan(ctx, b, `
		SELECT m.bit, r.resource, r.unused_mwh FROM renewable_potential r JOIN plan.member m USING (country, muni_code)
		WHERE r.resource IN ('straw', 'wood') AND r.level = 'realisable' AND r."case" = 'central' AND r.unused_mwh IS NOT NULL
		UNION ALL
		SELECT m.bit, 'district_heat', e.energy_mwh FROM end_use e JOIN plan.member m USING (country, muni_code) WHERE e.stock = 'heat_district' AND e.energy_mwh IS NOT NULL
		ORDER BY ALL`, func(a *amount) []any { return []any{&a.bit, &a.kind, &a.mwh} })
	if err != nil {
		return err
	}
	for _, a := range amounts {
		if in.Amounts[a.kind] == nil {
			in.Amounts[a.kind] = make([]float64, len(in.Members))
			for i := range in.Amounts[a.kind] {
				in.Amounts[a.kind][i] = math.NaN()
			}
		}
		in.Amounts[a.kind][a.bit] = a.mwh
	}
	return nil
}
