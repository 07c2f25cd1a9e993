package pipeline

import (
	"fmt"
	"math/big"
	"strconv"
	"strings"
)

// Decimal is an exact decimal number as a publisher wrote it: Coefficient
// times ten to the power of Exponent.
type Decimal struct {
	Coefficient int64
	Exponent    int
}

var powers = [...]int64{1, 10, 100, 1e3, 1e4, 1e5, 1e6}

// Rescale returns the number in units of ten to the power of -scale, rounded
// half away from zero. It is an error when the result does not fit in 18
// digits, the width of a staged decimal.
func (d Decimal) Rescale(scale int) (int64, error) {
	shift := d.Exponent + scale
	if shift >= 0 && shift <= 6 && d.Coefficient > -1e11 && d.Coefficient < 1e11 {
		return d.Coefficient * powers[shift], nil // nearly every cell
	}
	n := big.NewInt(d.Coefficient)
	if shift > 40 || shift < -400 {
		if d.Coefficient == 0 || shift < 0 {
			return 0, nil
		}
		return 0, fmt.Errorf("%s does not fit in 18 digits", d)
	}
	ten := big.NewInt(10)
	if shift >= 0 {
		n.Mul(n, new(big.Int).Exp(ten, big.NewInt(int64(shift)), nil))
	} else {
		div := new(big.Int).Exp(ten, big.NewInt(int64(-shift)), nil)
		q, r := new(big.Int).QuoRem(n, div, new(big.Int))
		if r.Abs(r).Lsh(r, 1).Cmp(div) >= 0 {
			q.Add(q, big.NewInt(int64(n.Sign())))
		}
		n = q
	}
	if n.CmpAbs(big.NewInt(1e18)) >= 0 {
		return 0, fmt.Errorf("%s does not fit in 18 digits", d)
	}
	return n.Int64(), nil
}

// Scale returns the number multiplied by ten to the power of n: Scale(-3) turns
// kWh into MWh without loss.
func (d Decimal) Scale(n int) Decimal { return Decimal{d.Coefficient, d.Exponent + n} }

// IsZero reports whether the number is zero.
func (d Decimal) IsZero() bool { return d.Coefficient == 0 }

// Float returns the nearest float64.
func (d Decimal) Float() float64 {
	f, _ := strconv.ParseFloat(d.String(), 64)
	return f
}

// String writes the number as coefficient and exponent, for example 2414032e-2.
func (d Decimal) String() string {
	if d.Exponent == 0 {
		return strconv.FormatInt(d.Coefficient, 10)
	}
	return strconv.FormatInt(d.Coefficient, 10) + "e" + strconv.Itoa(d.Exponent)
}

// ParseDecimal reads a number that is written with the given decimal mark
// ('.' or ',') and no thousands separator, with an optional exponent
// ("2.414032e+04"). Digits beyond what an int64 holds are an error, so that no
// digit is lost in silence; trailing zeros behind the mark are no digits.
func ParseDecimal(text string, mark byte) (Decimal, error) {
	if d, ok := plainDecimal(text, mark); ok {
		return d, nil
	}
	fail := func() (Decimal, error) { return Decimal{}, fmt.Errorf("%q is not a number", text) }
	s, exponent := text, 0
	if i := strings.IndexAny(s, "eE"); i > 0 {
		e, err := strconv.Atoi(s[i+1:])
		if err != nil || e > 300 || e < -300 {
			return fail()
		}
		s, exponent = s[:i], e
	}
	sign := int64(1)
	if s != "" && (s[0] == '-' || s[0] == '+') {
		if s[0] == '-' {
			sign = -1
		}
		s = s[1:]
	}
	whole, fraction, marked := strings.Cut(s, string(mark))
	if whole == "" && fraction == "" || marked && fraction == "" {
		return fail()
	}
	fraction = strings.TrimRight(fraction, "0")
	var n int64
	for _, digits := range [2]string{whole, fraction} {
		for i := 0; i < len(digits); i++ {
			c := digits[i]
			if c < '0' || c > '9' {
				return fail()
			}
			if n > (1<<63-1-9)/10 {
				return Decimal{}, fmt.Errorf("%q has more digits than can be kept", text)
			}
			n = n*10 + int64(c-'0')
		}
	}
	return Decimal{sign * n, exponent - len(fraction)}, nil
}

// plainDecimal reads what nearly every number is: up to 18 digits, with a mark
// among them or without. Of anything else it says that it is not ok.
func plainDecimal(text string, mark byte) (d Decimal, ok bool) {
	if len(text) > 18 {
		return d, false
	}
	places, marked := 0, false
	for i := 0; i < len(text); i++ {
		c := text[i]
		switch {
		case c >= '0' && c <= '9':
			d.Coefficient = d.Coefficient*10 + int64(c-'0')
			places++
		case c == mark && !marked && i > 0:
			marked, places = true, 0
		default:
			return d, false
		}
	}
	if places == 0 {
		return d, false
	}
	if marked {
		for ; places > 0 && d.Coefficient%10 == 0; places-- {
			d.Coefficient /= 10
		}
		d.Exponent = -places
	}
	return d, true
}
