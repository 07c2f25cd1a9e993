package own

import (
	"fmt"
	"slices"
	"strings"

	"samkraft/pipeline"
	"samkraft/sources"
)

// cells are the published tables whose figures a plan can state itself, each with
// the column that holds them and what, beside the municipality, tells its rows
// apart. Of the energy balance it is the rows of final use.
var cells = []struct {
	table, column string
	key           []string
	within        bounds
	figures       bool // whether a file of figures can add a row
}{
	{"capacity", "power_mw", []string{"year", "technology", "source_id"}, amount, false},
	{"end_use", "energy_mwh", []string{"stock"}, amount, true},
	{"energy_balance", "energy_mwh", []string{"year", "carrier_id", "sector_id"}, amount, true},
	{"population", "population", []string{"date"}, positive, true},
}

// keyColumns are those of all tables together.
var keyColumns = []string{"year", "date", "stock", "carrier_id", "sector_id", "technology", "source_id"}

var cellColumns = []pipeline.Column{
	sources.Text("country", "Country: DK or SE"),
	sources.Text("muni_code", "Municipality code"),
	sources.Text("table_name", "Published table in which the figure stands"),
	sources.Text("cell", "The row there, beside the municipality: the other parts of its key, joined by a bar"),
	sources.Text("column_name", "Column of the figure"),
}

var cellKey = []string{"country", "muni_code", "table_name", "cell"}

var corrections = kind{
	id: "corrections", title: "Corrections of publishers' figures",
	table: pipeline.Table{Name: "own_correction", Description: "Figures of publishers that the members correct, with who, when, why and evidence", Key: cellKey,
		Columns: append(slices.Clone(cellColumns),
			pipeline.Column{Name: "published", Kind: pipeline.Number, Unit: "unit of the column", Description: "What the publisher said when it was corrected; null where it said nothing"},
			pipeline.Column{Name: "corrected", Kind: pipeline.Number, Unit: "unit of the column", Description: "What counts instead"},
			sources.Text("who", "Who corrects"),
			pipeline.Column{Name: "made_on", Kind: pipeline.Date, Description: "Day of the correction"},
			sources.Text("why", "Reason"),
			sources.Text("evidence", "What shows it: a file, a letter, an address"))},
	fields: slices.Concat(needed("municipality", "table"), optional("country"), optional(keyColumns...), needed("column", "published", "corrected", "who", "when", "why", "evidence")),
	read:   readCorrection,
}

var figures = kind{
	id: "figures", title: "Figures that no publisher has",
	table: pipeline.Table{Name: "own_figure", Description: "Figures of the members for cells that no publisher fills", Key: cellKey,
		Columns: append(slices.Clone(cellColumns),
			pipeline.Column{Name: "value", Kind: pipeline.Number, Unit: "unit of the column", Description: "The figure"},
			sources.Text("who", "Who states it"),
			sources.Text("source", "Where it comes from"))},
	fields: slices.Concat(needed("municipality", "table"), optional("country"), optional(keyColumns...), needed("column", "value", "who", "source")),
	read:   readFigure,
}

func readCorrection(s *sheet) ([]any, error) {
	values, within, err := s.cell(false)
	if err != nil {
		return nil, err
	}
	published, err := s.maybe("published", anything)
	if err != nil {
		return nil, err
	}
	corrected, err := s.number("corrected", within)
	if err != nil {
		return nil, err
	}
	if published != nil && published.Float() == corrected.Float() {
		return nil, s.problem("corrected", fmt.Sprintf("%q is what is published", s.text("corrected")), "another figure")
	}
	who, err := s.words("who", "the name of a person or an office")
	if err != nil {
		return nil, err
	}
	when, err := s.day("when")
	if err != nil {
		return nil, err
	}
	why, err := s.words("why", "a reason")
	if err != nil {
		return nil, err
	}
	evidence, err := s.words("evidence", "what shows it: a file, a letter, an address")
	if err != nil {
		return nil, err
	}
	return append(values, orNull(published), corrected, who, when, why, evidence), nil
}

func readFigure(s *sheet) ([]any, error) {
	values, within, err := s.cell(true)
	if err != nil {
		return nil, err
	}
	value, err := s.number("value", within)
	if err != nil {
		return nil, err
	}
	who, err := s.words("who", "the name of a person or an office")
	if err != nil {
		return nil, err
	}
	source, err := s.words("source", "where the figure comes from")
	if err != nil {
		return nil, err
	}
	return append(values, value, who, source), nil
}

// cell reads which figure is meant: the table, the row in it and the column.
func (s *sheet) cell(adds bool) (values []any, within bounds, err error) {
	var tables []string
	at := -1
	for i, c := range cells {
		if c.figures || !adds {
			tables = append(tables, c.table)
			if c.table == s.text("table") {
				at = i
			}
		}
	}
	if at < 0 {
		return nil, within, s.problem("table", fmt.Sprintf("a figure of table %q cannot be stated", s.text("table")), "one of "+strings.Join(tables, ", "))
	}
	c := cells[at]
	m, err := s.municipality()
	if err != nil {
		return nil, within, err
	}
	var parts []string
	for _, column := range keyColumns {
		if !slices.Contains(c.key, column) {
			if s.text(column) != "" {
				return nil, within, s.problem(column, fmt.Sprintf("%q, and a row of %s has no %s", s.text(column), c.table, column), "nothing")
			}
			continue
		}
		part, err := s.keyPart(column)
		if err != nil {
			return nil, within, err
		}
		parts = append(parts, part)
	}
	if s.text("column") != c.column {
		return nil, within, s.problem("column", fmt.Sprintf("%q", s.text("column")), c.column+", the figure of table "+c.table)
	}
	return []any{m.Country, m.Code, c.table, strings.Join(parts, "|"), c.column}, c.within, nil
}

// keyPart reads a part of a row's key.
func (s *sheet) keyPart(column string) (string, error) {
	switch column {
	case "year":
		year, err := s.year(column, 1970, 2100)
		return fmt.Sprint(year), err
	case "date":
		day, err := s.day(column)
		return day.Format("2006-01-02"), err
	case "stock":
		return s.one(column, stocks)
	case "carrier_id":
		return s.carrier(column)
	case "sector_id":
		return s.one(column, sectors)
	case "technology":
		return s.one(column, technologies)
	}
	return s.words(column, "the publisher's id, as the table has it")
}

// orNull keeps a nil pointer from becoming a value.
func orNull(d *pipeline.Decimal) any {
	if d == nil {
		return nil
	}
	return *d
}
