package conformance

import (
	"fmt"
	"slices"

	"samkraft/pipeline"
)

// outcome is what a fetch of all pieces comes to.
type outcome struct {
	pieces  []fetched // that were accepted
	nothing int       // pieces of which the publisher has nothing
	err     error
}

// fetched is a piece with the parts of its extract, and its rows in a fixed order.
type fetched struct {
	key   string
	parts []pipeline.Part
	rows  []string
}

// wrong tells what was accepted and is not the truth.
func (o outcome) wrong(truth outcome) string {
	for _, f := range o.pieces {
		i := slices.IndexFunc(truth.pieces, func(g fetched) bool { return g.key == f.key })
		if i < 0 {
			return f.key + ": there is nothing, and rows are accepted"
		}
		if !slices.Equal(f.rows, truth.pieces[i].rows) {
			return f.key + ": " + difference(truth.pieces[i].rows, f.rows)
		}
	}
	return ""
}

// lacks tells what keeps the outcome from being the whole truth.
func (o outcome) lacks(truth outcome) string {
	switch wrong := o.wrong(truth); {
	case wrong != "":
		return wrong
	case o.err != nil:
		return o.err.Error()
	case len(o.pieces) < len(truth.pieces):
		return fmt.Sprintf("%d pieces and not %d; %d are said to be empty", len(o.pieces), len(truth.pieces), o.nothing)
	}
	return ""
}

// difference tells two lists of rows apart.
func difference(want, got []string) string {
	for i := range max(len(want), len(got)) {
		switch {
		case i >= len(got):
			return fmt.Sprintf("%d rows and not %d; missing is %s", len(got), len(want), want[i])
		case i >= len(want):
			return fmt.Sprintf("%d rows and not %d; too many is %s", len(got), len(want), got[i])
		case want[i] != got[i]:
			return fmt.Sprintf("%d rows, expected %d; row %d is %s, expected %s", len(got), len(want), i, got[i], want[i])
		}
	}
	return "the same rows"
}
