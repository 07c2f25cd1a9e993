package costtable

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"samkraft/pipeline"
)

// The largest workbook after unpacking. A table of 20 members fits.
const unpacked = 1 << 30

// readWorkbook reads the one sheet of a workbook that begins with the columns.
func readWorkbook(file string, content []byte, headers []header) (found *sheet, err error) {
	damaged := func(why any) error {
		return &pipeline.Problem{File: file, What: fmt.Sprintf("cannot be opened as a workbook: %v", why), Expected: "a whole XLSX file", Remedy: "save or copy it again"}
	}
	// The library has panicked on workbooks that are damaged or made to harm.
	// They are somebody's file, so this is an answer and not a fault of ours.
	defer func() {
		if why := recover(); why != nil {
			found, err = nil, damaged(why)
		}
	}()
	book, err := excelize.OpenReader(bytes.NewReader(content), excelize.Options{RawCellValue: true, UnzipSizeLimit: unpacked, UnzipXMLSizeLimit: unpacked / 16})
	if err != nil {
		return nil, damaged(err)
	}
	defer book.Close()
	for _, tab := range book.GetSheetList() {
		s, err := readTab(book, file, tab, headers)
		switch {
		case err != nil:
			return nil, err
		case s == nil:
		case found != nil:
			return nil, &pipeline.Problem{File: file, What: fmt.Sprintf("sheets %q and %q both begin with %s", found.tab, tab, columns(headers)), Expected: "one such sheet"}
		default:
			found = s
		}
	}
	if found == nil {
		return nil, &pipeline.Problem{File: file, What: fmt.Sprintf("no sheet of %q begins with the expected header", book.GetSheetList()), Expected: columns(headers)}
	}
	return found.whole()
}

// readTab reads a sheet. It returns nil if the first row that is not empty is
// not one of the headers; a sheet of another kind, such as a chart, has no rows.
func readTab(book *excelize.File, file, tab string, headers []header) (*sheet, error) {
	rows, err := book.Rows(tab)
	if err != nil {
		return nil, nil
	}
	defer rows.Close()
	s := &sheet{file: file, tab: tab, mark: '.'}
	named := false
	for n := 1; rows.Next(); n++ {
		cells, err := rows.Columns()
		if err != nil {
			return nil, &pipeline.Problem{File: file, Sheet: tab, Row: n, What: "cannot be read: " + err.Error()}
		}
		if cells = filled(cells); len(cells) == 0 {
			continue
		}
		if !named {
			if s.header, named = match(cells, headers); !named {
				return nil, nil
			}
			continue
		}
		if len(cells) == 2 {
			cells[1] = displayed(strings.TrimSpace(cells[1]))
		}
		if err := s.add(n, cells); err != nil {
			return nil, err
		}
	}
	if err := rows.Error(); err != nil {
		return nil, &pipeline.Problem{File: file, Sheet: tab, What: "cannot be read to its end: " + err.Error()}
	}
	if !named {
		return nil, nil
	}
	return s, nil
}

// displayed rounds a stored number to the 15 digits that a spreadsheet shows and
// reckons with: 0.1 + 0.2 is stored as 0.30000000000000004.
func displayed(text string) string {
	n, err := parseNumeral(text)
	if err != nil || n.mark == ',' || len(n.digits) <= 15 {
		return text
	}
	value, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return text
	}
	value, _ = strconv.ParseFloat(strconv.FormatFloat(value, 'e', 14, 64), 64)
	return strconv.FormatFloat(value, 'f', -1, 64)
}
