package joint

import (
	"fmt"
	"math/big"
	"slices"

	"samkraft/pipeline"
	"samkraft/transforms/coalition"
	"samkraft/transforms/saving"
)

type engine struct {
	in      *Input
	params  *parameters
	stocks  []saving.Stock
	central *state
	deals   []*deal // in the order of the agreements
}

// deal is an agreement between its signatories.
type deal struct {
	pipeline.Agreement
	players       []int
	weights       []float64 // parts by the key, which add up to 1; nil where a figure is missing
	gap           *gap      // why it has no figure; the fields below are then empty
	mechanism     mechanism
	solved        solved // at the central values
	game          game
	shares        []sharing // the recommended one first
	example       bool      // it is one that no council has signed, or a target is one
	exampleTarget bool
	assumption    float64 // share of the joint result that rests on figures not seen in a source
}

// Solve plays the agreements of a plan and fills the tables of joint savings.
// Rows come in the order of the tables' keys. It depends on nothing but its
// input.
//
// It fails on factors that are missing or contradict themselves.
func Solve(in Input) (Rows, error) {
	e, err := newEngine(&in)
	if err != nil {
		return nil, err
	}
	if err := e.play(); err != nil {
		return nil, err
	}
	rows := Rows{}
	if err := e.supplyCurves(rows); err != nil {
		return nil, err
	}
	if err := e.nettingRows(rows); err != nil {
		return nil, err
	}
	common, err := e.common()
	if err == nil && common != nil {
		err = common.rows(rows)
	}
	if err != nil {
		return nil, fmt.Errorf("scenarios: %w", err)
	}
	all, err := e.portfolio()
	if err != nil {
		return nil, fmt.Errorf("all agreements together: %w", err)
	}
	players := e.sampler(all)
	spread, err := players.draws()
	if err != nil {
		return nil, fmt.Errorf("draws: %w", err)
	}
	if err := players.tornado(rows); err != nil {
		return nil, fmt.Errorf("tornado: %w", err)
	}
	for k, d := range e.deals {
		e.memberRows(rows, d)
		if d.gap != nil {
			e.gapRow(rows, d)
			e.gapIncidence(rows, d, all)
			continue
		}
		t := together{d.ID, d.players, d.game, d.shares, d.example}
		if err := e.gameRows(rows, t, spread.deals[k]); err != nil {
			return nil, fmt.Errorf("agreement %s: %w", d.ID, err)
		}
		if err := e.incidenceRows(rows, d, all, spread.deals[k]); err != nil {
			return nil, fmt.Errorf("agreement %s: %w", d.ID, err)
		}
		e.headline(rows, d, all, spread.deals[k])
	}
	if err := e.portfolioRows(rows, all, spread); err != nil {
		return nil, fmt.Errorf("all agreements together: %w", err)
	}
	return rows, nil
}

func newEngine(in *Input) (*engine, error) {
	e := &engine{in: in, params: newParameters(in.Measures), stocks: in.Measures.Stocks()}
	var err error
	e.central, err = e.state(e.params.central, nil)
	return e, err
}

// state evaluates the measures at a vector of parameters; it reuses an old state.
func (e *engine) state(values []float64, old *state) (*state, error) {
	if old == nil {
		old = &state{}
	}
	old.values = values
	measures := values[:len(e.in.Measures.Params())]
	var err error
	if old.packages, err = e.in.Measures.Evaluate(measures, old.packages); err != nil {
		return nil, err
	}
	old.energy = e.in.Measures.Energy(measures, old.energy)
	old.emission = e.in.Measures.Emissions(measures, old.emission)
	return old, nil
}

// play builds every agreement's mechanism and plays its games at the central
// values.
func (e *engine) play() error {
	var err error
	for _, a := range e.in.Agreements {
		d := &deal{Agreement: a, players: e.in.signatories(a)}
		d.exampleTarget = e.in.exampleTarget(a, d.players)
		d.example = d.exampleTarget || a.Status == "example"
		d.weights = e.weights(a, d.players)
		if d.mechanism, d.gap, err = e.build(a, d.players); err != nil {
			return fmt.Errorf("agreement %s: %w", a.ID, err)
		}
		e.deals = append(e.deals, d)
	}
	// Building has added parameters.
	if e.central, err = e.state(e.params.central, e.central); err != nil {
		return err
	}
	for _, d := range e.deals {
		if d.gap != nil {
			continue
		}
		if d.solved, err = d.mechanism.at(e.central); err != nil {
			return fmt.Errorf("agreement %s: %w", d.ID, err)
		}
		if d.assumption, err = d.mechanism.assumption(d.solved); err != nil {
			return fmt.Errorf("agreement %s: %w", d.ID, err)
		}
		if d.game, err = play(len(d.players), d.Quorum, d.solved); err != nil {
			return fmt.Errorf("agreement %s: %w", d.ID, err)
		}
		if d.shares, err = e.share(d); err != nil {
			return fmt.Errorf("agreement %s: %w", d.ID, err)
		}
	}
	return nil
}

// weights returns the parts of players by the agreement's key.
func (e *engine) weights(a pipeline.Agreement, players []int) []float64 {
	of := func(kind string) []float64 {
		parts := make([]float64, len(players))
		if kind == "use" {
			sizes, missing := e.sizes(a, players)
			if missing != nil {
				return nil
			}
			return parted(sizes)
		}
		for i, member := range players {
			m := e.in.Members[member]
			switch kind {
			case "equal":
				parts[i] = 1
			case "population":
				parts[i] = m.Population
			case "final_energy":
				parts[i] = m.Energy
			case "target":
				parts[i] = e.in.keyTarget(players, m)
			case "own":
				parts[i] = a.Key.Own[m.Code]
			}
		}
		return parted(parts)
	}
	if a.Key.Type != "mixed" {
		return of(a.Key.Type)
	}
	mixed := make([]float64, len(players))
	var kinds []string
	for kind := range a.Key.Mix {
		kinds = append(kinds, kind)
	}
	slices.Sort(kinds)
	for _, kind := range kinds {
		parts := of(kind)
		if parts == nil {
			return nil
		}
		for i := range mixed {
			mixed[i] += a.Key.Mix[kind] * parts[i]
		}
	}
	return mixed
}

// parted makes parts of 1; nil where one is unknown or nothing is there to part.
func parted(sizes []float64) []float64 {
	sum := 0.0
	for _, x := range sizes {
		sum += x
	}
	if !(sum > 0) { // NaN too
		return nil
	}
	parts := make([]float64, len(sizes))
	for i, x := range sizes {
		parts[i] = x / sum
	}
	return parts
}

// inForce reports whether enough have signed.
func (d *deal) inForce() bool { return len(d.players) >= d.Quorum }

// keyRule is the key as a rule for any game between the players, each of whom
// pays alone what it does in this; nil below the quorum.
func (d *deal) keyRule() coalition.Rule {
	if !d.inForce() {
		return nil
	}
	return func(g coalition.Game) ([]*big.Rat, error) {
		if d.Key.Shares != "cost" {
			return coalition.Proportional(g.Total(), d.weights)
		}
		alone, joint := make([]int64, len(d.players)), -g.Total()
		for i := range alone {
			alone[i] = d.game.cost[1<<i]
			joint += alone[i]
		}
		return coalition.GainsFromCharges(alone, joint, d.weights)
	}
}

// byKey returns what each player gains, in cents, when those of stay share by the
// key: nothing below the quorum, or where those who stay have no part in the key.
func (d *deal) byKey(stay coalition.Mask) ([]int64, error) {
	gains := make([]int64, len(d.players))
	if d.weights == nil || stay.Size() < max(1, d.Quorum) {
		return gains, nil
	}
	members := stay.Members()
	alone := make([]int64, len(members))
	for k, i := range members {
		alone[k] = d.game.cost[1<<i]
	}
	cents, err := d.split(members, alone, d.game.money.Value(stay))
	if err != nil {
		return nil, err
	}
	for k, i := range members {
		gains[i] = cents[k]
	}
	return gains, nil
}

// split shares what some players gain by the key, to the cent; nothing where they
// have no part in it. For a key of the cost it takes what each pays alone.
func (d *deal) split(members []int, alone []int64, total int64) ([]int64, error) {
	key := make([]float64, len(members))
	sum := 0.0
	for k, i := range members {
		key[k] = d.weights[i]
		sum += key[k]
	}
	if sum == 0 {
		return make([]int64, len(members)), nil
	}
	exact, err := coalition.Proportional(total, key)
	if d.Key.Shares == "cost" {
		joint := -total
		for _, cents := range alone {
			joint += cents
		}
		exact, err = coalition.GainsFromCharges(alone, joint, key)
	}
	if err != nil {
		return nil, err
	}
	return coalition.Round(exact, total)
}
