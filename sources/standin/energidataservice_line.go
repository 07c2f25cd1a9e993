package standin

import (
	"io"
	"slices"
	"strconv"
	"time"
)

// edsForm is how rows are written.
type edsForm struct {
	begin, name, end, between, row string // of a row, a column's name, ...
	layout                         string // of times
	quote                          string
	null                           string
	mark                           byte
	pad                            int // decimals at least
}

var (
	edsJSON = edsForm{begin: "{", name: `":`, end: "}", between: ",", row: ",", layout: "2006-01-02T15:04:05", quote: `"`, null: "null", mark: '.'}
	edsCSV  = edsForm{end: "\n", between: ";", layout: "2006-01-02 15:04:05", mark: ',', pad: 6}
)

// write writes so many rows from a place in their order, or in the opposite one.
func (r *edsRows) write(w io.Writer, form edsForm, offset, count int, descending bool) error {
	line := newEDSLine(r, form)
	buffer := make([]byte, 0, 1<<16)
	for n := range count {
		i := offset + n
		if descending {
			i = r.len() - 1 - i
		}
		if n > 0 {
			buffer = append(buffer, form.row...)
		}
		buffer = line.append(buffer, i)
		if len(buffer) > 1<<16-1<<12 {
			if _, err := w.Write(buffer); err != nil {
				return err
			}
			buffer = buffer[:0]
		}
	}
	_, err := w.Write(buffer)
	return err
}

// edsLine writes rows, and keeps what two neighbours share.
type edsLine struct {
	rows     *edsRows
	form     edsForm
	groups   []string // the columns that a group's rows share
	names    []string // what stands before each figure; "-" is a column that is not shown
	time     int      // of times
	times    []byte   // the columns of that time
	local    time.Time
	revision int64
}

func newEDSLine(r *edsRows, form edsForm) *edsLine {
	l := &edsLine{rows: r, form: form, time: -1}
	labels := r.table.labels()
	for _, g := range r.groups {
		text := ""
		for i, name := range labels {
			if r.shows(name) {
				text += l.head(name) + form.quote + g.texts[i] + form.quote + form.between
			}
		}
		l.groups = append(l.groups, text)
	}
	for i, v := range r.table.values {
		name := "-"
		if r.shows(v.name) {
			name = l.head(r.renamed(i))
		}
		l.names = append(l.names, name)
	}
	return l
}

// head is what stands before a value.
func (l *edsLine) head(name string) string {
	if l.form.name == "" {
		return ""
	}
	return `"` + name + l.form.name
}

func (r *edsRows) shows(column string) bool {
	return r.columns == nil || slices.Contains(r.columns, column)
}

// renamed is the name of a value's column.
func (r *edsRows) renamed(i int) string {
	name := r.table.values[i].name
	if r.twist == RenamedColumn && i == len(r.table.values)-1 {
		name += "_Value"
	}
	return name
}

// header lists the columns that are shown.
func (r *edsRows) header() []string {
	var names []string
	for _, name := range append([]string{r.table.utc, r.table.local}, r.table.labels()...) {
		if name != "" && r.shows(name) {
			names = append(names, name)
		}
	}
	for i, v := range r.table.values {
		if r.shows(v.name) {
			names = append(names, r.renamed(i))
		}
	}
	if r.twist == ExtraColumn && r.shows("Quality") {
		names = append(names, "Quality")
	}
	if r.twist == ChangedHeader && len(names) > 1 {
		names[0], names[1] = names[1], names[0]
	}
	return names
}

// append appends row i.
func (l *edsLine) append(b []byte, i int) []byte {
	r, form := l.rows, l.form
	if at := i / len(r.groups); at != l.time {
		l.turn(at)
	}
	group := i % len(r.groups)
	g := &r.groups[group]
	b = append(b, form.begin...)
	b = append(b, l.times...)
	b = append(b, l.groups[group]...)
	for j, v := range r.table.values {
		if l.names[j] == "-" {
			continue
		}
		b = append(b, l.names[j]...)
		if g.means[j] < 0 {
			b = append(b, form.null...)
		} else {
			b = appendEDSFigure(b, edsFigure(v, g.seeds[j], g.means[j], l.local, l.revision), v.decimals, form)
		}
		b = append(b, form.between...)
	}
	if r.twist == ExtraColumn && r.shows("Quality") {
		b = append(b, l.head("Quality")+"1"+form.between...)
	}
	return append(b[:len(b)-len(form.between)], form.end...)
}

// turn takes up another time.
func (l *edsLine) turn(at int) {
	t, form := l.rows.table, l.form
	utc, local := l.rows.at(at)
	l.time, l.local, l.times = at, local, l.times[:0]
	l.revision = int64(l.rows.revision(local.Format("2006-01")))
	for i, name := range []string{t.utc, t.local} {
		if name == "" || !l.rows.shows(name) {
			continue
		}
		l.times = append(l.times, l.head(name)+form.quote...)
		l.times = []time.Time{utc, local}[i].AppendFormat(l.times, form.layout)
		l.times = append(l.times, form.quote+form.between...)
	}
}

// appendEDSFigure appends a number of so many decimals.
func appendEDSFigure(b []byte, n int64, decimals int, form edsForm) []byte {
	if n < 0 {
		b, n = append(b, '-'), -n
	}
	if decimals == 0 {
		return strconv.AppendInt(b, n, 10)
	}
	unit := int64(1)
	for range decimals {
		unit *= 10
	}
	b = strconv.AppendInt(b, n/unit, 10)
	b = append(b, form.mark)
	for rest := n % unit; unit > 1; {
		unit /= 10
		b = append(b, byte('0'+rest/unit%10))
	}
	for range form.pad - decimals {
		b = append(b, '0')
	}
	return b
}
