package words

import (
	"math"
	"strconv"
	"strings"

	"samkraft/pipeline"
)

const (
	noBreak = "\u00a0"
	minus   = "\u2212"
	unknown = "–" // for what is not a number
)

// forPages writes the signs of pages.
var forPages = strings.NewReplacer("-", minus, " ", noBreak)

// Number writes a number with that many decimals as the language does: "1.234,5" in
// Danish, "1 234,5" in Swedish, "1 234.5" in English. The digits and marks are those
// of pipeline.LocalNumber (a point from four digits on is how the Danish parliament's
// guide to spelling writes numbers); on a page the minus is the sign and not the
// hyphen, and no line breaks within a number.
func (l Language) Number(v float64, decimals int) string {
	switch {
	case math.IsNaN(v):
		return unknown
	case math.IsInf(v, 1):
		return "∞"
	case math.IsInf(v, -1):
		return minus + "∞"
	}
	text := pipeline.LocalNumber(string(l), strconv.FormatFloat(v, 'f', max(decimals, 0), 64))
	return forPages.Replace(text)
}

// Significant writes a number rounded to that many significant digits: with three,
// 12 345 is "12 300" and 0.01 is "0.0100". Zero is "0".
func (l Language) Significant(v float64, digits int) string {
	rounded, exponent := significant(v, digits)
	if rounded == 0 {
		return "0"
	}
	return l.Number(rounded, max(digits, 1)-1-exponent)
}

// significant rounds a number to significant digits, and returns the power of ten
// of its first one.
func significant(v float64, digits int) (rounded float64, exponent int) {
	if v == 0 || math.IsNaN(v) || math.IsInf(v, 0) {
		return v, 0
	}
	text := strconv.FormatFloat(v, 'e', max(digits, 1)-1, 64)
	_, power, _ := strings.Cut(text, "e")
	exponent, _ = strconv.Atoi(power)
	rounded, _ = strconv.ParseFloat(text, 64)
	return rounded, exponent
}

// Share writes a share of one in per cent: 0.412 with one decimal is "41,2 %". The
// space before the sign is that of the SI, in all three languages.
func (l Language) Share(v float64, decimals int) string {
	return l.Number(100*v, decimals) + noBreak + "%"
}
