package portal

import (
	"html/template"
	"strings"

	"samkraft/sinks/tables"
)

// sources is the page of who the data come from, under which terms, and of when.
type sources struct {
	Publishers []publisher
	Tables     grid
}

// publisher is a publisher with the files that the plan was made of.
type publisher struct {
	Row      tables.Row
	Licence  template.HTML
	PassOn   template.HTML
	Address  string // on the web; "" where it is none
	Extracts grid
}

func sourcesOf(s *scribe) (any, error) {
	page := sources{}
	for r := range s.table("source").All() {
		p := publisher{Row: r, PassOn: s.say("pass_on_ask")}
		if address := r.Text("address"); strings.HasPrefix(address, "https://") || strings.HasPrefix(address, "http://") {
			p.Address = address
		}
		if r.Bool("redistributable") {
			p.PassOn = s.say("pass_on_free")
		}
		p.Extracts = grid{Caption: s.say("sources_files", "source", s.english(r, "title")), Head: s.heads("data_set", "newest", "#size", "made_up", "fingerprint")}
		if s.stage.known != nil {
			p.Extracts.Head = append(p.Extracts.Head, word(s.say("retrieved")))
		}
		for _, x := range s.table("extract").Where("source_id", r.Text("source_id")) {
			made := s.say("no")
			if x.Bool("made_up") {
				made = s.say("yes")
			}
			row := line{ID: extractID(x.Text("extract_sha256")), Name: s.quote(x, "dataset"), Cells: []field{
				word(s.dayOrNone(x, "as_of")), num(s.bytes(at(x, "bytes"))), word(made),
				word(template.HTML(`<code>` + template.HTMLEscapeString(x.Text("extract_sha256")[:min(len(x.Text("extract_sha256")), 16)]) + `</code>`)),
			}}
			if s.stage.known != nil {
				row.Cells = append(row.Cells, word(s.retrieved(x)))
			}
			p.Extracts.Rows = append(p.Extracts.Rows, row)
		}
		if len(p.Extracts.Rows) > 0 {
			page.Publishers = append(page.Publishers, p)
		}
	}
	return page, nil
}

// bytes writes a size.
func (s *scribe) bytes(f figure) template.HTML {
	return s.write(f, "", func(v float64) string {
		switch {
		case v >= 1e6:
			return s.lang.Significant(v/1e6, digits) + "\u00a0MB"
		case v >= 1e3:
			return s.lang.Significant(v/1e3, digits) + "\u00a0kB"
		}
		return s.lang.Number(v, 0) + "\u00a0" + s.lang.Unit("byte")
	})
}
