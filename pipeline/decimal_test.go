package pipeline_test

import (
	"math"
	"math/big"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"

	"samkraft/pipeline"
)

func TestParseDecimal(t *testing.T) {
	cases := []struct {
		text string
		mark byte
		want string // "" is an error
	}{
		{"0", '.', "0"}, {"-0", '.', "0"}, {"007", '.', "7"}, {"24140.32", '.', "2414032e-2"}, {"24140,32", ',', "2414032e-2"},
		{"-5.50", '.', "-55e-1"}, {"+5", '.', "5"}, {"5.000", '.', "5"}, {"0.00", '.', "0"}, {"100.0", '.', "100"}, {"0.1234567890123456", '.', "1234567890123456e-16"}, {"1234567890123,45670", ',', "12345678901234567e-4"}, {".5", '.', "5e-1"}, {"-,5", ',', "-5e-1"},
		{"2.414032e+04", '.', "2414032e-2"}, {"2.414032E+04", '.', "2414032e-2"}, {"1e3", '.', "1e3"}, {"1e-3", '.', "1e-3"}, {"12.5e2", '.', "125e1"},
		{"999999999999999999", '.', "999999999999999999"}, {"-999999999999999999", '.', "-999999999999999999"},
		{"1.000000000000000000000000000000", '.', "1"}, {"00000000000000000000000000001", '.', "1"},
		{"", '.', ""}, {"-", '.', ""}, {"+", ',', ""}, {".", '.', ""}, {"5.", '.', ""}, {"1,5", '.', ""}, {"1.5", ',', ""},
		{"1.000,5", ',', ""}, {"1,000.5", '.', ""}, {"1 000", '.', ""}, {"1\u00a0000", '.', ""}, {" 1", '.', ""}, {"1 ", '.', ""},
		{"8O569", '.', ""}, {"--1", '.', ""}, {"+-1", '.', ""}, {"1.2.3", '.', ""}, {"1.-2", '.', ""}, {"0x10", '.', ""},
		{"e5", '.', ""}, {"1e", '.', ""}, {"1e5.0", '.', ""}, {"1e301", '.', ""}, {"1e-301", '.', ""}, {"1ee5", '.', ""}, {"1e99999999999999999999", '.', ""},
		{"NaN", '.', ""}, {"Inf", '.', ""}, {"..", '.', ""}, {"x", '.', ""}, {"n/e", '.', ""}, {"−5", '.', ""}, {"٣", '.', ""},
		{"10000000000000000000", '.', ""}, {"0.12345678901234567891", '.', ""},
	}
	for _, c := range cases {
		d, err := pipeline.ParseDecimal(c.text, c.mark)
		switch {
		case c.want == "" && err == nil:
			t.Errorf("%q with mark %c is %s", c.text, c.mark, d)
		case c.want == "" && !strings.Contains(err.Error(), strconv.Quote(c.text)):
			t.Errorf("%q: the error does not name it: %v", c.text, err)
		case c.want != "" && (err != nil || d.String() != c.want):
			t.Errorf("%q with mark %c is %s, want %s: %v", c.text, c.mark, d, c.want, err)
		}
	}
}

// exact is the number as a fraction.
func exact(d pipeline.Decimal) *big.Rat {
	ten := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(max(d.Exponent, -d.Exponent))), nil)
	r := new(big.Rat).SetInt64(d.Coefficient)
	if d.Exponent < 0 {
		return r.Quo(r, new(big.Rat).SetInt(ten))
	}
	return r.Mul(r, new(big.Rat).SetInt(ten))
}

// rounded is a fraction rounded to a whole number, half away from zero.
func rounded(r *big.Rat) *big.Int {
	twice := new(big.Int).Lsh(new(big.Int).Abs(r.Num()), 1)
	q := twice.Add(twice, r.Denom())
	q.Quo(q, new(big.Int).Lsh(r.Denom(), 1))
	if r.Sign() < 0 {
		q.Neg(q)
	}
	return q
}

func checkRescale(t *testing.T, d pipeline.Decimal, scale int) {
	t.Helper()
	want := rounded(exact(pipeline.Decimal{Coefficient: d.Coefficient, Exponent: d.Exponent + scale}))
	fits := want.CmpAbs(big.NewInt(1e18)) < 0
	got, err := d.Rescale(scale)
	if (err == nil) != fits || fits && got != want.Int64() {
		t.Errorf("%s to %d places is %d (%v), want %s", d, scale, got, err, want)
	}
}

func TestRescale(t *testing.T) {
	random := rand.New(rand.NewPCG(253, 259))
	for range 20_000 {
		d := pipeline.Decimal{Coefficient: int64(random.Uint64()) >> random.UintN(64), Exponent: random.IntN(60) - 40}
		checkRescale(t, d, random.IntN(10)-1)
	}
	for _, n := range []int64{0, 1, -1, 4, 5, -5, 15, 25, 49, 50, -50, 51, 99_999_999_999, 100_000_000_000, -99_999_999_999, -100_000_000_000, 1e18 - 1, 1e18, -1e18, math.MaxInt64, math.MinInt64} {
		for _, exponent := range []int{-800, -420, -45, -40, -19, -18, -6, -4, -3, -2, -1, 0, 1, 2, 3, 6, 7, 12, 17, 18, 19, 40, 45, 300} {
			for _, scale := range []int{0, 3, 6} {
				checkRescale(t, pipeline.Decimal{Coefficient: n, Exponent: exponent}, scale)
			}
		}
	}
}

func TestDecimalFloat(t *testing.T) {
	random := rand.New(rand.NewPCG(1380, 1315))
	for range 5_000 {
		d := pipeline.Decimal{Coefficient: int64(random.Uint64()) >> random.UintN(64), Exponent: random.IntN(60) - 40}
		if want, _ := exact(d).Float64(); d.Float() != want {
			t.Errorf("%s is %v, want %v", d, d.Float(), want)
		}
		if n := random.IntN(13) - 6; exact(d.Scale(n)).Cmp(exact(pipeline.Decimal{Coefficient: d.Coefficient, Exponent: d.Exponent + n})) != 0 {
			t.Errorf("%s scaled by %d is %s", d, n, d.Scale(n))
		}
		if d.IsZero() != (d.Float() == 0) {
			t.Errorf("%s: zero is %v", d, d.IsZero())
		}
	}
}

// FuzzParseDecimal: what is read is, as math/big says, exactly what is written,
// with either mark.
func FuzzParseDecimal(f *testing.F) {
	for _, s := range []string{"80569.590", "-0.5", "2.414032e+04", "1e300", "9223372036854775807", "0.10", "..", "-", "1_000", "0b1", "1/3"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		d, err := pipeline.ParseDecimal(text, '.')
		if err != nil {
			return
		}
		want, ok := new(big.Rat).SetString(text)
		if !ok || want.Cmp(exact(d)) != 0 {
			t.Errorf("%q is read as %s", text, d)
		}
		if comma, err := pipeline.ParseDecimal(strings.Replace(text, ".", ",", 1), ','); err != nil || comma != d {
			t.Errorf("%q with a comma is read as %s: %v", text, comma, err)
		}
		if again, err := pipeline.ParseDecimal(d.String(), '.'); err == nil && exact(again).Cmp(exact(d)) != 0 {
			t.Errorf("%q is written as %s, which is read as %s", text, d, again)
		}
		checkRescale(t, d, 3)
	})
}
