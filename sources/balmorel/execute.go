package balmorel

import (
	"errors"
	"fmt"
	"math/big"
	"slices"
	"strconv"
	"strings"

	"samkraft/pipeline"
	"samkraft/sources"
)

// execute does what a statement says, where it changes what is read, and passes
// over the known forms that do not. Every other statement is an error.
func (d *decoder) execute(a assignment) error {
	switch {
	case d.isCopy(a):
		d.copied = true
		return nil
	case d.isClearing(a):
		d.empty = true
		return nil
	case d.isYearCopy(a), d.isStoredZero(a):
		return nil
	case d.isNational(a):
		return d.setNational(a)
	case d.isRescaling(a):
		return d.rescale(a)
	}
	return d.problem(a.line, "", fmt.Sprintf("the statement %q is of an unknown form", a.text), "one of the forms that the other files use: it may change the figures")
}

// isCopy: the table becomes the model's parameter, DH(YYY,AAA,DHUSER) =
// DH1(DHUSER,AAA,YYY), also only where the table has a value.
func (d *decoder) isCopy(a assignment) bool {
	if d.layout.model == "" || d.empty || !strings.EqualFold(a.left.name, d.layout.model) || !d.plain(a) || a.first.ref == nil || a.first.when != nil {
		return false
	}
	from := *a.first.ref
	if !strings.EqualFold(from.name, d.layout.table) || len(from.args) != len(a.left.args) || len(from.args) != len(d.layout.sets) {
		return false
	}
	for i, set := range d.layout.sets {
		index := argument{text: set}
		if !from.args[i].equal(index) || !contains(a.left.args, index) {
			return false
		}
	}
	return a.when == nil || !a.whenZero && a.when.equal(from)
}

// isClearing: the table is emptied after it was copied, DH1(DHUSER,AAA,YYY) = 0.
func (d *decoder) isClearing(a assignment) bool {
	return d.copied && strings.EqualFold(a.left.name, d.layout.table) && d.plain(a) && a.when == nil && a.first.number == "0" && !hasElement(a.left)
}

// isYearCopy: a later year is given the figures of a year of the table. Only the
// table's own years are read, so that this changes nothing here.
func (d *decoder) isYearCopy(a assignment) bool {
	from := a.first.ref
	if d.layout.model == "" || !d.plain(a) || from == nil || !strings.EqualFold(from.name, a.left.name) || len(from.args) != len(a.left.args) ||
		!strings.EqualFold(from.name, d.layout.model) && !strings.EqualFold(from.name, d.layout.table) || a.whenZero {
		return false
	}
	for _, when := range []*reference{a.when, a.first.when} {
		if when != nil && !strings.EqualFold(when.name, d.layout.table) {
			return false
		}
	}
	years := 0
	for i, to := range a.left.args {
		if to.equal(from.args[i]) && !to.element {
			continue
		}
		target, ok := sources.Year(to.text)
		source, fine := sources.Year(from.args[i].text)
		if !to.element || !from.args[i].element || !ok || !fine || d.years[target] || !d.years[source] {
			return false
		}
		years++
	}
	return years == 1
}

// isStoredZero: a value of zero becomes EPS, which is zero.
func (d *decoder) isStoredZero(a assignment) bool {
	return strings.EqualFold(a.left.name, d.layout.table) && d.plain(a) && a.whenZero && a.when.equal(a.left) && strings.EqualFold(a.first.number, "EPS")
}

// isNational: a figure of the whole country is set, GMAXF('2050', 'DENMARK',
// 'STRAW') = 7327069.00.
func (d *decoder) isNational(a assignment) bool {
	if !d.layout.scaled || !d.ofTable(a.left) || !d.plain(a) || a.when != nil || a.first.number == "" ||
		!a.left.args[d.layout.area].equal(argument{national, true}) {
		return false
	}
	// A figure for all years at once is known only of what is not read.
	_, item := d.key(reference{args: d.ofSomeYear(a.left.args)})
	return a.left.args[d.layout.year].element || !item
}

// ofSomeYear puts a year of the table in the place of the year.
func (d *decoder) ofSomeYear(args []argument) []argument {
	args = slices.Clone(args)
	for year := range d.years {
		args[d.layout.year] = argument{strconv.Itoa(year), true}
	}
	return args
}

func (d *decoder) setNational(a assignment) error {
	k, ok := d.key(a.left)
	if !ok {
		return nil // a year or fuel that is not in the table, as MUNIWASTE
	}
	n, _, err := marks.Read(strings.ToUpper(a.first.number), '.')
	if err != nil {
		return d.problem(a.line, "", fmt.Sprintf("%q: %v", a.text, err), "a number or EPS")
	}
	d.totals[k] = rational(n.(pipeline.Decimal))
	return nil
}

// isRescaling: a column is multiplied and divided by numbers and by figures of
// the whole country, GMAXF('2050', CCCRRRAAA, 'STRAW') = GMAXF('2050',
// CCCRRRAAA, 'STRAW') / GMAXF('2050', 'DENMARK', 'STRAW') * 54000000.00.
func (d *decoder) isRescaling(a assignment) bool {
	if !d.layout.scaled || !d.ofTable(a.left) || a.when != nil || a.first.ref == nil || a.first.when != nil || !a.first.ref.equal(a.left) || len(a.rest) == 0 {
		return false
	}
	if _, ok := d.key(a.left); !ok || !a.left.args[d.layout.area].equal(argument{text: d.layout.sets[d.layout.area]}) {
		return false
	}
	for _, f := range a.rest {
		if f.when != nil || strings.EqualFold(f.number, "EPS") {
			return false
		}
		if f.ref == nil {
			continue
		}
		if _, ok := d.key(*f.ref); !d.ofTable(*f.ref) || !ok || !f.ref.args[d.layout.area].equal(argument{national, true}) {
			return false
		}
	}
	return true
}

// rescale applies the factor to the column. All values are taken as they are
// before the statement: the whole country's total, which is one of them, is not
// rescaled before it has divided the others.
func (d *decoder) rescale(a assignment) error {
	factor := big.NewRat(1, 1)
	for _, f := range a.rest {
		var by *big.Rat
		if f.ref != nil {
			k, _ := d.key(*f.ref)
			by = d.totals[k]
		} else if n, err := pipeline.ParseDecimal(f.number, '.'); err == nil {
			by = rational(n)
		}
		if by == nil || by.Sign() == 0 {
			return d.problem(a.line, "", fmt.Sprintf("%q multiplies or divides by what is not known or zero", a.text), "the figure of DENMARK in a statement before, and numbers")
		}
		if f.op == "/" {
			by = new(big.Rat).Inv(by)
		}
		factor.Mul(factor, by)
	}
	k, _ := d.key(a.left)
	if d.scaled[k] {
		return d.problem(a.line, "", fmt.Sprintf("%q rescales a column a second time", a.text), "one rescaling of each column")
	}
	d.scaled[k] = true
	if total := d.totals[k]; total != nil {
		d.totals[k] = new(big.Rat).Mul(total, factor)
	}
	for i := range d.values {
		if v := &d.values[i]; v.year == k.year && v.item == k.item {
			v.factor = factor
		}
	}
	return nil
}

// finished checks that the last lines were there: without them the file is cut
// short, and a distribution key would pass for energy.
func (d *decoder) finished(t table) error {
	last := t.line
	for _, r := range t.rows {
		last = r.line
	}
	if d.layout.model != "" && !d.copied {
		return d.problem(last, "", fmt.Sprintf("no line after the table copies it to %s", d.layout.model), "the lines that follow the table: the file may have been cut short")
	}
	for _, v := range d.values {
		if d.layout.scaled && v.code != "" && d.layout.items[v.item].name != "" && !d.scaled[key{v.year, v.item}] {
			return d.problem(last, d.layout.items[v.item].label, fmt.Sprintf("no line after the table rescales it for %d", v.year), "the lines that follow the table: the file may have been cut short")
		}
	}
	return nil
}

// key reads year and item of a reference to the table.
func (d *decoder) key(r reference) (key, bool) {
	y, i := r.args[d.layout.year], r.args[d.layout.item]
	year, ok := sources.Year(y.text)
	if !ok || !y.element || !i.element || !d.years[year] {
		return key{}, false
	}
	for n, known := range d.layout.items {
		if strings.EqualFold(known.label, i.text) {
			return key{year, n}, true
		}
	}
	return key{}, false
}

func (d *decoder) ofTable(r reference) bool {
	return strings.EqualFold(r.name, d.layout.table) && len(r.args) == len(d.layout.sets)
}

// plain: the right side is a single operand.
func (d *decoder) plain(a assignment) bool { return len(a.rest) == 0 }

func hasElement(r reference) bool {
	for _, a := range r.args {
		if a.element {
			return true
		}
	}
	return false
}

func contains(all []argument, want argument) bool {
	for _, a := range all {
		if a.equal(want) {
			return true
		}
	}
	return false
}

func rational(n pipeline.Decimal) *big.Rat {
	r := new(big.Rat).SetInt64(n.Coefficient)
	power := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(max(n.Exponent, -n.Exponent))), nil)
	if n.Exponent < 0 {
		return r.Quo(r, new(big.Rat).SetInt(power))
	}
	return r.Mul(r, new(big.Rat).SetInt(power))
}

// scaledNumber is the value times its factor, exact and then rounded half away
// from zero to six decimals.
func (v value) scaledNumber() (pipeline.Decimal, error) {
	if v.factor == nil {
		return v.number, nil
	}
	exact := rational(v.number)
	exact.Mul(exact, v.factor)
	exact.Mul(exact, big.NewRat(1e6, 1))
	half := new(big.Int).Add(new(big.Int).Lsh(exact.Num(), 1), exact.Denom())
	rounded := half.Quo(half, new(big.Int).Lsh(exact.Denom(), 1))
	if rounded.CmpAbs(big.NewInt(1e18)) >= 0 {
		return pipeline.Decimal{}, errors.New("the rescaled value does not fit in 18 digits")
	}
	return pipeline.Decimal{Coefficient: rounded.Int64(), Exponent: -6}, nil
}
