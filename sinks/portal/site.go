package portal

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"path"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"samkraft/pipeline"
	"samkraft/sinks/words"
)

// Site is what a Handler serves.
type Site struct {
	Snapshots pipeline.Snapshots
	Clock     func() time.Time
	Zone      *time.Location // of the times on pages; nil is UTC
	More      []Link         // entries of every plan's navigation that others serve, relative to a language's folder
	// Compare tells what a snapshot changed, for the page that says so; nil is no such
	// page. It may take its time.
	Compare func(ctx context.Context, plan, before, after string) (Changes, error)
	// Report is told of what goes wrong while readers see what they had.
	Report func(error)
	// May reports whether who asks may read a plan, for the list of plans; nil lets
	// everybody. Pages themselves are for whoever is let through to them.
	May func(r *http.Request, plan string) bool
}

// Handler serves the pages of the newest snapshots at /PLAN/LANGUAGE/PAGE.html. They
// are made when a snapshot appears, and kept: readers never wait for one but the first.
// They link to files of snapshots at /snapshots/PLAN/ID/FILE, which others serve.
type Handler struct {
	site   Site
	shelf  atomic.Pointer[map[string]*shelf] // by plan; replaced, never changed
	making sync.Mutex                        // held while pages are made; guards
	later  map[string]made                   // by plan: those whose page of changes is still to be worked out
	failed sync.Map                          // by plan: when its pages could not be made
	asked  atomic.Bool                       // pages are being made on a reader's behalf
	make   func(ctx context.Context, plan, id string) (made, error)
}

// shelf are the pages of a plan that readers see.
type shelf struct {
	id    string
	day   time.Time // of the ages on the pages
	pages map[string]*kept
	names map[words.Language]string // of the plan
}

// made is a shelf with what its page of changes is made of later.
type made struct {
	*shelf
	book *book
	on   stage
}

// New returns a handler that has no pages yet: Refresh makes them, or the first reader
// does.
func New(site Site) *Handler {
	if site.Zone == nil {
		site.Zone = time.UTC
	}
	if site.Report == nil {
		site.Report = func(error) {}
	}
	h := &Handler{site: site, later: map[string]made{}}
	h.make = h.makePages
	h.shelf.Store(&map[string]*shelf{})
	return h
}

// PlanOf returns the plan that a path is about, or "" for one about none.
func PlanOf(address string) string {
	if _, ok := styleAt(address); ok {
		return ""
	}
	if _, ok := iconAt(address); ok {
		return ""
	}
	parts := strings.Split(strings.TrimPrefix(path.Clean("/"+address), "/"), "/")
	switch {
	case parts[0] != "snapshots":
		return parts[0]
	case len(parts) > 1:
		return parts[1]
	}
	return ""
}

// Refresh makes the pages of each snapshot that has become the newest of its plan, lets
// readers see them, a plan at a time and whole, and then works out what changed. What
// fails for one plan leaves its pages as they are.
func (h *Handler) Refresh(ctx context.Context) error {
	h.making.Lock()
	defer h.making.Unlock()
	fault := h.renew(ctx)
	for _, plan := range slices.Sorted(maps.Keys(h.later)) {
		m := h.later[plan]
		delete(h.later, plan)
		if err := h.addChanges(ctx, plan, m); err != nil {
			fault = errors.Join(fault, fmt.Errorf("what changed in %s: %w", plan, err))
		}
	}
	return fault
}

// renew makes the pages of the plans where those that readers see are not of the newest
// snapshot or not of today. The lock is held.
func (h *Handler) renew(ctx context.Context) error {
	plans, err := h.site.Snapshots.Plans()
	if err != nil {
		return err
	}
	var faults []error
	for _, plan := range plans {
		id, fresh, err := h.newest(plan)
		if err == nil && !fresh && id != "" {
			err = h.replace(ctx, plan, id)
		}
		if err != nil {
			h.failed.Store(plan, h.site.Clock())
			faults = append(faults, fmt.Errorf("pages of %s: %w", plan, err))
		}
	}
	return errors.Join(faults...)
}

// replace makes the pages of a snapshot and lets readers see them.
func (h *Handler) replace(ctx context.Context, plan, id string) error {
	m, err := h.make(ctx, plan, id)
	if err != nil {
		return err
	}
	delete(h.later, plan)
	if m.on.known.previous != "" {
		h.later[plan] = m
	}
	h.put(plan, m.shelf)
	return nil
}

// patience is how long pages that could not be made are not tried again on behalf of
// readers, who would otherwise keep the server busy with nothing.
const patience = time.Minute

// newest is the newest snapshot of a plan, and whether readers see it as of today.
func (h *Handler) newest(plan string) (id string, fresh bool, err error) {
	if id, err = h.site.Snapshots.Latest(plan); err != nil {
		return "", false, err
	}
	now := (*h.shelf.Load())[plan]
	return id, now != nil && now.id == id && now.day.Equal(day(h.site.Clock(), h.site.Zone)), nil
}

// put lets readers see pages.
func (h *Handler) put(plan string, pages *shelf) {
	old := *h.shelf.Load()
	all := maps.Clone(old)
	all[plan] = pages
	h.shelf.Store(&all)
}

// makePages makes the pages of a snapshot.
func (h *Handler) makePages(ctx context.Context, plan, id string) (made, error) {
	b, err := open(folder(h.site.Snapshots.Disk, h.site.Snapshots.Folder(plan, id)), id)
	if err != nil {
		return made{}, err
	}
	k, err := h.know(plan, id)
	if err != nil {
		return made{}, err
	}
	on := stage{tables: "/snapshots/" + plan + "/" + id + "/", style: styleAddress, more: h.site.More, known: k}
	m := made{&shelf{id: id, day: day(k.now, h.site.Zone), pages: map[string]*kept{}, names: map[words.Language]string{}}, b, on}
	for _, l := range words.All {
		if err := ctx.Err(); err != nil {
			return made{}, err
		}
		pages, err := b.write(l, on)
		if err != nil {
			return made{}, err
		}
		m.names[l] = b.name(l)
		for _, p := range pages {
			m.pages[string(l)+"/"+p.name] = keep(p.text)
		}
	}
	return m, nil
}

// know gathers what the workspace says of a snapshot beside its tables.
func (h *Handler) know(plan, id string) (*known, error) {
	k := &known{now: h.site.Clock(), zone: h.site.Zone, receipts: map[string]pipeline.Receipt{}}
	records, err := (pipeline.Records{Disk: h.site.Snapshots.Disk}).List()
	if err != nil {
		return nil, err
	}
	k.published, k.previous = published(records, plan, id)
	if h.site.Compare == nil {
		k.previous = ""
	}
	receipts, err := (pipeline.Archive{Disk: h.site.Snapshots.Disk}).Receipts()
	if err != nil {
		return nil, err
	}
	for _, r := range receipts {
		k.receipts[r.Extract] = r
	}
	return k, nil
}
