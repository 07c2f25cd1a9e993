package explore

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"

	"samkraft/sinks/packed"
	"samkraft/sinks/words"
)

// The pages that most readers come to say no more in their address than where they are:
// the lists of tables, each table as it begins, the page of questions. They stay the same
// as long as the snapshot does, and are kept.

// kind is what a page is served as.
const kind = "text/html; charset=utf-8"

// front answers with a page that is kept, if it is one.
func (h *Handler) front(w http.ResponseWriter, r *http.Request) bool {
	p, ok := placeOf(r.URL.Path)
	if !ok || r.URL.RawQuery != "" {
		return false
	}
	o, err := h.shelf.open(p.plan, "")
	if err != nil {
		return false // it is found again, and told
	}
	page := o.front(r.URL.Path)
	if page == nil {
		return false
	}
	w.Header().Set("Cache-Control", "no-cache")
	page.Serve(w, r, kind)
	return true
}

// front is the page that is kept of an address, or nil.
func (o *opened) front(address string) *packed.Text {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.fronts[address]
}

// keepFront keeps the page of an address.
func (o *opened) keepFront(address string, text []byte) *packed.Text {
	page := packed.New(text)
	o.mu.Lock()
	defer o.mu.Unlock()
	o.fronts[address] = page
	return page
}

// Prepare makes the pages that most readers come to of a snapshot, which need not be the
// one that they are led to. It takes its turn among readers.
func (h *Handler) Prepare(ctx context.Context, plan, id string) error {
	o, err := h.shelf.open(plan, id)
	if err != nil {
		return fmt.Errorf("tables of %s: %w", plan, err)
	}
	var faults []error
	for _, name := range append(o.Names(), "") {
		told := map[string]rows{} // the rows are the same in every language
		for _, l := range words.All {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			faults = append(faults, h.prepare(ctx, o, place{plan, l, "explore", name}, told))
		}
	}
	for _, l := range words.All {
		faults = append(faults, h.prepare(ctx, o, place{plan: plan, lang: l, page: "query"}, nil))
	}
	return errors.Join(faults...)
}

func (h *Handler) prepare(ctx context.Context, o *opened, p place, told map[string]rows) error {
	address := "/" + p.plan + "/" + string(p.lang) + "/" + p.page
	if p.page == "explore" {
		address += "/" + p.table
	}
	if o.front(address) != nil {
		return nil
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, (&url.URL{Path: address}).String(), nil)
	if err != nil {
		return err
	}
	v := &visit{Handler: h, place: p, w: nobody{http.Header{}}, r: r, form: url.Values{}, asked: o, told: told}
	switch {
	case p.page == "query":
		err = v.querying()
	case p.table == "":
		err = v.searching()
	default:
		err = v.exploring()
	}
	if err != nil {
		return fmt.Errorf("%s: %w", address, err)
	}
	return nil
}

// nobody takes an answer that is made to be kept.
type nobody struct{ header http.Header }

func (n nobody) Header() http.Header         { return n.header }
func (n nobody) Write(p []byte) (int, error) { return len(p), nil }
func (n nobody) WriteHeader(int)             {}

// copied are the rows with cells of their own: a page writes its words into them.
func (r rows) copied() rows {
	cells := r.Cells
	r.Cells = make([][]cell, len(cells))
	for i, line := range cells {
		r.Cells[i] = slices.Clone(line)
	}
	return r
}
