package dst

import (
	"fmt"
	"slices"
	"strings"
)

// layout says how a table is asked for. Variables that it does not name are left
// out, and then the publisher adds up over them.
type layout struct {
	area      string   // the variable of areas, all of whose municipalities are asked for
	choices   []choice // the others but time
	first     int      // the first year
	yearly    bool     // a piece is a year; else the whole table
	described bool     // the decoder reads the table's description too
}

// choice is what is asked of a variable. It is found by its code, or by the
// publisher's words where the code has changed.
type choice struct {
	code, text string
	// known are values with a word that the publisher's text for them has: so a code
	// that has got another meaning is seen. A value without code is found by its word.
	known []known
	all   bool // all values are asked for; else those that are known
}

type known struct{ code, word string }

// in reports whether the word stands in a text: "1000 m2" in "Areal (1.000 m2)".
func (k known) in(text string) bool {
	return strings.Contains(strings.ReplaceAll(strings.ToLower(text), ".", ""), k.word)
}

// layouts are the tables that can be asked for. The codes of area, population and
// buildings are those seen in answers and in a client of August 2026; the dwellings'
// heating is known by its words alone.
var layouts = map[string]layout{
	areaSet: {area: "OMRÅDE", first: 2007},
	populationSet: {area: "OMRÅDE", first: 2008, choices: []choice{
		{code: "KØN", text: "køn", known: []known{{"TOT", "i alt"}}},
		{code: "ALDER", text: "alder", known: []known{{"IALT", "i alt"}}},
		{code: "CIVILSTAND", text: "civilstand", known: []known{{"TOT", "i alt"}}},
	}},
	buildingSet: {area: "OMRÅDE", first: 2011, yearly: true, described: true, choices: []choice{
		{code: "MÆNGDE4", text: "enhed", known: []known{{numberOfBuildings, "bygninger"}, {heatedArea, "1000 m2"}}},
		{code: "OPVARM", text: "opvarmningsform", all: true, known: []known{{"1", "fjernvarme"}, {"2", "olie"}, {"3", "naturgas"}, {"4", "fast brændsel"}, {"6", "olie"}}},
		{code: "ANVEND", text: "anvendelse", all: true, known: []known{{"110", "stuehus"}, {"120", "parcelhus"}, {"130", "række"}, {"140", "etage"}, {"190", "helårsbeboelse"}, {"510", "sommerhus"}}},
	}},
	dwellingSet: {area: "AMT", first: 2010, yearly: true, described: true, choices: []choice{
		{code: "BEBO", text: "beboertype", all: true},
		{code: "ANVENDELSE", text: "anvendelse", all: true},
		{code: "OPVARMNING", text: "opvarmning", all: true, known: []known{{"", "fjernvarme"}, {"", "olie"}, {"", "naturgas"}}},
	}},
}

// values gives the codes that are asked for.
func (c choice) values(t *info, v variable) ([]string, error) {
	var codes []string
	for _, k := range c.known {
		i := slices.IndexFunc(v.Values, func(x struct{ ID, Text string }) bool {
			return x.ID == k.code || k.code == "" && k.in(x.Text)
		})
		if i < 0 {
			return nil, t.changed("variables."+v.ID, fmt.Sprintf("the value %s is gone", strings.TrimSpace(k.code+" ("+k.word+")")), "the values of before, and perhaps others")
		}
		if text := v.Values[i].Text; !k.in(text) {
			return nil, t.changed("variables."+v.ID, fmt.Sprintf("the value %s now is %q", k.code, text), fmt.Sprintf("a text with %q", k.word))
		}
		codes = append(codes, v.Values[i].ID)
	}
	if c.all {
		codes = nil
		for _, x := range v.Values {
			codes = append(codes, x.ID)
		}
	}
	if len(codes) == 0 {
		return nil, t.changed("variables."+v.ID, "the variable has no values", "some")
	}
	return codes, nil
}
