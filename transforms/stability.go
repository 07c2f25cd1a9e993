package transforms

import (
	"strings"

	"samkraft/transforms/coalition"
)

// stabilityRows certifies every way of sharing an agreement's gain.
func (j *joint) stabilityRows(a jointAgreement, g game, shares []sharing) ([][]string, error) {
	superadditive, _, _ := coalition.Superadditive(g.money)
	convex, _ := coalition.Convex(g.money)
	var least any
	if len(a.signs) > 1 {
		core, err := coalition.LeastCore(g.money)
		if err != nil {
			return nil, err
		}
		epsilon, _ := core.Epsilon.Float64()
		least = cents(epsilon / 100)
	}
	total := g.money.Total()
	var rows [][]string
	for _, s := range shares {
		var excess, share, blocking any
		if len(a.signs) > 1 {
			most, mask, err := coalition.MaxExcess(g.money, s.cents)
			if err != nil {
				return nil, err
			}
			excess = float64(most) / 100
			if total > 0 {
				share = round(float64(most)/float64(total), 6)
			}
			if !s.inCore {
				var names []string
				for _, i := range mask.Members() {
					names = append(names, j.members[a.signs[i]].name)
				}
				blocking = strings.Join(names, ", ")
			}
		}
		// The nucleolus is verified: share has failed otherwise.
		rows = append(rows, literals(j.plan, "PLAN", a.id, s.rule, coalition.Efficient(g.money, s.cents), coalition.IndividuallyRational(g.money, s.cents), s.inCore,
			excess, share, blocking, least, superadditive, convex, true, j.example(a)))
	}
	return rows, nil
}

// incidenceRows says what the recommended way of sharing, the first, gives each
// signatory, and what its leaving would cost all of them together.
func (j *joint) incidenceRows(a jointAgreement, g game, recommended sharing) [][]string {
	var rows [][]string
	exit := coalition.ExitValues(g.money)
	for i, bit := range a.signs {
		m := j.members[bit]
		rows = append(rows, literals(j.plan, "PLAN", a.id, m.country, m.code, recommended.rule, float64(recommended.cents[i])/100, recommended.cents[i] < 0, float64(exit[i])/100, j.priceYear, j.example(a)))
	}
	return rows
}
