package joint

import (
	"math"

	"samkraft/pipeline"
	"samkraft/transforms/coalition"
	"samkraft/transforms/saving"
)

// mechanism is what an agreement does, between players: members of the plan who
// have signed, by their place in a list. It is not changed after it is built.
type mechanism interface {
	// at returns the mechanism at one state of the parameters. It may be called
	// from several goroutines at once, each with its own state.
	at(s *state) (solved, error)
	// assumption is the share of the joint result, at the central values, that
	// rests on figures which were not seen in a source.
	assumption(central solved) (float64, error)
}

// solved is a mechanism at one state.
type solved interface {
	// outcome is what a coalition of players comes to by itself.
	outcome(s coalition.Mask) (outcome, error)
	// energy and carbon are what it saves, makes or nets (MWh) and cuts (t) for the
	// money that its members would spend alone; NaN where the mechanism cannot say.
	energy(s coalition.Mask) (float64, error)
	carbon(s coalition.Mask) (float64, error)
	// price is what each player gains at one common price for all in one of the
	// games (EUR, MWh or t), and whether the mechanism has such a price.
	price(of currency) (gains []float64, ok bool, err error)
}

// costOf is what a coalition pays, found without the rest where that is faster.
func costOf(at solved, s coalition.Mask) (float64, error) {
	if fast, ok := at.(interface {
		cost(coalition.Mask) (float64, error)
	}); ok {
		return fast.cost(s)
	}
	out, err := at.outcome(s)
	return out.cost, err
}

// currency is what a game is played for.
type currency int

const (
	eur currency = iota
	mwh
	tonne
)

var currencies = []currency{eur, mwh, tonne}

// outcome is what a coalition comes to in a year.
type outcome struct {
	cost    float64 // EUR; negative when it earns
	co2     float64 // t cut
	lambda  float64 // EUR/MWh, cost of the last MWh; 0 where nothing is scarce
	lambdaT float64 // EUR/t, the same of a target of CO2
	short   bool    // what is missing is bought at the backstop price
}

// state is one vector of parameters, and what the measures come to at it.
type state struct {
	values   []float64
	packages []saving.Package
	energy   []float64 // of every stock, MWh
	emission []float64 // of every stock, t
}

// gap says why an agreement has no figure, in the three languages.
type gap struct{ en, da, sv string }

// nature says whether what an agreement gains is a resource saved for society,
// accounting without physical change, or a transfer from somebody else.
func nature(a pipeline.Agreement) string {
	switch {
	case a.Mechanism != "netting":
		return "resource"
	case a.Parameters.LegalBasis != "":
		return "transfer"
	default:
		return "accounting"
	}
}

// build makes the mechanism of an agreement between players. A gap says that a
// figure is missing which it cannot do without.
func (e *engine) build(a pipeline.Agreement, players []int) (mechanism, *gap, error) {
	switch a.Mechanism {
	case "pooled_target":
		if e.programmed(a, players) {
			return e.linear(a, players)
		}
		return e.pooled(a, players)
	case "scale":
		return e.scale(a, players)
	case "netting":
		return e.netting(a, players)
	case "shared_plant":
		return e.plant(a, players)
	default:
		return e.network(a, players)
	}
}

// amounts are the names of what mechanisms can count; of a plan's own amounts none is missing.
var amounts = map[string]gap{
	"population":    {"population", "folketallet", "folkmängden"},
	"final_energy":  {"final energy", "energiforbruget", "energianvändningen"},
	"straw":         {"unused straw", "den uudnyttede halm", "den outnyttjade halmen"},
	"wood":          {"unused wood", "det uudnyttede træ", "den outnyttjade veden"},
	"district_heat": {"district heat", "fjernvarmen", "fjärrvärmen"},
}

// sizes returns the amounts that a mechanism counts, by player.
func (e *engine) sizes(a pipeline.Agreement, players []int) ([]float64, *gap) {
	p := a.Parameters
	share := 1.0
	if p.Share != nil {
		share = *p.Share
	}
	sizes := make([]float64, len(players))
	for i, member := range players {
		m := e.in.Members[member]
		var size float64
		switch {
		case len(p.Amounts) > 0:
			stated, has := p.Amounts[m.Code]
			if !has {
				stated = math.NaN() // not a signatory: the plan says nothing of it
			}
			size = stated
		case p.Amount == "population":
			size = m.Population
		case p.Amount == "final_energy":
			size = m.Energy
		case p.Amount != "":
			size = math.NaN()
			if known := e.in.Amounts[p.Amount]; known != nil {
				size = known[member]
			}
		}
		if math.IsNaN(size) {
			what := amounts[p.Amount]
			return nil, &gap{
				"the " + what.en + " of " + m.Name + " is not known",
				what.da + " i " + m.Name + " kendes ikke",
				what.sv + " i " + m.Name + " är inte känd"}
		}
		sizes[i] = size * share
	}
	return sizes, nil
}

// country is the one whose factors a mechanism takes: that of most signatories,
// the first by its code where there are as many of another.
func (e *engine) country(a pipeline.Agreement) string {
	most, best := "", 0
	count := map[string]int{}
	for _, i := range e.in.signatories(a) {
		country := e.in.Members[i].Country
		count[country]++
		if n := count[country]; n > best || n == best && country < most {
			most, best = country, n
		}
	}
	return most
}
