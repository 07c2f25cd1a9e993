// Package portaltest holds pages to what they promise: every figure is the table's,
// nothing else has a digit, every link leads somewhere, and a reader who does not see
// finds the way.
package portaltest

import (
	"bytes"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/PuerkitoBio/goquery"

	"samkraft/sinks/tables"
)

// Faults reads pages by their paths, such as da/how/measure.html, and tells what is
// wrong with them, held against the snapshot that they are of. Where says where
// addresses outside of the pages lead: it reports whether there is something.
func Faults(snapshot fs.FS, pages map[string][]byte, where func(address string) bool) ([]string, error) {
	read, err := tables.Open(snapshot)
	if err != nil {
		return nil, err
	}
	c := &check{snapshot: read, pages: map[string]*goquery.Document{}, places: map[string]map[string]bool{}, where: where}
	for name, text := range pages {
		if c.pages[name], err = goquery.NewDocumentFromReader(bytes.NewReader(text)); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		c.places[name] = map[string]bool{}
		c.pages[name].Find("[id]").Each(func(_ int, s *goquery.Selection) { c.places[name][s.AttrOr("id", "")] = true })
	}
	for name, page := range c.pages {
		c.name = name
		c.figures(page)
		c.digits(page)
		c.links(page)
		c.outline(page)
	}
	slices.Sort(c.faults)
	return c.faults, nil
}

// check goes through pages.
type check struct {
	snapshot *tables.Snapshot
	pages    map[string]*goquery.Document
	places   map[string]map[string]bool // ids by page
	where    func(string) bool
	name     string // of the page
	faults   []string
}

func (c *check) fault(format string, values ...any) {
	c.faults = append(c.faults, c.name+": "+fmt.Sprintf(format, values...))
}

// links holds that each link leads to a page, to a place on it, or to something that
// there is.
func (c *check) links(page *goquery.Document) {
	page.Find("[href]").Each(func(_ int, link *goquery.Selection) {
		address := link.AttrOr("href", "")
		if strings.Contains(address, "://") {
			if link.Closest(".outside").Length() == 0 {
				c.fault("the link %s leads to another host", address)
			}
			return
		}
		if strings.HasPrefix(address, "data:") {
			return // it holds what it leads to
		}
		file, place, _ := strings.Cut(address, "#")
		target := c.name
		if file != "" {
			full := path.Join(path.Dir(c.name), file)
			if strings.HasPrefix(file, "/") {
				full = file
			}
			if target = strings.TrimPrefix(full, "/"); c.pages[target] == nil {
				if !c.where(full) {
					c.fault("the link %s leads nowhere", address)
				}
				return
			}
		}
		if place != "" && !c.places[target][place] {
			c.fault("the link %s leads to no place on its page", address)
		}
	})
	page.Find("[src], script, iframe, object, embed").Each(func(_ int, s *goquery.Selection) {
		c.fault("there is a %s", goquery.NodeName(s))
	})
}

// outline holds what readers by ear and by keyboard need.
func (c *check) outline(page *goquery.Document) {
	if lang, _ := page.Find("html").Attr("lang"); lang != language(c.name) {
		c.fault("the language is said to be %q", lang)
	}
	level := 0
	page.Find("h1, h2, h3, h4, h5, h6").Each(func(_ int, h *goquery.Selection) {
		n := int(goquery.NodeName(h)[1] - '0')
		if n > level+1 || level == 0 && n != 1 || level > 0 && n == 1 {
			c.fault("the heading %q of level %d follows one of level %d", strings.TrimSpace(h.Text()), n, level)
		}
		if strings.TrimSpace(h.Text()) == "" {
			c.fault("a heading is empty")
		}
		level = n
	})
	seen := map[string]bool{}
	page.Find("[id]").Each(func(_ int, s *goquery.Selection) {
		id := s.AttrOr("id", "")
		if seen[id] {
			c.fault("the id %s is there twice", id)
		}
		seen[id] = true
	})
	page.Find("[aria-labelledby]").Each(func(_ int, s *goquery.Selection) {
		for _, id := range strings.Fields(s.AttrOr("aria-labelledby", "")) {
			if !seen[id] {
				c.fault("aria-labelledby names %s, which is not there", id)
			}
		}
	})
	page.Find("table").Each(func(_ int, table *goquery.Selection) {
		if strings.TrimSpace(table.Find("caption").First().Text()) == "" {
			c.fault("a table has no caption")
		}
		if table.Find("th:not([scope])").Length() > 0 {
			c.fault("a heading of the table %q says nothing of its scope", table.Find("caption").Text())
		}
		width := table.Find("thead th").Length()
		table.Find("tbody tr").Each(func(_ int, row *goquery.Selection) {
			if row.Children().Length() != width {
				c.fault("a row of the table %q has %d cells under %d headings", table.Find("caption").Text(), row.Children().Length(), width)
			}
		})
		box := table.Closest(".scroll")
		if box.AttrOr("tabindex", "") != "0" || box.AttrOr("role", "") != "region" || box.AttrOr("aria-label", "") == "" {
			c.fault("the table %q does not stand in a box that scrolls", table.Find("caption").Text())
		}
	})
	labels := map[string]bool{}
	page.Find("section[aria-labelledby], [role=region][aria-label]").Each(func(_ int, s *goquery.Selection) {
		label := s.AttrOr("aria-label", "")
		if label == "" {
			label = page.Find(`[id="` + s.AttrOr("aria-labelledby", "") + `"]`).First().Text()
		}
		if label = strings.Join(strings.Fields(label), " "); labels[label] && s.Closest("details").Length() == 0 {
			c.fault("two parts of the page are called %q", label)
		}
		labels[label] = true
	})
	for _, landmark := range []string{"main", "header", "footer", "nav"} {
		if page.Find(landmark).Length() == 0 {
			c.fault("there is no %s", landmark)
		}
	}
}

// language is the language of a page by its path: in the name of a report's file, the
// first part of other files, and the second one of pages that are served below their plan.
func language(name string) string {
	if report, ok := strings.CutPrefix(path.Base(name), "report-"); ok {
		return strings.TrimSuffix(report, ".html")
	}
	parts := strings.Split(strings.TrimPrefix(name, "/"), "/")
	if slices.Contains([]string{"da", "sv", "en"}, parts[0]) {
		return parts[0]
	}
	return parts[1]
}
