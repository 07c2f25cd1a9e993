package transforms

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"strings"

	"samkraft/transforms/coalition"
)

// jointSavings solves the agreements of a plan as cooperative games: what each
// group of members gains by meeting the sum of its targets where it is cheapest,
// and how the gain can be shared.
var jointSavings = goModel{
	tables:  []string{"supply_curve", "coalition_value", "allocation", "stability", "agreement_incidence", "joint_savings"},
	version: 8,
	inputs:  []string{"plan.plan", "plan.member", "plan.agreement", "plan.signatory", "registry.factor", "agreement_member", "measure", "population", "target"},
	run: func(ctx context.Context, b *build) (map[string][][]string, error) {
		j, err := readJoint(ctx, b)
		if err != nil {
			return nil, err
		}
		filled := map[string][][]string{"supply_curve": j.supplyCurves()}
		for _, a := range j.agreements {
			if err := j.solve(a, filled); err != nil {
				return nil, fmt.Errorf("agreement %s: %w", a.id, err)
			}
		}
		return filled, nil
	},
}

// allCoalitions is how many members a plan may have for every group to be
// published; of larger plans the single members, all but one, and all.
const allCoalitions = 12

type joint struct {
	plan       string
	priceYear  int64
	backstop   float64
	members    []jointMember
	agreements []jointAgreement
	steps      []jointStep // of all members, cheapest first
}

type jointMember struct {
	bit                 int64
	country, code, name string
	target, energy      *float64
	population          *int64
	industry, complete  *bool
	targetStatus        *string
}

type jointAgreement struct {
	id, status string
	titles     [3]string
	quorum     int64
	signs      []int // members by bit
	weights    []float64
}

// jointStep is a step of a supply curve.
type jointStep struct {
	coalition.Increment
	stock, measure string
	assumed        float64
}

func readJoint(ctx context.Context, b *build) (*joint, error) {
	j := &joint{plan: b.job.Plan.ID}
	err := b.conn.QueryRowContext(ctx, `SELECT price_year, factor_value FROM plan.plan, (SELECT value AS factor_value FROM registry.factor WHERE factor_id = 'price_backstop')`).Scan(&j.priceYear, &j.backstop)
	if err != nil {
		return nil, err
	}
	j.members, err = scan(ctx, b, `
		SELECT m.bit, m.country, m.muni_code, m.name, t.target_mwh, t.energy_mwh, t.industry, t.complete, t.status,
			(SELECT arg_max(p.population, p.date) FROM population p WHERE p.country = m.country AND p.muni_code = m.muni_code)::BIGINT
		FROM plan.member m LEFT JOIN target t USING (country, muni_code) ORDER BY m.bit`, func(m *jointMember) []any {
		return []any{&m.bit, &m.country, &m.code, &m.name, &m.target, &m.energy, &m.industry, &m.complete, &m.targetStatus, &m.population}
	})
	if err != nil {
		return nil, err
	}
	j.agreements, err = scan(ctx, b, `SELECT agreement_id, status, title_en, title_da, title_sv, quorum FROM plan.agreement ORDER BY agreement_id`, func(a *jointAgreement) []any {
		return []any{&a.id, &a.status, &a.titles[0], &a.titles[1], &a.titles[2], &a.quorum}
	})
	if err != nil {
		return nil, err
	}
	type signature struct {
		agreement string
		bit       int64
		weight    *float64
	}
	signatures, err := scan(ctx, b, `SELECT s.agreement_id, s.bit, w.key_weight FROM plan.signatory s
		JOIN agreement_member w USING (agreement_id, country, muni_code) ORDER BY s.agreement_id, s.bit`, func(s *signature) []any {
		return []any{&s.agreement, &s.bit, &s.weight}
	})
	if err != nil {
		return nil, err
	}
	for i := range j.agreements {
		for _, s := range signatures {
			if s.agreement == j.agreements[i].id {
				j.agreements[i].signs = append(j.agreements[i].signs, int(s.bit))
				if s.weight != nil {
					j.agreements[i].weights = append(j.agreements[i].weights, *s.weight)
				}
			}
		}
	}
	return j, j.readSteps(ctx, b)
}

// readSteps makes steps of the measures: of each stock the lower convex hull of
// its packages, of which one can be chosen.
func (j *joint) readSteps(ctx context.Context, b *build) error {
	type row struct {
		bit                 int64
		stock, measure      string
		industry            bool
		saved, cost, carbon float64
		assumed             float64
	}
	rows, err := scan(ctx, b, `SELECT m.bit, x.stock, x.measure_id, x.industry, x.potential_mwh, x.nac_eur, x.saved_t, x.assumption_share
		FROM measure x JOIN plan.member m USING (country, muni_code) WHERE x.potential_mwh > 0 ORDER BY m.bit, x.stock, x.measure_id`, func(r *row) []any {
		return []any{&r.bit, &r.stock, &r.measure, &r.industry, &r.saved, &r.cost, &r.carbon, &r.assumed}
	})
	if err != nil {
		return err
	}
	for len(rows) > 0 {
		n := 1
		for n < len(rows) && rows[n].bit == rows[0].bit && rows[n].stock == rows[0].stock {
			n++
		}
		group := rows[:n]
		rows = rows[n:]
		m := j.members[group[0].bit]
		if m.industry == nil || group[0].industry && !*m.industry {
			continue // no target, or industry is outside of it
		}
		assumed := map[string]float64{}
		var options []coalition.Option
		for _, r := range group {
			id := strings.Join([]string{r.stock, r.measure, m.country, m.code}, "/")
			options = append(options, coalition.Option{ID: id, Energy: r.saved, Cost: r.cost, CO2: r.carbon})
			assumed[id] = r.assumed
		}
		steps, err := coalition.Hull(int(group[0].bit), options)
		if err != nil {
			return err
		}
		for _, s := range steps {
			parts := strings.Split(s.ID, "/")
			j.steps = append(j.steps, jointStep{s, parts[0], parts[1], assumed[s.ID]})
		}
	}
	slices.SortStableFunc(j.steps, func(a, b jointStep) int {
		return cmp.Or(cmp.Compare(a.UnitCost, b.UnitCost), cmp.Compare(a.ID, b.ID))
	})
	return nil
}

func (j *joint) supplyCurves() [][]string {
	var rows [][]string
	curve := func(scope, country, code string, belongs func(jointStep) bool) {
		rank, sum := 0, 0.0
		for _, s := range j.steps {
			if !belongs(s) {
				continue
			}
			rank++
			sum += s.Energy
			home := j.members[s.Member]
			rows = append(rows, literals(j.plan, scope, country, code, "REF", rank, home.country, home.code, s.stock, s.measure,
				round(s.UnitCost, 6), round(s.Energy, 3), round(sum, 3), round(s.CO2, 3)))
		}
	}
	curve("joint", "-", "-", func(jointStep) bool { return true })
	for _, m := range j.members {
		curve("member", m.country, m.code, func(s jointStep) bool { return int64(s.Member) == m.bit })
	}
	return rows
}

// example reports whether an agreement, or the target of one of its signatories,
// is an example that no council has signed or adopted.
func (j *joint) example(a jointAgreement) bool {
	return a.status == "example" || slices.ContainsFunc(a.signs, func(bit int) bool {
		status := j.members[bit].targetStatus
		return status != nil && *status == "example"
	})
}

// solve plays one agreement's game and adds its rows to the tables.
func (j *joint) solve(a jointAgreement, filled map[string][][]string) error {
	place := map[int]int{} // bit of a member: its place among the signatories
	var targets []float64
	target, complete, example := 0.0, true, j.example(a)
	for i, bit := range a.signs {
		m := j.members[bit]
		if m.target == nil {
			text := "No figure: " + m.name + " has no target."
			filled["joint_savings"] = append(filled["joint_savings"], literals(j.plan, "PLAN", a.id, nil, nil, nil, nil, nil, nil, nil, "resource",
				nil, nil, nil, example, false, j.priceYear, text, "Intet tal: "+m.name+" har intet mål.", "Ingen siffra: "+m.name+" har inget mål."))
			return nil
		}
		place[bit] = i
		targets = append(targets, *m.target)
		target += *m.target
		complete = complete && *m.complete
	}
	var steps []coalition.Increment
	assumed := map[string]float64{}
	for _, s := range j.steps {
		if i, signs := place[s.Member]; signs {
			one := s.Increment
			one.Member = i
			steps = append(steps, one)
			assumed[s.ID] = s.assumed
		}
	}
	pooled, err := coalition.NewPooledTarget(targets, steps, j.backstop)
	if err != nil {
		return err
	}
	g, err := j.play(a, pooled)
	if err != nil {
		return err
	}
	filled["coalition_value"] = append(filled["coalition_value"], j.coalitionRows(a, g)...)
	shares, err := j.share(a, g, pooled)
	if err != nil {
		return err
	}
	filled["allocation"] = append(filled["allocation"], j.allocationRows(a, g, shares)...)
	certificates, err := j.stabilityRows(a, g, shares)
	if err != nil {
		return err
	}
	filled["stability"] = append(filled["stability"], certificates...)
	filled["agreement_incidence"] = append(filled["agreement_incidence"], j.incidenceRows(a, g, shares[0])...)

	all := coalition.All(len(a.signs))
	taken, err := pooled.Taken(all)
	if err != nil {
		return err
	}
	used, rests := 0.0, 0.0
	for i, e := range taken {
		used += e
		if assumed[steps[i].ID] > 0 {
			rests += e
		}
	}
	alone := 0.0
	for i := range a.signs {
		alone += g.cost[1<<i]
	}
	gain := float64(g.money.Total()) / 100
	h := headline{agreement: a, alone: alone, joint: g.cost[all], gain: gain, mwh: float64(g.energy.Total()) / 1000, tonnes: float64(g.carbon[all]) / 1000,
		target: target, backstop: g.backstop, rule: shares[0].rule, example: example, complete: complete, members: len(a.signs)}
	if used > 0 {
		rests /= used
	}
	share := any(nil)
	if alone != 0 {
		share = round(gain/math.Abs(alone), 6)
	}
	filled["joint_savings"] = append(filled["joint_savings"], literals(j.plan, "PLAN", a.id, cents(alone), cents(g.cost[all]), cents(gain), share, round(h.mwh, 3), round(h.tonnes, 3), round(target, 3), "resource",
		g.backstop, h.rule, round(rests, 6), example, complete, j.priceYear, h.sentence(english), h.sentence(danish), h.sentence(swedish)))
	return nil
}

// round rounds to a stated number of decimals, which is how published numbers
// are rounded, once.
func round(f float64, decimals int) float64 {
	scale := math.Pow10(decimals)
	r := math.Round(f*scale) / scale
	if r == 0 {
		return 0 // not minus zero
	}
	return r
}

func cents(f float64) float64 { return round(f, 2) }
