package portal

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"time"

	"samkraft/sinks/words"
)

// ServeHTTP serves a page.
func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, "Pages can be read, with GET and HEAD.", http.StatusMethodNotAllowed)
		return
	}
	if text, ok := styleAt(r.URL.Path); ok {
		w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
		text.Serve(w, r, "text/css; charset=utf-8")
		return
	}
	if image, ok := iconAt(r.URL.Path); ok {
		w.Header().Set("Cache-Control", "public, max-age=86400")
		image.Serve(w, r, "image/svg+xml")
		return
	}
	parts := strings.Split(strings.TrimPrefix(r.URL.Path, "/"), "/")
	if parts[0] == "" {
		h.front(w, r)
		return
	}
	pages := h.see(r.Context(), parts[0])
	if pages == nil {
		http.NotFound(w, r)
		return
	}
	rest := strings.Join(parts[1:], "/")
	if l, is := words.Parse(rest[:min(len(rest), 2)]); is && strings.Trim(rest[2:], "/") == "" || rest == "" {
		if !is {
			l = words.Match(r.Header.Get("Accept-Language"))
			w.Header().Set("Vary", "Accept-Language")
		}
		lead(w, r, "/"+parts[0]+"/"+string(l)+"/index.html")
		return
	}
	page := pages.pages[rest]
	if page == nil {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Cache-Control", "no-cache")
	page.Serve(w, r, "text/html; charset=utf-8")
}

// see returns the pages of a plan that readers see. It has newer ones made beside,
// and waits for them only where there are none.
func (h *Handler) see(ctx context.Context, plan string) *shelf {
	if plans, err := h.site.Snapshots.Plans(); err != nil || !slices.Contains(plans, plan) {
		return nil
	}
	id, fresh, err := h.newest(plan)
	since, failed := h.failed.Load(plan)
	switch now := (*h.shelf.Load())[plan]; {
	case failed && h.site.Clock().Sub(since.(time.Time)) < patience:
		return now
	case err != nil:
		h.site.Report(err)
		return now
	case fresh || id == "":
		return now
	case now == nil:
		h.making.Lock()
		if err := h.renew(ctx); err != nil {
			h.site.Report(err)
		}
		h.making.Unlock()
	}
	h.RefreshBeside(ctx)
	return (*h.shelf.Load())[plan]
}

// Shown is the snapshot of a plan that readers see: for who serves something else of it.
// It is "" where there is none.
func (h *Handler) Shown(ctx context.Context, plan string) string {
	if now := h.see(ctx, plan); now != nil {
		return now.id
	}
	return ""
}

// RefreshBeside refreshes while the caller goes on, once at a time. What goes wrong is
// reported.
func (h *Handler) RefreshBeside(ctx context.Context) {
	if !h.asked.CompareAndSwap(false, true) {
		return
	}
	go func() {
		defer h.asked.Store(false)
		// Not the context of a reader or a run: the pages are for those who come later.
		if err := h.Refresh(context.WithoutCancel(ctx)); err != nil {
			h.site.Report(err)
		}
	}()
}

// front leads to the only plan that the reader may read, or lists those.
func (h *Handler) front(w http.ResponseWriter, r *http.Request) {
	plans, err := h.site.Snapshots.Plans()
	if err != nil {
		h.site.Report(err)
	}
	if h.site.May != nil {
		plans = slices.DeleteFunc(plans, func(plan string) bool { return !h.site.May(r, plan) })
	}
	l := words.Match(r.Header.Get("Accept-Language"))
	w.Header().Set("Vary", "Accept-Language")
	switch {
	case len(plans) == 1:
		lead(w, r, "/"+plans[0]+"/"+string(l)+"/index.html")
	default:
		w.Header().Set("Cache-Control", "no-cache")
		h.listPlans(w, r, l, slices.Sorted(slices.Values(plans)))
	}
}

// lead leads on to another address for this time.
func lead(w http.ResponseWriter, r *http.Request, address string) {
	w.Header().Set("Cache-Control", "no-cache")
	http.Redirect(w, r, address, http.StatusFound)
}
