package chart

import (
	_ "embed"
	"html/template"
	"strings"
)

//go:embed chart.css
var css string

// CSS is the style of charts and figures, in light, dark and print. A page sets --ink,
// --paper, --line and --c1 to --c8 to have it otherwise.
func CSS() template.CSS { return template.CSS(css) }

// figure has the chart, its caption, and the same data as a table, to be opened.
var figure = template.Must(template.New("figure").Parse(`<figure class="chart" id="{{.ID}}">
{{.SVG}}
<figcaption>{{.Caption}}</figcaption>
{{- if .Rows}}
<details><summary>{{.TableLabel}}</summary>
<div class="scroll" role="region" tabindex="0" aria-label="{{.Caption}}">
<table>
<caption>{{.Caption}}</caption>
<thead><tr>{{range .Head}}<th scope="col"{{if .Numeric}} class="number"{{end}}>{{.Text}}</th>{{end}}</tr></thead>
<tbody>
{{- range .Rows}}
<tr>{{range $i, $cell := .}}{{if $i}}<td{{if .Numeric}} class="number"{{end}}>{{template "cell" .}}</td>{{else}}<th scope="row">{{.Text}}</th>{{end}}{{end}}</tr>
{{- end}}
</tbody>
</table>
</div>
</details>
{{- end}}
</figure>
{{- define "cell"}}{{if .Value.Cell.Href}}<a href="{{.Value.Cell.Href}}">{{template "data" .}}</a>{{else}}{{template "data" .}}{{end}}{{end}}
{{- define "data"}}{{if .Exact}}<data value="{{.Exact}}"{{with .Value.Cell.Table}} data-table="{{.}}"{{end}}
{{- with .Value.Cell.Row}} data-row="{{.}}"{{end}}{{with .Value.Cell.Column}} data-column="{{.}}"{{end}}>{{.Text}}{{with .Value.Beside}} <small>({{.}})</small>{{end}}</data>{{else}}{{.Text}}{{end}}{{end}}`))

// tableCell is a text of a grid with what it stands for.
type tableCell struct {
	Text, Exact string
	Value       Value
	Numeric     bool
}

// Figure is a chart with its caption and, to be opened below it, the same data as a
// table. The id is the figure's, so that a page can point to it.
func Figure(id, caption string, c Chart, tableLabel string) template.HTML {
	grid := c.Grid()
	var head []tableCell
	for i, text := range grid.Head {
		head = append(head, tableCell{Text: text, Numeric: grid.Numeric[i]})
	}
	var rows [][]tableCell
	for i, texts := range grid.Rows {
		var row []tableCell
		for j, text := range texts {
			cell := tableCell{Text: text, Value: grid.Values[i][j], Numeric: grid.Numeric[j]}
			if _, known := cell.Value.number(); known {
				cell.Exact = exact(cell.Value.Number)
			}
			row = append(row, cell)
		}
		rows = append(rows, row)
	}
	var b strings.Builder
	err := figure.Execute(&b, map[string]any{
		"ID": id, "Caption": caption, "TableLabel": tableLabel, "SVG": c.SVG(), "Head": head, "Rows": rows,
	})
	if err != nil {
		panic(err) // the template and what it is given are ours, and a Builder does not fail
	}
	return template.HTML(b.String())
}
