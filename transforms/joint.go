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
	tables: []string{"supply_curve", "agreement_member", "coalition_value", "allocation", "stability", "agreement_incidence", "exit_loss", "netting", "tornado", "joint_savings"},
	// Raised whenever the answers of package joint, coalition or saving change.
	version: 14,
	inputs:  append(slices.Clone(savingInputs), "plan.agreement", "plan.uncertainty", "hourly_balance", "municipality", "population", "renewable_potential", "target"),
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
			coalesce(t.energy_mwh, c.energy_mwh, 'NaN'), coalesce(t.target_mwh, 'NaN'), coalesce(t.industry, false), t.target_mwh IS NOT NULL,
			coalesce(c.target_t, 'NaN'), coalesce(c.industry, false), c.target_t IS NOT NULL,
			coalesce(t.complete AND c.complete, t.complete, c.complete, false), coalesce(t.status = 'example', false) OR coalesce(c.status = 'example', false),
			coalesce(p.lon_deg, 'NaN'), coalesce(p.lat_deg, 'NaN')
		FROM plan.member m LEFT JOIN (FROM target WHERE kind = 'final_energy_share') t USING (country, muni_code)
		LEFT JOIN (FROM target WHERE kind = 'co2_share') c USING (country, muni_code) LEFT JOIN municipality p USING (country, muni_code) ORDER BY m.bit`, func(m *joint.Member) []any {
		return []any{&m.Country, &m.Code, &m.Name, &m.Population, &m.Energy, &m.Target, &m.Industry, &m.HasTarget,
			&m.Cut, &m.CutIndustry, &m.HasCut, &m.Complete, &m.ExampleTarget, &m.Lon, &m.Lat}
	})
	if err != nil {
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
	return hours, nil
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
