package workbook

import (
	"fmt"

	"github.com/xuri/excelize/v2"
)

// drawing is a chart and the small table that it draws, which stands below it.
type drawing struct {
	kind       excelize.ChartType
	title, see string
	head       string // of the categories, or of what lies along a curve
	categories []any
	series     []series
	unit       string  // of the values
	most       float64 // where the axis of the values ends; 0 for where they end
}

// series are the values of a chart that belong together. One that is not known is nil.
type series struct {
	name   string
	values []any
}

// The size of a chart: in pixels, and in rows of the sheet.
const (
	chartWidth, chartHeight = 900, 400
	chartRows               = 21
)

// colours of series: of the scheme of Okabe and Ito, which the colour-blind tell apart.
var colours = []string{"0072B2", "E69F00", "009E73", "CC79A7", "56B4E9", "D55E00", "F0E442", "000000", "999999", "7F5FA8"}

// charts makes the sheet of charts.
func (e *edition) charts(name string) {
	e.width(name, 1, 1, 42)
	e.width(name, 2, 12, 16)
	row := 1
	for _, d := range e.drawings() {
		if len(d.categories) == 0 || e.err != nil {
			continue
		}
		if row > 1 {
			e.do(e.file.InsertPageBreak(name, cellName(1, row)))
		}
		row = e.draw(name, row, d)
	}
	e.print(name, dark)
	e.do(e.file.SetPageLayout(name, &excelize.PageLayoutOptions{Orientation: pointer("landscape")}))
	e.do(e.file.SetSheetView(name, 0, &excelize.ViewOptions{ShowGridLines: pointer(false)}))
}

// draw puts a chart and its table on a sheet from a row on, and returns the row where
// the next one begins.
func (e *edition) draw(name string, row int, d drawing) int {
	e.put(name, 1, row, d.title, "heading")
	for i := 2; i <= 9; i++ {
		e.put(name, i, row, nil, "heading")
	}
	e.do(e.file.SetRowHeight(name, row, 22))
	e.put(name, 1, row+1, d.see, "plain")
	top := row + 3 + chartRows
	e.put(name, 1, top, d.head, "head")
	for i, c := range d.categories {
		look := "name"
		if _, number := c.(float64); number {
			look = "number"
		}
		e.put(name, 1, top+1+i, c, look)
	}
	e.do(e.file.SetRowHeight(name, top, headHeight))
	bottom := top + len(d.categories)
	reach := func(column int) string {
		return fmt.Sprintf("'%s'!%s:%s", name, absolute(column, top+1), absolute(column, bottom))
	}
	chart := &excelize.Chart{
		Type: d.kind, Dimension: excelize.ChartDimension{Width: chartWidth, Height: chartHeight},
		Title:        excelize.ChartTitle{Paragraph: []excelize.RichTextRun{{Text: d.title + " [" + d.unit + "]", Font: letters(13, true, dark)}}},
		Legend:       excelize.ChartLegend{Position: "bottom"},
		ShowBlanksAs: "gap",
		YAxis:        excelize.ChartAxis{MajorGridLines: true, NumFmt: excelize.ChartNumFmt{CustomNumFmt: asCount}, Font: axisFont},
		XAxis:        excelize.ChartAxis{TickLabelPosition: excelize.ChartTickLabelLow, Font: axisFont},
		Format:       excelize.GraphicOptions{AltText: d.title + ". " + d.see},
	}
	for i, s := range d.series {
		e.put(name, i+2, top, s.name, "head")
		for j, v := range s.values {
			e.put(name, i+2, top+1+j, v, "number")
		}
		colour := colours[i%len(colours)]
		chart.Series = append(chart.Series, excelize.ChartSeries{
			Name: fmt.Sprintf("'%s'!%s", name, absolute(i+2, top)), Categories: reach(1), Values: reach(i + 2),
			Fill: fill(colour), Line: excelize.LineOptions{Type: excelize.LineSolid, Fill: fill(colour), Width: 2},
			Marker: excelize.ChartMarker{Symbol: "none"},
		})
	}
	switch d.kind {
	case excelize.Line:
		chart.XAxis.HighLowLines = true
		for i := range chart.Series {
			chart.Series[i].Line = excelize.LineOptions{Type: excelize.LineNone}
			chart.Series[i].Marker = excelize.ChartMarker{Symbol: "circle", Size: 9, Fill: fill(colours[i])}
		}
	case excelize.Scatter:
		chart.XAxis = excelize.ChartAxis{NumFmt: excelize.ChartNumFmt{CustomNumFmt: asCount}, Title: axisTitle(d.head), TickLabelPosition: excelize.ChartTickLabelLow, Font: axisFont}
		if d.most > 0 {
			chart.YAxis.Maximum = &d.most
		}
		chart.Legend.Position = "none"
	}
	if e.err == nil {
		e.do(e.file.AddChart(name, cellName(1, row+2), chart))
	}
	return bottom + 3
}

// axisFont is darker than the grey that charts have by themselves.
var axisFont = *letters(9, false, "404040")

func axisTitle(text string) excelize.ChartTitle {
	return excelize.ChartTitle{Paragraph: []excelize.RichTextRun{{Text: text, Font: &axisFont}}}
}

// absolute is the name of a cell that stays itself wherever it is written.
func absolute(column, row int) string {
	name, err := excelize.CoordinatesToCellName(column, row, true)
	if err != nil {
		panic(err)
	}
	return name
}
