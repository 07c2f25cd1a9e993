package standin

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"samkraft/pipeline"
)

// PxWeb is a statistical database in version 1 or 2 of its interface. Its figures
// are drawn from a hash of what they stand for, whatever code they are asked by;
// some are secret and some are zero.
type PxWeb struct {
	source    string
	service   pipeline.Service
	version   int
	mark      bool // answers begin with a byte order mark
	maxValues int  // codes in a question; 0 is no limit
	maxCells  int
	tables    map[string]*pxTable

	mu       sync.Mutex
	revision int
}

// NewSCB is version 2 of Statistics Sweden's service, with energy from 2009 and
// population from 1991, to a last year. It has the nation, a county and the
// municipalities with these codes; all Swedish ones where none is named.
func NewSCB(last int, municipalities ...string) *PxWeb {
	areas := pxAreas(municipalities)
	return &PxWeb{source: "scb", version: 2, maxCells: 150_000, tables: pxSCB(last, areas), service: pipeline.Service{
		ID: "v2", Address: "https://statistikdatabasen.scb.se/api/v2", Limits: []pipeline.Limit{{Requests: 30, Window: 10 * time.Second, Scope: pipeline.PerHost}},
	}}
}

// NewSCBVersion1 is version 1 of the service, with the closed table EnergiKommKat.
func NewSCBVersion1(municipalities ...string) *PxWeb {
	return &PxWeb{source: "scb", version: 1, mark: true, maxValues: 110_000, maxCells: 150_000, tables: pxClosed(pxAreas(municipalities)), service: pipeline.Service{
		ID: "v1", Address: "https://api.scb.se/OV0104/v1/doris/sv/ssd", Limits: []pipeline.Limit{{Requests: 30, Window: 10 * time.Second, Scope: pipeline.PerHost}},
	}}
}

// NewEnergimyndigheten is the database of the Swedish Energy Agency, whose codes are
// places in lists.
func NewEnergimyndigheten(last int, municipalities ...string) *PxWeb {
	return &PxWeb{source: "energimyndigheten", version: 1, maxValues: 1000, maxCells: 100_000, tables: pxEnergyAgency(last, pxAreas(municipalities)), service: pipeline.Service{
		ID: "v1", Address: "https://pxexternal.energimyndigheten.se/api/v1/sv/Energimyndighetens_statistikdatabas/Officiell_energistatistik",
		Limits: []pipeline.Limit{{Requests: 100, Window: 10 * time.Second, Scope: pipeline.PerHost}},
	}}
}

// AddYear adds a year to every table that goes on. Where codes are places it stands
// first, so that all codes of years move.
func (p *PxWeb) AddYear() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, t := range p.tables {
		t.addYear()
	}
}

// Revise changes all figures, and the day of the last change.
func (p *PxWeb) Revise() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.revision++
}

// Figure is what the database says for a cell: the code of a table, of an area, a
// year, and the labels or codes of the other variables in their order, as they are
// told apart.
func (p *PxWeb) Figure(table, area string, year int, others ...string) string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.tables[table].figure(area, strconv.Itoa(year), others, p.revision)
}

// Source is the publisher's.
func (p *PxWeb) Source() string { return p.source }

// Service is the publisher's.
func (p *PxWeb) Service() pipeline.Service { return p.service }

// Twists are all but duplicate rows, which only the format of version 1 can have.
func (p *PxWeb) Twists() []Twist {
	twists := []Twist{ChangedHeader, ExtraColumn, RenamedColumn, MovingRows, NoRows}
	if p.version == 1 {
		twists = append(twists, DuplicateRows)
	}
	return twists
}

// DataSet is the table.
func (p *PxWeb) DataSet(r *Request) string {
	for id, t := range p.tables {
		if r.URL.Path == t.path || strings.HasPrefix(r.URL.Path, t.path+"/") {
			return id
		}
	}
	return ""
}

// Answer answers for metadata and figures. With rows that move, a year is added
// before a question for figures is answered.
func (p *PxWeb) Answer(r *Request) Answer {
	t := p.tables[p.DataSet(r)]
	rest := ""
	if t != nil {
		rest = strings.TrimPrefix(r.URL.Path, t.path)
	}
	post := r.Method == http.MethodPost
	lists, data := !post && rest == "", post && rest == ""
	if p.version == 2 {
		lists, data = !post && rest == "/metadata", rest == "/data"
	}
	switch {
	case t == nil || !lists && !data:
		return p.refuse(http.StatusNotFound, "Not Found")
	case data && r.Twist == MovingRows:
		p.AddYear()
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if lists {
		return p.lists(t.twisted(r.Twist), r.Twist)
	}
	return p.data(r, t)
}

// refuse answers in version 1 with bare words, in version 2 with a problem as JSON.
func (p *PxWeb) refuse(status int, words string) Answer {
	if p.version == 1 {
		return Text(status, "text/plain; charset=utf-8", words)
	}
	a := JSON(status, map[string]any{"type": "Parameter error", "title": words, "status": status})
	a.Type = "application/problem+json; charset=utf-8"
	return a
}

// Refusal is the answer to a question too many. It says no time.
func (p *PxWeb) Refusal(time.Duration) (Answer, bool) {
	return p.refuse(http.StatusTooManyRequests, "Too Many Requests"), false
}

// data answers a question for figures.
func (p *PxWeb) data(r *Request, t *pxTable) Answer {
	chosen, format, err := p.question(r)
	if err != nil {
		return p.refuse(http.StatusBadRequest, "Bad Request")
	}
	shown := t.twisted(r.Twist)
	picked := make([]pxVariable, len(shown.variables))
	values, cells := 0, 1
	for i, v := range shown.variables {
		picked[i] = v
		codes, ok := chosen[v.code]
		delete(chosen, v.code)
		if !ok && (len(v.values) == 1 || r.Twist != "") {
			continue // left out: eliminated
		}
		if picked[i].values, ok = v.pick(codes); !ok {
			return p.refuse(http.StatusBadRequest, "Bad Request")
		}
		values += len(picked[i].values)
		cells *= len(picked[i].values)
	}
	switch {
	case len(chosen) > 0 && r.Twist == "":
		return p.refuse(http.StatusBadRequest, "Bad Request")
	case p.maxCells > 0 && cells > p.maxCells, p.maxValues > 0 && values > p.maxValues:
		return p.refuse(http.StatusForbidden, "Too many values selected")
	}
	shown.variables = picked
	if format == "json-stat2" {
		return p.stat(shown, r.Twist, true)
	}
	return p.json(shown, r.Twist)
}

// lists answers a question about a table itself.
func (p *PxWeb) lists(t pxTable, twist Twist) Answer {
	if p.version == 2 {
		return p.stat(t, twist, false)
	}
	return p.metadata(t)
}

// pick returns the values with these codes, in the table's order; or false where one
// is not there.
func (v pxVariable) pick(codes []string) ([]pxValue, bool) {
	if len(codes) == 1 && codes[0] == "*" {
		return v.values, true
	}
	var picked []pxValue
	for _, value := range v.values {
		if slices.Contains(codes, value.code) {
			picked = append(picked, value)
		}
	}
	return picked, len(picked) == len(codes) && len(codes) > 0
}

// Question of version 2 in an address: valueCodes[Region]=1278,1380.
func pxAddress(q url.Values) (chosen map[string][]string, format string) {
	chosen = map[string][]string{}
	for name, values := range q {
		if code, ok := strings.CutPrefix(name, "valueCodes["); ok {
			chosen[strings.TrimSuffix(code, "]")] = strings.Split(values[0], ",")
		}
	}
	return chosen, q.Get("outputFormat")
}

var errPxQuestion = fmt.Errorf("no question")
