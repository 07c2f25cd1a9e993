package sources

import (
	"fmt"
	"io"

	"github.com/xuri/excelize/v2"

	"samkraft/pipeline"
)

// Workbook reads an Excel file (XLSX).
type Workbook struct {
	name string
	file *excelize.File
}

// OpenWorkbook opens a part as a workbook. A container that expands beyond
// 1 GiB is refused.
func OpenWorkbook(part pipeline.Part) (*Workbook, error) {
	body, err := part.Open()
	if err != nil {
		return nil, &pipeline.Problem{File: part.Name, What: err.Error()}
	}
	defer body.Close()
	file, err := excelize.OpenReader(body, excelize.Options{RawCellValue: true, UnzipSizeLimit: 1 << 30, UnzipXMLSizeLimit: 512 << 20})
	if err != nil {
		return nil, &pipeline.Problem{File: part.Name, What: "cannot be opened as a workbook: " + err.Error(), Expected: "a whole XLSX file", Remedy: "copy or download it again"}
	}
	return &Workbook{part.Name, file}, nil
}

// Rows calls each for every row of a sheet, in order: row is counted from 1 as
// in the spreadsheet, cells are raw values as text (dates are serial numbers),
// trailing empty cells are cut, an empty row has no cells. Cells are valid until
// each returns.
func (w *Workbook) Rows(sheet string, each func(row int, cells []string) error) error {
	if i, err := w.file.GetSheetIndex(sheet); err != nil || i < 0 {
		return &pipeline.Problem{File: w.name, Sheet: sheet, What: "the sheet is missing", Expected: fmt.Sprintf("it among %q", w.file.GetSheetList())}
	}
	rows, err := w.file.Rows(sheet)
	if err != nil {
		return &pipeline.Problem{File: w.name, Sheet: sheet, What: "cannot be read: " + err.Error()}
	}
	defer rows.Close()
	for n := 1; rows.Next(); n++ {
		cells, err := rows.Columns()
		if err != nil {
			return &pipeline.Problem{File: w.name, Sheet: sheet, Row: n, What: "cannot be read: " + err.Error()}
		}
		if err := each(n, cells); err != nil {
			return err
		}
	}
	if err := rows.Error(); err != nil && err != io.EOF {
		return &pipeline.Problem{File: w.name, Sheet: sheet, What: "cannot be read to its end: " + err.Error()}
	}
	return nil
}

// Sheets lists the sheets in order.
func (w *Workbook) Sheets() []string { return w.file.GetSheetList() }

// Problem describes what is wrong in a cell; column is the header or "".
func (w *Workbook) Problem(sheet string, row int, column, what, expected string) *pipeline.Problem {
	return &pipeline.Problem{File: w.name, Sheet: sheet, Row: row, Column: column, What: what, Expected: expected}
}

// Close releases temporary files.
func (w *Workbook) Close() error { return w.file.Close() }
