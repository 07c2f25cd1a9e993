package portal

import "html/template"

// grid is a table on a page. The first column names the rows.
type grid struct {
	Caption template.HTML
	Class   string
	Head    []field
	Rows    []line
}

// field is a cell of a grid, or a heading.
type field struct {
	Text   template.HTML
	Number bool // set to the right
}

// line is a row of a grid.
type line struct {
	ID    string // to lead to it
	Name  template.HTML
	Class string
	Cells []field
}

// num is a cell with a figure, word one with text.
func num(text template.HTML) field  { return field{text, true} }
func word(text template.HTML) field { return field{text, false} }

// plainText makes text fit to stand on a page.
func plainText(text string) template.HTML { return template.HTML(template.HTMLEscapeString(text)) }

// heads are the headings of a grid: texts of the catalogue, those that begin with #
// above figures.
func (s *scribe) heads(keys ...string) []field {
	var all []field
	for _, key := range keys {
		if key[0] == '#' {
			all = append(all, num(s.say(key[1:])))
		} else {
			all = append(all, word(s.say(key)))
		}
	}
	return all
}
