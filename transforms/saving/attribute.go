package saving

import "samkraft/transforms/coalition"

// Attribution is what one measure of a package has of what the package saves.
type Attribution struct {
	Package int // place in what [Model.Evaluate] returns
	Measure string
	Alone   float64 // final energy that it would save by itself, MWh
	Saved   float64 // its part of what the package saves, MWh: with the other parts it is the whole
}

// Attribute splits what each package of several measures saves among them, at these
// values of the parameters: by what each saves on average over all orders in which
// they could be carried out, see [coalition.Attribute]. Another supply leaves the
// same share of energy whatever else is done, and is one measure among them.
//
// It fails as [Model.Evaluate] does.
func (m *Model) Attribute(values []float64) ([]Attribution, error) {
	packages, err := m.Evaluate(values, nil)
	if err != nil {
		return nil, err
	}
	var list []Attribution
	for i := range packages {
		o := &m.offers[i]
		if len(o.steps) < 2 {
			continue
		}
		var savings []float64
		for k := range o.steps {
			savings = append(savings, o.spared(&o.steps[k], values))
		}
		parts, err := coalition.Attribute(savings)
		if err != nil {
			return nil, err
		}
		before := o.energy * values[o.use]
		for k, part := range parts {
			list = append(list, Attribution{Package: i, Measure: o.steps[k].measure, Alone: before * savings[k], Saved: before * part})
		}
	}
	return list, nil
}

// spared is the share of the stock's final energy that a measure spares by itself:
// below zero of a supply that takes more than the one before.
func (o *offer) spared(s *step, v []float64) float64 {
	if s.saves != bySupply {
		return o.saved(s, v)
	}
	return o.part(v) * (1 - o.heat/(o.energy*v[o.conversion.efficiency]))
}
