package energistyrelsen

import (
	"bytes"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// link is a link on a page, with what the page says about it.
type link struct {
	href    string
	own     string // its text and titles, and the name of the file
	around  string // the text of the largest block around it that holds no other link
	heading string // the last one before it
}

// readLinks lists the links of a page in its order. Texts are lower case, with
// single blanks between words. Any bytes are a page.
func readLinks(page []byte) []link {
	root, err := html.Parse(bytes.NewReader(page))
	if err != nil {
		return nil // nested too deeply: no page of the agency
	}
	anchors := map[*html.Node]int{}
	countAnchors(root, anchors)
	var links []link
	heading := ""
	for n := range root.Descendants() {
		switch n.DataAtom {
		case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Summary:
			heading = words(text(n))
		case atom.A:
			l := link{href: attribute(n, "href"), heading: heading}
			if l.href == "" {
				continue
			}
			l.own = words(text(n) + " " + attribute(n, "title") + " " + attribute(n, "aria-label") + " " + attribute(n, "download") + " " + fileName(l.href))
			block := n
			for block.Parent != nil && anchors[block.Parent] == 1 {
				block = block.Parent
			}
			l.around = words(text(block))
			links = append(links, l)
		}
	}
	return links
}

// countAnchors counts the links within every node.
func countAnchors(n *html.Node, anchors map[*html.Node]int) int {
	count := 0
	if n.DataAtom == atom.A && attribute(n, "href") != "" {
		count = 1
	}
	for c := range n.ChildNodes() {
		count += countAnchors(c, anchors)
	}
	anchors[n] = count
	return count
}

// maxText bounds what is read of a heading or beside a link.
const maxText = 4096

// text is what a reader sees within a node, and what pictures are said to show.
func text(n *html.Node) string {
	var b strings.Builder
	see := func(n *html.Node) {
		switch {
		case n.Type == html.TextNode && (n.Parent == nil || n.Parent.DataAtom != atom.Script && n.Parent.DataAtom != atom.Style):
			b.WriteString(n.Data + " ")
		case n.DataAtom == atom.Img:
			b.WriteString(attribute(n, "alt") + " ")
		}
	}
	see(n)
	for d := range n.Descendants() {
		if see(d); b.Len() > maxText {
			break
		}
	}
	return b.String()
}

func attribute(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return strings.TrimSpace(a.Val)
		}
	}
	return ""
}

// fileName is the last part of a link that names a file: "download" names none.
func fileName(href string) string {
	path, _, _ := strings.Cut(href, "?")
	name := path[strings.LastIndex(path, "/")+1:]
	if !strings.Contains(name, ".") {
		return ""
	}
	return name
}

var betweenWords = regexp.MustCompile(`[\s\x{a0}_.\-()]+`)

// words makes a text comparable: "Vind-data_2026.xlsx" is "vind data 2026 xlsx". Soft
// hyphens are no part of a word.
func words(s string) string {
	s = strings.ReplaceAll(strings.ToLower(s), "\u00ad", "")
	return strings.TrimSpace(betweenWords.ReplaceAllString(s, " "))
}

// wanted says what a page calls a file.
type wanted struct {
	title string   // for errors
	names []string // one of them stands in the link, beside it or above it
	not   []string // of files that are like it
}

var downloadPath = regexp.MustCompile(`(?i)(^|/)media/[0-9]+/download|\.xlsx($|\?)`)

// workbook reports whether a link may lead to a workbook: by its address, if what
// is said about it does not tell another kind of file.
func (l link) workbook() bool {
	said := strings.Fields(l.own + " " + l.around)
	for _, kind := range []string{"pdf", "csv", "zip", "docx"} {
		if slices.Contains(said, kind) && !slices.Contains(said, "xlsx") && !slices.Contains(said, "excel") {
			return false
		}
	}
	return downloadPath.MatchString(l.href) || slices.Contains(said, "xlsx") || slices.Contains(said, "excel")
}

// fit says how well a link fits: 3 where its own text has a name, 2 where what
// stands beside it has one, 1 for the heading above it, 0 for another file.
func (w wanted) fit(l link) int {
	if !l.workbook() || holds(l.own, 1, w.not...) {
		return 0
	}
	for i, said := range []string{l.own, l.around, l.heading} {
		if holds(said, 1, w.names...) {
			if i == 1 && holds(said, 1, w.not...) {
				return 0
			}
			return 3 - i
		}
	}
	return 0
}

var yearInText = regexp.MustCompile(`\b(19|20)[0-9]{2}\b`)

// newestYear is the last year that is named beside a link, "" where none is.
func newestYear(l link) string {
	years := append(yearInText.FindAllString(l.own+" "+l.around, -1), "")
	return slices.Max(years)
}

// choose returns the link that fits best: of several the one with the later year
// beside it, else the first on the page, which has the newest above.
func (w wanted) choose(links []link) (link, bool) {
	best, fit := link{}, 0
	for _, l := range links {
		f := w.fit(l)
		if f > fit || f > 0 && f == fit && newestYear(l) > newestYear(best) {
			best, fit = l, f
		}
	}
	return best, fit > 0
}
