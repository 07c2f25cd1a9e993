package explore

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"sync"

	"samkraft/sinks/packed"
	"samkraft/sinks/query"
	"samkraft/sinks/words"
)

// The pages that most readers come to say no more in their address than where they are:
// the lists of tables, each table as it begins, the page of questions. They stay the same
// as long as the snapshot does, and are kept.

// kind is what a page is served as.
const kind = "text/html; charset=utf-8"

// fronts are the pages of a snapshot that are kept. Its zero value is ready.
type fronts struct {
	mu      sync.Mutex
	pages   map[string]*packed.Text // by address
	state   preparation
	changed chan struct{} // closed when one more is kept, and at the end of making them
}

// preparation is how far it is with all of them.
type preparation int

const (
	unprepared preparation = iota
	preparing
	prepared
)

// change changes something of the pages, and tells those who wait.
func (f *fronts) change(do func()) {
	f.mu.Lock()
	defer f.mu.Unlock()
	do()
	if f.changed != nil {
		close(f.changed)
		f.changed = nil
	}
}

// keep keeps the page of an address.
func (f *fronts) keep(address string, text []byte) *packed.Text {
	page := packed.New(text)
	f.change(func() {
		if f.pages == nil {
			f.pages = map[string]*packed.Text{}
		}
		f.pages[address] = page
	})
	return page
}

// wait waits until it is enough, which is asked with the lock held, or nobody waits.
func (f *fronts) wait(ctx context.Context, enough func() bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for !enough() && ctx.Err() == nil {
		if f.changed == nil {
			f.changed = make(chan struct{})
		}
		changed := f.changed
		f.mu.Unlock()
		select {
		case <-changed:
		case <-ctx.Done():
		}
		f.mu.Lock()
	}
}

// begin begins to make all pages, and reports whether there is anything to do. It waits
// for another who does it.
func (f *fronts) begin(ctx context.Context) (mine bool) {
	f.wait(ctx, func() bool {
		if mine = f.state == unprepared; mine {
			f.state = preparing
		}
		return f.state != preparing || mine
	})
	return mine
}

// front answers with a page that is kept, or is about to be, if it is one.
func (h *Handler) front(w http.ResponseWriter, r *http.Request) bool {
	p, ok := placeOf(r.URL.Path)
	if !ok || r.URL.RawQuery != "" {
		return false
	}
	o, err := h.shelf.open(p.plan, "")
	if err != nil {
		return false // it is found again, and told
	}
	if _, ok := o.headings[p.table]; !ok && p.table != "" {
		return false
	}
	var page *packed.Text
	o.fronts.wait(r.Context(), func() bool {
		page = o.fronts.pages[r.URL.Path]
		return page != nil || o.fronts.state != preparing
	})
	if page == nil {
		return false
	}
	w.Header().Set("Cache-Control", "no-cache")
	page.Serve(w, r, kind)
	return true
}

// Prepare makes the pages that most readers come to of a snapshot, which need not be the
// one that they are led to. It takes its turns among readers.
func (h *Handler) Prepare(ctx context.Context, plan, id string) error {
	o, err := h.shelf.open(plan, id)
	if err != nil || !o.fronts.begin(ctx) {
		return err
	}
	err = h.prepare(ctx, o, plan)
	o.fronts.change(func() {
		if o.fronts.state = prepared; ctx.Err() != nil {
			o.fronts.state = unprepared
		}
	})
	if err != nil {
		return fmt.Errorf("tables of %s: %w", plan, err)
	}
	return nil
}

func (h *Handler) prepare(ctx context.Context, o *opened, plan string) (err error) {
	defer func() { // as the server does for a reader
		if caught := recover(); caught != nil {
			err = fmt.Errorf("a page cannot be made: %v", caught)
		}
	}()
	snapshot, err := query.Open(o.folder, h.site.Limits)
	if err != nil {
		return err
	}
	session, err := snapshot.Session(ctx)
	if err != nil {
		return err
	}
	var faults []error
	for _, name := range append([]string{""}, o.Names()...) {
		told := map[string]rows{} // the rows are the same in every language
		for _, l := range words.All {
			if ctx.Err() != nil {
				return errors.Join(ctx.Err(), session.Close())
			}
			v := h.nobody(ctx, o, place{plan, l, "explore", name})
			v.session, v.told = session, told
			if name == "" {
				faults = append(faults, v.searching(), h.nobody(ctx, o, place{plan: plan, lang: l, page: "query"}).querying())
			} else {
				faults = append(faults, v.exploring())
			}
		}
	}
	return errors.Join(append(faults, session.Close())...)
}

// nobody is the visit of nobody to a page that is made to be kept.
func (h *Handler) nobody(ctx context.Context, o *opened, p place) *visit {
	address := url.URL{Path: "/" + p.plan + "/" + string(p.lang) + "/" + p.page}
	if p.page == "explore" {
		address.Path += "/" + p.table
	}
	r := (&http.Request{Method: http.MethodGet, URL: &address, Header: http.Header{}}).WithContext(ctx)
	return &visit{Handler: h, place: p, w: unheard{http.Header{}}, r: r, form: url.Values{}, asked: o}
}

// unheard takes an answer that nobody hears.
type unheard struct{ header http.Header }

func (u unheard) Header() http.Header         { return u.header }
func (u unheard) Write(p []byte) (int, error) { return len(p), nil }
func (u unheard) WriteHeader(int)             {}

// copied are the rows with cells of their own: a page writes its words into them.
func (r rows) copied() rows {
	cells := r.Cells
	r.Cells = make([][]cell, len(cells))
	for i, line := range cells {
		r.Cells[i] = slices.Clone(line)
	}
	return r
}
