package own

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"samkraft/pipeline"
)

// bounds are where a figure makes sense; open says that low itself does not.
type bounds struct {
	low, high float64
	open      bool
	text      string
}

var (
	anything = bounds{-1e12, 1e12, false, "a number such as 1234.5"}
	amount   = bounds{0, 1e12, false, "a number from 0"}
	positive = bounds{0, 1e12, true, "a number above 0"}
	share    = bounds{0, 1, false, "a share from 0 to 1"}
	lifetime = bounds{0, 100, true, "years, above 0 and up to 100"}
)

func (b bounds) have(f float64) bool { return f >= b.low && f <= b.high && (f > b.low || !b.open) }

// grouped is a number whose mark may as well stand between thousands.
var grouped = regexp.MustCompile(`^[+-]?[1-9][0-9]{0,2}[.,][0-9]{3}$`)

// number reads a figure; an empty cell is an error.
func (s *sheet) number(column string, within bounds) (pipeline.Decimal, error) {
	d, err := s.maybe(column, within)
	if err == nil && d == nil {
		return pipeline.Decimal{}, s.problem(column, "there is no number", within.text)
	}
	if err != nil {
		return pipeline.Decimal{}, err
	}
	return *d, nil
}

// maybe reads a figure, nil for an empty cell. A file with points and commas for
// decimals is refused, and so is a number that reads as another one a thousand
// times as large: 1.234 beside semicolons, where a decimal comma goes.
func (s *sheet) maybe(column string, within bounds) (*pipeline.Decimal, error) {
	text := s.text(column)
	if text == "" {
		return nil, nil
	}
	// Some spreadsheets write a minus sign for a hyphen.
	plain := strings.Replace(text, "\u2212", "-", 1)
	mark := s.mark
	if i := strings.IndexAny(plain, ".,"); i >= 0 {
		mark = plain[i]
		switch {
		case grouped.MatchString(plain) && mark != s.mark:
			return nil, s.problem(column, fmt.Sprintf("%q may be a decimal number or one with a mark between thousands", text), "thousands without a mark, or decimals with a 0 at the end: 1.2340")
		case s.used != 0 && s.used != mark:
			return nil, s.problem(column, fmt.Sprintf("%q has another decimal mark than a number before it", text), fmt.Sprintf("%q in the whole file", string(s.used)))
		}
		s.used = mark
	}
	d, err := pipeline.ParseDecimal(plain, mark)
	if err != nil {
		return nil, s.problem(column, err.Error(), within.text)
	}
	if !within.have(d.Float()) {
		return nil, s.problem(column, fmt.Sprintf("%q is out of bounds", text), within.text)
	}
	return &d, nil
}

// spread reads a figure and its range, from NAME_low and NAME_high where the file
// has them: both or neither. Without a range the figure is exact.
func (s *sheet) spread(name string, within bounds) (low, value, high pipeline.Decimal, err error) {
	if value, err = s.number(name, within); err != nil {
		return low, value, high, err
	}
	ends := [2]*pipeline.Decimal{}
	for i, end := range []string{"_low", "_high"} {
		if ends[i], err = s.maybe(name+end, within); err != nil {
			return low, value, high, err
		}
	}
	switch {
	case ends[0] == nil && ends[1] == nil:
		return value, value, value, nil
	case ends[0] == nil:
		return low, value, high, s.problem(name+"_low", "there is a high end and no low one", "both or neither")
	case ends[1] == nil:
		return low, value, high, s.problem(name+"_high", "there is a low end and no high one", "both or neither")
	case ends[0].Float() > value.Float():
		return low, value, high, s.problem(name+"_low", fmt.Sprintf("%q is above the value %q", s.text(name+"_low"), s.text(name)), "a low end up to the value")
	case ends[1].Float() < value.Float():
		return low, value, high, s.problem(name+"_high", fmt.Sprintf("%q is below the value %q", s.text(name+"_high"), s.text(name)), "a high end from the value on")
	}
	return *ends[0], value, *ends[1], nil
}

// year reads a year between two.
func (s *sheet) year(column string, from, to int) (int, error) {
	year, err := strconv.Atoi(s.text(column))
	if err != nil || year < from || year > to {
		return 0, s.problem(column, fmt.Sprintf("%q", s.text(column)), fmt.Sprintf("a year from %d to %d", from, to))
	}
	return year, nil
}

// Prices of these years can be put into euro of 2025: for them the program has
// rates and inflation.
const firstPrice, lastPrice = 2015, 2025
