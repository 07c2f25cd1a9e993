package pipeline

import (
	"errors"
	"fmt"
	"strings"
)

// Problem is an input that cannot be used, told to the person who must act:
// which file, where in it, what is wrong, what was expected. Fields that do not
// apply are empty.
type Problem struct {
	File     string // the file as its owner knows it
	Sheet    string // of a workbook
	Row      int    // 1-based, as a spreadsheet counts rows and an editor counts lines
	Column   string // header or letter
	Path     string // inside JSON or GeoJSON
	Member   string // municipality, code and name
	What     string // what is wrong, with the offending value
	Expected string // what was expected
	Remedy   string // what to do
}

// Error tells the problem in one line.
func (p *Problem) Error() string {
	var place []string
	if p.File != "" {
		place = append(place, p.File)
	}
	if p.Sheet != "" {
		place = append(place, fmt.Sprintf("sheet %q", p.Sheet))
	}
	if p.Row > 0 && p.Sheet != "" {
		place = append(place, fmt.Sprintf("row %d", p.Row))
	} else if p.Row > 0 {
		place = append(place, fmt.Sprintf("line %d", p.Row))
	}
	if p.Column != "" {
		place = append(place, fmt.Sprintf("column %q", p.Column))
	}
	if p.Path != "" {
		place = append(place, "at "+p.Path)
	}
	if p.Member != "" {
		place = append(place, "municipality "+p.Member)
	}
	text := p.What
	if len(place) > 0 {
		text = strings.Join(place, ", ") + ": " + p.What
	}
	if p.Expected != "" {
		text += "; expected " + p.Expected
	}
	if p.Remedy != "" {
		text += "; " + p.Remedy
	}
	return text
}

// ErrNothing says that a publisher has nothing for what was asked: no fault, and
// no figure either.
var ErrNothing = errors.New("the publisher has nothing for this")
