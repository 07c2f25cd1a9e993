package portal

import (
	"bytes"
	"html/template"
	"net/http"

	"samkraft/sinks/packed"
	"samkraft/sinks/words"
)

// planList is the page that lists the plans, where there are several.
type planList struct {
	Lang  words.Language
	Title string
	Style string
	Icon  template.HTML
	Plans []planEntry
	None  string // said where there are none
}

type planEntry struct{ Name, Address string }

// listPlans answers with the list of the plans that have pages.
func (h *Handler) listPlans(w http.ResponseWriter, r *http.Request, l words.Language, plans []string) {
	page := planList{Lang: l, Title: texts.Text(l, "plans"), Style: styleAddress, Icon: iconMark(true), None: texts.Text(l, "plans_none")}
	for _, plan := range plans {
		if pages := h.see(r.Context(), plan); pages != nil {
			page.Plans = append(page.Plans, planEntry{pages.names[l], "/" + plan + "/" + string(l) + "/index.html"})
		}
	}
	var text bytes.Buffer
	t, err := shapes.Clone() // templates that were executed cannot be cloned any more
	if err == nil {
		err = t.ExecuteTemplate(&text, "plans", page)
	}
	if err != nil {
		h.site.Report(err)
		http.Error(w, "The list of plans cannot be made.", http.StatusInternalServerError)
		return
	}
	packed.New(text.Bytes()).Serve(w, r, "text/html; charset=utf-8")
}
