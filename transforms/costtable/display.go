package costtable

import (
	"bufio"
	"io"
	"math/big"
	"strings"
	"unicode/utf8"

	"samkraft/transforms/coalition"
)

// WriteText writes the answer for people, in Danish (da), Swedish (sv) or English:
// a row for each rule and a column for each member, then what has to be known in
// sentences. The shares of a row add up to the total as shown.
func (a *Answer) WriteText(w io.Writer, language string) error {
	t := a.table
	s := a.speech(language)
	alone := []string{s.alone}
	for i := range a.Members {
		alone = append(alone, t.fixed(t.single(i), t.decimals))
	}
	rows := [][]string{append([]string{s.rule}, a.Members...), alone}
	for _, r := range a.rulings {
		row, err := t.row(r)
		if err != nil {
			return err
		}
		if name := s.rows[r.rule]; name != "" {
			row[0] = name
		}
		if r.rule == ruleProportional && a.key != "" && a.key != ruleProportional {
			row[0] += " (" + a.key + ")"
		}
		rows = append(rows, row)
	}
	for _, row := range rows[1:] {
		for k := range row[1:] {
			row[k+1] = s.local(row[k+1])
		}
	}
	out := bufio.NewWriter(w)
	out.WriteString(s.title() + "\n\n")
	for _, line := range aligned(rows) {
		out.WriteString(line + "\n")
	}
	out.WriteByte('\n')
	for _, sentence := range s.sentences() {
		out.WriteString(sentence + "\n")
	}
	return out.Flush()
}

// row is the shares of a rule, all with the same decimals and rounded so that
// they add up.
func (t *Table) row(r ruling) ([]string, error) {
	row := []string{r.rule}
	if r.shares == nil {
		for range t.members {
			row = append(row, "-")
		}
		return row, nil
	}
	decimals := t.decimals
	for _, share := range r.shares {
		if !share.IsInt() {
			decimals = t.shown()
		}
	}
	finer := pow10(decimals - t.decimals)
	var scaled []*big.Rat
	for _, share := range r.shares {
		scaled = append(scaled, new(big.Rat).Mul(share, big.NewRat(finer, 1)))
	}
	rounded, err := coalition.Round(scaled, t.total()*finer)
	if err != nil {
		return nil, err
	}
	for _, share := range rounded {
		row = append(row, t.fixed(big.NewRat(share, finer), decimals))
	}
	return row, nil
}

// shown is how many decimals a number has that is not whole in units of the file.
func (t *Table) shown() int { return max(t.decimals, 2) }

// fixed writes whole units of the table as an amount with so many decimals.
func (t *Table) fixed(units *big.Rat, decimals int) string {
	return t.amount(units).FloatString(decimals)
}

// write writes units of the table as an amount, without zeros at its end.
func (t *Table) write(units *big.Rat) string {
	return decimal(t.amount(units), t.shown())
}

// aligned puts cells into columns: names to the left, numbers to the right.
func aligned(rows [][]string) []string {
	widths := make([]int, len(rows[0]))
	for _, row := range rows {
		for k, cell := range row {
			widths[k] = max(widths[k], utf8.RuneCountInString(cell))
		}
	}
	var lines []string
	for _, row := range rows {
		var line strings.Builder
		for k, cell := range row {
			gap := strings.Repeat(" ", widths[k]-utf8.RuneCountInString(cell))
			if k == 0 {
				line.WriteString(cell + gap)
			} else {
				line.WriteString("  " + gap + cell)
			}
		}
		lines = append(lines, strings.TrimRight(line.String(), " "))
	}
	return lines
}
