package vindbrukskollen

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"samkraft/pipeline"
	"samkraft/sources/sourcetest"
)

// names says what a map service calls the columns: a name, and an alias.
type names func(column, name string) (string, string)

var (
	full    = names(func(_, name string) (string, string) { return name, name })
	cut     = names(func(_, name string) (string, string) { return name[:min(len(name), 10)], "" })
	aliased = names(func(column, name string) (string, string) {
		return "F" + strconv.Itoa(len(name)) + "_" + name[:2], column
	})
)

// boards is a map service with the register's export, a page of so many rows.
type boards struct {
	names  names
	layers map[string][]map[string]string // the export's rows by their state
	page   int
	edit   func(path, answer string) string // nil: nothing
}

// layerNames are the layers of the service by the state of their rows.
var layerNames = []struct{ state, name string }{
	{"Uppfört", "Uppförda"}, {"Beviljat", "Beviljade"}, {"Avslag", "Avslagna"}, {"Handläggs", "Handläggs"}, {"Nedmonterat", "Nedmonterade"},
	{"Överklagat", "Överklagade"}, {"Inte aktuellt eller återkallat", "Inte aktuella"}, {"Uppgift saknas", "Uppgift saknas"},
}

func (b boards) answer(path string) string {
	u, err := url.Parse(path)
	if err != nil {
		return err.Error()
	}
	rest := strings.TrimPrefix(u.Path, mapService)
	if rest == "" {
		layers := []string{`{"id":2,"name":"Projekteringsområden Uppförda","parentLayerId":-1,"subLayerIds":null}`, `{"id":4,"name":"Vindkraftverk","parentLayerId":-1,"subLayerIds":[5]}`}
		for i, l := range layerNames {
			layers = append(layers, fmt.Sprintf(`{"id":%d,"name":%q,"parentLayerId":4,"subLayerIds":null,"geometryType":"esriGeometryPoint"}`, 20-i, l.name))
		}
		return `{"layers":[` + strings.Join(layers, ",") + `]}`
	}
	n, err := strconv.Atoi(strings.Trim(strings.TrimSuffix(rest, "query"), "/"))
	if err != nil || n > 20 || n < 13 {
		return `{"error":{"code":400,"message":"Invalid URL","details":["no such layer"]}}`
	}
	rows := b.layers[layerNames[20-n].state]
	if u.Query().Get("returnCountOnly") != "" {
		return fmt.Sprintf(`{"count":%d}`, len(rows))
	}
	if u.Query().Get("returnIdsOnly") != "" {
		ids := []int{}
		for i := range rows {
			ids = append(ids, len(rows)-i) // in any order
		}
		text, _ := json.Marshal(map[string]any{"objectIdFieldName": "OBJECTID", "objectIds": ids})
		return string(text)
	}
	offset, _ := strconv.Atoi(u.Query().Get("resultOffset"))
	to := min(offset+b.page, len(rows))
	return b.features(rows[offset:to], offset, to < len(rows))
}

// features is a page of rows, the first of which has the number offset+1.
func (b boards) features(rows []map[string]string, offset int, more bool) string {
	fields := []string{`{"name":"OBJECTID","type":"esriFieldTypeOID","alias":"OBJECTID"}`}
	var features []string
	for _, c := range fieldNames {
		name, alias := b.names(c.column, c.names[0])
		fields = append(fields, fmt.Sprintf(`{"name":%q,"type":"esriFieldType%s","alias":%q}`, name, fieldType(c.column), alias))
	}
	for i, row := range rows {
		attributes := map[string]any{"OBJECTID": offset + i + 1}
		for _, c := range fieldNames {
			name, _ := b.names(c.column, c.names[0])
			attributes[name] = attribute(c.column, row[c.column])
		}
		geometry := `{"x":"NaN","y":"NaN"}`
		if row["E-Koordinat"] != "" {
			geometry = fmt.Sprintf(`{"x":%s0000004,"y":%s}`, row["E-Koordinat"]+map[bool]string{false: ".000"}[strings.Contains(row["E-Koordinat"], ".")], row["N-Koordinat"])
		}
		text, _ := json.Marshal(attributes)
		features = append(features, fmt.Sprintf(`{"attributes":%s,"geometry":%s}`, text, geometry))
	}
	return fmt.Sprintf(`{"spatialReference":{"wkid":3006},"fields":[%s],"features":[%s],"exceededTransferLimit":%t}`, strings.Join(fields, ","), strings.Join(features, ","), more)
}

func fieldType(column string) string {
	switch column {
	case "Uppfört", "Senast sparad":
		return "Date"
	case "Maxeffekt (MW)":
		return "Single"
	case "Rotordiameter (m)", "Navhöjd (m)", "Totalhöjd (m)", "Beräknad årsproduktion (GWh)", "Uppmätt årsproduktion (GWh)":
		return "Double"
	}
	return "String"
}

// attribute is a cell of the export as the service gives it.
func attribute(column, cell string) any {
	text := strings.TrimSpace(cell)
	f, err := strconv.ParseFloat(text, 64)
	day, dayErr := time.Parse("2006-01-02 15:04:05", text)
	switch kind := fieldType(column); {
	case text == "":
		return nil
	case column == "Status" && text == "Uppgift saknas":
		return nil
	case kind == "Date" && dayErr == nil && column == "Senast sparad":
		return day.UnixMilli() - 2*3600_000 // midnight of a Swedish summer
	case kind == "Date" && dayErr == nil:
		return day.UnixMilli()
	case kind == "Single" && err == nil:
		return float64(float32(f))
	case kind == "Double" && err == nil:
		return f
	}
	return cell
}

func export(t *testing.T) (content []byte, b boards) {
	t.Helper()
	content = sourcetest.Case(t, Source{}, "csv/in/vindkraftverk.csv")
	lines, err := csv.NewReader(strings.NewReader(string(content))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	b = boards{names: full, page: 2, layers: map[string][]map[string]string{}}
	for _, line := range lines[1:] {
		row := map[string]string{}
		for i, name := range lines[0] {
			row[name] = line[i]
		}
		b.layers[row["Status"]] = append(b.layers[row["Status"]], row)
	}
	return content, b
}

func (b boards) fetch() (parts []pipeline.Part, err error) {
	err = Source{}.Fetch(context.Background(), dataSet, Source{}.Pieces(dataSet, pipeline.Want{})[0], func(_ context.Context, r pipeline.Request) (pipeline.Answer, error) {
		answer := b.answer(r.Path)
		if b.edit != nil {
			answer = b.edit(r.Path, answer)
		}
		part := sourcetest.Part(r.Path, []byte(answer))
		if part.Role = r.Role; r.Role != "" {
			parts = append(parts, part)
		}
		return pipeline.Answer{Part: part}, nil
	})
	return parts, err
}

// decoded are the rows of an extract, in the order of the turbines.
func decoded(parts ...pipeline.Part) (rows []string, edition pipeline.Edition, err error) {
	x := pipeline.Extract{Source: "vindbrukskollen", DataSet: dataSet, Parts: parts}
	edition, err = Source{}.Decode(context.Background(), x, pipeline.Checked(x, []pipeline.Table{turbineTable}, func(_ pipeline.Table, location string, values []any) error {
		rows = append(rows, fmt.Sprint(values))
		return nil
	}))
	slices.Sort(rows)
	return rows, edition, err
}

// The map service says of the same turbines the same as the export, whatever it
// calls its fields.
func TestPagesAreTheExport(t *testing.T) {
	content, b := export(t)
	want, edition, err := decoded(sourcetest.Part("export", content))
	if err != nil || len(want) < 10 {
		t.Fatalf("%d rows: %v", len(want), err)
	}
	for name, n := range map[string]names{"full names": full, "names of a shapefile": cut, "aliases": aliased} {
		b.names = n
		parts, err := b.fetch()
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		got, as, err := decoded(parts...)
		if err != nil || as != edition {
			t.Errorf("%s: as of %q, expected %q: %v", name, as.AsOf, edition.AsOf, err)
		}
		for i := range max(len(got), len(want)) {
			if i >= len(got) || i >= len(want) || got[i] != want[i] {
				t.Errorf("%s: row %d of %d and %d\n want %v\n  got %v", name, i, len(want), len(got), want[min(i, len(want)-1)], got[min(i, len(got)-1)])
				break
			}
		}
	}
}

// A turbine of no stated state is told as such, and where the service does not say
// what is at sea, a turbine in no municipality is in none.
func TestStateUnknown(t *testing.T) {
	_, b := export(t)
	row := b.layers["Uppfört"][0]
	row["Status"], row["Verk-ID"], row["Kommun"], row["Placering"], row["Senast sparad"] = "Uppgift saknas", "1381-V-900-001", "", "", "2026-01-01 00:00:00"
	b.layers = map[string][]map[string]string{"Uppgift saknas": {row}}
	parts, err := b.fetch()
	if err != nil {
		t.Fatal(err)
	}
	rows, edition, err := decoded(parts...)
	if err != nil || len(rows) != 1 || !strings.HasPrefix(rows[0], "[1381-V-900-001 SE <nil> unknown SE4 <nil>") || edition.AsOf != "2026-01-01" {
		t.Errorf("%v as of %q: %v", rows, edition.AsOf, err)
	}
}

func TestPagesRefused(t *testing.T) {
	replace := func(at, old, with string) func(path, answer string) string {
		return func(path, answer string) string {
			if !strings.Contains(path, at) {
				return answer
			}
			return strings.ReplaceAll(answer, old, with)
		}
	}
	whole := func(at, answer string) func(path, answer string) string {
		return func(path, was string) string {
			if strings.Contains(path, at) {
				return answer
			}
			return was
		}
	}
	for name, c := range map[string]struct {
		edit func(path, answer string) string
		want string
	}{
		"a refusal":              {whole("/20/query", `{"error":{"code":500,"message":"Unable to complete operation.","details":["`+strings.Repeat("å", 300)+`"]}}`), "code 500: Unable to complete operation. å"},
		"a page of HTML":         {whole("resultOffset=2", "<html><body>Error</body></html>"), "cannot be read further"},
		"a cut page":             {whole("resultOffset=2", `{"fields":[`), "the file ends in the middle"},
		"no features":            {whole("resultOffset=2", `{"fields":[]}`), "there is no list of features"},
		"no numbers of rows":     {whole("returnIdsOnly", `{"count":7}`), "there is no list of numbers"},
		"a row that went":        {replace("returnIdsOnly", ",1]", ",8]"), "not all are those 7 that have come"},
		"no count":               {whole("returnCountOnly", `{}`), "says no number of turbines"},
		"an empty page":          {whole("resultOffset=2", `{"features":[]}`), "have come"},
		"more than were counted": {whole("/20/query?f=json&returnCountOnly", `{"count":1}`), "1 turbines were counted and"},
		"another grid":           {replace("resultOffset", `"wkid":3006`, `"wkid":4326`), "positions are in the grid 4326"},
		"a column is missing":    {replace("resultOffset", `"KOMNAMN"`, `"KOMMUNKOD_X"`), "no field holds Kommun"},
		"two of a column":        {replace("resultOffset", `"alias":"PLACERING"`, `"alias":"Fabrikat"`), "both FABRIKAT and PLACERING may be Fabrikat"},
		"no number of a row":     {replace("resultOffset", "esriFieldTypeOID", "esriFieldTypeInteger"), "no whole number of its own"},
		"a key twice":            {replace("resultOffset", `"STATUS":`, `"VERKID":`), `the key "VERKID" stands twice`},
		"an unknown state":       {replace("resultOffset", `"Uppfört"`, `"Byggs"`), `"Byggs" is not a known status`},
		"a municipality's code":  {replace("resultOffset", `"Laholm"`, `"Lagaholm"`), "Lagaholm"},
		"a list for a number":    {replace("resultOffset", `"NAVHOJD":50`, `"NAVHOJD":[50]`), "a []interface {} stands there"},
		"a letter in a number":   {replace("resultOffset", `"NAVHOJD":50`, `"NAVHOJD":"5O"`), `column "Navhöjd (m)", at features[0]: "5O" is not a number`},
		"a time out of reach":    {replace("resultOffset", `"UPPFORT":`, `"UPPFORT":9e300,"REST":`), "not a time in milliseconds"},
		"a place out of reach":   {replace("resultOffset", `"x":`, `"x":1e300,"z":`), "is not a coordinate"},
		"a layer has gone":       {replace("MapServer?", "Beviljade", "Godkända"), `0 layers hold the turbines of the state "bevilja"`},
		"a layer twice":          {replace("MapServer?", "Beviljade", "Uppförda"), `2 layers hold the turbines of the state "uppförd"`},
		"a layer more":           {replace("MapServer?", `"name":"Uppgift saknas"`, `"name":"Planerade"`), `the layer "Planerade" stands beside`},
	} {
		_, b := export(t)
		b.edit = c.edit
		parts, err := b.fetch()
		if err == nil {
			_, _, err = decoded(parts...)
		}
		var problem *pipeline.Problem
		if !errors.As(err, &problem) || !strings.Contains(err.Error(), c.want) || len(err.Error()) > 1500 {
			t.Errorf("%s: %v; expected %q", name, err, c.want)
		}
	}
}

// Parts that do not belong together, or are not all, are no register.
func TestPartsMissing(t *testing.T) {
	_, b := export(t)
	parts, err := b.fetch()
	if err != nil {
		t.Fatal(err)
	}
	zero := sourcetest.Part("count", []byte(`{"count":0}`))
	zero.Role = countRole
	for name, some := range map[string][]pipeline.Part{"a page alone": parts[1:2], "the first count missing": parts[1:], "the last page missing": parts[:2], "a page twice": {parts[0], parts[1], parts[1]}, "counts alone": {zero}} {
		var problem *pipeline.Problem
		if _, _, err := decoded(some...); !errors.As(err, &problem) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
