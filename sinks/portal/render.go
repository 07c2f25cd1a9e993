package portal

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"slices"

	"samkraft/sinks/words"
)

//go:embed templates/*.html
var templateFiles embed.FS

//go:embed texts.csv
var textFile string

//go:embed style.css
var style string

var (
	texts  = words.MustReadCatalogue(textFile)
	shapes = template.Must(template.New("").Funcs((&scribe{}).functions()).ParseFS(templateFiles, "templates/*.html"))
)

// stage is where pages are shown, which decides how they are linked and what they say
// beside what the tables say. The zero stage is a file of a snapshot.
type stage struct {
	tables string // where the files of the tables are, seen from a language's folder; ends in a slash
	style  string // address of the style; "" embeds it
	more   []Link // entries of the navigation that others serve
	rows   string // where others serve rows of tables; ends in a slash; "" where nobody does
	known  *known // what only a server knows; nil in files
}

// Link is an entry of the navigation of a plan that is served by somebody else.
type Link struct {
	Titles  map[words.Language]string // in every language
	Address string
}

// page is a page that is written.
type page struct {
	name string // below its language: index.html, how/measure.html
	text []byte
}

// write writes all pages of a book in one language, those of origins last: they list
// what the others show.
func (b *book) write(l words.Language, on stage) ([]page, error) {
	s, t, err := b.scribe(l, on)
	if err != nil {
		return nil, err
	}
	sheets := s.contents()
	var pages []page
	add := func(one sheet) error {
		s.sheet = one
		text, err := s.page(t, sheets)
		if err != nil {
			return fmt.Errorf("%s in %s: %w", one, l, err)
		}
		pages = append(pages, page{one.file + ".html", text})
		return nil
	}
	for _, one := range sheets {
		if err := add(one); err != nil {
			return nil, err
		}
	}
	var shownTables []string
	for name := range s.shown {
		shownTables = append(shownTables, name)
	}
	slices.Sort(shownTables)
	for _, name := range shownTables {
		if err := add(s.origin(name)); err != nil {
			return nil, err
		}
	}
	return pages, nil
}

// scribe returns a scribe with templates that call it.
func (b *book) scribe(l words.Language, on stage) (*scribe, *template.Template, error) {
	s := &scribe{book: b, lang: l, stage: on, shown: map[string]*shown{}}
	t, err := shapes.Clone()
	if err != nil {
		return nil, nil, err
	}
	return s, t.Funcs(s.functions()), nil
}

// page writes the page of the scribe's sheet. A snapshot of another version of the
// program may lack a column, which is found here.
func (s *scribe) page(t *template.Template, sheets []sheet) (text []byte, err error) {
	defer func() {
		if caught := recover(); caught != nil {
			err = fmt.Errorf("it cannot be made of these tables: %v", caught)
		}
	}()
	content, err := s.sheet.fill(s)
	if err != nil {
		return nil, err
	}
	var body, whole bytes.Buffer
	if err := t.ExecuteTemplate(&body, s.sheet.shape, content); err != nil {
		return nil, err
	}
	frame := frame{scribe: s, Body: template.HTML(body.String()), Navigation: s.navigation(sheets)}
	if err := t.ExecuteTemplate(&whole, "frame", frame); err != nil {
		return nil, err
	}
	return whole.Bytes(), nil
}

// functions are what templates call.
func (s *scribe) functions() template.FuncMap {
	return template.FuncMap{
		"say": s.say, "text": s.text, "up": s.up,
		"energy": s.energy, "mass": s.mass, "power": s.power, "share": s.share, "percent": s.percent,
		"number": s.number, "count": s.count, "unit": s.unit, "money": s.money, "per": s.perUnit,
		"quote": s.quote, "local": s.local, "english": s.english, "year": s.year, "code": s.code, "at": at,
	}
}
