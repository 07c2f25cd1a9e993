package energidataservice

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"samkraft/pipeline"
	"samkraft/sources/sourcetest"
)

func TestMarks(t *testing.T) {
	if v, status, err := marks.Read("", ','); v != nil || status != pipeline.NotAvailable || err != nil {
		t.Errorf("an empty field is %v, %s, %v", v, status, err)
	}
	for _, other := range []string{"-", "..", "x", "null", "n/e", "NaN"} {
		if v, status, err := marks.Read(other, ','); err == nil {
			t.Errorf("%q is %v, %s", other, v, status)
		}
	}
}

func TestParseTime(t *testing.T) {
	for text, want := range map[string]string{
		"2024-10-27T01:00:00": "2024-10-27T01:00:00Z",
		"2024-10-27 01:00:00": "2024-10-27T01:00:00Z",
		"2024-10-27 01:00":    "2024-10-27T01:00:00Z",
		"2024-02-29 23:45":    "2024-02-29T23:45:00Z",
	} {
		if got, ok := parseTime(text); !ok || got.Format("2006-01-02T15:04:05Z") != want {
			t.Errorf("%q is %v, %v", text, got, ok)
		}
	}
	for _, text := range []string{"", "2024-10-27T01:00", "2024-10-27", "2024-10-27 24:00", "2024-13-01 00:00", "2023-02-29 00:00", "1899-12-31 00:00", "2024-10-27 01:00:60", "2024-10-27 01.00", "2024-10-27T01:00:00Z"} {
		if got, ok := parseTime(text); ok {
			t.Errorf("%q is %v", text, got)
		}
	}
}

var location = regexp.MustCompile(`(?m)( @ .*|, from .*)$`)

// TestFormatsAgree holds the CSV and JSON golden cases to the same rows.
func TestFormatsAgree(t *testing.T) {
	rows := func(name string) string {
		text, err := os.ReadFile(filepath.Join("..", "..", "testdata", "decode", "energidataservice", name, "want.txt"))
		if err != nil {
			t.Fatal(err)
		}
		return location.ReplaceAllString(string(text), "")
	}
	for _, name := range []string{"consumption", "production", "capacity", "spot-price", "day-ahead-price", "zone-balance",
		"heating-hour", "heating-older", "heating-month", "measuring-point", "coverage", "co2-emission", "declared-emission", "zone-settlement"} {
		if rows(name) != rows(name+"-json") {
			t.Errorf("%s and its JSON give other rows", name)
		}
	}
	for _, name := range []string{"consumption-json-array", "consumption-zstd", "consumption-gzip-bom-crlf", "consumption-other-column-name"} {
		if rows(name) != rows("consumption") {
			t.Errorf("%s and consumption give other rows", name)
		}
	}
}

// TestSample holds the built-in sample to its tables and members.
func TestSample(t *testing.T) {
	text := sourcetest.Sample(t, Source{}, "published", "made-up")
	for part, want := range map[string]int{
		"DK | 253 | Privat": 72, "DK | 336 | Offentligt": 72, "DK | 253 | pv": 72, "DK | 336 | wind_onshore": 72, "| 2024-10-01 |": 4,
		"DK2 | total_load": 72, "DK2 | exchange_great_belt": 72, "DK2 | 2024-10-": 72,
	} {
		if got := strings.Count(text, part); got != want {
			t.Errorf("%d rows with %q, not %d", got, part, want)
		}
	}
}

// FuzzRecords reads lines as records, each with the shape of the one before and with
// care: both say the same.
func FuzzRecords(f *testing.F) {
	const record = `{"HourUTC":"2021-01-01T00:00:00","HourDK":"2021-01-01T01:00:00","MunicipalityNo":"101","Branche":"Privat","ConsumptionkWh":12.5}`
	for _, seed := range []string{
		record + "\n" + strings.Replace(record, "101", "147", 1), record + "\n" + strings.Replace(record, "12.5", "-0.5e1", 1), record + "\n" + strings.Replace(record, "12.5", "012.5", 1),
		record + "\n" + strings.Replace(record, "Privat", `Priv\u0061t`, 1), record + "\n" + strings.Replace(record, "12.5", "null", 1), record + "\n" + strings.Replace(record, "12.5", "true", 1),
		record + "\n" + strings.Replace(record, "12.5}", `12.5,"Note":1}`, 1), record + "\n" + strings.Replace(record, `"Branche"`, `"HourUTC"`, 1), record + "\n" + strings.Replace(record, "Privat", "Pr\xe6vat", 1),
		strings.ReplaceAll(record+"\n"+record, ":", " : "), record + "\n" + strings.Replace(record, "Municipality", "MunicipalityCode", 1), record + "\n" + record + "}",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, content string) {
		a := &answer{layout: layoutOf("ConsumptionIndustry")}
		quick := newRecords(a)
		for line := range strings.Lines(content) {
			line = strings.TrimSpace(line)
			if objectLength([]byte(line)) != len(line) || line == "" {
				return
			}
			slow := newRecords(a)
			err, want := quick.read(line, 0), slow.read(line, 0)
			if fmt.Sprint(err) != fmt.Sprint(want) {
				t.Fatalf("%q: %v, want %v", line, err, want)
			}
			if err != nil {
				return
			}
			if !slices.Equal(quick.texts, slow.texts) || !slices.Equal(quick.quoted, slow.quoted) {
				t.Fatalf("%q: %q, want %q", line, quick.texts, slow.texts)
			}
		}
	})
}

// FuzzRecognise looks at any bytes as a file's head.
func FuzzRecognise(f *testing.F) {
	f.Add(sourcetest.Case(f, Source{}, "consumption-json/in/ConsumptionIndustry.json"))
	f.Add([]byte(`{"statusCode":429,"message":"Rate limit is exceeded."}`))
	f.Fuzz(func(_ *testing.T, head []byte) { Source{}.Recognise(pipeline.Sniff{Head: head, Whole: true}) })
}
