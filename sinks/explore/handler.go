package explore

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	"html/template"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"samkraft/pipeline"
	"samkraft/sinks/explore/turns"
	"samkraft/sinks/query"
	"samkraft/sinks/words"
)

//go:embed templates/*.html
var templateFiles embed.FS

//go:embed texts.csv
var textFile string

//go:embed explore.css
var style []byte

var (
	texts  = words.MustReadCatalogue(textFile)
	shapes = template.Must(template.New("").Funcs(template.FuncMap{"say": func(string, ...any) string { return "" }}).ParseFS(templateFiles, "templates/*.html"))
)

// StyleAddress is where the style of these pages is, beside that of all pages.
const StyleAddress = "/explore.css"

// How many questions are worked out at a time, how many may be there with their results,
// and how many of one reader.
const (
	running = 2
	staying = 16
	ofOne   = 4
)

// Site is what a Handler serves.
type Site struct {
	Snapshots pipeline.Snapshots
	Styles    []string                     // addresses of the style of all pages
	Icon      string                       // address of their icon; "": they have none
	Who       func(r *http.Request) string // who asks: nobody has more than one turn at a time
	Report    func(error)                  // is told what went wrong here
	Limits    query.Limits                 // of one question; what is zero is the usual
	// Shown is the snapshot of a plan that readers see elsewhere, or "". Where it is nil
	// they see the one that they are led to.
	Shown func(plan string) string
}

// usual are the limits of a question that comes by a server: two cores and a few hundred
// megabytes are for all readers.
var usual = query.Limits{Memory: "256MB", Threads: 1, Timeout: 10 * time.Second}

// Rows of a result that are shown, and that a file has.
const (
	shownRows = 500
	fileRows  = 100_000
)

// Handler serves the pages. New makes one.
type Handler struct {
	site  Site
	queue *turns.Queue
	shelf shelf
}

// New returns a handler.
func New(site Site) *Handler {
	if site.Limits.Memory == "" {
		site.Limits.Memory = usual.Memory
	}
	if site.Limits.Threads == 0 {
		site.Limits.Threads = usual.Threads
	}
	if site.Limits.Timeout == 0 {
		site.Limits.Timeout = usual.Timeout
	}
	return &Handler{site: site, queue: turns.New(running, staying, ofOne), shelf: shelf{snapshots: site.Snapshots, shown: site.Shown}}
}

// Serves reports whether an address is one of this handler.
func Serves(path string) bool {
	_, ok := placeOf(path)
	return ok || path == StyleAddress
}

// Titles are what a page is called in every language: explore or query.
func Titles(page string) map[words.Language]string {
	titles := map[words.Language]string{}
	for _, l := range words.All {
		titles[l] = texts.Text(l, page)
	}
	return titles
}

// place is what an address names.
type place struct {
	plan  string
	lang  words.Language
	page  string // "explore" or "query"
	table string // "": none
}

func placeOf(path string) (place, bool) {
	parts := strings.Split(strings.TrimPrefix(path, "/"), "/")
	if len(parts) < 3 || len(parts) > 4 {
		return place{}, false
	}
	p := place{plan: parts[0], page: parts[2]}
	var known bool
	if p.lang, known = words.Parse(parts[1]); !known {
		return place{}, false
	}
	if len(parts) == 4 {
		p.table = parts[3]
		return p, p.page == "explore"
	}
	return p, p.page == "query"
}

// visit is one request.
type visit struct {
	*Handler
	place
	w     http.ResponseWriter
	r     *http.Request
	form  url.Values
	asked *opened
	fixed bool // the address names the snapshot
	gone  bool // that there is not, or no more
	lacks bool // an answer, such as the values to choose from

	session *query.Session  // of questions that nobody asked yet; nil: each has its own engine
	told    map[string]rows // by SQL: what it answered
}

// ServeHTTP answers with a page, or with a file.
func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, "this can be asked with GET and HEAD", http.StatusMethodNotAllowed)
		return
	}
	if r.URL.Path == StyleAddress {
		w.Header().Set("Content-Type", "text/css; charset=utf-8")
		w.Header().Set("Cache-Control", "no-cache")
		http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(style))
		return
	}
	p, ok := placeOf(r.URL.Path)
	if !ok {
		http.NotFound(w, r)
		return
	}
	if h.front(w, r) {
		return
	}
	form, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		http.Error(w, "the address cannot be read", http.StatusBadRequest)
		return
	}
	v := &visit{Handler: h, place: p, w: w, r: r, form: form}
	v.fixed = form.Get("snapshot") != ""
	if v.asked, err = h.shelf.open(p.plan, form.Get("snapshot")); errors.Is(err, errNone) && v.fixed {
		v.asked, err = h.shelf.open(p.plan, "")
		v.gone = true
	}
	if err == nil {
		switch {
		case v.gone:
			err = v.missing()
		case p.page == "query":
			err = v.querying()
		case p.table == "":
			err = v.searching()
		default:
			err = v.exploring()
		}
	}
	switch {
	case err == nil, r.Context().Err() != nil: // nobody is there to be answered
	case errors.Is(err, errNone):
		http.NotFound(w, r)
	default:
		h.site.Report(fmt.Errorf("%s: %w", r.URL.Path, err))
		http.Error(w, "this cannot be answered at the moment", http.StatusInternalServerError)
	}
}

// errNone is the fault of an address at which there is nothing.
var errNone = errors.New("nothing is there")

// frame is what stands around every page.
type frame struct {
	*visit
	Title   string
	Content any
}

// show writes a page.
func (v *visit) show(status int, shape, title string, content any) error {
	t, err := shapes.Clone()
	if err != nil {
		return err
	}
	t.Funcs(template.FuncMap{"say": v.say})
	var whole bytes.Buffer
	if err := t.ExecuteTemplate(&whole, shape, frame{v, title, content}); err != nil {
		return err
	}
	head := v.w.Header()
	head.Set("Cache-Control", "no-cache")
	if status == http.StatusOK && len(v.form) == 0 && !v.lacks {
		v.asked.fronts.keep(v.r.URL.Path, whole.Bytes()).Serve(v.w, v.r, kind)
		return nil
	}
	head.Set("Content-Type", kind)
	if status == http.StatusServiceUnavailable || status == http.StatusTooManyRequests {
		head.Set("Retry-After", "5")
	}
	v.w.WriteHeader(status)
	if v.r.Method != http.MethodHead {
		v.w.Write(whole.Bytes())
	}
	return nil
}

func (v *visit) say(key string, pairs ...any) string { return texts.Text(v.lang, key, pairs...) }

// What templates ask for.

// Lang is the language of the page.
func (v *visit) Lang() words.Language { return v.lang }

// PlanName is the name of the plan.
func (v *visit) PlanName() string { return v.asked.names[v.lang] }

// Sample reports whether figures are made up.
func (v *visit) Sample() bool { return v.asked.Sample }

// ID is the snapshot.
func (v *visit) ID() string { return v.asked.id }

// Page is the name of the page.
func (v *visit) Page() string { return v.page }

// Styles are the addresses of what the page looks like.
func (v *visit) Styles() []string { return append(slices.Clone(v.site.Styles), StyleAddress) }

// Icon is the address of the page's icon.
func (v *visit) Icon() string { return v.site.Icon }

// Base is where the pages of the plan are in this language.
func (v *visit) Base() string { return "/" + v.plan + "/" + string(v.lang) + "/" }

// Fixed is the snapshot that the address names, or "".
func (v *visit) Fixed() string {
	if v.fixed {
		return v.asked.id
	}
	return ""
}

// Lasting is the address of this page with this snapshot.
func (v *visit) Lasting() string { return v.with("snapshot", v.asked.id) }

// with is the address of this page with one thing otherwise.
func (v *visit) with(key, value string) string {
	form := v.formWithout(key)
	if value != "" {
		form.Set(key, value)
	}
	return (&url.URL{Path: v.r.URL.Path, RawQuery: form.Encode()}).String()
}

type tongue struct {
	Code          words.Language
	Name, Address string
	Here          bool
}

// Languages lead to the same page in each language.
func (v *visit) Languages() []tongue {
	var all []tongue
	rest := strings.TrimPrefix(v.r.URL.Path, v.Base())
	for _, l := range words.All {
		at := url.URL{Path: "/" + v.plan + "/" + string(l) + "/" + rest, RawQuery: v.form.Encode()}
		all = append(all, tongue{l, texts.Text(l, "language"), at.String(), l == v.lang})
	}
	return all
}

// foreign reports whether a page of another server leads here. Browsers tell; who is no
// browser asks for itself.
func (v *visit) foreign() bool {
	site := v.r.Header.Get("Sec-Fetch-Site")
	return site == "cross-site" || site == "same-site"
}
