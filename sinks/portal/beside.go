package portal

import (
	"io/fs"

	"samkraft/sinks/words"
)

// ReportFile is the file of the report in a snapshot. Pages lead to it where it is.
func ReportFile(l words.Language) string { return "report-" + string(l) + ".html" }

// bookFile is the file of the workbook in a snapshot.
func bookFile(plan string, l words.Language) string { return plan + "-" + string(l) + ".xlsx" }

// findBeside finds which of the files that pages lead to beside the tables are there.
func (b *book) findBeside(folder fs.FS) map[string]bool {
	found := map[string]bool{}
	for _, l := range words.All {
		for _, name := range []string{ReportFile(l), bookFile(b.plan.Text("plan"), l)} {
			if _, err := fs.Stat(folder, name); err == nil {
				found[name] = true
			}
		}
	}
	return found
}

// papers lead to the report and the workbook in the page's language, where they are.
func (s *scribe) papers() []entry {
	var all []entry
	for _, one := range []struct{ key, file string }{
		{"paper_report", ReportFile(s.lang)}, {"paper_book", bookFile(s.plan.Text("plan"), s.lang)},
	} {
		if s.beside[one.file] {
			all = append(all, entry{Title: s.say(one.key), Address: s.stage.tables + one.file})
		}
	}
	return all
}
