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
	tables:  []string{"supply_curve", "coalition_value", "allocation", "joint_savings"},
	version: 3,
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
	currency   string
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
	err := b.conn.QueryRowContext(ctx, `SELECT price_year, currency, factor_value FROM plan.plan, (SELECT value AS factor_value FROM registry.factor WHERE factor_id = 'price_backstop')`).Scan(&j.priceYear, &j.currency, &j.backstop)
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

// solve plays one agreement's game and adds its rows to the tables.
func (j *joint) solve(a jointAgreement, filled map[string][][]string) error {
	place := map[int]int{} // bit of a member: its place among the signatories
	var targets []float64
	target, complete, example := 0.0, true, a.status == "example"
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
		example = example || *m.targetStatus == "example"
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
		target: target, backstop: g.backstop, rule: shares[0].rule, example: example, complete: complete, members: len(a.signs), price: g.lambda[all]}
	if used > 0 {
		rests /= used
	}
	share := any(nil)
	if alone > 0 {
		share = round(gain/alone, 6)
	}
	filled["joint_savings"] = append(filled["joint_savings"], literals(j.plan, "PLAN", a.id, cents(alone), cents(g.cost[all]), cents(gain), share, round(h.mwh, 3), round(h.tonnes, 3), round(target, 3), "resource",
		g.backstop, h.rule, round(rests, 6), example, complete, j.priceYear, h.sentence(english), h.sentence(danish), h.sentence(swedish)))
	return nil
}

// game is an agreement's game, played: by mask of signatories.
type game struct {
	money    coalition.Game // cents
	energy   coalition.Game // kWh at equal money
	carbon   []int64        // kg more than alone
	cost     []float64      // EUR
	lambda   []float64      // EUR/MWh
	short    []bool         // the backstop is used
	backstop bool           // by anybody, alone or together
}

func (j *joint) play(a jointAgreement, pooled *coalition.PooledTarget) (game, error) {
	n := len(a.signs)
	size := 1 << n
	g := game{carbon: make([]int64, size), cost: make([]float64, size), lambda: make([]float64, size), short: make([]bool, size)}
	costs, backstop, err := pooled.Costs()
	if err != nil {
		return g, err
	}
	g.backstop = backstop
	energy, err := pooled.EnergyGame()
	if err != nil {
		return g, err
	}
	carbon, err := pooled.CO2()
	if err != nil {
		return g, err
	}
	money, extra := make([]int64, size), make([]int64, size)
	for s := 1; s < size; s++ {
		mask := coalition.Mask(s)
		supply, err := pooled.Solve(mask)
		if err != nil {
			return g, err
		}
		var alone, aloneCarbon int64
		for _, i := range mask.Members() {
			alone += costs[1<<i]
			aloneCarbon += carbon[1<<i]
		}
		g.lambda[s], g.short[s] = supply.Lambda, supply.BackstopUsed
		if int64(mask.Size()) < a.quorum {
			// Below the quorum there is no agreement: each goes alone.
			g.cost[s] = float64(alone) / 100
			continue
		}
		g.cost[s] = float64(costs[s]) / 100
		money[s], extra[s], g.carbon[s] = rounded(alone-costs[s], mask), rounded(energy.Value(mask), mask), carbon[s]-aloneCarbon
	}
	if g.money, err = coalition.New(n, money); err != nil {
		return g, err
	}
	g.energy, err = coalition.New(n, extra)
	return g, err
}

// rounded takes away what rounding each member's figure to whole units can make
// of a gain of nothing: less than a unit a member below zero.
func rounded(gain int64, mask coalition.Mask) int64 {
	if gain < 0 && gain > -int64(mask.Size()) {
		return 0
	}
	return gain
}

func (j *joint) coalitionRows(a jointAgreement, g game) [][]string {
	var rows [][]string
	n := len(a.signs)
	for s := 1; s < 1<<n; s++ {
		mask := coalition.Mask(s)
		if size := mask.Size(); n > allCoalitions && size > 1 && size < n-1 {
			continue
		}
		var global uint64
		var names []string
		for _, i := range mask.Members() {
			global |= 1 << a.signs[i]
			names = append(names, j.members[a.signs[i]].name)
		}
		lambda := any(round(g.lambda[s], 6))
		if g.lambda[s] <= 0 {
			lambda = nil
		}
		rows = append(rows, literals(j.plan, "PLAN", a.id, global, mask.Size(), strings.Join(names, ", "), cents(g.cost[s]),
			float64(g.money.Value(mask))/100, float64(g.energy.Value(mask))/1000, float64(g.carbon[s])/1000, lambda, g.short[s], j.priceYear))
	}
	return rows
}

// sharing is one way of sharing the gain, in cents by signatory.
type sharing struct {
	rule, method string
	cents        []int64
	inCore       bool
}

// share divides the gain by every rule; the recommended one comes first.
func (j *joint) share(a jointAgreement, g game, pooled *coalition.PooledTarget) ([]sharing, error) {
	total := g.money.Total()
	exact := coalition.Shapley(g.money)
	shapley, err := coalition.Round(exact, total)
	if err != nil {
		return nil, err
	}
	shares := []sharing{{rule: "shapley", method: "exact", cents: shapley}}
	nucleolus, err := coalition.Nucleolus(g.money)
	if err != nil {
		return nil, err
	}
	if !nucleolus.Verified {
		return nil, fmt.Errorf("the nucleolus fails its own check (Kohlberg's criterion)")
	}
	stable, err := coalition.Round(nucleolus.Shares, total)
	if err != nil {
		return nil, err
	}
	shares = append(shares, sharing{rule: "nucleolus", method: "exact", cents: stable})
	point, err := pooled.PricePoint()
	if err != nil {
		return nil, err
	}
	scaled := make([]float64, len(point.Gain))
	for i, gain := range point.Gain {
		scaled[i] = gain * 100
	}
	if int64(len(a.signs)) >= a.quorum {
		price, err := coalition.RoundFloats(scaled, total)
		if err != nil {
			return nil, err
		}
		shares = append(shares, sharing{rule: "price", method: "price", cents: price})
	}
	if len(a.weights) == len(a.signs) {
		alone := make([]int64, len(a.signs))
		for i := range alone {
			alone[i] = int64(math.Round(g.cost[1<<i] * 100))
		}
		charged, err := coalition.GainsFromCharges(alone, int64(math.Round(g.cost[len(g.cost)-1]*100)), a.weights)
		if err != nil {
			return nil, err
		}
		key, err := coalition.Round(charged, total)
		if err != nil {
			return nil, err
		}
		shares = append(shares, sharing{rule: "key", method: "exact", cents: key})
	}
	for i := range shares {
		excess, _, err := coalition.MaxExcess(g.money, shares[i].cents)
		if err != nil {
			return nil, err
		}
		// Rounding to cents can cost a group a cent a member, and no more.
		shares[i].inCore = excess <= int64(len(a.signs))
	}
	if !shares[0].inCore {
		shares[0], shares[1] = shares[1], shares[0]
	}
	return shares, nil
}

func (j *joint) allocationRows(a jointAgreement, g game, shares []sharing) [][]string {
	var rows [][]string
	for _, s := range shares {
		for i, bit := range a.signs {
			m := j.members[bit]
			gain := float64(s.cents[i]) / 100
			var head, unit any
			if m.population != nil && *m.population > 0 {
				head = round(gain/float64(*m.population), 6)
			}
			if m.energy != nil && *m.energy > 0 {
				unit = round(gain / *m.energy, 6)
			}
			rows = append(rows, literals(j.plan, "PLAN", a.id, s.rule, m.country, m.code, gain, cents(g.cost[1<<i]-gain), head, unit, s.method, s.inCore, j.priceYear))
		}
	}
	return rows
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
