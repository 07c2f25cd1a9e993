package workbook

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"

	"samkraft/sinks/tables"
)

// sheet is the sheet of a table: what of it is the same in all languages.
type sheet struct {
	table   *tables.Table
	columns []column
	rows    []byte // as they stand in the file, from the second row on
}

// column is a column of a sheet. One is added beside the codes of municipalities: their
// names.
type column struct {
	tables.Column
	added bool
	key   bool
	style int
	width float64  // that its cells want
	codes []string // what stands in it, of a column of texts that holds few different ones
}

// The widths of columns, in characters.
const (
	narrow = 9
	wide   = 60
)

// maxCodes is how many different texts a column of codes has at most.
const maxCodes = 60

// newSheet writes the rows of a table.
func (b *book) newSheet(name string) (*sheet, error) {
	t, err := b.snapshot.Table(name)
	if err != nil {
		return nil, err
	}
	s := &sheet{table: t}
	for _, c := range t.Columns {
		s.columns = append(s.columns, b.columnOf(t, c))
		if c.Name == "muni_code" && t.Has("country") && !t.Has("name") {
			s.columns = append(s.columns, column{Column: tables.Column{Name: c.Name, Type: "VARCHAR"}, added: true, style: b.formats.style(asText), width: 14})
		}
	}
	names, styles := make([]string, len(s.columns)), make([]int, len(s.columns))
	for i, c := range s.columns {
		if names[i], err = excelize.ColumnNumberToName(i + 1); err != nil {
			return nil, err
		}
		styles[i] = c.style
	}
	cells := make([]any, len(s.columns))
	for r := range t.All() {
		for i, c := range s.columns {
			cells[i] = b.cell(r, c)
		}
		if s.rows, err = appendRow(s.rows, r.Index()+2, names, cells, styles); err != nil {
			return nil, err
		}
	}
	return s, nil
}

// cell is what stands in a row of a column.
func (b *book) cell(r tables.Row, c column) any {
	if !c.added {
		return r.Value(c.Name)
	}
	if name, ok := b.places[r.Text("country")+r.Text(c.Name)]; ok {
		return name
	}
	return nil
}

// columnOf finds how a column is shown.
func (b *book) columnOf(t *tables.Table, c tables.Column) column {
	largest, longest := 0.0, 0
	seen := map[string]bool{}
	for r := range t.All() {
		switch v := r.Value(c.Name).(type) {
		case string:
			if !seen[v] {
				seen[v] = true
				longest = max(longest, units(v))
			}
		case int64:
			largest = math.Max(largest, math.Abs(float64(v)))
		case float64:
			largest = math.Max(largest, math.Abs(v))
		}
	}
	format := formatOf(c, largest, longest)
	found := column{Column: c, key: slices.Contains(t.Key, c.Name), style: b.formats.style(format)}
	switch {
	case c.Type == "VARCHAR":
		found.width = float64(longest) + 2
		if len(seen) <= maxCodes {
			found.codes = t.Distinct(c.Name)
			slices.Sort(found.codes)
		}
	case format == asDate:
		found.width = 12
	case format == asTime:
		found.width = 17
	case format == asShare:
		found.width = narrow
	default:
		_, places, _ := strings.Cut(format, ".")
		digits := 1 + math.Floor(math.Log10(math.Max(largest, 1)))
		found.width = digits + math.Floor(digits/3) + float64(len(places)) + 3
	}
	found.width = min(wide, max(narrow, found.width))
	return found
}

// tableSheet makes the sheet of a table, all but its rows.
func (e *edition) tableSheet(s *sheet) {
	name := e.names[s.table.Name]
	heads, lines, width := e.heads(s), 1, 0.0
	for i, c := range s.columns {
		own := max(c.width, headWidth(heads[i]))
		width += own
		lines = max(lines, headLines(heads[i], own))
		e.width(name, i+1, i+1, own)
		kind := "head"
		switch {
		case c.added:
			kind = "added"
		case c.key:
			kind = "key"
		}
		e.put(name, i+1, 1, heads[i], kind)
		e.note(name, cellName(i+1, 1), e.noteOf(s.table, c))
	}
	e.do(e.file.SetRowHeight(name, 1, float64(lines)*15+3))
	e.table(name, s.table.Name, len(s.columns), s.table.Rows)
	e.texts(s, name)
	g, _ := place(s.table.Name)
	e.print(name, g.colour)
	e.onPaper(s, name, width)
}

// lineOfPaper is how many characters go across a page that can still be read.
const lineOfPaper = 210

// onPaper prints the columns of a table and nothing that flows out of them, over as many
// pages as it takes to read them, with the headings and the key on every page.
func (e *edition) onPaper(s *sheet, name string, width float64) {
	e.do(e.file.SetPageLayout(name, &excelize.PageLayoutOptions{Orientation: pointer("landscape"), FitToWidth: pointer(1 + int(width/lineOfPaper))}))
	keys := 0
	for keys < len(s.columns) && (s.columns[keys].key || s.columns[keys].added) {
		keys++
	}
	titles := fmt.Sprintf("'%s'!$1:$1", name)
	if last, err := excelize.ColumnNumberToName(keys); err == nil && width > lineOfPaper {
		titles = fmt.Sprintf("'%s'!$A:$%s,", name, last) + titles
	}
	e.do(e.file.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", RefersTo: titles, Scope: name}))
	area := fmt.Sprintf("'%s'!$A$1:%s", name, absolute(len(s.columns), s.table.Rows+1))
	e.do(e.file.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Area", RefersTo: area, Scope: name}))
}

// heads are the headings of a table in words, with their units, each another one.
func (e *edition) heads(s *sheet) []string {
	var heads []string
	used := map[string]bool{}
	for _, c := range s.columns {
		label, _ := e.lang.Column(s.table.Name, c.Name)
		if c.added {
			label = e.say("municipality_name")
		}
		if unit := e.unit(c.Column); unit != "" {
			label += " [" + unit + "]"
		}
		if used[strings.ToLower(label)] {
			label += " (" + c.Name + ")"
		}
		used[strings.ToLower(label)] = true
		heads = append(heads, label)
	}
	return heads
}

// unit is what stands behind a column's name; nothing for years, texts and plain
// numbers.
func (e *edition) unit(c tables.Column) string {
	switch {
	case strings.HasPrefix(c.Type, "TIMESTAMP"):
		return "UTC"
	case c.Unit == "" || c.Unit == "year" && isWhole(c):
		return ""
	}
	return e.lang.Unit(c.Unit)
}

// noteOf says what a column is: its name in the Parquet file, what it means, and what
// its codes mean.
func (e *edition) noteOf(t *tables.Table, c column) string {
	if c.added {
		return e.say("municipality_name_about", "column", c.Name)
	}
	lines := []string{c.Name, e.describe(t, c.Column)}
	if c.key {
		lines = append(lines, e.say("part_of_key"))
	}
	for _, code := range c.codes {
		if meaning := e.meaning(c.Name, code); meaning != "" {
			lines = append(lines, code+": "+meaning)
		}
	}
	text := strings.Join(lines, "\n")
	if units(text) > maxNote {
		text = shorten(text, maxNote)
	}
	return text
}

// maxNote is how long a note may be before nobody reads it: the sheet of codes has all.
const maxNote = 1500

// describe is what a column means, in the snapshot's own words where they are English.
func (e *edition) describe(t *tables.Table, c tables.Column) string {
	_, text := e.lang.Column(t.Name, c.Name)
	if e.lang == "en" || text == "" {
		return c.Description
	}
	return text
}

// meaning is what a code of a column means; nothing where it is no code.
func (e *edition) meaning(column, code string) string {
	if column == "muni_code" {
		return e.municipality(code)
	}
	if meaning := e.lang.Code(column, code); meaning != code {
		return meaning
	}
	return ""
}

// municipality is the name of a code of a municipality: those of Denmark have three
// digits and those of Sweden four.
func (b *book) municipality(code string) string {
	if name, ok := b.places["DK"+code]; ok {
		return name
	}
	return b.places["SE"+code]
}

// headWidth is how wide a column is at least for its heading, which may take three
// lines and has a button beside it.
func headWidth(head string) float64 {
	longest := 0
	for _, word := range strings.Fields(head) {
		longest = max(longest, units(word))
	}
	return float64(max(narrow, longest+4, units(head)/3+4))
}

// headLines is how many lines a heading takes.
func headLines(head string, width float64) int {
	lines, used := 1, 0.0
	for _, word := range strings.Fields(head) {
		size := float64(units(word) + 1)
		if used > 0 && used+size > width-3 {
			lines, used = lines+1, 0
		}
		used += size
	}
	return lines
}

// print sets how a sheet is printed and the colour of its tab.
func (e *edition) print(name, colour string) {
	e.do(e.file.SetSheetProps(name, &excelize.SheetPropsOptions{TabColorRGB: &colour, FitToPage: pointer(true)}))
	e.do(e.file.SetPageLayout(name, &excelize.PageLayoutOptions{Size: pointer(9), FitToWidth: pointer(1), FitToHeight: pointer(0)}))
	e.do(e.file.SetPageMargins(name, &excelize.PageLayoutMarginsOptions{Left: pointer(0.5), Right: pointer(0.5), Top: pointer(0.8), Bottom: pointer(0.7), Header: pointer(0.3), Footer: pointer(0.3)}))
	day := ""
	if newest := e.newest(); !newest.IsZero() {
		day = e.say("as_of_short", "day", e.lang.Date(newest))
	}
	plan := strings.ReplaceAll(shorten(e.planName(), 60), "&", "&&")
	e.do(e.file.SetHeaderFooter(name, &excelize.HeaderFooterOptions{
		OddHeader: "&L" + plan + "&C&A&R" + strings.ReplaceAll(day, "&", "&&"),
		OddFooter: "&L" + e.id + "&R" + e.say("page") + " &P / &N",
	}))
}
