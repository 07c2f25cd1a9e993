package query

import (
	"fmt"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"
)

// writeTable holds the whole result: a column is as wide as its widest cell.
func writeTable(w io.Writer, r *Result) error {
	head := make([]string, len(r.Columns))
	widths := make([]int, len(r.Columns))
	for i, c := range r.Columns {
		head[i] = visible(heading(c))
		widths[i] = utf8.RuneCountInString(head[i])
	}
	var lines [][]string
	for row, err := range r.Rows() {
		if err != nil {
			return err
		}
		line := make([]string, len(row))
		for i, v := range row {
			line[i] = "null"
			if v != nil {
				line[i] = visible(textOf(v, r.Columns[i].Type))
			}
			widths[i] = max(widths[i], utf8.RuneCountInString(line[i]))
		}
		lines = append(lines, line)
	}
	rule := make([]string, len(widths))
	for i, width := range widths {
		rule[i] = strings.Repeat("-", width)
	}
	for _, line := range append([][]string{head, rule}, lines...) {
		var text strings.Builder
		for i, cell := range line {
			gap := strings.Repeat(" ", widths[i]-utf8.RuneCountInString(cell))
			if i > 0 {
				text.WriteString("  ")
			}
			if isNumber(r.Columns[i].Type) {
				cell, gap = gap, cell
			}
			text.WriteString(cell + gap)
		}
		if _, err := io.WriteString(w, strings.TrimRight(text.String(), " ")+"\n"); err != nil {
			return err
		}
	}
	return nil
}

// visible writes control characters and others that are not printed as Go does:
// a text from a table may not steer the terminal or break its line.
func visible(text string) string {
	if strings.IndexFunc(text, hidden) < 0 {
		return text
	}
	var b strings.Builder
	for _, r := range text {
		if !hidden(r) {
			b.WriteRune(r)
			continue
		}
		quoted := fmt.Sprintf("%+q", r)
		b.WriteString(quoted[1 : len(quoted)-1])
	}
	return b.String()
}

func hidden(r rune) bool { return !unicode.IsPrint(r) }
