package coalition

import "slices"

// addedPerScan is the number of coalitions that one scan over all adds to the
// linear program: enough to need few scans, few enough to keep programs small.
const addedPerScan = 30

// excessProgram is the linear program of one round of the nucleolus, and the
// memory of the rounds before: maximise e over shares x subject to
//
//	x(S) - w(S) e >= v(S)   for every coalition S that is not settled,
//	x(S)           = f(S)   for every coalition that is,
//	x_i           >= v(i)   for imputations.
//
// A coalition is settled when its surplus is the same in all optimal solutions
// of a round; so is then every coalition in the linear span of those settled.
type excessProgram[T any, A arithmetic[T]] struct {
	a         A
	g         Game
	weight    weighting
	bounded   bool // imputations only
	span      *span
	settled   []T    // f of each coalition of the basis of the span
	generated []Mask // coalitions in the program, not settled
	programs  int
}

// roundAnswer is an optimal solution of one round.
type roundAnswer[T any] struct {
	shares []T
	level  T
	weight []T // dual weights: of the generated coalitions, then of the bounds
}

// round lists what a round has settled: coalitions at its level, and players
// held at what they have alone.
type round struct {
	coalitions []Mask
	players    []int
}

func newExcessProgram[T any, A arithmetic[T]](a A, g Game, weight weighting, bounded bool) *excessProgram[T, A] {
	e := &excessProgram[T, A]{a: a, g: g, weight: weight, bounded: bounded, span: newSpan(g.n)}
	e.settle(g.grand(), a.whole(g.Total()))
	e.seed()
	return e
}

func (e *excessProgram[T, A]) settle(s Mask, value T) {
	if e.span.add(s) {
		e.settled = append(e.settled, value)
	}
}

// seed puts a player and its complement in, which bounds the program.
func (e *excessProgram[T, A]) seed() {
	e.generated = slices.DeleteFunc(e.generated, e.span.contains)
	for i := range e.g.n {
		single := Mask(1) << i
		if e.span.contains(single) {
			continue
		}
		for _, s := range []Mask{single, e.g.grand() &^ single} {
			if !slices.Contains(e.generated, s) {
				e.generated = append(e.generated, s)
			}
		}
	}
}

// solve returns the optimum over all coalitions, by adding those that it
// violates until there are none.
func (e *excessProgram[T, A]) solve() (roundAnswer[T], error) {
	for {
		best, err := e.solveGenerated()
		if err != nil {
			return best, err
		}
		before := len(e.generated)
		for _, s := range e.violated(best) {
			// In floating point a coalition in the program may seem violated by
			// an amount below the accuracy of the solver.
			if !slices.Contains(e.generated, s) {
				e.generated = append(e.generated, s)
			}
		}
		if len(e.generated) == before {
			return best, nil
		}
	}
}

// solveGenerated poses the program as the dual of one with a column for each
// coalition, as [program] wants it. The rows are the shares and the level.
func (e *excessProgram[T, A]) solveGenerated() (roundAnswer[T], error) {
	e.programs++
	n := e.g.n
	var p program[T]
	add := func(s Mask, sign, level int64, cost T) {
		column := make([]int64, n+1)
		for _, i := range s.Members() {
			column[i] = sign
		}
		column[n] = level
		p.columns = append(p.columns, column)
		p.cost = append(p.cost, cost)
	}
	zero := e.a.whole(0)
	for _, s := range e.generated {
		add(s, -1, e.weight(s), e.a.whole(-e.g.v[s]))
	}
	if e.bounded {
		for i := range n {
			add(1<<i, -1, 0, e.a.whole(-e.g.v[1<<i]))
		}
	}
	for k, s := range e.span.basis {
		add(s, 1, 0, e.settled[k])
		add(s, -1, 0, e.a.sub(zero, e.settled[k]))
	}
	p.rhs = make([]T, n+1)
	for i := range p.rhs {
		p.rhs[i] = zero
	}
	p.rhs[n] = e.a.whole(1)
	got, err := solve(e.a, p)
	if err != nil {
		return roundAnswer[T]{}, err
	}
	weights := len(e.generated)
	if e.bounded {
		weights += n
	}
	return roundAnswer[T]{shares: got.dual[:n], level: got.dual[n], weight: got.x[:weights]}, nil
}

// violated returns the unsettled coalitions that fall most below the level of
// the answer, relative to their weight, the worst first.
func (e *excessProgram[T, A]) violated(best roundAnswer[T]) []Mask {
	type candidate struct {
		s    Mask
		lack T
	}
	tolerance := scanTolerance * float64(largestValue(e.g))
	var worst []candidate
	sums := make([]T, len(e.g.v))
	sums[0] = e.a.whole(0)
	for s := Mask(1); s < e.g.grand(); s++ {
		sums[s] = e.a.add(sums[s&(s-1)], best.shares[lowest(s)])
		// lack is x(S) - v(S) - w(S) e, negative when violated.
		weight := e.weight(s)
		lack := e.a.sub(e.a.sub(sums[s], e.a.whole(e.g.v[s])), e.a.mul(e.a.whole(weight), best.level))
		if !e.a.below(lack, tolerance) {
			continue
		}
		if weight != 1 {
			lack = e.a.quo(lack, e.a.whole(weight))
		}
		if len(worst) == addedPerScan && !e.a.below(e.a.sub(lack, worst[len(worst)-1].lack), 0) {
			continue
		}
		if e.span.contains(s) {
			continue
		}
		at := len(worst)
		for at > 0 && e.a.below(e.a.sub(lack, worst[at-1].lack), 0) {
			at--
		}
		worst = slices.Insert(worst, at, candidate{s, lack})
		worst = worst[:min(len(worst), addedPerScan)]
	}
	list := make([]Mask, len(worst))
	for k, c := range worst {
		list[k] = c.s
	}
	return list
}

// scanTolerance is the violation, as a part of the largest value of the game,
// that floating-point programs cannot tell from none.
const scanTolerance = 1e-11

func largestValue(g Game) int64 {
	largest := int64(1)
	for _, value := range g.v {
		largest = max(largest, value, -value)
	}
	return largest
}

// fix settles the coalitions and bounds with a positive dual weight: they are
// tight in every optimal solution of the round.
func (e *excessProgram[T, A]) fix(best roundAnswer[T]) round {
	var tight round
	for k, s := range e.generated {
		if e.a.sign(best.weight[k]) > 0 {
			tight.coalitions = append(tight.coalitions, s)
			value := e.a.add(e.a.whole(e.g.v[s]), e.a.mul(e.a.whole(e.weight(s)), best.level))
			e.settle(s, value)
		}
	}
	if e.bounded {
		for i := range e.g.n {
			if e.a.sign(best.weight[len(e.generated)+i]) > 0 {
				tight.players = append(tight.players, i)
				e.settle(1<<i, e.a.whole(e.g.v[1<<i]))
			}
		}
	}
	e.seed()
	return tight
}
