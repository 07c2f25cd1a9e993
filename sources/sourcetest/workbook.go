package sourcetest

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"strings"
)

// maxSheets, maxRows and maxCells bound a workbook that is made of a text.
const (
	maxSheets = 4
	maxRows   = 200
	maxCells  = 100 // of a row
)

// workbook makes an XLSX file of cells that are given as text: a line "= NAME" begins
// a sheet, other lines are its rows, with a tab between cells. Bytes of a file that
// are changed at random seldom leave a workbook that can be opened; so any text comes
// to stand in its cells.
func workbook(text []byte) []byte {
	type sheet struct {
		name string
		rows [][]string
	}
	var sheets []sheet
	for line := range strings.Lines(string(text)) {
		line = strings.TrimSuffix(line, "\n")
		name, begins := strings.CutPrefix(line, "= ")
		switch {
		case begins && len(sheets) < maxSheets:
			sheets = append(sheets, sheet{name: name})
		case len(sheets) == 0 || len(sheets[len(sheets)-1].rows) == maxRows:
		default:
			last := &sheets[len(sheets)-1]
			cells := strings.Split(line, "\t")
			last.rows = append(last.rows, cells[:min(len(cells), maxCells)])
		}
	}
	var content bytes.Buffer
	z := zip.NewWriter(&content)
	add := func(name, text string) {
		// A writer to memory gives no errors.
		w, _ := z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Store})
		io.WriteString(w, xml.Header+text)
	}
	const (
		main          = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
		relationships = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
		packaged      = "http://schemas.openxmlformats.org/package/2006/"
		types         = "application/vnd.openxmlformats-officedocument.spreadsheetml."
	)
	contents := `<Types xmlns="` + packaged + `content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
		`<Override PartName="/xl/workbook.xml" ContentType="` + types + `sheet.main+xml"/>`
	book, links := `<workbook xmlns="`+main+`" xmlns:r="`+relationships+`"><sheets>`, `<Relationships xmlns="`+packaged+`relationships">`
	for i, s := range sheets {
		n := i + 1
		contents += fmt.Sprintf(`<Override PartName="/xl/worksheets/sheet%d.xml" ContentType="%sworksheet+xml"/>`, n, types)
		book += fmt.Sprintf(`<sheet name="%s" sheetId="%d" r:id="rId%d"/>`, escaped(s.name), n, n)
		links += fmt.Sprintf(`<Relationship Id="rId%d" Type="%s/worksheet" Target="worksheets/sheet%d.xml"/>`, n, relationships, n)
		var rows strings.Builder
		for r, cells := range s.rows {
			fmt.Fprintf(&rows, `<row r="%d">`, r+1)
			for _, cell := range cells {
				fmt.Fprintf(&rows, `<c t="inlineStr"><is><t xml:space="preserve">%s</t></is></c>`, escaped(cell))
			}
			rows.WriteString("</row>")
		}
		add(fmt.Sprintf("xl/worksheets/sheet%d.xml", n), `<worksheet xmlns="`+main+`"><sheetData>`+rows.String()+`</sheetData></worksheet>`)
	}
	add("[Content_Types].xml", contents+"</Types>")
	add("_rels/.rels", `<Relationships xmlns="`+packaged+`relationships"><Relationship Id="rId1" Type="`+relationships+`/officeDocument" Target="xl/workbook.xml"/></Relationships>`)
	add("xl/workbook.xml", book+"</sheets></workbook>")
	add("xl/_rels/workbook.xml.rels", links+"</Relationships>")
	z.Close()
	return content.Bytes()
}

func escaped(text string) string {
	var b strings.Builder
	xml.EscapeText(&b, []byte(text)) // what XML cannot hold is replaced
	return b.String()
}
