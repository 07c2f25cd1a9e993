package report

import "html/template"

// sources is the last section: who the figures come from, and on which terms.
type sources struct {
	Rate    template.HTML
	Credits []credit
	Terms   []term
}

// credit names a publisher as its licence asks for.
type credit struct{ Source, Line, Licence template.HTML }

// term is a word of the report with what it means.
type term struct{ Word, Means template.HTML }

// termKeys are the words that are explained.
var termKeys = []string{"gain", "key", "draw", "final", "reach", "net", "example"}

func (r *report) sources() sources {
	page := sources{Rate: r.Rate()}
	for _, key := range termKeys {
		page.Terms = append(page.Terms, term{r.say("term_" + key), r.say("term_" + key + "_is")})
	}
	for s := range r.Table("source").All() {
		if len(r.Table("extract").Where("source_id", s.Text("source_id"))) > 0 {
			page.Credits = append(page.Credits, credit{r.English("title", s), r.English("attribution", s), r.English("licence", s)})
		}
	}
	return page
}
