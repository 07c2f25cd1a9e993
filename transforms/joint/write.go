package joint

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"samkraft/pipeline"
)

// list joins names as a sentence does: "a, b and c".
func (l language) list(names []string) string {
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	return strings.Join(names[:len(names)-1], ", ") + " " + l.and + " " + names[len(names)-1]
}

// clauses joins what may hold an "and" itself: "a and b lose on x, and c loses on y".
func (l language) clauses(clauses []string) string {
	return strings.Join(clauses, ", "+l.and+" ")
}

// number writes a number the local way.
func (l language) number(f float64, decimals int) string {
	return pipeline.LocalNumber(l.id, strconv.FormatFloat(f, 'f', decimals, 64))
}

// thousands writes EUR in thousands.
func (l language) thousands(eur float64) string { return l.number(eur/1000, 1) }

// megawatthours writes an amount of energy in GWh, a small one in MWh.
func (l language) megawatthours(mwh float64) string {
	switch size := math.Abs(mwh); {
	case size < 9.95:
		return l.number(mwh, 1) + " MWh"
	case size < 999.5:
		return l.number(mwh, 0) + " MWh"
	case size < 9995:
		return l.number(mwh/1000, 2) + " GWh"
	}
	return l.number(mwh/1000, 1) + " GWh"
}

// parts writes a share of the gain; one that is nearly nothing or nearly the whole
// with the digits that show it.
func (l language) parts(share float64) string {
	percent := 100 * share
	decimals := 0
	for near := math.Min(percent, 100-percent); decimals < 2 && near > 0 && near <= 0.5*math.Pow10(-decimals); {
		decimals++
	}
	if percent > 99.995 {
		return l.whole
	}
	return fmt.Sprintf(l.part, l.number(percent, decimals))
}
