package energistyrelsen

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode"

	"samkraft/pipeline"
	"samkraft/sources"
)

// maxRows bounds a sheet: the largest that the agency publishes has ten thousand.
const maxRows = 200_000

// marks: in what describes a turbine, a plant or a net, a blank cell is a figure
// that the agency does not have. It is never zero; zeros are written out.
var marks = sources.Marks{"": pipeline.NotAvailable}

// sheet is a sheet that is being read: its rows fail by the names of its columns.
type sheet struct {
	book   *sources.Workbook
	name   string
	header []string
	mark   byte // decimal mark; numeric cells of a workbook have '.'
}

// row is one row of a sheet.
type row struct {
	*sheet
	number int
	cells  []string
}

// each calls do for every row and stops when ctx is done or there are more rows
// than any real sheet has.
func (s *sheet) each(ctx context.Context, do func(r row) error) error {
	return s.book.Rows(s.name, func(number int, cells []string) error {
		if number%1024 == 0 && ctx.Err() != nil {
			return s.book.Problem(s.name, number, "", "reading was stopped: "+ctx.Err().Error(), "")
		}
		if number > maxRows {
			return s.book.Problem(s.name, number, "", "the sheet has no end", fmt.Sprintf("at most %d rows", maxRows))
		}
		return do(row{s, number, cells})
	})
}

func (s *sheet) column(i int) string {
	if i < len(s.header) && s.header[i] != "" {
		return s.header[i]
	}
	letters := ""
	for n := i + 1; n > 0; n = (n - 1) / 26 {
		letters = string(rune('A'+(n-1)%26)) + letters
	}
	return letters
}

// problem describes what is wrong in a cell; with column -1, in the row.
func (r row) problem(column int, what, expected string) error {
	name := ""
	if column >= 0 {
		name = r.column(column)
	}
	return r.book.Problem(r.name, r.number, name, what, expected)
}

func (r row) location() string { return "sheet " + r.name + ", row " + strconv.Itoa(r.number) }

// text returns a cell without the blanks around it, "" where it is empty.
func (r row) text(column int) string {
	if column < 0 || column >= len(r.cells) {
		return ""
	}
	return strings.TrimFunc(r.cells[column], unicode.IsSpace)
}

func (r row) blank() bool {
	for i := range r.cells {
		if r.text(i) != "" {
			return false
		}
	}
	return true
}

// words returns a cell as text, null where it is empty or one of the words for
// "unknown".
func (r row) words(column int, unknown ...string) any {
	s := r.text(column)
	if s == "" {
		return nil
	}
	for _, u := range unknown {
		if s == u {
			return nil
		}
	}
	return s
}

// value reads a number or a marker.
func (r row) value(column int, m sources.Marks) (any, pipeline.Status, error) {
	v, status, err := m.Read(r.text(column), r.mark)
	if err != nil {
		return nil, "", r.problem(column, err.Error(), "a number or a blank cell")
	}
	return v, status, nil
}

// quantity reads a figure that describes something, null where it is not stated.
// It must lie between low and high, so that a figure of another column or unit
// does not pass.
func (r row) quantity(column int, low, high float64) (any, error) {
	v, _, err := r.value(column, marks)
	if v == nil || err != nil {
		return nil, err
	}
	if f := v.(pipeline.Decimal).Float(); f < low || f > high {
		return nil, r.problem(column, fmt.Sprintf("%s is out of range", r.text(column)), fmt.Sprintf("%g to %g", low, high))
	}
	return v, nil
}

// year reads a calendar year.
func (r row) year(column int) (int, error) {
	s := r.text(column)
	n, err := strconv.Atoi(s)
	if err != nil || n < 1900 || n > 2100 {
		return 0, r.problem(column, fmt.Sprintf("%q is not a year", s), "1900 to 2100")
	}
	return n, nil
}

// date reads a spreadsheet's serial number or yyyy-mm-dd; a blank cell and 0 are
// null.
func (r row) date(column int) (any, error) {
	s := r.text(column)
	if s == "" || s == "0" {
		return nil, nil
	}
	if d, err := time.Parse(time.DateOnly, s); err == nil && d.Year() >= 1900 && d.Year() <= 2100 {
		return d, nil
	}
	if d, ok := sources.SerialDate(s); ok {
		return d, nil
	}
	return nil, r.problem(column, fmt.Sprintf("%q is not a date", s), "a date from 1900 to 2100")
}

// municipality reads a municipality's number or name; null where the agency says
// that it does not know it: number 0 or 1 ("Kommune Ukendt").
func (r row) municipality(column int) (any, error) {
	s := r.text(column)
	number, _, _ := strings.Cut(s, " ")
	if number == "0" || number == "1" {
		return nil, nil
	}
	if s == "" {
		return nil, r.problem(column, "no municipality is stated", "a municipality's number, or 0 or 1 where it is not known")
	}
	m, err := pipeline.FindMunicipality("DK", s)
	if err != nil {
		return nil, r.problem(column, err.Error(), "a Danish municipality of today, or 0 or 1 where it is not known")
	}
	return m.Code, nil
}

// headings returns a row's cells with every run of blanks and line breaks as one
// blank, as headers are compared.
func headings(cells []string) []string {
	names := make([]string, len(cells))
	for i, c := range cells {
		names[i] = strings.Join(strings.Fields(c), " ")
	}
	return names
}

// expectHeader checks that the header begins with exactly the given names.
func (r row) expectHeader(names []string) error {
	got := headings(r.cells)
	for i, want := range names {
		if i >= len(got) || got[i] != want {
			found := ""
			if i < len(got) {
				found = got[i]
			}
			return r.problem(i, fmt.Sprintf("the header has changed: %q", found), fmt.Sprintf("%q", want))
		}
	}
	return nil
}
