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

	"golang.org/x/sync/errgroup"

	"samkraft/pipeline"
	"samkraft/sinks/packed"
	"samkraft/sinks/words"
)

// Site is what a Handler serves.
type Site struct {
	Snapshots pipeline.Snapshots
	Clock     func() time.Time
	Zone      *time.Location // of the times on pages; nil is UTC
	More      []Link         // entries of every plan's navigation that others serve, relative to a language's folder
	// Rows is where others serve the rows of a table, relative to a language's folder: at
	// Rows/TABLE?is.COLUMN=VALUE those that have such values. "" is nobody.
	Rows string
	// Compare tells what a snapshot changed, for the page that says so; nil is no such
	// page. It may take its time.
	Compare func(ctx context.Context, plan, before, after string) (Changes, error)
	// Beside makes ready what else is served of a snapshot that readers see or are about
	// to. It is called more than once for one, and may be nil.
	Beside func(ctx context.Context, plan, id string)
	// Report is told of what goes wrong while readers see what they had.
	Report func(error)
	// May reports whether who asks may read a plan, for the list of plans; nil lets
	// everybody. Pages themselves are for whoever is let through to them.
	May func(r *http.Request, plan string) bool
}

// Handler serves the pages of the newest snapshots at /PLAN/LANGUAGE/PAGE.html. They
// are made before readers are led to a snapshot (Prepare) or when one has appeared, and
// kept: readers never wait for one but the first. They link to files of snapshots at
// /snapshots/PLAN/ID/FILE, which others serve.
type Handler struct {
	site   Site
	shelf  atomic.Pointer[map[string]*shelf] // by plan; replaced, never changed
	making sync.Mutex                        // held while pages are made
	failed sync.Map                          // by plan: when its pages could not be made
	asked  atomic.Bool                       // pages are being made on a reader's behalf
	make   func(ctx context.Context, plan, id string) (made, error)

	mu    sync.Mutex      // guards what follows, and that one shelf is put at a time
	ready map[string]made // by plan: of a snapshot that readers are not led to yet
	later map[string]made // by plan: those whose page of changes is still to be worked out
}

// shelf are the pages of a plan that readers see.
type shelf struct {
	id    string
	day   time.Time // of the ages on the pages
	pages map[string]*packed.Text
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
	h := &Handler{site: site, ready: map[string]made{}, later: map[string]made{}}
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
	first := h.besideFirst(ctx)
	h.making.Lock()
	fault := h.renew(ctx)
	h.making.Unlock()
	first.Wait()
	for {
		plan, m, more := h.nextLater()
		if !more {
			return fault
		}
		if err := h.addChanges(ctx, plan, m); err != nil {
			fault = errors.Join(fault, fmt.Errorf("what changed in %s: %w", plan, err))
		}
	}
}

// nextLater takes the first plan whose page of changes is still to be worked out.
func (h *Handler) nextLater() (plan string, m made, more bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, plan := range slices.Sorted(maps.Keys(h.later)) {
		m := h.later[plan]
		delete(h.later, plan)
		return plan, m, true
	}
	return "", m, false
}

// Prepare makes the pages of a snapshot to which readers are not led yet, so that they
// see them as soon as they are.
func (h *Handler) Prepare(ctx context.Context, plan, id string) error {
	h.making.Lock()
	defer h.making.Unlock()
	m, err := h.make(ctx, plan, id)
	if err != nil {
		return fmt.Errorf("pages of %s: %w", plan, err)
	}
	h.beside(ctx, plan, id)
	h.mu.Lock()
	h.ready[plan] = m
	h.mu.Unlock()
	return nil
}

// besideFirst makes the rest ready of the plans that have no pages yet, while these are
// made: readers wait for one as for the other.
func (h *Handler) besideFirst(ctx context.Context) *sync.WaitGroup {
	var all sync.WaitGroup
	plans, _ := h.site.Snapshots.Plans() // an error is found again where pages are made
	for _, plan := range plans {
		id, err := h.site.Snapshots.Latest(plan)
		if err == nil && id != "" && (*h.shelf.Load())[plan] == nil {
			all.Go(func() { h.beside(ctx, plan, id) })
		}
	}
	return &all
}

func (h *Handler) beside(ctx context.Context, plan, id string) {
	if h.site.Beside != nil {
		h.site.Beside(ctx, plan, id)
	}
}

// renew makes the pages of the plans where those that readers see are not of the newest
// snapshot or not of today. The lock of making is held.
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

// replace makes the pages of a snapshot and lets readers see them. Those who have pages
// of another wait until all is ready; for those who have none, pages alone are better.
func (h *Handler) replace(ctx context.Context, plan, id string) error {
	m, err := h.make(ctx, plan, id)
	if err != nil {
		return err
	}
	if now := (*h.shelf.Load())[plan]; now != nil && now.id != id {
		h.beside(ctx, plan, id)
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.show(plan, m)
	return nil
}

// show lets readers see pages. The lock is held.
func (h *Handler) show(plan string, m made) {
	delete(h.later, plan)
	if m.on.known.previous != "" {
		h.later[plan] = m
	}
	h.put(plan, m.shelf)
}

// patience is how long pages that could not be made are not tried again on behalf of
// readers, who would otherwise keep the server busy with nothing.
const patience = time.Minute

// newest is the newest snapshot of a plan, and whether readers see it as of today. Where
// its pages are ready they see it from now on.
func (h *Handler) newest(plan string) (id string, fresh bool, err error) {
	if id, err = h.site.Snapshots.Latest(plan); err != nil {
		return "", false, err
	}
	if h.sees(plan, id) {
		return id, true, nil
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	if m, ready := h.ready[plan]; ready && m.id == id {
		delete(h.ready, plan)
		h.show(plan, m)
	}
	return id, h.sees(plan, id), nil
}

// sees reports whether readers see a snapshot as of today.
func (h *Handler) sees(plan, id string) bool {
	now := (*h.shelf.Load())[plan]
	return now != nil && now.id == id && now.day.Equal(day(h.site.Clock(), h.site.Zone))
}

// put puts pages before readers. The lock is held.
func (h *Handler) put(plan string, pages *shelf) {
	all := maps.Clone(*h.shelf.Load())
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
	on := stage{tables: "/snapshots/" + plan + "/" + id + "/", style: styleAddress, more: h.site.More, rows: h.site.Rows, known: k}
	m := made{&shelf{id: id, day: day(k.now, h.site.Zone), pages: map[string]*packed.Text{}, names: map[words.Language]string{}}, b, on}
	var adding sync.Mutex
	group, ctx := errgroup.WithContext(ctx)
	if (*h.shelf.Load())[plan] != nil {
		group.SetLimit(1) // what readers ask goes first; where they have nothing, they wait for this
	}
	for _, l := range words.All {
		m.names[l] = b.name(l)
		group.Go(func() error {
			if err := ctx.Err(); err != nil {
				return err
			}
			pages, err := b.write(l, on)
			if err != nil {
				return err
			}
			for _, p := range pages {
				text := packed.New(p.text)
				adding.Lock()
				m.pages[string(l)+"/"+p.name] = text
				adding.Unlock()
			}
			return nil
		})
	}
	return m, group.Wait()
}

// know gathers what the workspace says of a snapshot beside its tables.
func (h *Handler) know(plan, id string) (*known, error) {
	k := &known{now: h.site.Clock(), zone: h.site.Zone, receipts: map[string]pipeline.Receipt{}}
	records, err := (pipeline.Records{Disk: h.site.Snapshots.Disk}).List()
	if err != nil {
		return nil, err
	}
	k.published, k.previous = published(records, plan, id)
	if latest, err := h.site.Snapshots.Newest(plan); err == nil && latest != id && k.published.IsZero() {
		// It is being published: no record tells of it yet.
		k.published, k.previous = k.now, latest
	}
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
