package pipeline

import (
	"math"
	"strconv"
	"strings"
)

// LocalNumber writes a plain decimal number ("-9813.8") as a language (da, sv or
// en) does: "-9.813,8", "-9 813,8" and "-9 813.8".
func LocalNumber(lang, plain string) string {
	mark, group := ".", " "
	switch lang {
	case "da":
		mark, group = ",", "."
	case "sv":
		mark, group = ",", "\u00a0"
	}
	digits, negative := strings.CutPrefix(plain, "-")
	negative = negative && strings.ContainsAny(digits, "123456789")
	whole, fraction, has := strings.Cut(digits, ".")
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + group + whole[i:]
	}
	if has {
		whole += mark + fraction
	}
	if negative {
		whole = "-" + whole
	}
	return whole
}

// decimalText writes a number as people do in a plan file: -1000000, not -1e+06. Of
// numbers beyond all use the power of ten says more than the zeros.
func decimalText(f float64) string {
	if math.Abs(f) >= 1e15 {
		return strconv.FormatFloat(f, 'g', -1, 64)
	}
	return strconv.FormatFloat(f, 'f', -1, 64)
}
