package standin

import (
	"fmt"
	"net/http"
	"strings"
	"sync"
	"time"

	"samkraft/pipeline"
)

// Energistyrelsen is the site of the Danish Energy Agency: a page that lists
// workbooks, whose addresses change with every edition. Addresses of editions that
// are gone are 404; the one under which the register of turbines lay until 2021
// still answers, with the register of that time.
type Energistyrelsen struct {
	turbines int

	mu     sync.Mutex
	newest time.Time         // the last month of the register
	astray bool              // the page leads to the address of 2021
	books  map[string][]byte // by address and twist
}

// ensPage is the page that lists the workbooks, ensOld the register's address
// until 2021.
const (
	ensPage = "/analyser-og-statistik/data-oversigt-over-energisektoren"
	ensOld  = "/sites/ens.dk/files/Statistik/anlaegprodtilnettet.xlsx"
	xlsx    = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
)

// NewEnergistyrelsen makes a register of so many turbines with months from 2023 to
// the newest, and the plants and nets of the three years before that month's.
func NewEnergistyrelsen(turbines int, newest time.Time) *Energistyrelsen {
	return &Energistyrelsen{turbines: turbines, newest: newest, books: map[string][]byte{}}
}

// Publish replaces all workbooks by those of another month, at other addresses.
func (e *Energistyrelsen) Publish(newest time.Time) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.newest = newest
}

// GoAstray lets the page lead to the register of 2021.
func (e *Energistyrelsen) GoAstray() {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.astray = true
}

// Source is the publisher's id.
func (*Energistyrelsen) Source() string { return "energistyrelsen" }

// Service is the agency's site. That it takes two requests a second is an
// assumption: it states no limit.
func (*Energistyrelsen) Service() pipeline.Service {
	return pipeline.Service{ID: "site", Address: "https://ens.dk", Limits: []pipeline.Limit{{Requests: 2, Window: time.Second, Scope: pipeline.PerHost}}}
}

// Twists are what can be wrong with a workbook.
func (*Energistyrelsen) Twists() []Twist {
	return []Twist{ChangedHeader, ExtraColumn, RenamedColumn, DuplicateRows, NoRows}
}

// DataSet is none: nothing says for which of them the page is asked.
func (*Energistyrelsen) DataSet(*Request) string { return "" }

// Answer answers with the page or a workbook.
func (e *Energistyrelsen) Answer(r *Request) Answer {
	e.mu.Lock()
	defer e.mu.Unlock()
	if r.URL.Path == ensPage {
		return Text(http.StatusOK, "text/html; charset=UTF-8", e.page())
	}
	build, ok := map[string]func() book{
		e.media(0): func() book { return vinddata(e.turbines, e.newest) },
		e.media(1): func() book { return parkproduktion(e.newest) },
		e.media(2): func() book { return plantCount(e.newest.Year() - 1) },
		e.media(3): func() book { return heatNets(e.newest.Year() - 2) },
		ensOld:     oldRegister,
	}[r.URL.Path]
	if !ok {
		return Text(http.StatusNotFound, "text/html; charset=UTF-8", "<!DOCTYPE html><html><body><h1>Siden blev ikke fundet</h1></body></html>")
	}
	key := r.URL.Path + " " + string(r.Twist)
	if e.books[key] == nil {
		written, err := build().write(r.Twist)
		if err != nil {
			return Text(http.StatusInternalServerError, "text/plain", err.Error())
		}
		e.books[key] = written
	}
	a := Bytes(http.StatusOK, xlsx, e.books[key])
	a.ETag = fmt.Sprintf(`"%x"`, key)
	a.Modified = time.Date(e.newest.Year(), e.newest.Month()+2, 1, 9, 21, 30, 0, time.UTC)
	return a
}

// media is the address of a workbook in the edition of today.
func (e *Energistyrelsen) media(n int) string {
	return fmt.Sprintf("/media/%d/download", 8000+20*(e.newest.Year()*12+int(e.newest.Month())-2023*12)+n)
}

func (e *Energistyrelsen) page() string {
	register := e.media(0)
	if e.astray {
		register = ensOld
	}
	year := e.newest.Year()
	return strings.NewReplacer("REGISTER", register, "PARKS", e.media(1), "PLANTS", e.media(2), "NETS", e.media(3),
		"YEARS", fmt.Sprintf("%d-%d", year-3, year-1)).Replace(`<!DOCTYPE html>
<html lang="da"><head><meta charset="utf-8"><title>Data: Oversigt over energisektoren | Energistyrelsen</title></head><body>
<nav><a href="/">Forside</a><a href="/energikilder/vind">Vindmøller</a></nav>
<main><h1>Data: Oversigt over energisektoren</h1>
<section><h2>Stamdataregister for vindkraftanlæg</h2><p>Registeret opdateres cirka hver anden måned. <a href="mailto:ens@ens.dk">Skriv til os</a>.</p>
<ul><li><a class="file" href="/media/8746/download"><span>Historiske vinddata</span> <span>xlsx, 4,1 MB</span></a></li>
<li><a class="file" href="PARKS"><span>Parkproduktion</span> <span>xlsx, 0,1 MB</span></a></li>
<li><a class="file" href="REGISTER"><span>Vinddata</span> <span>xlsx, 2,5 MB</span></a></li>
<li><a class="file" href="/media/8750/download"><span>Vejledning til vinddata</span> <span>pdf, 0,3 MB</span></a></li></ul></section>
<section><h2>Energiproducenttællingen</h2>
<ul><li><a class="file" href="/media/7197/download">Stamdata for værker (xlsx)</a></li>
<li><a class="file" href="PLANTS">Produktion og brændselsforbrug per anlæg YEARS (xlsx)</a></li></ul></section>
<section><h2>Fjernvarmenet</h2>
<ul><li><a class="file" href="/media/8519/download">Data om fjernvarmenet YEARS, 125% metode (xlsx)</a></li>
<li><a class="file" href="NETS">Data om fjernvarmenet YEARS, 200% metode (xlsx)</a></li></ul></section>
</main></body></html>
`)
}
