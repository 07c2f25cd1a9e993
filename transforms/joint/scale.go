package joint

import (
	"cmp"

	"samkraft/pipeline"
	"samkraft/transforms/coalition"
)

// scale is the mechanism of doing together what costs less when it is larger: a
// joint purchase, office or plant, against the cost of working together.
type scale struct {
	sizes                               []float64
	cost, reference                     float64
	exponent, fixed, perMember, perPair figure
	keur, perMemberKEUR, perPairKEUR    float64 // factors of money are in kEUR
	rests                               bool
}

// exponents are the factors of the kinds of purchase.
var exponents = map[string]string{"shared_staff": "beta_shared_staff", "procurement": "beta_procurement", "plant": "beta_plant"}

func (e *engine) scale(a pipeline.Agreement, players []int) (mechanism, *gap, error) {
	p, country := a.Parameters, e.country(a)
	m := &scale{sizes: make([]float64, len(players)), reference: 1, fixed: own(0), exponent: own(1), keur: 1, perMemberKEUR: 1000, perPairKEUR: 1000}
	var err error
	if p.CostEUR != nil {
		sizes, missing := e.sizes(a, players)
		if missing != nil {
			return nil, missing, nil
		}
		m.sizes, m.cost, m.reference = sizes, *p.CostEUR, *p.Reference
		if m.exponent, err = e.stated(p.Exponent, exponents[p.Kind], country); err != nil {
			return nil, nil, err
		}
	}
	switch {
	case p.FixedEUR != nil:
		m.fixed = own(*p.FixedEUR)
	case p.Kind == "shared_staff":
		m.keur = 1000
		if m.fixed, err = e.factor("shared_staff_fixed", country); err != nil {
			return nil, nil, err
		}
	}
	if m.perMember, err = e.stated(p.PerMemberEUR, "coordination_kappa1", country); err != nil {
		return nil, nil, err
	}
	if m.perPair, err = e.stated(p.PerPairEUR, "coordination_kappa2", country); err != nil {
		return nil, nil, err
	}
	if p.PerMemberEUR != nil {
		m.perMemberKEUR = 1
	}
	if p.PerPairEUR != nil {
		m.perPairKEUR = 1
	}
	m.rests = m.cost > 0 || e.assumed(m.fixed, m.perMember, m.perPair, m.exponent)
	return m, nil, nil
}

func (m *scale) assumption(solved) (float64, error) { return share(m.rests), nil }

// share is all of it or nothing.
func share(rests bool) float64 {
	if rests {
		return 1
	}
	return 0
}

func (m *scale) at(s *state) (solved, error) {
	return &scaleAt{m.sizes, coalition.Scale{
		Amounts: m.sizes, Cost: m.cost, Reference: m.reference,
		// A shared office does not grow with what it serves.
		Exponent:  cmp.Or(m.exponent.of(s.values), 1e-12),
		Fixed:     m.fixed.of(s.values) * m.keur,
		PerMember: m.perMember.of(s.values) * m.perMemberKEUR,
		PerPair:   m.perPair.of(s.values) * m.perPairKEUR,
	}}, nil
}

type scaleAt struct {
	sizes []float64
	scale coalition.Scale
}

func (m *scaleAt) outcome(s coalition.Mask) (outcome, error) {
	amount := 0.0
	for _, i := range s.Members() {
		amount += m.sizes[i]
	}
	return outcome{cost: m.scale.Of(s.Size(), amount)}, nil
}

// A joint purchase saves money and no energy.
func (m *scaleAt) energy(coalition.Mask) (float64, error) { return 0, nil }
func (m *scaleAt) carbon(coalition.Mask) (float64, error) { return 0, nil }

func (m *scaleAt) price(currency) ([]float64, bool, error) { return nil, false, nil }
