package balmorel

import (
	"fmt"
	"strings"

	"samkraft/pipeline"
)

// program is a GAMS text, as far as these files use the language: tables and
// parameters with figures, then assignments.
type program struct {
	tables      []table
	assignments []assignment
}

type table struct {
	line    int
	name    string
	sets    []string // over which it is declared
	columns []string // labels of the header; one empty label for a parameter
	rows    []row
}

type row struct {
	line  int
	keys  []string
	cells []cell
}

type cell struct {
	column int
	text   string
}

// parser walks the lines of a file.
type parser struct {
	file  string
	lines []string
	at    int // the line that is read, counted from 0
	out   program
}

func (p *parser) problem(what, expected string) error {
	return &pipeline.Problem{File: p.file, Row: min(p.at, len(p.lines)-1) + 1, What: what, Expected: expected}
}

// directives are the lines of the compiler that are known: they add tables of
// other files, which are no business of this one.
var directives = []string{"$onmulti", "$offmulti", "$if ", "$if\t"}

// parse reads a file. Anything that is not known is an error: a statement that is
// passed over could have changed every figure.
func parse(file, text string) (program, error) {
	p := parser{file: file, lines: strings.Split(strings.TrimPrefix(text, "\ufeff"), "\n")}
	for i, line := range p.lines {
		p.lines[i] = strings.TrimRight(line, "\r \t")
	}
	if strings.TrimSpace(text) == "" {
		return program{}, &pipeline.Problem{File: file, What: "the file is empty", Expected: "a GAMS table"}
	}
	for ; p.next(); p.at++ {
		if err := p.statement(); err != nil {
			return program{}, err
		}
	}
	return p.out, nil
}

// next moves to the next line that says something and tells whether there is one.
func (p *parser) next() bool {
	for ; p.at < len(p.lines); p.at++ {
		if line := p.lines[p.at]; line != "" && line[0] != '*' {
			return true
		}
	}
	return false
}

// statement reads what begins in the current line and stays on its last line.
func (p *parser) statement() error {
	line := p.lines[p.at]
	if line[0] == '$' {
		for _, known := range directives {
			if strings.HasPrefix(strings.ToLower(line)+" ", known) {
				return nil
			}
		}
		return p.problem(fmt.Sprintf("%q is an unknown directive", line), "$onmulti, $offmulti or $if")
	}
	if keyword, _, ok := declared(line); ok {
		return p.declaration(strings.EqualFold(keyword, "TABLE"))
	}
	return p.assignment()
}

// declaration reads "TABLE name(sets) 'text'" with its rows, or "PARAMETER
// name(set) 'text'" with or without a list between slashes.
func (p *parser) declaration(isTable bool) error {
	tokens, err := tokenise(p.lines[p.at])
	if err != nil {
		return p.problem(err.Error(), "")
	}
	e := expression{tokens: tokens[1:]}
	r, ok := e.reference()
	e.accept(quoted, "")
	ended := e.accept(mark, ";")
	if !ok || len(e.tokens) > 0 || isTable && ended {
		return p.problem(fmt.Sprintf("%q cannot be read", p.lines[p.at]), "TABLE or PARAMETER, name(sets) and a text in quotes")
	}
	t := table{line: p.at + 1, name: r.name}
	for _, a := range r.args {
		t.sets = append(t.sets, a.text)
	}
	switch {
	case isTable:
		err = p.table(&t)
	case !ended:
		err = p.list(&t)
	default:
		return nil // declared only
	}
	p.out.tables = append(p.out.tables, t)
	return err
}

// assignment reads one statement up to its semicolon, within a line.
func (p *parser) assignment() error {
	line := p.lines[p.at]
	a, err := parseAssignment(line)
	if err != nil {
		return p.problem(fmt.Sprintf("%q cannot be read: %v", line, err), "an assignment that ends with ;")
	}
	a.line = p.at + 1
	p.out.assignments = append(p.out.assignments, a)
	return nil
}
