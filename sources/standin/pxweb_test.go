package standin

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
)

// posted asks the stand-in of a database for figures, with no limits.
func posted(t *testing.T, p *PxWeb, path, question string) (status int, contents string) {
	t.Helper()
	c := &clock{now: start}
	s, err := Listen(p, Options{Clock: c.Now, NoLimits: true})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	method := http.MethodPost
	if question == "" {
		method = http.MethodGet
	}
	r, err := http.NewRequest(method, s.Address()+path, strings.NewReader(question))
	if err != nil {
		t.Fatal(err)
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	content, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer.StatusCode, string(bytes.TrimPrefix(content, []byte("\ufeff")))
}

const pvPath = "/Natanslutna_solcellsanlaggningar/EN0123_1.px"

func pvQuestion(year string) string {
	return fmt.Sprintf(`{"query":[{"code":"År","selection":{"filter":"item","values":[%q]}},{"code":"Region","selection":{"filter":"item","values":["2","3"]}},`+
		`{"code":"Effektklass","selection":{"filter":"item","values":["3"]}},{"code":"Kategori","selection":{"filter":"item","values":["0","1"]}}],"response":{"format":"json"}}`, year)
}

// TestPxWebCodesArePlaces: after a year was added, the code of a year is another
// year's, and its figures are those of that year.
func TestPxWebCodesArePlaces(t *testing.T) {
	p := NewEnergimyndigheten(2024, "1278", "1380")
	type answer struct {
		Columns []struct{ Code, Type string }
		Data    []struct{ Key, Values []string }
	}
	ask := func(year string) (a answer) {
		t.Helper()
		status, text := posted(t, p, pvPath, pvQuestion(year))
		if err := json.Unmarshal([]byte(text), &a); err != nil || status != 200 {
			t.Fatalf("%d %v %.200s", status, err, text)
		}
		return a
	}
	before := ask("0")
	if len(before.Data) != 4 || len(before.Columns) != 5 || strings.Join(before.Data[3].Key, " ") != "0 3 3 1" {
		t.Fatalf("%+v", before)
	}
	if want := p.Figure("EN0123_1", "1380", 2016, "Totalt", "Installerad effekt (MW)"); before.Data[3].Values[0] != want {
		t.Errorf("2016: %v, want %s", before.Data[3].Values, want)
	}
	p.AddYear()
	if want := p.Figure("EN0123_1", "1380", 2025, "Totalt", "Installerad effekt (MW)"); ask("0").Data[3].Values[0] != want {
		t.Errorf("the first place is now 2025: %v, want %s", ask("0").Data[3].Values, want)
	}
	if after := ask("1"); fmt.Sprint(after.Data[3].Values) != fmt.Sprint(before.Data[3].Values) {
		t.Errorf("2016 stands one place further: %v, want %v", after.Data[3].Values, before.Data[3].Values)
	}
}

func TestPxWebRefuses(t *testing.T) {
	few, all := NewEnergimyndigheten(2024, "1278", "1380"), NewEnergimyndigheten(2024)
	all.maxCells = 1000
	every := strings.NewReplacer(`["2","3"]`, `["*"]`, `["0"]`, `["*"]`).Replace(pvQuestion("0"))
	for name, c := range map[string]struct {
		p              *PxWeb
		path, question string
		status         int
		words          string
	}{
		"unknown table":    {few, "/Vindkraftsstatistik/EN0105_9.px", "", 404, "Not Found"},
		"unknown code":     {few, pvPath, pvQuestion("99"), 400, "Bad Request"},
		"unknown format":   {few, pvPath, strings.Replace(pvQuestion("0"), `"json"`, `"px"`, 1), 400, "Bad Request"},
		"unknown variable": {few, pvPath, strings.Replace(pvQuestion("0"), "Kategori", "Category", 1), 400, "Bad Request"},
		"no JSON":          {few, pvPath, "year=2020", 400, "Bad Request"},
		"too many cells":   {all, pvPath, every, 403, "Too many values selected"},
		"version 2":        {NewSCB(2024, "1380"), "/tables/TAB628/data?outputFormat=json-stat2", `{"selection":[]}`, 400, `"status":400`},
	} {
		if status, text := posted(t, c.p, c.path, c.question); status != c.status || !strings.Contains(text, c.words) {
			t.Errorf("%s: %d %.200s", name, status, text)
		}
	}
}

// TestPxWebVersion2 asks in an address, as version 2 allows.
func TestPxWebVersion2(t *testing.T) {
	p := NewSCB(2024, "1278", "1380")
	status, text := posted(t, p, "/tables/TAB628/data?lang=sv&outputFormat=json-stat2&valueCodes%5BRegion%5D=1278,1380&valueCodes%5BKon%5D=1%2B2&valueCodes%5BContentsCode%5D=BE0101U2&valueCodes%5BTid%5D=2020,2021", "")
	var set struct {
		ID        []string
		Size      []int
		Dimension map[string]struct {
			Category struct {
				Index map[string]int
				Label map[string]string
			}
		}
		Value []*int
	}
	if err := json.Unmarshal([]byte(text), &set); err != nil || status != 200 {
		t.Fatalf("%d %v %.200s", status, err, text)
	}
	if fmt.Sprint(set.ID, set.Size) != "[Region Kon ContentsCode Tid] [2 1 1 2]" || set.Dimension["Region"].Category.Label["1380"] != "Halmstad" || len(set.Value) != 4 {
		t.Fatalf("%+v", set)
	}
	if want := p.Figure("TAB628", "1380", 2020, "1+2"); fmt.Sprint(*set.Value[2]) != want {
		t.Errorf("Halmstad 2020: %d, want %s", *set.Value[2], want)
	}
	if status, text := posted(t, p, "/tables/TAB628/metadata?lang=sv", ""); status != 200 || strings.Contains(text, `"value"`) || !strings.Contains(text, `"1991"`) {
		t.Errorf("metadata: %d %.200s", status, text)
	}
}
