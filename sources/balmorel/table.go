package balmorel

import (
	"fmt"
	"strings"
)

// maxLabels is above any table of these files: one label for each year.
const maxLabels = 64

// word is a run of a line without blanks and where it stands.
type word struct {
	text       string
	start, end int
}

func words(line string) []word {
	var all []word
	for i := 0; i < len(line); {
		if line[i] == ' ' {
			i++
			continue
		}
		start := i
		for i < len(line) && line[i] != ' ' {
			i++
		}
		all = append(all, word{line[start:i], start, i})
	}
	return all
}

// rowLine returns the current line of a table up to a semicolon and whether the
// table ends there. Tabs and letters of more than one byte would shift columns.
func (p *parser) rowLine() (text string, ended bool, err error) {
	text, rest, ended := strings.Cut(p.lines[p.at], ";")
	if rest != "" {
		return "", false, p.problem(fmt.Sprintf("%q stands behind the end of the table", rest), "a new line")
	}
	for i := 0; i < len(text); i++ {
		if text[i] < ' ' || text[i] > '~' {
			return "", false, p.problem(fmt.Sprintf("%q holds a character that is not plain ASCII", strings.TrimSpace(text)), "ASCII names such as Koege, and blanks, for columns go by position")
		}
	}
	return text, ended, nil
}

// table reads header and rows of a table up to its semicolon. A value belongs to
// the label above it, that is to the one label that it shares a position with.
func (p *parser) table(t *table) error {
	p.at++
	if !p.next() {
		return p.problem("the table "+t.name+" ends before its header", "the labels of its columns")
	}
	line, ended, err := p.rowLine()
	if err != nil {
		return err
	}
	header := words(line)
	if ended || len(header) == 0 || len(header) > maxLabels {
		return p.problem(fmt.Sprintf("the table %s has a header of %d labels", t.name, len(header)), fmt.Sprintf("1 to %d", maxLabels))
	}
	dims := 1 + strings.Count(header[0].text, ".")
	for i, h := range header {
		if 1+strings.Count(h.text, ".") != dims || dims > len(t.sets) {
			return p.problem(fmt.Sprintf("the label %q does not fit %s(%s)", h.text, t.name, strings.Join(t.sets, ",")), "labels of the last sets, joined by points")
		}
		for _, other := range header[:i] {
			if other.text == h.text {
				return p.problem(fmt.Sprintf("the label %q comes twice", h.text), "each label once")
			}
		}
		t.columns = append(t.columns, h.text)
	}
	for p.at++; p.next(); p.at++ {
		line, ended, err := p.rowLine()
		if err != nil {
			return err
		}
		if strings.TrimSpace(line) != "" {
			if err := p.tableRow(t, header, len(t.sets)-dims, line); err != nil {
				return err
			}
		}
		if ended {
			return nil
		}
	}
	return p.problem("the file ends within the table "+t.name, "its rows and a semicolon: the file may have been cut short")
}

func (p *parser) tableRow(t *table, header []word, keys int, line string) error {
	all := words(line)
	r := row{line: p.at + 1}
	for len(r.keys) < keys {
		if len(r.keys) > 0 && len(all) > 1 && all[0].text == "." {
			all = all[1:]
		} else if len(r.keys) > 0 {
			all = nil
		}
		if len(all) == 0 {
			return p.problem(fmt.Sprintf("%q has not the %d keys of %s(%s)", line, keys, t.name, strings.Join(t.sets, ",")), "keys joined by \" . \"")
		}
		r.keys = append(r.keys, all[0].text)
		all = all[1:]
	}
	for _, w := range all {
		column := -1
		for i, h := range header {
			if w.start >= h.end || h.start >= w.end {
				continue
			}
			if column >= 0 {
				return p.problem(fmt.Sprintf("%q stands under both %q and %q", w.text, header[column].text, h.text), "each value under one label")
			}
			column = i
		}
		if column < 0 {
			return p.problem(fmt.Sprintf("%q stands under no label of the header", w.text), "a number under "+strings.Join(t.columns, ", "))
		}
		if n := len(r.cells); n > 0 && r.cells[n-1].column == column {
			return p.problem(fmt.Sprintf("%q and %q stand both under %q", r.cells[n-1].text, w.text, header[column].text), "one value under each label")
		}
		r.cells = append(r.cells, cell{column, w.text})
	}
	if len(r.cells) == 0 {
		return p.problem(fmt.Sprintf("%q has no value", line), "at least one")
	}
	t.rows = append(t.rows, r)
	return nil
}

// list reads the figures of a parameter between slashes: "/", lines of key and
// value, "/", ";".
func (p *parser) list(t *table) error {
	t.columns = []string{""}
	step := "/" // what must come next, "" within the list
	for p.at++; p.next(); p.at++ {
		if step == ";" && p.lines[p.at] == ";" {
			return nil
		}
		line, ended, err := p.rowLine()
		if err != nil {
			return err
		}
		all := words(line)
		switch {
		case ended:
			return p.problem("a semicolon stands within the list of "+t.name, "the second / first")
		case step != "" && line == step:
			step = ""
		case step != "":
			return p.problem(fmt.Sprintf("%q cannot be read", line), fmt.Sprintf("%q", step))
		case line == "/":
			step = ";"
		case len(all) != 2:
			return p.problem(fmt.Sprintf("%q cannot be read", line), "a key and a value")
		default:
			t.rows = append(t.rows, row{p.at + 1, []string{all[0].text}, []cell{{0, all[1].text}}})
		}
	}
	return p.problem("the file ends within the list of "+t.name, "its rows, / and a semicolon: the file may have been cut short")
}
