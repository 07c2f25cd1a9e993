// Package watch tells those who watch a server whether it is well: /healthz says that
// the process answers and its scheduler goes on, /readyz that every plan has a snapshot
// and the workspace can be written, and /metrics has figures for Prometheus.
package watch

import (
	"fmt"
	"log/slog"
	"net/http"
	"sync/atomic"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"samkraft/pipeline"
)

// silence is how long the scheduler may not have looked at its times: it does every
// minute.
const silence = 3 * time.Minute

// Options are what there is to watch. Its functions may be called concurrently.
type Options struct {
	Disk    pipeline.FS
	Clock   func() time.Time
	Version string
	Sources []pipeline.Source
	Used    func(source, dataSet string) bool // whether anything is made of a data set; nil: of all
	Plans   func() []pipeline.Plan            // that the server makes
	Next    func() map[string]time.Time       // when each of its jobs is due next
	Free    func() (int64, error)             // bytes that are free where the workspace lies; nil: nobody can tell
	Log     *slog.Logger
}

// Watch watches a server.
type Watch struct {
	Options
	turned   atomic.Pointer[time.Time]
	registry *prometheus.Registry
}

// New begins to watch. Runs that ended before are known, and not counted.
func New(o Options) *Watch {
	w := &Watch{Options: o, registry: prometheus.NewRegistry()}
	w.Turn()
	w.registry.MustRegister(newCollector(w), collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return w
}

// Turn says that the scheduler goes on.
func (w *Watch) Turn() {
	now := w.Clock()
	w.turned.Store(&now)
}

// Health is /healthz. It needs neither the disk nor anybody's name.
func (w *Watch) Health() http.Handler {
	return http.HandlerFunc(func(out http.ResponseWriter, _ *http.Request) {
		turned := *w.turned.Load()
		if w.Clock().Sub(turned) > silence {
			answer(out, http.StatusServiceUnavailable, fmt.Sprintf("the scheduler stands still since %s: restart the server", turned.UTC().Format(time.RFC3339)))
			return
		}
		answer(out, http.StatusOK, "well")
	})
}

// Metrics is /metrics.
func (w *Watch) Metrics() http.Handler {
	metrics := promhttp.HandlerFor(w.registry, promhttp.HandlerOpts{
		ErrorHandling: promhttp.ContinueOnError, ErrorLog: errorLog{w.Log}, MaxRequestsInFlight: 4, Timeout: 30 * time.Second,
	})
	return http.HandlerFunc(func(out http.ResponseWriter, r *http.Request) {
		out.Header().Set("Cache-Control", "no-store")
		metrics.ServeHTTP(out, r)
	})
}

// errorLog has what could not be measured.
type errorLog struct{ log *slog.Logger }

func (l errorLog) Println(v ...any) { l.log.Error("metrics", "error", fmt.Sprint(v...)) }

// answer writes a line or a few of plain text.
func answer(out http.ResponseWriter, status int, text string) {
	out.Header().Set("Content-Type", "text/plain; charset=utf-8")
	out.Header().Set("Cache-Control", "no-store")
	out.WriteHeader(status)
	fmt.Fprintln(out, text)
}
