package joint

import "samkraft/transforms/coalition"

// Linear programs are slow beside a merit order, and a draw solves one for each
// group of signatories. How much is worth while is decided by the sizes alone, so
// that the same plan has the same draws on any machine.
const (
	// drawnChoices is how many packages may be weighed in all programs of all draws:
	// some twenty seconds of one processor.
	drawnChoices = 1_000_000
	// fewestDraws say something of percentiles.
	fewestDraws = 100
	// programPlayers is how many players may act in linear programs for every
	// coalition to be watched in each draw.
	programPlayers = 6
)

// watchedPlayers is up to how many players every coalition is watched in each draw.
func (e *engine) watchedPlayers() int {
	for _, d := range e.deals {
		if _, slow := d.mechanism.(*linear); slow {
			return programPlayers
		}
	}
	return coalition.ExactPlayers
}

// affordable is how many of the draws asked for are made: fewer where agreements
// need linear programs, and none where too few would be left.
func (w *sampler) affordable(asked int) int {
	work := 0
	for k, d := range w.e.deals {
		if m, slow := d.mechanism.(*linear); slow && d.gap == nil {
			for _, s := range w.watch[k] {
				work += m.size(s)
			}
		}
	}
	if work == 0 || drawnChoices/work >= asked {
		return asked
	}
	if drawnChoices/work < fewestDraws {
		return 0
	}
	return drawnChoices / work
}

// size is how many packages the program of a coalition weighs.
func (m *linear) size(s coalition.Mask) int {
	size := 0
	for _, g := range m.groups {
		if s.Has(g.player) {
			size += len(g.packages)
		}
	}
	return size
}
