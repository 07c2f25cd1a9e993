package portal

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"samkraft/pipeline"
	"samkraft/sinks/packed"
	"samkraft/sinks/words"
)

const (
	oldID = "0123456789abcdef"
	newID = "fedcba9876543210"
)

// workspace is a workspace with two snapshots of each plan.
func workspace(t *testing.T, plans ...string) pipeline.Disk {
	t.Helper()
	disk := pipeline.Disk(t.TempDir())
	for _, plan := range plans {
		for _, id := range []string{oldID, newID} {
			put(t, disk, "snapshots/"+plan+"/"+id+"/files.json", "[]")
		}
		point(t, disk, plan, oldID)
	}
	return disk
}

func put(t *testing.T, disk pipeline.Disk, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(disk.Path(name)), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(disk.Path(name), []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// point makes a snapshot the newest.
func point(t *testing.T, disk pipeline.Disk, plan, id string) {
	t.Helper()
	put(t, disk, "snapshots/"+plan+"/latest", id+"\n")
}

// handler serves pages that say of which snapshot they are.
func handler(t *testing.T, disk pipeline.Disk, clock func() time.Time) *Handler {
	t.Helper()
	h := New(Site{Snapshots: pipeline.Snapshots{Disk: disk}, Clock: clock, Report: func(err error) { t.Errorf("reported: %v", err) }})
	h.make = func(_ context.Context, plan, id string) (made, error) {
		m := made{shelf: &shelf{id: id, day: day(clock(), time.UTC), pages: map[string]*packed.Text{}, names: map[words.Language]string{}}, on: stage{known: &known{}}}
		for _, l := range words.All {
			m.pages[string(l)+"/index.html"] = packed.New([]byte("page of " + plan + " " + id + " " + string(l) + strings.Repeat(" and more", 100)))
			m.pages[string(l)+"/how/member.html"] = packed.New([]byte("origins of " + id))
			m.names[l] = "Plan " + plan
		}
		return m, nil
	}
	return h
}

func noon() time.Time { return time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC) }

// get asks, with headers given as name and value in turn.
func get(h http.Handler, address string, headers ...string) *http.Response {
	r := httptest.NewRequest(http.MethodGet, "/", nil)
	r.URL.Path = address // as it is, not cleaned
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w.Result()
}

func body(t *testing.T, r *http.Response) string {
	t.Helper()
	text, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestAddresses(t *testing.T) {
	h := handler(t, workspace(t, "south"), noon)
	for _, test := range []struct {
		address, language string
		code              int
		leads, says       string
	}{
		{address: "/", language: "sv-SE,sv;q=0.9", code: 302, leads: "/south/sv/index.html"},
		{address: "/", language: "de", code: 302, leads: "/south/en/index.html"},
		{address: "/south/", language: "da", code: 302, leads: "/south/da/index.html"},
		{address: "/south", code: 302, leads: "/south/en/index.html"},
		{address: "/south/da", code: 302, leads: "/south/da/index.html"},
		{address: "/south/da/", code: 302, leads: "/south/da/index.html"},
		{address: "/south/da/index.html", code: 200, says: "page of south " + oldID + " da"},
		{address: "/south/sv/how/member.html", code: 200, says: "origins of " + oldID},
		{address: "/south/de/index.html", code: 404},
		{address: "/south/d", code: 404},
		{address: "/south/da/../da/index.html", code: 404},
		{address: "/north/da/index.html", code: 404},
		{address: "/../etc/passwd", code: 404},
		{address: "/.", code: 404},
		{address: styleAddress, code: 200, says: "--ink"},
		{address: "/snapshots", code: 404},
	} {
		r := get(h, test.address, "Accept-Language", test.language)
		if text := body(t, r); r.StatusCode != test.code || r.Header.Get("Location") != test.leads || !strings.Contains(text, test.says) {
			t.Errorf("%s: %d %s %.60q, want %d %s with %q", test.address, r.StatusCode, r.Header.Get("Location"), text, test.code, test.leads, test.says)
		}
	}
}

func TestListOfPlans(t *testing.T) {
	h := handler(t, workspace(t, "south", "north"), noon)
	text := body(t, get(h, "/", "Accept-Language", "da"))
	north, south := strings.Index(text, `<a href="/north/da/index.html">Plan north</a>`), strings.Index(text, `<a href="/south/da/index.html">Plan south</a>`)
	if north < 0 || south < north || !strings.Contains(text, `<html lang="da">`) {
		t.Errorf("the plans are listed as %s", text)
	}
	if again := body(t, get(h, "/", "Accept-Language", "da")); again != text {
		t.Error("the list is another one the second time")
	}
}

// The list names the plans that its reader may read, and no other.
func TestListOfSomePlans(t *testing.T) {
	h := handler(t, workspace(t, "south", "north", "west"), noon)
	h.site.May = func(r *http.Request, plan string) bool { return strings.Contains(r.Header.Get("May"), plan) }
	text := body(t, get(h, "/", "May", "south west"))
	if strings.Contains(text, "north") || !strings.Contains(text, "Plan south") || !strings.Contains(text, "Plan west") {
		t.Errorf("of two plans: %s", text)
	}
	if r := get(h, "/", "May", "north"); r.Header.Get("Location") != "/north/en/index.html" {
		t.Errorf("one plan leads to %s", r.Header.Get("Location"))
	}
	if text := body(t, get(h, "/", "May", "", "Accept-Language", "sv")); strings.Contains(text, "Plan ") || !strings.Contains(text, "ingen plan") {
		t.Errorf("of no plan: %s", text)
	}
}

func TestIcon(t *testing.T) {
	h := handler(t, workspace(t, "south"), noon)
	for _, address := range []string{IconAddress, usualIcon} {
		r := get(h, address)
		if text := body(t, r); r.StatusCode != 200 || r.Header.Get("Content-Type") != "image/svg+xml" || !strings.HasPrefix(text, "<svg ") {
			t.Errorf("%s: %d %s %.20s", address, r.StatusCode, r.Header.Get("Content-Type"), text)
		}
	}
	if mark := string(iconMark(false)); !strings.HasPrefix(mark, `<link rel="icon" href="data:image/svg+xml,%3Csvg%20`) || strings.ContainsAny(mark[len(`<link rel="icon" href="`):len(mark)-2], "\"<># ") {
		t.Errorf("a page that stands alone has %s", mark)
	}
}

func TestMethods(t *testing.T) {
	h := handler(t, workspace(t, "south"), noon)
	for method, code := range map[string]int{"HEAD": 200, "POST": 405, "PUT": 405, "DELETE": 405, "TRACE": 405} {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequest(method, "/south/da/index.html", nil))
		if w.Code != code || code == 405 && w.Header().Get("Allow") == "" || method == "HEAD" && w.Body.Len() > 0 {
			t.Errorf("%s gives %d with %d bytes", method, w.Code, w.Body.Len())
		}
	}
}

func TestAskedAgain(t *testing.T) {
	h := handler(t, workspace(t, "south"), noon)
	const page = "/south/da/index.html"
	first := get(h, page)
	if r := get(h, page, "If-None-Match", first.Header.Get("ETag")); r.StatusCode != http.StatusNotModified {
		t.Errorf("asked again: %d", r.StatusCode)
	}
	if r := get(h, page, "If-None-Match", `"other"`); r.StatusCode != http.StatusOK {
		t.Errorf("asked with another ETag: %d", r.StatusCode)
	}
}

// TestNewSnapshot holds that readers see a new snapshot whole, and are served the old
// one while its pages are made.
func TestNewSnapshot(t *testing.T) {
	disk := workspace(t, "south")
	h := handler(t, disk, noon)
	if err := h.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	begun, goOn := make(chan bool), make(chan bool)
	pagesOf := h.make
	h.make = func(ctx context.Context, plan, id string) (made, error) {
		close(begun)
		<-goOn
		return pagesOf(ctx, plan, id)
	}
	point(t, disk, "south", newID)
	if text := body(t, get(h, "/south/da/index.html")); !strings.Contains(text, oldID) {
		t.Errorf("the first reader after the new snapshot sees %.60q", text)
	}
	<-begun
	var readers sync.WaitGroup
	for range 20 {
		readers.Go(func() {
			if text := body(t, get(h, "/south/sv/index.html")); !strings.Contains(text, oldID) {
				t.Errorf("a reader meanwhile sees %.60q", text)
			}
		})
	}
	readers.Wait()
	close(goOn)
	h.making.Lock() // free when the pages are made
	defer h.making.Unlock()
	for _, l := range words.All {
		if text := body(t, get(h, "/south/"+string(l)+"/index.html")); !strings.Contains(text, newID) {
			t.Errorf("afterwards a reader sees %.60q", text)
		}
	}
}

// TestPreparedSnapshot holds that what is prepared is seen by the first who asks after
// readers are led to it and by nobody before, also by those who had a page of the old one.
func TestPreparedSnapshot(t *testing.T) {
	disk := workspace(t, "south")
	h := handler(t, disk, noon)
	var told []string
	h.site.Beside = func(_ context.Context, plan, id string) {
		seen := "nothing"
		if now := (*h.shelf.Load())[plan]; now != nil {
			seen = now.id
		}
		told = append(told, plan+" "+id+" while readers see "+seen)
	}
	if err := h.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	const page = "/south/da/index.html"
	told[0] = told[0][:len("south "+oldID)] // its pages were made meanwhile, or not yet
	before := get(h, page)
	if err := h.Prepare(t.Context(), "south", newID); err != nil {
		t.Fatal(err)
	}
	if text := body(t, get(h, page)); !strings.Contains(text, oldID) || h.Shown(t.Context(), "south") != oldID {
		t.Errorf("a reader who is not led to it yet sees %.60q", text)
	}
	want := []string{"south " + oldID, "south " + newID + " while readers see " + oldID}
	if !slices.Equal(told, want) {
		t.Errorf("beside was told %q, want %q", told, want)
	}
	h.make = func(context.Context, string, string) (made, error) { return made{}, errors.New("made again") }
	point(t, disk, "south", newID)
	after := get(h, page, "If-None-Match", before.Header.Get("ETag"))
	if text := body(t, after); after.StatusCode != http.StatusOK || !strings.Contains(text, newID) || h.Shown(t.Context(), "south") != newID {
		t.Errorf("the first reader afterwards gets %d %.60q", after.StatusCode, text)
	}
	if err := h.Refresh(t.Context()); err != nil {
		t.Errorf("what was prepared is %v", err)
	}
}

// TestFailingPages holds that what cannot be made leaves readers with what they had,
// and is not tried again for each of them.
func TestFailingPages(t *testing.T) {
	now := noon()
	disk := workspace(t, "south")
	h := handler(t, disk, func() time.Time { return now })
	if err := h.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	told := make(chan error, 9)
	h.site.Report = func(err error) { told <- err }
	h.make = func(context.Context, string, string) (made, error) { return made{}, errors.New("torn") }
	point(t, disk, "south", newID)
	for _, step := range []struct {
		minutes int
		tried   bool
	}{{0, true}, {0, false}, {0, false}, {2, true}, {0, false}} {
		now = now.Add(time.Duration(step.minutes) * time.Minute)
		if text := body(t, get(h, "/south/da/index.html")); !strings.Contains(text, oldID) {
			t.Errorf("a reader sees %.60q", text)
		}
		if step.tried {
			if err := <-told; err == nil || !strings.Contains(err.Error(), "torn") {
				t.Errorf("reported: %v", err)
			}
			for h.asked.Load() {
				runtime.Gosched() // the report comes just before the end
			}
		}
	}
	h.making.Lock() // nobody makes pages any more
	defer h.making.Unlock()
	if len(told) > 0 {
		t.Errorf("pages were tried again at once: %v", <-told)
	}
}

func TestPagesOfANewDay(t *testing.T) {
	now, n := noon(), 0
	h := handler(t, workspace(t, "south"), func() time.Time { return now })
	pagesOf := h.make
	h.make = func(ctx context.Context, plan, id string) (made, error) { n++; return pagesOf(ctx, plan, id) }
	for _, hours := range []int{0, 6, 11, 13} {
		now = noon().Add(time.Duration(hours) * time.Hour)
		if err := h.Refresh(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if n != 2 {
		t.Errorf("pages were made %d times on two days, want twice", n)
	}
}

func TestPlanOf(t *testing.T) {
	for address, want := range map[string]string{
		"/": "", "/south/da/index.html": "south", "/south": "south", "/snapshots/south/latest/member.parquet": "south", "/snapshots": "",
		styleAddress: "", IconAddress: "", usualIcon: "", "/../north/x": "north", "/south/../north/x": "north", "//north/x": "north",
	} {
		if got := PlanOf(address); got != want {
			t.Errorf("PlanOf(%s) is %q, want %q", address, got, want)
		}
	}
}
