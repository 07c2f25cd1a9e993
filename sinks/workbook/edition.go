package workbook

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"samkraft/sinks/words"
)

// edition is the workbook of one language while it is made.
type edition struct {
	*book
	lang  words.Language
	file  *excelize.File
	looks map[string]int
	names map[string]string // of sheets, by table
	taken map[string]bool   // names of sheets, in lower case
	parts map[string][]byte // that stand for others when the workbook is packed, see table
	err   error             // the first one; nothing is done after it
}

// write writes the workbook of a language.
func (b *book) write(w io.Writer, l words.Language) (err error) {
	defer caught(&err)
	e := &edition{book: b, lang: l, file: excelize.NewFile(), looks: map[string]int{}, names: map[string]string{}, taken: map[string]bool{}, parts: map[string][]byte{}}
	defer func() { err = errors.Join(err, e.file.Close()) }()
	e.do(b.formats.make(e.file))
	e.makeLooks()
	cover, charts := e.name(e.say("cover")), e.name(e.say("charts"))
	e.do(e.file.SetSheetName("Sheet1", cover))
	e.sheet(charts)
	packed := map[string][]byte{}
	for _, s := range b.sheets {
		title, _ := l.Table(s.table.Name)
		e.names[s.table.Name] = e.name(title)
	}
	for _, s := range b.sheets {
		packed[e.sheet(e.names[s.table.Name])] = s.rows
		e.tableSheet(s)
	}
	columns, codes := e.dictionary()
	e.cover(cover, charts, columns, codes)
	e.charts(charts)
	e.properties()
	if e.err != nil {
		return e.err
	}
	e.file.SetZipWriter(func(to io.Writer) excelize.ZipWriter { return &pack{to, map[string]*bytes.Buffer{}, e.parts, packed} })
	return e.file.Write(w)
}

// makeLooks makes the styles of headings, cover and charts.
func (e *edition) makeLooks() {
	var kinds []string
	for kind := range looks {
		kinds = append(kinds, kind)
	}
	slices.Sort(kinds)
	for _, kind := range kinds {
		look := looks[kind]
		style, err := e.file.NewStyle(&look)
		e.do(err)
		e.looks[kind] = style
	}
}

// properties says what the workbook is. Its time is that of the newest data: it has to
// have one, and no clock is asked.
func (e *edition) properties() {
	day := e.newest().Format(time.RFC3339)
	e.do(e.file.SetDocProps(&excelize.DocProperties{
		Title: clean(e.planName()), Subject: e.say("subject"), Creator: "Samkraft", LastModifiedBy: "Samkraft", Identifier: e.id, Language: string(e.lang),
		Created: day, Modified: day,
	}))
	e.do(e.file.SetAppProps(&excelize.AppProperties{Application: "Samkraft"}))
}

// do keeps the first error.
func (e *edition) do(err error) {
	if e.err == nil {
		e.err = err
	}
}

// sheet makes a sheet and returns the part in which it stands.
func (e *edition) sheet(name string) (part string) {
	at, err := e.file.NewSheet(name)
	e.do(err)
	return fmt.Sprintf("xl/worksheets/sheet%d.xml", at+1)
}

// What the name of a sheet may be.
const maxName = 31

// name makes the name of a sheet of a title: short, without the signs that Excel takes
// for its own, and no other sheet's.
func (e *edition) name(title string) string {
	clean := strings.Map(func(r rune) rune {
		if strings.ContainsRune(`[]:*?/\'`, r) || r < ' ' {
			return ' '
		}
		return r
	}, title)
	clean = strings.Join(strings.Fields(clean), " ")
	name := shorten(clean, maxName)
	for n := 2; name == "" || e.taken[strings.ToLower(name)]; n++ {
		mark := fmt.Sprintf(" %d", n)
		name = shorten(clean, maxName-len(mark)) + mark
	}
	e.taken[strings.ToLower(name)] = true
	return name
}

// shorten cuts a text to a number of UTF-16 units, at a space where one is near.
func shorten(text string, most int) string {
	if units(text) <= most {
		return text
	}
	size := 0
	for i, r := range text {
		if size += units(string(r)); size > most-1 {
			text = text[:i]
			break
		}
	}
	if space := strings.LastIndexByte(text, ' '); space > len(text)*2/3 {
		text = text[:space]
	}
	return strings.TrimRight(text, " ,;(–-") + "…"
}

// planName is the plan's name in the language of the workbook.
func (e *edition) planName() string {
	if plan, ok := e.first("plan"); ok && !plan.Null("name_"+string(e.lang)) {
		return plan.Text("name_" + string(e.lang))
	}
	return e.snapshot.Title
}
