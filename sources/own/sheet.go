package own

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"samkraft/pipeline"
	"samkraft/sources"
)

// field is a column of a file. One that is needed stands in the header; whether its
// cells may be empty is for who reads them.
type field struct {
	name   string
	needed bool
}

func needed(names ...string) []field {
	var fields []field
	for _, n := range names {
		fields = append(fields, field{n, true})
	}
	return fields
}

func optional(names ...string) []field {
	var fields []field
	for _, n := range names {
		fields = append(fields, field{n, false})
	}
	return fields
}

// has reports whether a header is that of the kind: all that is needed and nothing
// that is unknown.
func (k kind) has(header []string) bool {
	for _, f := range k.fields {
		if f.needed && !slices.Contains(header, f.name) {
			return false
		}
	}
	return !slices.ContainsFunc(header, func(name string) bool {
		return !slices.ContainsFunc(k.fields, func(f field) bool { return f.name == name })
	})
}

// sheet is a file that is read row by row.
type sheet struct {
	*sources.CSV
	place map[string]int // of a column in the row
	cells []string
	mark  byte // decimal mark that goes with the separator: a comma with the semicolon
	used  byte // decimal mark that the file's numbers have had so far
}

func open(part pipeline.Part, k kind) (*sheet, error) {
	head, err := sources.Head(part, 1<<12)
	if err != nil {
		return nil, err
	}
	s := &sheet{place: map[string]int{}, mark: '.'}
	separator := sources.Separator(sources.FirstLine(head))
	if separator == ';' {
		s.mark = ','
	}
	if s.CSV, err = sources.OpenCSV(part, separator, sources.UTF8); err != nil {
		return nil, excel(err)
	}
	if err := s.header(k); err != nil {
		s.Close()
		return nil, err
	}
	return s, nil
}

// header finds the columns.
func (s *sheet) header(k kind) error {
	var known []string
	for _, f := range k.fields {
		known = append(known, f.name)
	}
	expected := "the columns " + strings.Join(known, ", ")
	fault := func(i int, what string) error {
		p := s.Problem(i, what, expected)
		p.Row = 1
		return p
	}
	for i, name := range s.Header() {
		name = strings.ToLower(strings.TrimSpace(name))
		if _, twice := s.place[name]; twice {
			return fault(i, "the column stands twice")
		}
		if !slices.Contains(known, name) {
			return fault(i, fmt.Sprintf("a file of %s has no column %q", k.id, name))
		}
		s.place[name] = i
	}
	for _, f := range k.fields {
		if _, found := s.place[f.name]; f.needed && !found {
			return fault(-1, fmt.Sprintf("the column %q is missing", f.name))
		}
	}
	return nil
}

// next goes to the next row that is not empty.
func (s *sheet) next() error {
	for {
		cells, err := s.Read()
		if err != nil {
			return excel(err)
		}
		if slices.ContainsFunc(cells, func(c string) bool { return strings.TrimSpace(c) != "" }) {
			s.cells = cells
			return nil
		}
	}
}

// excel adds what to do about a file that is no UTF-8, as Excel writes them by
// default.
func excel(err error) error {
	if p, ok := err.(*pipeline.Problem); ok && strings.HasSuffix(p.What, "is not UTF-8 text") {
		p.Expected, p.Remedy = "UTF-8", "in Excel save as 'CSV UTF-8'"
	}
	return err
}

func (s *sheet) problem(column, what, expected string) error {
	at, found := s.place[column]
	if !found {
		at = -1
	}
	return s.Problem(at, what, expected)
}

// text is a cell without blanks around it; empty too where the file has no such
// column.
func (s *sheet) text(column string) string {
	if at, found := s.place[column]; found {
		return strings.TrimSpace(s.cells[at])
	}
	return ""
}

// maxText bounds what people write into a cell.
const maxText = 1000

// words is a cell that must say something.
func (s *sheet) words(column, about string) (string, error) {
	switch text := s.text(column); {
	case text == "":
		return "", s.problem(column, "is empty", about)
	case len(text) > maxText:
		return "", s.problem(column, fmt.Sprintf("is %d bytes long", len(text)), fmt.Sprintf("%s, up to %d", about, maxText))
	default:
		return text, nil
	}
}

// one is a cell that holds one of the listed words.
func (s *sheet) one(column string, list []string) (string, error) {
	text := s.text(column)
	if !slices.Contains(list, text) {
		return "", s.problem(column, fmt.Sprintf("%q", text), "one of "+strings.Join(list, ", "))
	}
	return text, nil
}

// carrier is a cell that names an energy carrier.
func (s *sheet) carrier(column string) (string, error) {
	text := s.text(column)
	if !slices.Contains(carriers, text) {
		return "", s.problem(column, fmt.Sprintf("there is no carrier %q", text), "a carrier_id of table carrier, such as electricity, district_heat or natural_gas")
	}
	return text, nil
}

// municipality reads the columns municipality, a code or a name, and country,
// which is asked for where a code is one of both.
func (s *sheet) municipality() (pipeline.Municipality, error) {
	text, country := s.text("municipality"), s.text("country")
	if country != "" && country != "DK" && country != "SE" {
		return pipeline.Municipality{}, s.problem("country", fmt.Sprintf("%q", country), "DK or SE")
	}
	var found []pipeline.Municipality
	for _, c := range []string{"DK", "SE"} {
		if m, err := pipeline.FindMunicipality(c, text); err == nil && (country == "" || country == c) {
			found = append(found, m)
		}
	}
	switch len(found) {
	case 0:
		return pipeline.Municipality{}, s.problem("municipality", fmt.Sprintf("there is no municipality %q", text), "the code or the name of a member")
	case 1:
		return found[0], nil
	}
	return pipeline.Municipality{}, s.problem("municipality", fmt.Sprintf("%q may be %s or %s", text, found[0], found[1]), "the name, or DK or SE in a column country")
}

var (
	isoDay     = regexp.MustCompile(`^\d{4}-\d{2}-\d{2}$`)
	spokenDay  = regexp.MustCompile(`^\d{2}[-.]\d{2}[-.]\d{4}$`)
	identifier = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,59}$`)
)

// day reads a date: 2024-12-31, or 31-12-2024 and 31.12.2024 as spreadsheets write
// it in Denmark.
func (s *sheet) day(column string) (time.Time, error) {
	text, layout := s.text(column), ""
	switch {
	case isoDay.MatchString(text):
		layout = time.DateOnly
	case spokenDay.MatchString(text):
		text, layout = strings.ReplaceAll(text, ".", "-"), "02-01-2006"
	}
	day, err := time.Parse(layout, text)
	if layout == "" || err != nil || day.Year() < 1900 || day.Year() > 2100 {
		return time.Time{}, s.problem(column, fmt.Sprintf("%q is no date", s.text(column)), "a date such as 2024-12-31")
	}
	return day, nil
}

// id reads a name by which other files know a thing.
func (s *sheet) id(column string) (string, error) {
	text := s.text(column)
	if !identifier.MatchString(text) {
		return "", s.problem(column, fmt.Sprintf("%q cannot be an id", text), "lower-case letters a to z, digits and hyphens, up to 60")
	}
	return text, nil
}

// flag reads yes or no, in English, Danish or Swedish.
func (s *sheet) flag(column string) (bool, error) {
	switch strings.ToLower(s.text(column)) {
	case "yes", "ja":
		return true, nil
	case "no", "nej":
		return false, nil
	}
	return false, s.problem(column, fmt.Sprintf("%q", s.text(column)), "yes or no")
}
