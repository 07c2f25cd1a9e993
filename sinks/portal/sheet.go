package portal

import (
	"fmt"
	"html/template"
	"strings"
)

// sheet is a page: its file without the ending, the template that writes it and what
// gathers for it.
type sheet struct {
	file  string
	shape string // template
	title template.HTML
	group string // the sheet of the navigation under which it stands
	fill  func(*scribe) (any, error)
}

// contents lists the sheets that a book has in a language, in the order of the
// navigation. Those of origins are added when all others are written.
func (s *scribe) contents() []sheet {
	list := []sheet{
		{file: "index", fill: indexOf},
		{file: "account", fill: accountOf},
		{file: "supply", fill: supplyOf},
		{file: "potentials", fill: potentialsOf},
		{file: "agreements", fill: agreementsOf},
		{file: "sensitivity", fill: sensitivityOf},
		{file: "completeness", fill: completenessOf},
		{file: "sources", fill: sourcesOf},
	}
	if s.stage.known != nil && s.stage.known.previous != "" {
		list = append(list, sheet{file: "changes", fill: func(s *scribe) (any, error) { return changesOf(s, nil, nil) }})
	}
	for i, one := range list {
		list[i].shape, list[i].group, list[i].title = one.file, one.file, s.say("page_"+one.file)
	}
	for _, m := range s.members {
		list = append(list, sheet{
			file: accountFile(m), shape: "memberaccount", group: "account", title: s.say("account_of", "member", m.name),
			fill: func(s *scribe) (any, error) { return memberAccountOf(s, m) },
		})
	}
	for r := range s.table("agreement").All() {
		list = append(list, sheet{
			file: agreementFile(r.Text("agreement_id")), shape: "agreement", group: "agreements", title: s.local(r, "title"),
			fill: func(s *scribe) (any, error) { return agreementOf(s, r) },
		})
	}
	return list
}

// accountFile is the file of a member's account.
func accountFile(m member) string { return "account-" + strings.ToLower(m.country) + "-" + m.code }

// agreementFile is the file of an agreement's page. Its id is of small letters, digits
// and hyphens: the plan file is held to that.
func agreementFile(id string) string { return "agreement-" + id }

// navigation are the entries of the navigation.
func (s *scribe) navigation(all []sheet) []entry {
	var entries []entry
	for _, one := range all {
		if one.file == one.group {
			entries = append(entries, entry{one.title, s.up() + one.file + ".html", s.sheet.group == one.file})
		}
	}
	for _, more := range s.stage.more {
		entries = append(entries, entry{template.HTML(template.HTMLEscapeString(more.Titles[s.lang])), s.up() + more.Address, false})
	}
	return entries
}

type entry struct {
	Title   template.HTML
	Address string
	Here    bool
}

// origin is the sheet that tells where the figures of a table come from.
func (s *scribe) origin(table string) sheet {
	title, _ := s.lang.Table(table)
	return sheet{
		file: "how/" + table, shape: "how", group: "sources", title: template.HTML(template.HTMLEscapeString(title)),
		fill: func(s *scribe) (any, error) { return howOf(s, table) },
	}
}

func (one sheet) String() string { return fmt.Sprintf("page %s", strings.TrimPrefix(one.file, "/")) }
