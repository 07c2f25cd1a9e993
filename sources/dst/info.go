package dst

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"samkraft/pipeline"
	"samkraft/sources"
)

// info is what the publisher says of a table (tableinfo): its variables, the
// values that they have, and when it was updated.
type info struct {
	file      string
	id        string
	updated   string // yyyy-mm-dd
	withheld  string // what stands for a figure that is withheld; often "0"
	variables []variable
}

type variable struct {
	ID, Text, Map     string
	Elimination, Time bool
	Values            []struct{ ID, Text string }
}

// maxInfo is far above a table's description: the longest lists are areas, ages
// and quarters.
const maxInfo = 8 << 20

// readInfo reads the description of the table with the given id. A table that is
// closed or another than expected is an error.
func readInfo(part pipeline.Part, id string) (*info, error) {
	if err := refused(part); err != nil {
		return nil, err
	}
	j, err := sources.OpenJSON(part, maxInfo, "a table's description", "the description of table "+id)
	if err != nil {
		return nil, err
	}
	defer j.Close()
	t := &info{file: part.Name}
	var active *bool
	var updated string
	fields := map[string]any{"id": &t.id, "active": &active, "suppressedDataValue": &t.withheld, "updated": &updated, "variables": &t.variables}
	err = j.Object("", func(key string) error {
		var skipped json.RawMessage
		target := fields[key]
		if target == nil {
			target = &skipped
		}
		return j.Broken(key, j.Decode(target))
	})
	if err != nil {
		return nil, err
	}
	if err := j.End("the description"); err != nil {
		return nil, err
	}
	if t.id != id {
		return nil, j.Problem("id", fmt.Sprintf("the description is of table %q", t.id), id)
	}
	if active == nil || !*active {
		p := j.Problem("active", "table "+id+" is closed: it gets no new figures, and its areas may be of another time", `"active": true`)
		p.Remedy = "look for the table that follows it in the StatBank"
		return nil, p
	}
	when, err := time.Parse("2006-01-02T15:04:05", updated)
	if err != nil {
		return nil, j.Problem("updated", fmt.Sprintf("%q is no time", updated), "for example 2026-02-27T08:00:00")
	}
	t.updated = when.Format(time.DateOnly)
	for _, v := range t.variables {
		for _, x := range v.Values {
			if strings.ContainsRune(v.Text+x.Text, utf8.RuneError) {
				return nil, j.Problem("variables."+v.ID, fmt.Sprintf("%q is not UTF-8 text", x.Text), "UTF-8, as the publisher writes it")
			}
		}
	}
	if len(t.variables) == 0 {
		return nil, j.Problem("variables", "the table has no variables", "some")
	}
	return t, nil
}

// find gives the variable of a code, or else the one that the publisher calls by
// the given words.
func (t *info) find(code, text string) (variable, error) {
	for _, match := range []func(variable) bool{
		func(v variable) bool { return strings.EqualFold(v.ID, code) },
		func(v variable) bool { return strings.EqualFold(strings.TrimSpace(v.Text), text) },
	} {
		if i := slices.IndexFunc(t.variables, match); i >= 0 {
			return t.variables[i], nil
		}
	}
	var has []string
	for _, v := range t.variables {
		has = append(has, fmt.Sprintf("%s (%s)", v.ID, v.Text))
	}
	return variable{}, t.changed("variables", fmt.Sprintf("table %s has no variable %s (%s) any more; it has %s", t.id, code, text, strings.Join(has, ", ")), "the variable "+code)
}

// changed describes a table that is not what this version knows.
func (t *info) changed(path, what, expected string) *pipeline.Problem {
	return &pipeline.Problem{File: t.file, Path: path, What: what, Expected: expected, Remedy: "the table has changed: report it"}
}

// column is the name under which answers have the variable.
func (v variable) column() string { return strings.ToUpper(v.ID) }

// text gives the words for a value, which answers name by its code or by these.
func (v variable) text(cell string) (code, text string, ok bool) {
	for _, x := range v.Values {
		if x.ID == cell || x.Text == cell {
			return x.ID, x.Text, true
		}
	}
	return "", "", false
}

// today is the map of the areas of since 2007 among those that the publisher
// draws; "Denmark_municipality" is that of before, where names and codes such as
// 259 Køge stand for other areas.
const today = "Denmark_municipality_07"

// municipalities lists the codes of today's municipalities among the values of
// the variable of areas, and refuses a table of other areas.
func (t *info) municipalities(area variable) ([]string, error) {
	if !strings.EqualFold(area.Map, today) {
		return nil, t.changed("variables."+area.ID+".map", fmt.Sprintf("the areas are those of map %q, where municipalities of the same name can be other areas", area.Map), today)
	}
	var codes []string
	for _, v := range area.Values {
		m, isMunicipality, err := territory(v.ID)
		if err != nil {
			return nil, t.changed("variables."+area.ID, fmt.Sprintf("area %s (%s): %v", v.ID, v.Text, err), "a Danish municipality, region or province, or the nation")
		}
		if !isMunicipality {
			continue
		}
		if named, _, err := territory(v.Text); err != nil || named.Code != m.Code {
			return nil, t.changed("variables."+area.ID, fmt.Sprintf("area %s is called %q", v.ID, v.Text), m.Name)
		}
		codes = append(codes, m.Code)
	}
	for _, m := range pipeline.Municipalities() {
		if m.Country == "DK" && m.Code != christiansoe && !slices.Contains(codes, m.Code) {
			return nil, t.changed("variables."+area.ID, fmt.Sprintf("%s is not among the table's areas", m), "all municipalities")
		}
	}
	slices.Sort(codes)
	return codes, nil
}

// christiansoe is in some tables and belongs to no municipality.
const christiansoe = "411"

// refused tells an answer that is the publisher's refusal, or somebody's page, in
// the words that came; nil where it is neither.
func refused(part pipeline.Part) error {
	head, err := sources.Head(part, 4096)
	if err != nil {
		return err
	}
	text := sources.Begin(head)
	p := &pipeline.Problem{File: part.Name, Expected: "an answer of the StatBank"}
	var said struct{ ErrorTypeCode, Message, Error string }
	switch {
	case bytes.HasPrefix(text, []byte("<")):
		p.What = "a page came instead of an answer: " + words(string(text))
	case bytes.HasPrefix(text, []byte("{")) && json.Unmarshal(text, &said) == nil && said.ErrorTypeCode+said.Message+said.Error != "":
		p.What = "Statistics Denmark says: " + words(strings.Join([]string{said.ErrorTypeCode, said.Message, said.Error}, " "))
	case bytes.HasPrefix(text, []byte("EXTRACT-")):
		p.What = "Statistics Denmark says: " + words(string(text))
	default:
		return nil
	}
	return p
}

// words cuts what somebody said to a line.
func words(text string) string {
	runes := []rune(strings.Join(strings.Fields(strings.ToValidUTF8(text, "?")), " "))
	return string(runes[:min(len(runes), 200)])
}
