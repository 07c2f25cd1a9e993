package scb

import (
	"context"
	"fmt"
	"strings"
	"time"

	"samkraft/pipeline"
	"samkraft/sources"
)

const (
	folkmangd       = "Folkmangd"
	populationSheet = "Totalt"
	titleStart      = "Folkmängd i riket, län och kommuner 31 december"
)

var populationTable = pipeline.Table{
	Name:        "scb_population",
	Description: "Population of Swedish municipalities on 31 December, both sexes.",
	Key:         []string{"country", "muni_code", "date"},
	Columns: []pipeline.Column{
		sources.SwedishCountry, sources.SwedishMuniCode,
		{Name: "date", Kind: pipeline.Date, Description: "31 December of the year that the population is counted for."},
		{Name: "population", Kind: pipeline.Integer, Unit: "1", Description: "Inhabitants, women and men."},
	},
}

// recognisePopulation knows the workbook by its title, or by the three words of
// its header where the title is another. SCB publishes the same workbook for
// every quarter; those are claimed, so that the error says what is wrong.
func recognisePopulation(texts string) bool {
	if strings.Contains(texts, "Folkmängd i riket, län och kommuner") {
		return true
	}
	for _, word := range []string{">Folkmängd<", ">Kommunnamn<", ">Länsnamn<"} {
		if !strings.Contains(texts, word) {
			return false
		}
	}
	return true
}

// decodePopulation reads the sheet of both sexes. Its codes are text, those of
// the sheets of men and women are numbers; either is read. Columns right of the
// population (births, moves) vary from year to year and are left alone.
func decodePopulation(ctx context.Context, part pipeline.Part, out pipeline.Output) (pipeline.Edition, error) {
	book, err := sources.OpenWorkbook(part)
	if err != nil {
		return pipeline.Edition{}, err
	}
	defer book.Close()
	p := population{book: book, out: out}
	err = book.Rows(populationSheet, func(row int, cells []string) error {
		if row%1024 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		return p.row(row, cells)
	})
	if err == nil && p.rows == 0 {
		err = p.problem(0, "", "there is no municipality", "a title, the header Kommun, Kommunnamn, Folkmängd, and rows")
	}
	if err != nil {
		return pipeline.Edition{}, err
	}
	return pipeline.Edition{AsOf: p.date.Format(time.DateOnly)}, nil
}

type population struct {
	book *sources.Workbook
	out  pipeline.Output
	date time.Time
	head int // header rows seen
	rows int
	foot bool
}

var populationHeader = [2][]string{{"Kommun", "Kommunnamn", "Folkmängd"}, {"Län", "Länsnamn", ""}}

func (p *population) problem(row int, column, what, expected string) error {
	return p.book.Problem(populationSheet, row, column, what, expected)
}

func (p *population) row(row int, cells []string) error {
	var c [3]string
	empty, rest := true, false
	for i, cell := range cells {
		if i < 3 {
			c[i] = strings.TrimSpace(cell)
		} else if strings.TrimSpace(cell) != "" {
			rest = true
		}
		empty = empty && strings.TrimSpace(cell) == ""
	}
	switch {
	case empty:
		return nil
	case p.date.IsZero():
		return p.title(row, c[0])
	case p.head < 2:
		return p.header(row, c)
	case c[0] == "" && c[1] == "" && c[2] == "" && p.rows == 0:
		return nil // further header rows stand over the columns that are not read
	case c[1] == "" && c[2] == "" && !rest && (isFootnote(c[0]) || p.foot && strings.HasPrefix(cells[0], " ")):
		p.foot = true
		return nil
	case p.foot:
		return p.problem(row, "Kommun", fmt.Sprintf("%q after the footnotes", c[0]), "nothing, or a footnote")
	}
	return p.data(row, c)
}

// title takes the year from the sheet's title, "Folkmängd i riket, län och
// kommuner 31 december och befolkningsförändringar 1 januari - 31 december 2024.
// Totalt", and checks that it is that of the whole year and both sexes.
func (p *population) title(row int, title string) error {
	i := strings.LastIndex(title, "31 december ")
	if strings.HasPrefix(title, titleStart) && strings.HasSuffix(title, ". Totalt") && i > 0 {
		digits := strings.TrimSuffix(title[i+len("31 december "):], ". Totalt")
		if n, ok := sources.Year(digits); ok {
			p.date = time.Date(n, 12, 31, 0, 0, 0, 0, time.UTC)
			return nil
		}
	}
	return p.problem(row, "", fmt.Sprintf("the title is %q", title), fmt.Sprintf("%q ... 31 december, a year, Totalt", titleStart))
}

// header checks the two rows over the columns that are read. A line may stand
// between title and header.
func (p *population) header(row int, c [3]string) error {
	want := populationHeader[p.head]
	if p.head == 0 && c[1] == "" && c[2] == "" && c[0] != want[0] && row < 10 {
		return nil
	}
	for i := range want {
		if c[i] != want[i] {
			return p.problem(row, string(rune('A'+i)), fmt.Sprintf("the header has changed: %q", c[i]), fmt.Sprintf("%q", want[i]))
		}
	}
	p.head++
	return nil
}

func isFootnote(text string) bool {
	return len(text) > 2 && text[0] >= '0' && text[0] <= '9' && text[1] == ')'
}

// data reads a row of the nation, a county or a municipality.
func (p *population) data(row int, c [3]string) error {
	if c[0] == "" && c[1] == "Riket" {
		return nil
	}
	digits := c[0]
	if !sources.Digits(digits) || len(digits) > 4 {
		return p.problem(row, "Kommun", fmt.Sprintf("%q (%s) is no code", c[0], c[1]), "a county or municipality code, or the row Riket without one")
	}
	// As a number a code has lost its leading zero: 1 is county 01, 114 is 0114.
	if len(digits) <= 2 {
		if code := strings.Repeat("0", 2-len(digits)) + digits; !counties[code] {
			return p.problem(row, "Kommun", fmt.Sprintf("unknown county %q (%s)", c[0], c[1]), "a county of Sweden")
		}
		return nil
	}
	m, err := pipeline.FindMunicipality("SE", digits)
	if err != nil {
		return p.problem(row, "Kommun", fmt.Sprintf("unknown municipality %q (%s)", c[0], c[1]), "a municipality of Sweden")
	}
	n, err := pipeline.ParseDecimal(c[2], '.')
	count, scaleErr := n.Rescale(0)
	if err != nil || scaleErr != nil || n.Exponent < 0 || count < 0 || count > 100_000_000 {
		return p.problem(row, "Folkmängd", fmt.Sprintf("%q is no number of inhabitants", c[2]), "a whole number")
	}
	p.rows++
	return p.out.Row(populationTable.Name, fmt.Sprintf("sheet %s, row %d", populationSheet, row), "SE", m.Code, p.date, count)
}
