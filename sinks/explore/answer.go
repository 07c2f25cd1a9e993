package explore

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"samkraft/sinks/explore/turns"
	"samkraft/sinks/query"
)

// mostBytes is how large a file may be that is made for a reader: it is held in memory
// until it is taken.
const mostBytes = 32 << 20

// mostCell is how much of a value a page shows, in bytes.
const mostCell = 2000

// mostShown is how much a page shows of a result, in bytes.
const mostShown = 2 << 20

var errLarge = errors.New("the result is too large")

// kinds of the files that can be made.
var kinds = map[string]string{
	"csv":     "text/csv; charset=utf-8; header=present",
	"json":    "application/json",
	"parquet": "application/vnd.apache.parquet",
	"xlsx":    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}

// Formats are the files that can be made, in the order in which to offer them.
func (v *visit) Formats() []string { return []string{"xlsx", "csv", "parquet", "json"} }

// FormatAddress is where this page is as a file.
func (v *visit) FormatAddress(format string) string { return v.with("format", format) }

// rows are what a page shows of a result.
type rows struct {
	Columns []query.Column
	Cells   [][]cell
	More    bool // there are more
}

// cell is a value as text. Null is told from an empty text.
type cell struct {
	Text   string
	Exact  string // what Text stands for, where it is written otherwise
	Null   bool
	Number bool
}

// ask has a question answered with at most so many rows, and read hold what it makes of
// it. It waits for a turn that the caller holds.
func (v *visit) ask(ctx context.Context, sql string, most int64, read func(*query.Result) error) (err error) {
	defer func() { v.lacks = v.lacks || err != nil }()
	result, err := v.result(ctx, sql, most)
	if err != nil {
		return err
	}
	// The time bound of a question ends with its first row; this one is for all of them.
	ctx, cancel := context.WithTimeout(ctx, v.site.Limits.Timeout)
	defer cancel()
	return errors.Join(read(result), ctx.Err(), result.Close())
}

// result asks in the session that is open, or on its own.
func (v *visit) result(ctx context.Context, sql string, most int64) (*query.Result, error) {
	if v.session != nil {
		return v.session.Query(ctx, sql, most)
	}
	limits := v.site.Limits
	limits.Rows = most
	snapshot, err := query.Open(v.asked.folder, limits)
	if err != nil {
		return nil, err
	}
	return snapshot.Query(ctx, sql)
}

// table asks for rows to show.
func (v *visit) table(sql string, most int64) (rows, error) {
	if shown, ok := v.told[sql]; ok {
		return shown.copied(), nil
	}
	var shown rows
	err := v.ask(v.r.Context(), sql, most, func(result *query.Result) error {
		shown.Columns = result.Columns
		size := 0
		for values, err := range result.Rows() {
			if err != nil {
				return err
			}
			line := make([]cell, len(values))
			for i, value := range values {
				c := result.Columns[i]
				line[i] = cell{Text: c.Text(value), Null: value == nil, Number: c.IsNumber()}
				if len(line[i].Text) > mostCell {
					line[i].Text = strings.ToValidUTF8(line[i].Text[:mostCell], "") + "…"
				}
				size += len(line[i].Text)
			}
			if size > mostShown {
				shown.More = true
				return nil
			}
			shown.Cells = append(shown.Cells, line)
		}
		shown.More = result.Truncated()
		return nil
	})
	if err == nil && v.told != nil {
		v.told[sql] = shown.copied()
	}
	return shown, err
}

// file answers with the rows as a file. Units are told of columns that the question
// itself gives a name to.
func (v *visit) file(turn *turns.Turn, sql, format, name string, units map[string]string) error {
	var whole bytes.Buffer
	note := ""
	err := v.ask(v.r.Context(), sql, fileRows, func(result *query.Result) error {
		for i, c := range result.Columns {
			if unit := units[c.Name]; unit != "" {
				result.Columns[i].Unit = unit
			}
		}
		err := query.Write(bounded{&whole, v.r.Context()}, result, format)
		note = result.Note()
		return err
	})
	turn.Finish()
	if err != nil {
		return err
	}
	head := v.w.Header()
	head.Set("Content-Type", kinds[format])
	head.Set("Content-Disposition", fmt.Sprintf(`attachment; filename="%s-%s-%s.%s"`, v.plan, name, v.asked.id, format))
	head.Set("Content-Length", strconv.Itoa(whole.Len()))
	head.Set("Cache-Control", "no-cache")
	head.Set("Samkraft-Snapshot", v.asked.id)
	if note != "" {
		head.Set("Samkraft-Note", note)
	}
	if v.r.Method != http.MethodHead {
		v.w.Write(whole.Bytes())
	}
	return nil
}

// bounded takes so many bytes and no more, while somebody waits for them.
type bounded struct {
	buffer *bytes.Buffer
	ctx    context.Context
}

// Write implements io.Writer.
func (b bounded) Write(p []byte) (int, error) {
	if err := b.ctx.Err(); err != nil {
		return 0, err
	}
	if b.buffer.Len()+len(p) > mostBytes {
		return 0, errLarge
	}
	return b.buffer.Write(p)
}

// turn waits for the reader's turn, for as long as somebody is willing to look at a page
// that does not come.
func (v *visit) turn() (*turns.Turn, error) {
	ctx, cancel := context.WithTimeout(v.r.Context(), 2*v.site.Limits.Timeout+10*time.Second)
	defer cancel()
	t, err := v.queue.Enter(ctx, v.site.Who(v.r))
	if errors.Is(err, context.DeadlineExceeded) {
		err = turns.ErrBusy
	}
	return t, err
}

// refusal says in the reader's language why there is no answer, with the status of it.
// What only the database can say is in its own words, in English. Not every error is the
// reader's business: then the text is empty.
func (v *visit) refusal(err error) (status int, text string, english bool) {
	var fault *query.Error
	switch {
	case errors.Is(err, turns.ErrMine):
		return http.StatusTooManyRequests, v.say("busy_mine"), false
	case errors.Is(err, turns.ErrBusy):
		return http.StatusServiceUnavailable, v.say("busy_all"), false
	case errors.Is(err, errLarge):
		return http.StatusUnprocessableEntity, v.say("too_large", "megabytes", mostBytes>>20), false
	case errors.Is(err, context.DeadlineExceeded):
		return http.StatusUnprocessableEntity, v.say("too_slow", "seconds", v.lang.Number(v.site.Limits.Timeout.Seconds(), 0)), false
	case errors.Is(err, query.ErrMemory):
		return http.StatusUnprocessableEntity, v.say("too_much", "memory", v.site.Limits.Memory), false
	case errors.As(err, &fault):
		return http.StatusUnprocessableEntity, fault.Error(), true
	}
	return 0, "", false
}
