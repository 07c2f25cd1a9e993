package costtable

import (
	"bytes"
	"fmt"
	"strings"

	"samkraft/pipeline"
)

// header is the names of two columns, in lower case.
type header [2]string

// row is one row of a file with two columns.
type row struct {
	line         int // counted from 1, as an editor or a spreadsheet does
	name, number string
}

// sheet is a file with two columns: names and numbers.
type sheet struct {
	file   string
	tab    string // of a workbook
	header header
	rows   []row
	// mark is the decimal mark that goes with this form of file: a comma where
	// semicolons stand between the columns, which is so because of it.
	mark byte
	// stated is the decimal mark that somebody has said a text has, or 0.
	stated byte
}

// readSheet reads a file whose columns are one of the given pairs. What a file
// is, its first bytes say, since names of files are often wrong. A decimal mark that
// is stated is that of texts; the numbers of a workbook need none.
func readSheet(file string, content []byte, decimal byte, headers ...header) (*sheet, error) {
	switch {
	case bytes.HasPrefix(content, []byte("PK\x03\x04")):
		return readWorkbook(file, content, headers)
	case bytes.HasPrefix(content, []byte("\xd0\xcf\x11\xe0")):
		return nil, &pipeline.Problem{File: file, What: "is a workbook of an old form (XLS) or one with a password", Expected: "CSV or XLSX", Remedy: "save it as XLSX without a password"}
	}
	s, err := readText(file, content, headers)
	if err == nil {
		s.stated = decimal
	}
	return s, err
}

// problem tells what is wrong in a row.
func (s *sheet) problem(r row, column int, what, expected, remedy string) error {
	return &pipeline.Problem{File: s.file, Sheet: s.tab, Row: r.line, Column: s.header[column], What: what, Expected: expected, Remedy: remedy}
}

// about is a problem with the number of a row. It names the row also by what
// stands in its first column.
func (s *sheet) about(r row, what, expected, remedy string) error {
	return s.problem(r, 1, fmt.Sprintf("%s %q: %s", s.header[0], r.name, what), expected, remedy)
}

// place names another row inside of a message.
func (s *sheet) place(r row) string {
	if s.tab != "" {
		return fmt.Sprintf("row %d", r.line)
	}
	return fmt.Sprintf("line %d", r.line)
}

// match finds the pair of columns that a first row names.
func match(cells []string, headers []header) (header, bool) {
	for _, h := range headers {
		if len(cells) == 2 && strings.EqualFold(strings.TrimSpace(cells[0]), h[0]) && strings.EqualFold(strings.TrimSpace(cells[1]), h[1]) {
			return h, true
		}
	}
	return header{}, false
}

// columns says which columns are expected.
func columns(headers []header) string {
	var list []string
	for _, h := range headers {
		list = append(list, h[0]+" and "+h[1])
	}
	return "the columns " + strings.Join(list, ", or ")
}

// filled cuts the empty cells at the end of a row, which spreadsheets leave.
func filled(cells []string) []string {
	for len(cells) > 0 && strings.TrimSpace(cells[len(cells)-1]) == "" {
		cells = cells[:len(cells)-1]
	}
	return cells
}

// add keeps a row of data; an empty one is none.
func (s *sheet) add(line int, cells []string) error {
	cells = filled(cells)
	r := row{line: line}
	switch len(cells) {
	case 0:
		return nil
	case 1:
		r.name = strings.TrimSpace(cells[0])
	case 2:
		r.name, r.number = strings.TrimSpace(cells[0]), strings.TrimSpace(cells[1])
	default:
		p := &pipeline.Problem{File: s.file, Sheet: s.tab, Row: line, What: fmt.Sprintf("the row of %q has %d cells", strings.TrimSpace(cells[0]), len(cells)), Expected: "two: " + s.header[0] + " and " + s.header[1]}
		if s.tab == "" && s.mark == '.' {
			p.Remedy = "a decimal comma needs semicolons between the columns, or quotes around the number"
		}
		return p
	}
	s.rows = append(s.rows, r)
	return nil
}

// whole checks that there is anything below the header.
func (s *sheet) whole() (*sheet, error) {
	if len(s.rows) == 0 {
		return nil, &pipeline.Problem{File: s.file, Sheet: s.tab, What: "there is a header and no row", Expected: "rows"}
	}
	return s, nil
}
