package portal

import "samkraft/sinks/words"

// ReportFile is the file of the report in a snapshot. Pages lead to it where it is.
func ReportFile(l words.Language) string { return "report-" + string(l) + ".html" }

// bookFile is the file of the workbook in a snapshot.
func bookFile(plan string, l words.Language) string { return plan + "-" + string(l) + ".xlsx" }

// papers lead to the report and the workbook in the page's language, where they are.
func (s *scribe) papers() []entry {
	var all []entry
	for _, one := range []struct{ key, file string }{
		{"paper_report", ReportFile(s.lang)}, {"paper_book", bookFile(s.plan.Text("plan"), s.lang)},
	} {
		if s.book.papers(one.file) {
			all = append(all, entry{Title: s.say(one.key), Address: s.stage.tables + one.file})
		}
	}
	return all
}
