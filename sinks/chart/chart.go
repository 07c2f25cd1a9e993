package chart

import (
	"html/template"
	"math"
	"strconv"
)

// Chart is something drawn that has the same data as a table.
type Chart interface {
	// SVG is the drawing: a whole <svg> element, for use within a page that has CSS.
	SVG() template.HTML
	// Grid is the same data, in the order of the drawing.
	Grid() Grid
}

// Grid is a table of texts as a page shows it.
type Grid struct {
	Head    []string
	Rows    [][]string
	Numeric []bool    // by column: the texts are numbers
	Values  [][]Value // by row and column: the number behind a text; the zero Value for a text
}

// Format writes a number in the page's language, without its unit where the chart has
// one.
type Format func(float64) string

// Value is a number, or the reason why there is none.
type Value struct {
	Number float64
	Known  bool
	Why    string // why it is not known, in the page's language; may be empty
	Beside string // the same otherwise, as in another currency: the table has it in brackets
	Cell   Cell   // where it stands; may be empty
}

// Cell is the place of a number in a published table, written beside it as data-table,
// data-row and data-column. Href is a page that tells how it was computed.
type Cell struct {
	Table, Row, Column, Href string
}

// Known is a value without a place.
func Known(number float64) Value { return Value{Number: number, Known: true} }

// Unknown is a value that is not known, and why.
func Unknown(why string) Value { return Value{Why: why} }

// At is the value with its place in a table.
func (v Value) At(cell Cell) Value {
	v.Cell = cell
	return v
}

// largest is the greatest size of a number that is drawn: no figure of a plan comes
// near, and sums and differences of such numbers stay finite.
const largest = 1e60

// number is what can be drawn of a value: not what is unknown, not a number, or beyond
// all measure. What is too small for a scale is zero.
func (v Value) number() (float64, bool) {
	if !v.Known || math.IsNaN(v.Number) || math.Abs(v.Number) > largest {
		return 0, false
	}
	if math.Abs(v.Number) < 1/largest {
		return 0, true
	}
	return v.Number, true
}

// exact is the number as data-value has it: without an exponent, and with 15 significant
// digits at most, because those beyond them are noise of what was reckoned, such as euro
// in another currency.
func exact(number float64) string {
	rounded, _ := strconv.ParseFloat(strconv.FormatFloat(number, 'g', 15, 64), 64)
	return strconv.FormatFloat(rounded, 'f', -1, 64)
}

// Words are the words that a chart writes of itself, in the page's language.
type Words struct {
	Nothing string // said where there is nothing to show
	Unknown string // said of a value that is not known
	Total   string // name of a sum
}

// withDefaults gives English words for those not handed in, so that a gap never goes
// unsaid.
func (w Words) withDefaults() Words {
	if w.Nothing == "" {
		w.Nothing = "There is nothing to show."
	}
	if w.Unknown == "" {
		w.Unknown = "not known"
	}
	if w.Total == "" {
		w.Total = "Total"
	}
	return w
}
