package standin

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
)

// asked asks the stand-in of Energi Data Service, with no limits.
func asked(t *testing.T, e *EnergiDataService, path string) (status int, contents string) {
	t.Helper()
	c := &clock{now: start}
	s, err := Listen(e, Options{Clock: c.Now, NoLimits: true})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	r, content, err := get(t, bare(), s.Address()+path)
	if err != nil {
		t.Fatal(err)
	}
	return r.StatusCode, string(content)
}

type edsAnswer struct {
	Total   int
	Dataset string
	Limit   int
	Records []map[string]any
}

func records(t *testing.T, e *EnergiDataService, path string) edsAnswer {
	t.Helper()
	status, contents := asked(t, e, path)
	var a edsAnswer
	if err := json.Unmarshal([]byte(contents), &a); err != nil || status != 200 {
		t.Fatalf("%s: %d %v %.200s", path, status, err, contents)
	}
	return a
}

func TestEnergiDataServiceAnswersByPeriodAndFilter(t *testing.T) {
	e := NewEnergiDataService("253", "336")
	filter := "&filter=" + url.QueryEscape(`{"MunicipalityNo":["336"],"Branche":["Privat","Erhverv"]}`)
	a := records(t, e, "/dataset/ConsumptionIndustry?start=2024-10-27&end=2024-10-28"+filter)
	if a.Total != 50 || len(a.Records) != 50 || a.Dataset != "ConsumptionIndustry" {
		t.Errorf("the long day has 25 hours: %d of %d", len(a.Records), a.Total)
	}
	last := a.Records[49]
	if last["HourUTC"] != "2024-10-26T22:00:00" || last["HourDK"] != "2024-10-27T00:00:00" || last["MunicipalityNo"] != "336" || last["Branche"] != "Erhverv" {
		t.Errorf("%v", last)
	}
	if a := records(t, e, "/dataset/ConsumptionIndustry?start=2024-10-27&end=2024-10-28&timezone=UTC"); a.Total != 24*6 || a.Records[0]["HourUTC"] != "2024-10-27T23:00:00" {
		t.Errorf("UTC: %d, %v", a.Total, a.Records[0])
	}
	if a := records(t, e, "/dataset/CapacityPerMunicipality?start=2026-08&end=2026-12"); a.Total != 6 || a.Records[0]["Month"] != "2026-09-01T00:00:00" || a.Records[5]["MunicipalityNo"] != "1" {
		t.Errorf("months: %d, %v", a.Total, a.Records)
	}
	if a := records(t, e, "/dataset/PrivateConsumptionHeatingHour?start=2024-05&end=2024-06"); a.Total != 744*2*9 || a.Records[0]["MunicipalityCode"] != "336" ||
		a.Records[0]["RegionName"] != "Region Sjælland" {
		t.Errorf("the other spelling: %d, %v", a.Total, a.Records[0])
	}
	if a := records(t, e, "/dataset/Elspotprices?start=2025-09-30T22:00"); a.Total != 2*7 || a.Records[0]["HourDK"] != "2025-09-30T23:00:00" {
		t.Errorf("spot prices have ended: %d %v", a.Total, a.Records)
	}
	if a := records(t, e, "/dataset/ConsumptionIndustry?start=2026-10-24"); a.Total != 0 || len(a.Records) != 0 {
		t.Errorf("what is not published yet: %d", a.Total)
	}
	if a := records(t, e, "/dataset/ConsumptionIndustry"); a.Limit != 100 || len(a.Records) != 100 {
		t.Errorf("without start and limit: %d", len(a.Records))
	}
}

func TestEnergiDataServicePagesAreTheWhole(t *testing.T) {
	e := NewEnergiDataService("253", "259")
	_, whole := asked(t, e, "/dataset/ProductionMunicipalityHour?start=2024-05-01&end=2024-05-02")
	text := ""
	for offset := 0; offset < 48; offset += 20 {
		_, page := asked(t, e, fmt.Sprintf("/dataset/ProductionMunicipalityHour?start=2024-05-01&end=2024-05-02&limit=20&offset=%d", offset))
		_, rows, _ := strings.Cut(page, "[")
		text += "," + strings.TrimSuffix(rows, "]}")
	}
	_, rows, _ := strings.Cut(whole, "[")
	if rows != text[1:]+"]}" {
		t.Errorf("%s\n%s", rows, text)
	}
}

func TestEnergiDataServiceWritesCSV(t *testing.T) {
	e := NewEnergiDataService("253")
	path := "/dataset/ConsumptionIndustry/download?format=csv&start=2024-05-01T00:00&end=2024-05-01T01:00&sort=HourUTC"
	_, text := asked(t, e, path)
	lines := strings.Split(text, "\n")
	if len(lines) != 5 || lines[0] != "HourUTC;HourDK;MunicipalityNo;Branche;ConsumptionkWh" || !strings.HasPrefix(lines[1], "2024-04-30 22:00:00;2024-05-01 00:00:00;253;Erhverv;") ||
		!strings.HasSuffix(lines[1], "000") || lines[4] != "" {
		t.Errorf("%q", lines)
	}
	if _, production := asked(t, NewEnergiDataService(), "/dataset/ProductionMunicipalityHour/download?format=csv&start=2024-05-01&end=2024-05-02"); !strings.Contains(production, ";;") {
		t.Error("every place has every technology")
	}
}

func TestEnergiDataServiceRefusesWhatItDoesNotKnow(t *testing.T) {
	e := NewEnergiDataService("253")
	for path, want := range map[string]int{
		"/dataset/Nothing": 404, "/dataset/Elspotprices?start=last-year": 400, "/dataset/Elspotprices?filter={\"MunicipalityNo\":[\"253\"]}": 400,
		"/dataset/Elspotprices/download?format=XL": 400, "/meta/dataset": 200, "/meta/dataset/Elspotprices": 200, "/": 404,
	} {
		if status, content := asked(t, e, strings.ReplaceAll(strings.ReplaceAll(path, "\"", "%22"), " ", "%20")); status != want || !json.Valid([]byte(content)) {
			t.Errorf("%s: %d %s", path, status, content)
		}
	}
}

func TestEnergiDataServiceRevisesAMonth(t *testing.T) {
	e := NewEnergiDataService("253", "269")
	may, june := "/dataset/ConsumptionIndustry?start=2024-05&end=2024-06", "/dataset/ConsumptionIndustry?start=2024-06&end=2024-07"
	before, other := records(t, e, may), records(t, e, june)
	e.Revise("2024-05")
	after := records(t, e, may)
	for i, r := range before.Records {
		if fmt.Sprint(r) == fmt.Sprint(after.Records[i]) || r["HourUTC"] != after.Records[i]["HourUTC"] {
			t.Fatalf("%v, revised %v", r, after.Records[i])
		}
	}
	if fmt.Sprint(other) != fmt.Sprint(records(t, e, june)) {
		t.Error("June has changed with May")
	}
	var one strings.Builder
	if err := Records(&one, "ConsumptionIndustry", []string{"253", "269"}, time.Date(2024, 4, 30, 22, 0, 0, 0, time.UTC), time.Date(2024, 5, 31, 22, 0, 0, 0, time.UTC), 1); err != nil {
		t.Fatal(err)
	}
	if _, served := asked(t, e, may); served != one.String() {
		t.Errorf("Records differs from what is served: %.300s\n%.300s", one.String(), served)
	}
}

func TestEnergiDataServiceTwists(t *testing.T) {
	plain := "/dataset/ConsumptionIndustry?start=2024-05-01&end=2024-05-02&sort=HourUTC&limit=10"
	csv := strings.Replace(plain, "?", "/download?format=csv&", 1)
	first := `{"HourUTC":"2024-04-30T22:00:00","HourDK":"2024-05-01T00:00:00","MunicipalityNo":"253","Branche":"Erhverv"`
	ninth := `{"HourUTC":"2024-05-01T01:00:00","HourDK":"2024-05-01T03:00:00","MunicipalityNo":"253","Branche":"Erhverv"`
	for _, c := range []struct {
		twist Twist
		path  string
		has   string
	}{
		{ExtraColumn, plain, `,"Quality":1}`}, {ExtraColumn, csv, "ConsumptionkWh;Quality\n"},
		{RenamedColumn, plain, `"ConsumptionkWh_Value":`}, {RenamedColumn, csv, "ConsumptionkWh_Value\n"},
		{ChangedHeader, plain, `"rows":[{`}, {ChangedHeader, csv, "HourDK;HourUTC;"},
		{DuplicateRows, plain + "&offset=10", `"records":[` + ninth}, {MovingRows, plain + "&offset=10", `{"total":71,`}, {MovingRows, plain, `{"total":72,`},
		{NoRows, plain, `"records":[]`}, {NoRows, csv, "ConsumptionkWh\n"}, {"", plain, `"records":[` + first},
	} {
		clock := &clock{now: start}
		s, err := Listen(NewEnergiDataService("253"), Options{Clock: clock.Now})
		if err != nil {
			t.Fatal(err)
		}
		s.At(1, Twisted(c.twist))
		if _, content, err := get(t, bare(), s.Address()+c.path); err != nil || !strings.Contains(string(content), c.has) {
			t.Errorf("%s: no %s: %v %.400s", c.twist, c.has, err, content)
		}
		s.Close()
	}
}

func TestDanishTime(t *testing.T) {
	for utc, local := range map[string]string{
		"2024-03-31T00:59": "2024-03-31T01:59", "2024-03-31T01:00": "2024-03-31T03:00", "2024-10-27T00:59": "2024-10-27T02:59", "2024-10-27T01:00": "2024-10-27T02:00", "2021-01-01T00:00": "2021-01-01T01:00",
	} {
		at, err := time.Parse("2006-01-02T15:04", utc)
		if err != nil {
			t.Fatal(err)
		}
		if got := danish(at).Format("2006-01-02T15:04"); got != local {
			t.Errorf("%s UTC: %s, not %s", utc, got, local)
		}
		if back := fromDanish(danish(at)); !back.Equal(at) && utc != "2024-10-27T01:00" {
			t.Errorf("%s: back is %s", utc, back)
		}
	}
}

func BenchmarkEnergiDataServiceRecords(b *testing.B) {
	from := time.Date(2024, 1, 31, 23, 0, 0, 0, time.UTC)
	b.ReportAllocs()
	for b.Loop() {
		var n counter
		if err := Records(&n, "ConsumptionIndustry", nil, from, from.AddDate(0, 1, 0), 0); err != nil {
			b.Fatal(err)
		}
		b.SetBytes(int64(n))
	}
}

// BenchmarkServedMonth serves a month of all municipalities, as a client reads it.
func BenchmarkServedMonth(b *testing.B) {
	c := &clock{now: start}
	s, err := Listen(NewEnergiDataService(), Options{Clock: c.Now, NoLimits: true})
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	for b.Loop() {
		response, err := http.Get(s.Address() + "/dataset/ConsumptionIndustry?start=2024-05&end=2024-06")
		if err != nil {
			b.Fatal(err)
		}
		n, err := io.Copy(io.Discard, response.Body)
		if err != nil {
			b.Fatal(err)
		}
		b.SetBytes(n)
		response.Body.Close()
	}
}

type counter int64

func (c *counter) Write(p []byte) (int, error) { *c += counter(len(p)); return len(p), nil }

var _ io.Writer = (*counter)(nil)
