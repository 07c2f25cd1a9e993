package costtable

import (
	"errors"
	"fmt"
	"math"
	"math/big"
	"regexp"
	"strconv"
	"strings"
)

// A table keeps up to maxDecimals of a number, and fewer only where its numbers
// are too large, down to leastDecimals: cells that a spreadsheet has worked out
// have as many as fit.
const (
	maxDecimals   = 6
	leastDecimals = 2
)

// numeral is a number as it is written: 0.digits times ten to the power of point.
type numeral struct {
	negative bool
	digits   string // without zeros at either end
	point    int    // place of the decimal mark, counted from the start of digits
	mark     byte   // the decimal mark, or 0
	grouped  bool   // the mark might as well stand between thousands: 1.234
}

var (
	numeralForm    = regexp.MustCompile(`^([+-]?)(?:([0-9]+)(?:([.,])([0-9]*))?|([.,])([0-9]+))(?:[eE]([+-]?[0-9]{1,3}))?$`)
	groupedForm    = regexp.MustCompile(`^[+-]?[1-9][0-9]{0,2}[.,][0-9]{3}$`)
	groupedByComma = regexp.MustCompile(`^[+-]?[1-9][0-9]{0,2}(?:,[0-9]{3})+(?:\.[0-9]*)?$`)
	groupedByPoint = regexp.MustCompile(`^[+-]?[1-9][0-9]{0,2}(?:\.[0-9]{3})+(?:,[0-9]*)?$`)
	severalMark    = regexp.MustCompile(`^[+-]?[0-9]+(?:[.,'\x{2019}\s\x{a0}\x{2009}\x{202f}][0-9]{3})+(?:[.,][0-9]*)?$`)
)

// parseNumeral reads a number with a decimal point or comma, without marks
// between thousands.
func parseNumeral(text string) (numeral, error) {
	// Some spreadsheets write a minus sign for a hyphen.
	text = strings.Replace(text, "\u2212", "-", 1)
	m := numeralForm.FindStringSubmatch(text)
	switch {
	case text == "":
		return numeral{}, errors.New("there is no number")
	case m == nil && severalMark.MatchString(text):
		return numeral{}, fmt.Errorf("%q has marks between thousands", shorten(text))
	case m == nil:
		return numeral{}, fmt.Errorf("%q is no number", shorten(text))
	}
	whole, mark, fraction := m[2], m[3], m[4]
	if whole == "" {
		mark, fraction = m[5], m[6]
	}
	n := numeral{negative: m[1] == "-", digits: whole + fraction, point: len(whole), grouped: groupedForm.MatchString(text)}
	if mark != "" {
		n.mark = mark[0]
	}
	if m[7] != "" {
		exponent, err := strconv.Atoi(m[7])
		if err != nil {
			return numeral{}, fmt.Errorf("%q is no number", shorten(text))
		}
		n.point += exponent
	}
	significant := strings.TrimLeft(n.digits, "0")
	n.point -= len(n.digits) - len(significant)
	n.digits = strings.TrimRight(significant, "0")
	if n.digits == "" {
		n.point, n.negative = 0, false
	}
	return n, nil
}

var errLarge = errors.New("too large")

// decimals is how many decimals the number has.
func (n numeral) decimals() int { return max(0, len(n.digits)-n.point) }

// units returns the number in units of the last of so many decimals, rounded half
// away from zero. It fails with errLarge.
func (n numeral) units(decimals int) (int64, error) {
	keep := n.point + decimals // of the digits
	switch {
	case n.digits == "" || keep < 0:
		return 0, nil
	case keep > 19:
		return 0, errLarge
	}
	text := "0" + n.digits[:min(keep, len(n.digits))] + strings.Repeat("0", max(0, keep-len(n.digits)))
	value, err := strconv.ParseInt(text, 10, 64)
	if err != nil || value == math.MaxInt64 {
		return 0, errLarge
	}
	if keep < len(n.digits) && n.digits[keep] >= '5' {
		value++
	}
	if n.negative {
		value = -value
	}
	return value, nil
}

// pow10 is ten to the power of a few.
func pow10(n int) int64 {
	power := int64(1)
	for range n {
		power *= 10
	}
	return power
}

// rat returns the number itself.
func (n numeral) rat() *big.Rat {
	if n.digits == "" {
		return new(big.Rat)
	}
	digits, _ := new(big.Int).SetString(n.digits, 10)
	power := n.point - len(n.digits)
	value := new(big.Rat).SetInt(digits)
	ten := new(big.Rat).SetInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(max(power, -power))), nil))
	if power < 0 {
		value.Quo(value, ten)
	} else {
		value.Mul(value, ten)
	}
	if n.negative {
		value.Neg(value)
	}
	return value
}

// numerals reads the numbers of a sheet, and decides for the whole of it whether
// a point or a comma is the decimal mark. A sheet that has both is refused. So is
// one with the mark that does not go with its form, if every number that has it
// could be one with a mark between thousands: guessing would be wrong by a factor
// of 1000. Where the mark is stated, the other one may stand between thousands.
func (s *sheet) numerals() ([]numeral, error) {
	if s.stated != 0 {
		return s.statedNumerals()
	}
	const plain = "a number such as 1234.5"
	list := make([]numeral, len(s.rows))
	var first [2]int // row of the first point and the first comma, plus 1
	certain := false
	for i, r := range s.rows {
		n, err := parseNumeral(r.number)
		if err != nil {
			return nil, s.about(r, err.Error(), plain, "")
		}
		list[i] = n
		if n.mark == 0 {
			continue
		}
		k := strings.IndexByte(".,", n.mark)
		if first[k] == 0 {
			first[k] = i + 1
		}
		if other := first[1-k]; other != 0 {
			o := s.rows[other-1]
			return nil, s.about(r, fmt.Sprintf("%q and %q in %s have different decimal marks", shorten(r.number), shorten(o.number), s.place(o)), "a point or a comma in the whole file", "")
		}
		certain = certain || n.mark == s.mark || !n.grouped
	}
	if at := max(first[0], first[1]); at != 0 && !certain {
		r := s.rows[at-1]
		return nil, s.about(r, fmt.Sprintf("%q may be a decimal number or one with a mark between thousands, and no other number of the file tells which", shorten(r.number)), plain,
			"say --decimal point or --decimal comma; or write thousands without a mark, or decimals with a 0 at the end: 1.2340")
	}
	return list, nil
}

// statedNumerals reads the numbers of a sheet whose decimal mark is known.
func (s *sheet) statedNumerals() ([]numeral, error) {
	grouped, between, expected := groupedByComma, ",", "a number such as 1234.5 or 1,234.5, as --decimal point says"
	if s.stated == ',' {
		grouped, between, expected = groupedByPoint, ".", "a number such as 1234,5 or 1.234,5, as --decimal comma says"
	}
	list := make([]numeral, len(s.rows))
	for i, r := range s.rows {
		text := r.number
		if grouped.MatchString(text) {
			text = strings.ReplaceAll(text, between, "")
		}
		n, err := parseNumeral(text)
		if err == nil && n.mark != 0 && n.mark != s.stated {
			err = fmt.Errorf("%q has another decimal mark", shorten(r.number))
		}
		if err != nil {
			return nil, s.about(r, err.Error(), expected, "")
		}
		list[i] = n
	}
	return list, nil
}
