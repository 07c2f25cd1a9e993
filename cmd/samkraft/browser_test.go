package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"os"
	"path"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"samkraft/pipeline"
	"samkraft/sinks/explore"
	"samkraft/sinks/gate"
	"samkraft/sinks/portal"
	"samkraft/sinks/words"
)

// The widths in CSS pixels at which pages are looked at: a phone and a desk.
const phone, desk = 380, 1280

// TestBrowser walks through the pages and reports of the sample's two plans as a server
// gives them, with Chromium, with and without script, on a phone and on a desk: nothing is written
// to the console, nothing asked of another host, nothing stands beyond the edge, on a desk no table scrolls, and axe
// finds nothing that WCAG 2.2 AA forbids. SAMKRAFT_BROWSER names the browser and
// SAMKRAFT_AXE the file axe.min.js. SAMKRAFT_LONG=all
// looks at every page in every way, which takes long. Else it looks at two of each language
// of the pages that say where figures come from and of those that explore, with all
// languages at one of the widths, and without SAMKRAFT_LONG at one language of each plan.
func TestBrowser(t *testing.T) {
	axe := os.Getenv("SAMKRAFT_AXE")
	if axe == "" {
		t.Skip("SAMKRAFT_AXE does not name the file axe.min.js")
	}
	checker, err := os.ReadFile(axe)
	if err != nil {
		t.Fatal(err)
	}
	ctx := browser(t)
	host := servePages(t, pipeline.Disk(sampleWorkspace(t)))
	w := &watcher{host: host}
	if err := errors.Join(chromedp.Listen(ctx, w.hear), chromedp.Do(ctx, chromedp.Func(enable))); err != nil {
		t.Fatalf("the browser does not start: %v", err)
	}
	for i, plan := range []string{"kobenhavn-syd", "goda-grannar"} {
		languages := []string{"da", "sv", "en"}
		if os.Getenv("SAMKRAFT_LONG") == "" {
			languages = languages[i : i+1]
		}
		for j, l := range languages {
			// With all languages, a language of one plan is seen on a phone and of the
			// other on a desk.
			widths := []int64{phone, desk}
			if len(languages) > 1 && !everyPage() {
				widths = widths[(i+j)%2:][:1]
			}
			names := walk(t, ctx, w, "/"+plan+"/"+l+"/index.html")
			names = append(names, "/snapshots/"+plan+"/latest/"+portal.ReportFile(words.Language(l)))
			for _, name := range names {
				for _, width := range widths {
					faults, err := w.look(ctx, name, width, string(checker))
					if err != nil {
						t.Fatalf("%s: %v", name, err)
					}
					for _, f := range faults {
						t.Errorf("%s, %d wide: %s", name, width, f)
					}
				}
			}
		}
	}
}

// everyPage reports whether pages that one template makes are all looked at.
func everyPage() bool { return os.Getenv("SAMKRAFT_LONG") == "all" }

// browser starts the browser that SAMKRAFT_BROWSER names; without one the test is
// skipped.
func browser(t *testing.T) context.Context {
	t.Helper()
	path := os.Getenv("SAMKRAFT_BROWSER")
	if path == "" {
		t.Skip("SAMKRAFT_BROWSER does not name a browser")
	}
	options := append(slices.Clone(chromedp.DefaultExecAllocatorOptions[:]), chromedp.ExecPath(path), chromedp.NoSandbox,
		chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-quic", true))
	allocator, cancel := chromedp.NewExecAllocator(t.Context(), options...)
	t.Cleanup(cancel)
	ctx, cancel := chromedp.NewContext(allocator)
	t.Cleanup(cancel)
	return ctx
}

// servePages serves the pages of a workspace as 'samkraft serve' does, and returns the
// address.
func servePages(t *testing.T, disk pipeline.Disk) string {
	t.Helper()
	s := &settings{program: program{clock: testTime}}
	report := func(err error) { t.Errorf("reported: %v", err) }
	pages, served := s.readable(disk, report)
	if err := pages.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	listener, err := net.ListenTCP("tcp", &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1)})
	if err != nil {
		t.Fatal(err)
	}
	g, err := gate.New(gate.Everybody(), gate.Options{Address: listener.Addr().(*net.TCPAddr), Clock: time.Now, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	server := g.Server(served)
	t.Cleanup(func() { server.Close() })
	go server.Serve(listener)
	return listener.Addr().String()
}

// walk follows the links of a page to others below its folder, with script switched
// off, and returns them all: what a page needs, it has without script.
func walk(t *testing.T, ctx context.Context, w *watcher, start string) []string {
	t.Helper()
	folder := path.Dir(start) + "/"
	found, next := []string{}, []string{start}
	alike := map[string]int{} // pages by kind of which there are many
	for len(next) > 0 {
		name := next[0]
		next = next[1:]
		if slices.Contains(found, name) {
			continue
		}
		if kind := path.Base(path.Dir(name)); (kind == "how" || kind == "explore") && !everyPage() {
			if alike[kind]++; alike[kind] > 2 {
				continue // they are made by one template
			}
		}
		found = append(found, name)
		w.forget()
		doc, err := w.without(ctx, name)
		if err != nil {
			t.Fatalf("%s without script: %v", name, err)
		}
		for _, f := range w.heard() {
			t.Errorf("%s without script: %s", name, f)
		}
		if doc.Find("main h1").Length() != 1 {
			t.Errorf("%s without script has %d headings of the first order", name, doc.Find("main h1").Length())
		}
		doc.Find("a[href]").Each(func(_ int, a *goquery.Selection) {
			to, err := url.Parse(a.AttrOr("href", ""))
			if err != nil {
				t.Errorf("%s links to %q", name, a.AttrOr("href", ""))
				return
			}
			to = (&url.URL{Path: name}).ResolveReference(to)
			if to.Host == "" && to.Path != "" && strings.HasPrefix(to.Path, folder) && (strings.HasSuffix(to.Path, ".html") || explore.Serves(to.Path)) {
				next = append(next, to.Path)
			}
		})
	}
	if len(found) < 10 {
		t.Errorf("from %s only %v can be reached", start, found)
	}
	return found
}

// enable makes the browser tell what it hears.
func enable(ctx context.Context, t *chromedp.Target) error {
	_, logs := cdp.Call(ctx, t, log.Enable, cdp.Empty{})
	_, requests := cdp.Call(ctx, t, network.Enable, network.EnableParams{})
	return errors.Join(logs, requests)
}

// script switches script of pages on or off.
func script(off bool) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: off})
		return err
	})
}

// without opens a page with script switched off, and returns it as the server gave it.
func (w *watcher) without(ctx context.Context, name string) (*goquery.Document, error) {
	if err := chromedp.Do(ctx, script(true), chromedp.Navigate("http://"+w.host+name)); err != nil {
		return nil, err
	}
	answer, err := http.Get("http://" + w.host + name)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	return goquery.NewDocumentFromReader(answer.Body)
}

// watcher hears what the browser says of a page.
type watcher struct {
	host string

	mu     sync.Mutex
	faults []string
}

func (w *watcher) hear(event any) {
	fault := ""
	switch e := event.(type) {
	case *runtime.EventExceptionThrown:
		fault = "exception: " + e.ExceptionDetails.Text
	case *runtime.EventConsoleAPICalled:
		fault = "console: " + string(e.Type)
		for _, a := range e.Args {
			fault += fmt.Sprintf(" %s%s", a.Value, a.Description)
		}
	case *log.EventEntryAdded:
		fault = fmt.Sprintf("console: %s %s %s", e.Entry.Level, e.Entry.Text, e.Entry.URL)
	case *network.EventRequestWillBeSent:
		if to, err := url.Parse(e.Request.URL); err != nil || to.Host != w.host && to.Scheme != "data" {
			fault = "asks " + e.Request.URL
		}
	case *network.EventResponseReceived:
		if e.Response.Status >= 400 {
			fault = fmt.Sprintf("%s gives %d", e.Response.URL, e.Response.Status)
		}
	}
	if fault == "" {
		return
	}
	w.mu.Lock()
	w.faults = append(w.faults, fault)
	w.mu.Unlock()
}

func (w *watcher) forget() { w.heard() }

func (w *watcher) heard() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	faults := w.faults
	w.faults = nil
	return faults
}

// outside lists the elements that show text beyond the edge of what holds them, where
// nobody can scroll to it.
const outside = `[...document.body.querySelectorAll('*')].filter(e => {
  const style = getComputedStyle(e)
  const hides = style.overflowX === 'hidden' || style.overflowX === 'clip'
  const named = e.closest('.visually-hidden, .skip, svg')
  return hides && !named && e.scrollWidth > e.clientWidth + 1 && e.clientWidth > 1
}).map(e => e.tagName + '.' + e.className + ': ' + e.textContent.trim().slice(0, 60))`

// scrolled lists the tables, those in folded parts too, that are wider than the box in
// which they stand: on a desk nobody should have to push a table to and fro. Tables of
// more than nine columns may be.
const scrolled = `document.querySelectorAll('details').forEach(d => { d.open = true });
[...document.querySelectorAll('.scroll')].filter(box => {
  const table = box.querySelector('table')
  return table && table.rows[0].cells.length <= 9 && !box.matches(ALLOWED) && box.clientWidth > 1 && table.offsetWidth > box.clientWidth + 1
}).map(box => box.querySelector('table').offsetWidth + ' in ' + box.clientWidth + ': ' + box.getAttribute('aria-label'))`

// maybeWide are the boxes, by CSS selectors, in which a table may be wider all the same:
// the folded table below a drawing, which is as narrow as that, and on the page of sources
// the list of files, with when each of them came.
var maybeWide = []string{"figure .scroll", ".facts ~ .scroll"}

// violations runs axe, which must stand in the page.
const violations = `axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'], resultTypes: ['violations']})
  .then(r => r.violations.map(v => v.id + ' (' + v.help + '): ' + v.nodes.slice(0, 3).map(n => n.html.slice(0, 160)).join(' | ')))`

// look opens a page with script at a width and returns what is wrong with it.
func (w *watcher) look(ctx context.Context, name string, width int64, axe string) (faults []string, err error) {
	w.forget()
	err = chromedp.Do(ctx, script(false), chromedp.EmulateViewport(width, 900), chromedp.Navigate("http://"+w.host+name))
	if err != nil {
		return nil, err
	}
	wide, err := chromedp.Run(ctx, chromedp.Evaluate[float64]("document.documentElement.scrollWidth"))
	if err != nil {
		return nil, err
	}
	cut, err := chromedp.Run(ctx, chromedp.Evaluate[[]string](outside))
	if err != nil {
		return nil, err
	}
	broken, err := chromedp.Run(ctx, chromedp.Evaluate[[]string](axe+";"+violations, chromedp.EvalAwaitPromise))
	if err != nil {
		return nil, err
	}
	if width >= desk && !strings.Contains(name, "/explore/") { // where tables stand as they are
		wider, err := chromedp.Run(ctx, chromedp.Evaluate[[]string](strings.Replace(scrolled, "ALLOWED", strconv.Quote(strings.Join(maybeWide, ", ")), 1)))
		if err != nil {
			return nil, err
		}
		for _, one := range wider {
			faults = append(faults, "a table is wider than its box: "+one)
		}
	}
	faults = append(faults, w.heard()...)
	if wide > float64(width) {
		faults = append(faults, fmt.Sprintf("the page is %.0f wide", wide))
	}
	for _, c := range cut {
		faults = append(faults, "text is cut off: "+c)
	}
	return append(faults, broken...), nil
}
