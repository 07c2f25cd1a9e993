package dst

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"samkraft/pipeline"
	"samkraft/sources/sourcetest"
)

// bank answers as the StatBank does: a table's description, and for every
// combination of codes a figure.
type bank struct {
	info  []byte
	data  func(asked extract) string // nil: every combination has the figure 7
	parts []pipeline.Part
	asked []extract
}

func (b *bank) ask(_ context.Context, r pipeline.Request) (pipeline.Answer, error) {
	content := b.info
	if r.Method == "POST" {
		var x extract
		if err := json.Unmarshal(r.Body, &x); err != nil || r.Path != "/data" {
			return pipeline.Answer{}, fmt.Errorf("%s %s: %v", r.Path, r.Body, err)
		}
		b.asked = append(b.asked, x)
		if b.data != nil {
			content = []byte(b.data(x))
		} else {
			content = []byte(every(x))
		}
	} else if !strings.HasPrefix(r.Path, "/tableinfo/") {
		return pipeline.Answer{}, fmt.Errorf("%s is not served", r.Path)
	}
	part := sourcetest.Part(r.Path, bytes.Clone(content))
	part.Role = r.Role
	if r.Role != "" {
		b.parts = append(b.parts, part)
	}
	return pipeline.Answer{Part: part}, nil
}

// every writes all combinations of the codes that are asked for.
func every(x extract) string {
	rows := []string{""}
	head := ""
	for _, v := range x.Variables {
		head += strings.ToUpper(v.Code) + ";"
		var longer []string
		for _, row := range rows {
			for _, code := range v.Values {
				longer = append(longer, row+code+";")
			}
		}
		rows = longer
	}
	return "\ufeff" + head + "INDHOLD\r\n" + strings.Join(rows, "7\r\n") + "7\r\n"
}

func description(t *testing.T, name string) []byte {
	return sourcetest.Case(t, Source{}, name+"/in/tableinfo.json")
}

func TestFetch(t *testing.T) {
	for _, c := range []struct {
		set, folder, key, role string
		values                 map[string]string // what is asked of variables but the area
		rows                   int
	}{
		{buildingSet, "building", "2026", "tableinfo", map[string]string{"MÆNGDE4": "45 50", "OPVARM": "1 2 3 4 5 6 7 9", "ANVEND": "110 120 130 140 150 190 510", "Tid": "2026"}, 99 * 8 * 7},
		{dwellingSet, "dwelling", "2024", "tableinfo", map[string]string{"BEBO": "1000 2000", "ANVENDELSE": "PAR ETA", "OPVARMNING": "FJ CO CN U", "Tid": "2024"}, 99 * 2 * 2 * 4},
	} {
		b := &bank{info: description(t, c.folder)}
		if err := (Source{}).Fetch(context.Background(), c.set, pipeline.Piece{Key: c.key}, b.ask); err != nil {
			t.Fatal(err)
		}
		if len(b.asked) != 1 || b.asked[0].Table != c.set || b.asked[0].ValuePresentation != "Code" || b.asked[0].Format != "CSV" || b.asked[0].Lang != "da" || b.asked[0].Delimiter != "Semicolon" {
			t.Errorf("%s: asked %v", c.set, b.asked)
		}
		got := map[string]string{}
		for _, v := range b.asked[0].Variables[1:] {
			got[v.Code] = strings.Join(v.Values, " ")
		}
		if !reflect.DeepEqual(got, c.values) {
			t.Errorf("%s: asked for %v, expected %v", c.set, got, c.values)
		}
		if areas := b.asked[0].Variables[0].Values; len(areas) != 99 || areas[0] != "101" || slices.Contains(areas, "000") || slices.Contains(areas, "05") {
			t.Errorf("%s: the areas are %v", c.set, areas)
		}
		rows := 0
		x := pipeline.Extract{Source: "dst", DataSet: c.set, Parts: b.parts}
		edition, err := Source{}.Decode(context.Background(), x, pipeline.Checked(x, sourcetest.Tables(Source{}, c.set), func(_ pipeline.Table, _ string, v []any) error { rows++; return nil }))
		if err != nil || rows != c.rows || edition.AsOf != "2026-03-05" || len(b.parts) != 2 || b.parts[0].Role != c.role {
			t.Errorf("%s: %d rows as of %q, %v; expected %d", c.set, rows, edition.AsOf, err, c.rows)
		}
	}
}

// TestFetchWhole asks for the two tables that are one piece of all years and whose
// decoder needs no description.
func TestFetchWhole(t *testing.T) {
	person := `{"id":"KØN","text":"køn","elimination":true,"values":[{"id":"TOT","text":"I alt"},{"id":"1","text":"Mænd"}]},
		{"id":"ALDER","text":"alder","elimination":true,"values":[{"id":"IALT","text":"Alder i alt"},{"id":"0","text":"0 år"}]},
		{"id":"CIVILSTAND","text":"civilstand","elimination":true,"values":[{"id":"TOT","text":"I alt"},{"id":"U","text":"Ugift"}]},`
	for set, c := range map[string]struct{ variables, times, asked string }{
		areaSet:       {"", `{"id":"2006","text":"2006"},{"id":"2025","text":"2025"},{"id":"2026","text":"2026"}`, "[{Tid [2025 2026]}]"},
		populationSet: {person, `{"id":"2007K4","text":"2007K4"},{"id":"2025K4","text":"2025K4"},{"id":"2026K1","text":"2026K1"}`, "[{KØN [TOT]} {ALDER [IALT]} {CIVILSTAND [TOT]} {Tid [2025K4 2026K1]}]"},
	} {
		b := &bank{info: []byte(`{"id":"` + set + `","active":true,"updated":"2026-02-27T08:00:00","variables":[` + areas(t) + `,` + c.variables +
			`{"id":"Tid","text":"tid","elimination":false,"time":true,"values":[` + c.times + `]}]}`)}
		b.data = func(x extract) string { return strings.ReplaceAll(every(x), "253;2026;7\r", "253;2026;60,40\r") }
		if err := (Source{}).Fetch(context.Background(), set, pipeline.Piece{Key: "all"}, b.ask); err != nil {
			t.Fatal(err)
		}
		if got := fmt.Sprint(b.asked[0].Variables[1:]); got != c.asked || len(b.parts) != 1 || b.parts[0].Role != "data" {
			t.Errorf("%s: asked for %s, expected %s; parts %v", set, got, c.asked, b.parts)
		}
	}
}

// areas is the variable of areas as an example has it.
func areas(t *testing.T) string {
	var d struct{ Variables []json.RawMessage }
	if err := json.Unmarshal(description(t, "building"), &d); err != nil {
		t.Fatal(err)
	}
	return string(d.Variables[0])
}

func TestFetchSplits(t *testing.T) {
	uses := ""
	for i := range 800 {
		uses += fmt.Sprintf(`{"id":"%d","text":"Anvendelse %d"},`, 1000+i, i)
	}
	info := strings.Replace(string(description(t, "building")), `{"id":"110",`, uses+`{"id":"110",`, 1)
	b := &bank{info: []byte(info)}
	b.data = func(x extract) string { // a row of each area is enough
		for i, v := range x.Variables[1:] {
			x.Variables[i+1].Values = v.Values[:1]
		}
		return every(x)
	}
	keep := b.ask
	var bodies [][]byte
	ask := func(ctx context.Context, r pipeline.Request) (pipeline.Answer, error) {
		bodies = append(bodies, r.Body)
		return keep(ctx, r)
	}
	if err := (Source{}).Fetch(context.Background(), buildingSet, pipeline.Piece{Key: "2026"}, ask); err != nil {
		t.Fatal(err)
	}
	for i, body := range bodies[1:] {
		b.asked[i] = extract{}
		if err := json.Unmarshal(body, &b.asked[i]); err != nil {
			t.Fatal(err)
		}
	}
	var all []string
	for _, x := range b.asked {
		cells := 1
		for _, v := range x.Variables {
			cells *= len(v.Values)
		}
		if cells > 1_000_000 {
			t.Errorf("%d cells are asked for at once", cells)
		}
		all = append(all, x.Variables[0].Values...)
	}
	if len(b.asked) < 2 || len(all) != 99 || !slices.IsSorted(all) || len(slices.Compact(slices.Clone(all))) != 99 {
		t.Errorf("%d requests for %d areas", len(b.asked), len(all))
	}
}

func TestFetchNothing(t *testing.T) {
	b := &bank{info: description(t, "building")}
	if err := (Source{}).Fetch(context.Background(), buildingSet, pipeline.Piece{Key: "2023"}, b.ask); !errors.Is(err, pipeline.ErrNothing) || len(b.asked) > 0 {
		t.Errorf("a year that the table does not have: %v after %d extracts", err, len(b.asked))
	}
	b.data = func(x extract) string { return every(x)[:strings.Index(every(x), "\n")+1] }
	if err := (Source{}).Fetch(context.Background(), buildingSet, pipeline.Piece{Key: "2026"}, b.ask); !errors.Is(err, pipeline.ErrNothing) {
		t.Errorf("an extract without a row: %v", err)
	}
}

func TestFetchProblems(t *testing.T) {
	good := string(description(t, "building"))
	fixed := func(text string) func(extract) string { return func(extract) string { return text } }
	for name, c := range map[string]struct {
		info string
		data func(extract) string
		want string
	}{
		"closed":              {info: strings.Replace(good, `"active":true`, `"active":false`, 1), want: "is closed"},
		"another table":       {info: strings.Replace(good, `"BYGB40"`, `"BYGB41"`, 1), want: `of table "BYGB41"`},
		"a new variable":      {info: strings.Replace(good, `"OPFØRELSESÅR","text":"opførelsesår","elimination":true`, `"NYT","text":"nyt","elimination":false`, 1), want: "new variable NYT"},
		"a municipality gone": {info: strings.Replace(good, `{"id":"253","text":"Greve"},`, "", 1), want: "DK 253 Greve is not among"},
		"a name changed":      {info: strings.Replace(good, `"text":"Greve"`, `"text":"Køge"`, 1), want: `area 253 is called "Køge"`},
		"old areas":           {info: strings.Replace(good, `_municipality_07`, `_municipality`, 1), want: "map"},
		"an error text":       {info: good, data: fixed(`{"errorTypeCode":"EXTRACT-TOOBIG","message":"Udtrækket er for stort"}`), want: "EXTRACT-TOOBIG Udtrækket er for stort"},
		"a refusal":           {info: good, data: fixed("EXTRACT-NOTALLOWED: not for you\n"), want: "EXTRACT-NOTALLOWED: not for you"},
		"a page":              {info: good, data: fixed("<!DOCTYPE html><html><title>Down</title></html>"), want: "a page came"},
		"a page for the info": {info: "<html>Down</html>", want: "a page came"},
		"texts for codes": {info: good, data: func(x extract) string { return strings.ReplaceAll(every(x), "\n253;", "\nGreve;") },
			want: `"Greve" was not asked for`},
		"a code too many":         {info: good, data: func(x extract) string { return strings.ReplaceAll(every(x), "\n253;", "\n000;") }, want: `"000" was not asked for`},
		"a municipality left out": {info: good, data: func(x extract) string { return every(x)[:strings.Index(every(x), "860;")] }, want: "860 was asked for and has no row"},
		"cut short":               {info: good, data: func(x extract) string { s := every(x); return s[:len(s)-1] }, want: "cut short"},
		"renamed column":          {info: good, data: func(x extract) string { return strings.Replace(every(x), "OPVARM;", "VARME;", 1) }, want: `column "OPVARM" is missing`},
	} {
		if c.info == good && c.data == nil {
			t.Errorf("%s changes nothing", name)
		}
		b := &bank{info: []byte(c.info), data: c.data}
		err := Source{}.Fetch(context.Background(), buildingSet, pipeline.Piece{Key: "2026"}, b.ask)
		var p *pipeline.Problem
		if !errors.As(err, &p) || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v; expected %q", name, err, c.want)
		}
	}
}

func TestPieces(t *testing.T) {
	greve, _ := pipeline.FindMunicipality("DK", "253")
	w := pipeline.Want{Members: []pipeline.Municipality{greve}, Years: []int{2005, 2019}, From: time.Date(2023, 5, 1, 0, 0, 0, 0, time.UTC), To: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC), Now: time.Date(2025, 11, 22, 0, 0, 0, 0, time.UTC)}
	keys := func(set string, w pipeline.Want) (keys []string) {
		for _, p := range (Source{}).Pieces(set, w) {
			keys = append(keys, fmt.Sprintf("%s %gd", p.Key, p.Again.Hours()/24))
		}
		return keys
	}
	if got := keys(buildingSet, w); !slices.Equal(got, []string{"2019 182d", "2023 182d", "2024 7d", "2025 7d"}) {
		t.Errorf("buildings: %v", got)
	}
	for _, set := range []string{areaSet, populationSet} {
		if got := keys(set, w); !slices.Equal(got, []string{"all 7d"}) {
			t.Errorf("%s: %v", set, got)
		}
	}
	w.Members[0].Country = "SE"
	if got := keys(areaSet, w); got != nil {
		t.Errorf("Swedish members: %v", got)
	}
}
