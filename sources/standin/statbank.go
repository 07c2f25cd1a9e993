package standin

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"samkraft/pipeline"
)

// StatBank is the API of Statistics Denmark's StatBank, with four tables of drawn
// figures; areas alone are real.
type StatBank struct {
	small    bool
	mu       sync.Mutex
	revision int
	closed   map[string]bool
}

// NewStatBank has all municipalities.
func NewStatBank() *StatBank { return &StatBank{closed: map[string]bool{}} }

// Small lets tables have fewer values of each variable but of areas: the last eight
// times, and heating and uses that all publishers' clients look for.
func (b *StatBank) Small() *StatBank {
	b.small = true
	return b
}

// table returns a table as it is described and asked for.
func (b *StatBank) table(id string) (statTable, bool) {
	t, ok := statTables()[id]
	if !b.small {
		return t, ok
	}
	rare := map[string][]string{"OPVARM": {"5", "7", "8", "9", "99"}, "ANVEND": {"150", "160", "520", "540", "590"}}
	t.variables = slices.Clone(t.variables)
	for i, v := range t.variables {
		if v.id == "Tid" {
			t.variables[i].values = v.values[max(0, len(v.values)-8):]
		}
		if rare[v.id] != nil {
			t.variables[i].values = slices.DeleteFunc(slices.Clone(v.values), func(x [2]string) bool { return slices.Contains(rare[v.id], x[0]) })
		}
	}
	return t, ok
}

// Revise changes the figures of all tables but that of areas, and the day on which
// they were updated.
func (b *StatBank) Revise() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.revision++
}

// CloseTable lets a table get no more figures.
func (b *StatBank) CloseTable(id string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.closed[id] = true
}

// Source is dst.
func (b *StatBank) Source() string { return "dst" }

// Service has the pace that clients keep; the publisher names none.
func (b *StatBank) Service() pipeline.Service {
	return pipeline.Service{ID: "statbank", Address: "https://api.statbank.dk/v1", Limits: []pipeline.Limit{
		{Requests: 1, Window: 700 * time.Millisecond, Scope: pipeline.PerHost},
	}}
}

// Twists are those of a table. Data come in one answer, so rows cannot move.
func (b *StatBank) Twists() []Twist {
	return []Twist{ChangedHeader, ExtraColumn, RenamedColumn, DuplicateRows, NoRows}
}

// DataSet is the table.
func (b *StatBank) DataSet(r *Request) string {
	if id, ok := strings.CutPrefix(r.URL.Path, "/tableinfo/"); ok {
		return id
	}
	var x statExtract
	if json.Unmarshal(r.Content, &x) != nil {
		return ""
	}
	return x.Table
}

// statExtract is what is posted for data.
type statExtract struct {
	Table, Format, Lang, ValuePresentation, Delimiter string
	Variables                                         []struct {
		Code   string
		Values []string
	}
}

// Answer answers for a table's description and for data.
func (b *StatBank) Answer(r *Request) Answer {
	t, ok := b.table(b.DataSet(r))
	switch {
	case r.URL.Path != "/data" && !strings.HasPrefix(r.URL.Path, "/tableinfo/"):
		return statError(http.StatusNotFound, "NOTFOUND", "Not found")
	case !ok:
		return statError(http.StatusBadRequest, "TABLE-NOTFOUND", "The table is not there")
	case r.URL.Path != "/data":
		return b.describe(t, r)
	case r.Method != http.MethodPost:
		return statError(http.StatusMethodNotAllowed, "METHOD", "POST is served here")
	}
	var x statExtract
	if err := json.Unmarshal(r.Content, &x); err != nil {
		return statError(http.StatusBadRequest, "REQUEST-INVALID", err.Error())
	}
	return b.extract(t, x, r)
}

func (b *StatBank) describe(t statTable, r *Request) Answer {
	b.mu.Lock()
	defer b.mu.Unlock()
	updated := time.Date(2026, 3, 5+b.revision, 8, 0, 0, 0, time.UTC)
	variables := []any{}
	for _, v := range t.variables {
		values := []any{}
		for _, x := range v.values {
			values = append(values, map[string]any{"id": x[0], "text": x[1]})
		}
		described := map[string]any{"id": v.id, "text": v.text, "elimination": v.elimination, "time": v.id == "Tid", "values": values}
		if v.region != "" {
			described["map"] = v.region
		}
		variables = append(variables, described)
	}
	info := map[string]any{"id": t.id, "text": t.text, "description": t.text, "unit": t.unit, "suppressedDataValue": "0", "updated": updated.Format("2006-01-02T15:04:05"),
		"active": !b.closed[t.id], "contacts": []any{}, "documentation": nil, "footnote": nil, "variables": variables}
	if r.Twist == ExtraColumn {
		info["theme"] = "energy"
	}
	return JSON(0, info)
}

// statChoice is what an extract takes of a variable.
type statChoice struct {
	statVariable
	taken [][2]string
}

func (b *StatBank) extract(t statTable, x statExtract, r *Request) Answer {
	var choices []statChoice
	cells := 1
	for _, asked := range x.Variables {
		i := slices.IndexFunc(t.variables, func(v statVariable) bool { return strings.EqualFold(v.id, asked.Code) })
		if i < 0 {
			return statError(http.StatusBadRequest, "EXTRACT-VARIABLE-NOTFOUND", "The variable "+asked.Code+" is not there")
		}
		c := statChoice{statVariable: t.variables[i]}
		for _, code := range asked.Values {
			k := slices.IndexFunc(c.values, func(v [2]string) bool { return v[0] == code })
			switch {
			case code == "*":
				c.taken = append(c.taken, c.values...)
			case k < 0:
				return statError(http.StatusBadRequest, "EXTRACT-VALUE-NOTFOUND", "The value "+code+" of "+asked.Code+" is not there")
			default:
				c.taken = append(c.taken, c.values[k])
			}
		}
		cells *= len(c.taken)
		choices = append(choices, c)
	}
	for _, v := range t.variables {
		if !v.elimination && !slices.ContainsFunc(choices, func(c statChoice) bool { return c.id == v.id }) {
			return statError(http.StatusBadRequest, "EXTRACT-MISSING", "The variable "+v.id+" must be in the extract")
		}
	}
	switch {
	case x.Format == "BULK":
		return statError(http.StatusBadRequest, "EXTRACT-NOTALLOWED", "This extract is not allowed")
	case x.Format != "CSV" || x.Lang != "da":
		return statError(http.StatusBadRequest, "FORMAT", "CSV in Danish is served here")
	case cells > 1_000_000:
		return statError(http.StatusBadRequest, "EXTRACT-TOOBIG", fmt.Sprintf("The extract has %d cells, and 1000000 are allowed", cells))
	}
	if r.Twist == ChangedHeader {
		slices.Reverse(choices)
	}
	b.mu.Lock()
	revision := b.revision
	b.mu.Unlock()
	return Answer{Type: "text/csv; charset=utf-8", Body: func(w io.Writer) error {
		return t.write(w, choices, x.ValuePresentation == "Code", revision, r.Twist)
	}}
}

// write writes an extract. The first variable that was asked for runs slowest.
func (t statTable) write(w io.Writer, choices []statChoice, codes bool, revision int, twist Twist) error {
	header := "\ufeff"
	for i, c := range choices {
		name := strings.ToUpper(c.id)
		if twist == RenamedColumn && i == 0 {
			name = "KOMMUNE"
		}
		header += name + ";"
	}
	end := "\r\n"
	if _, err := io.WriteString(w, header+"INDHOLD"+map[bool]string{true: ";NOTE"}[twist == ExtraColumn]+end); err != nil || twist == NoRows {
		return err
	}
	if twist == ExtraColumn {
		end = ";" + end
	}
	at := make([]int, len(choices))
	for n := 0; ; n++ {
		place, row := map[string]string{}, ""
		for i, c := range choices {
			v := c.taken[at[i]]
			place[c.id] = v[0]
			row += v[map[bool]int{true: 0, false: 1}[codes]] + ";"
		}
		figure, ok := t.figure(place, revision)
		times := 1
		if twist == DuplicateRows && n == 1 {
			times = 2
		}
		for range times {
			if !ok {
				break
			}
			if _, err := io.WriteString(w, row+figure+end); err != nil {
				return err
			}
		}
		i := len(at) - 1
		for ; i >= 0; i-- {
			if at[i]++; at[i] < len(choices[i].taken) {
				break
			}
			at[i] = 0
		}
		if i < 0 {
			return nil
		}
	}
}

func statError(status int, kind, message string) Answer {
	return JSON(status, map[string]any{"errorTypeCode": kind, "message": message})
}
