package workbook

import (
	"fmt"
	"strings"

	"github.com/xuri/excelize/v2"
)

// What excelize is asked for in several places. Each does nothing after an error.

// cellName is the name of a cell, A1 for the first column and row.
func cellName(column, row int) string {
	name, err := excelize.CoordinatesToCellName(column, row)
	if err != nil {
		panic(err)
	}
	return name
}

// put writes a cell in a style. A text stays a text.
func (e *edition) put(sheet string, column, row int, value any, look string) {
	if e.err != nil {
		return
	}
	at := cellName(column, row)
	switch v := value.(type) {
	case nil:
	case string:
		e.do(e.file.SetCellStr(sheet, at, clean(v)))
	default:
		e.do(e.file.SetCellValue(sheet, at, v))
	}
	e.do(e.file.SetCellStyle(sheet, at, at, e.looks[look]))
}

// clean takes away what a cell cannot hold: what a cell of a table cannot hold, its
// sheet is left out for, but headings are made of what people name.
func clean(text string) string {
	text = strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' && r != '\t' {
			return '\uFFFD'
		}
		return r
	}, text)
	return shorten(text, maxText)
}

func (e *edition) width(sheet string, from, to int, width float64) {
	a, err := excelize.ColumnNumberToName(from)
	e.do(err)
	b, err := excelize.ColumnNumberToName(to)
	e.do(err)
	if e.err == nil {
		e.do(e.file.SetColWidth(sheet, a, b, width))
	}
}

// note hangs a note on a cell, in a box that its text fits in.
func (e *edition) note(sheet, cell, text string) {
	if e.err != nil {
		return
	}
	lines := 1
	for _, line := range strings.Split(text, "\n") {
		lines += 1 + units(line)/48
	}
	e.do(e.file.AddComment(sheet, excelize.Comment{
		Cell: cell, Author: "Samkraft", Width: 340, Height: uint(min(600, 18*lines)),
		Paragraph: []excelize.RichTextRun{{Text: clean(text), Font: &excelize.Font{Size: 9, Color: "000000"}}},
	}))
}

// table makes an Excel table of a sheet: a heading and so many rows, with filters, under
// a name that formulas and Power Query use. It stands in the first row, frozen.
func (e *edition) table(sheet, name string, columns, rows int) {
	if e.err != nil {
		return
	}
	area := "A1:" + cellName(columns, rows+1)
	e.do(e.file.SetSheetDimension(sheet, area))
	e.do(e.file.AddTable(sheet, &excelize.Table{Range: area, Name: name, StyleName: "TableStyleLight1", ShowRowStripes: pointer(true)}))
	e.aside(name)
	e.do(e.file.SetPanes(sheet, &excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}))
}

// aside takes the description of the newest table out of excelize's hands, which reads
// all of them again for each that is added. It keeps what it asks for: number and name.
func (e *edition) aside(name string) {
	part := fmt.Sprintf("xl/tables/table%d.xml", len(e.parts)+1)
	whole, ok := e.file.Pkg.Load(part)
	if e.err != nil || !ok {
		e.do(fmt.Errorf("the workbook has no part %s", part))
		return
	}
	e.parts[part] = whole.([]byte)
	e.file.Pkg.Store(part, fmt.Appendf(nil, `<table xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" id="%d" name="%s"/>`, len(e.parts), name))
}

// texts keeps Excel from marking codes that are digits as mistakes.
func (e *edition) texts(s *sheet, name string) {
	for i, c := range s.columns {
		if c.Type == "VARCHAR" && e.err == nil {
			area := cellName(i+1, 2) + ":" + cellName(i+1, s.table.Rows+1)
			e.do(e.file.AddIgnoredErrors(name, area, excelize.IgnoredErrorsNumberStoredAsText))
		}
	}
}

// link makes a cell lead to a sheet.
func (e *edition) link(sheet string, column, row int, to string) {
	if e.err != nil {
		return
	}
	at := cellName(column, row)
	e.do(e.file.SetCellHyperLink(sheet, at, "'"+to+"'!A1", "Location"))
	e.do(e.file.SetCellStyle(sheet, at, at, e.looks["link"]))
}
