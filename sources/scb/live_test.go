package scb

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"samkraft/pipeline"
	"samkraft/sources/pxweb"
	"samkraft/sources/sourcetest"
	"samkraft/sources/standin"
)

func day(y, m, d int) time.Time { return time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC) }

func TestPieces(t *testing.T) {
	w := pipeline.Want{Years: []int{2007, 2012}, From: day(2020, 1, 1), To: day(2026, 7, 1), Now: day(2026, 3, 14)}
	for dataSet, want := range map[string]string{
		slutAnvSektor: "2012 8760h0m0s, 2020 8760h0m0s, 2021 8760h0m0s, 2022 720h0m0s, 2023 720h0m0s, 2024 720h0m0s, 2025 720h0m0s",
		folkmangd:     "2007 8760h0m0s, 2012 8760h0m0s, 2020 8760h0m0s, 2021 8760h0m0s, 2022 720h0m0s, 2023 720h0m0s, 2024 720h0m0s, 2025 720h0m0s",
		energiKommKat: "2007 0s",
		"none":        "",
	} {
		var got []string
		for _, p := range (Source{}).Pieces(dataSet, w) {
			got = append(got, p.Key+" "+p.Again.String())
			if p.From.Format("2006") != p.Key || p.To.Sub(p.From) < 365*24*time.Hour || p.Members != nil {
				t.Errorf("%s: %+v", dataSet, p)
			}
		}
		if text := strings.Join(got, ", "); text != want {
			t.Errorf("%s: %s\nwant %s", dataSet, text, want)
		}
	}
}

// listen starts a stand-in whose clock stands still.
func listen(t *testing.T, d standin.Dialect) *standin.Server {
	t.Helper()
	s, err := standin.Listen(d, standin.Options{Clock: func() time.Time { return day(2026, 3, 14) }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// fetch fetches a piece and decodes it, and gives each row to see.
func fetch(s *standin.Server, dataSet, key string, see func(values []any)) (pipeline.Edition, []pipeline.Part, error) {
	var parts []pipeline.Part
	if err := (Source{}).Fetch(context.Background(), dataSet, pipeline.Piece{Key: key}, s.Ask(&parts)); err != nil {
		return pipeline.Edition{}, parts, err
	}
	x := pipeline.Extract{Source: "scb", DataSet: dataSet, Parts: parts}
	out := pipeline.Checked(x, sourcetest.Tables(Source{}, dataSet), func(_ pipeline.Table, _ string, values []any) error {
		see(values)
		return nil
	})
	edition, err := Source{}.Decode(context.Background(), x, out)
	return edition, parts, err
}

// codeInService is the code of the stand-in, and of the service as far as is known,
// for a code in rows.
var codeInService = map[string]string{"total": "Totalt", "flue_gas_condensation": "4.6.3+4.7.3"}

// TestFetch: every cell of a year reaches its row, secret ones and zeros too.
func TestFetch(t *testing.T) {
	d := standin.NewSCB(2024, "1278", "1380", "1382")
	s := listen(t, d)
	for dataSet, table := range map[string]string{slutAnvSektor: "TAB3654", prodbrEl: "TAB3451", prodbrFj: "TAB3452"} {
		rows, statuses := 0, map[string]int{}
		edition, parts, err := fetch(s, dataSet, "2023", func(v []any) {
			rows++
			statuses[fmt.Sprint(v[8])]++
			inService := func(code string) string {
				if c, ok := codeInService[code]; ok {
					return c
				}
				return code
			}
			figure := d.Figure(table, v[1].(string), 2023, inService(v[5].(string)), inService(v[6].(string)))
			want := map[string]string{"..": "<nil> suppressed", "0": "0 zero"}[figure]
			if want == "" {
				want = figure + "000 observed"
			}
			if got := fmt.Sprint(v[7], " ", v[8]); got != want || v[4] != int64(2023) {
				t.Errorf("%s %v: %s, want %s", dataSet, v, got, want)
			}
		})
		if err != nil || edition.AsOf != "2026-03-01" || len(parts) != 1 || parts[0].Role != "data" {
			t.Fatalf("%s: %+v, %d parts, %v", dataSet, edition, len(parts), err)
		}
		if rows < 5*6*8 || statuses["suppressed"] == 0 || statuses["zero"] == 0 || statuses["observed"] < rows/2 {
			t.Errorf("%s: %d rows, %v", dataSet, rows, statuses)
		}
	}
	people := 0
	if _, _, err := fetch(s, folkmangd, "2023", func(v []any) {
		people++
		if got, want := fmt.Sprint(v[3]), d.Figure("TAB628", v[1].(string), 2023, "1+2"); got != want {
			t.Errorf("population of %v: %s, want %s", v[1], got, want)
		}
	}); err != nil || people != 3 {
		t.Errorf("%d municipalities, %v", people, err)
	}
	if excess := s.Excess(); len(excess) > 0 {
		t.Error(excess)
	}
}

// TestFetchOfAllAreas: a year of the largest table is one question.
func TestFetchOfAllAreas(t *testing.T) {
	s := listen(t, standin.NewSCB(2024))
	rows := 0
	if _, parts, err := fetch(s, slutAnvSektor, "2024", func([]any) { rows++ }); err != nil || len(parts) != 1 || rows != 292*9*9 {
		t.Errorf("%d rows in %d parts, %v", rows, len(parts), err)
	}
}

func TestFetchOfTheClosedTable(t *testing.T) {
	d := standin.NewSCBVersion1("0331", "1380")
	s := listen(t, d)
	heby := map[string]int{}
	edition, _, err := fetch(s, energiKommKat, "2008", func(v []any) {
		if v[3] == "0331" || v[1] == "1917" {
			heby[fmt.Sprint(v[1], " ", v[3], " ", v[8] == "not_applicable")]++
		}
	})
	if err != nil || edition.AsOf != "2008-12-31" && edition.AsOf != "2026-03-01" {
		t.Fatal(edition, err)
	}
	if heby["1917 <nil> true"] != 20 || heby["0331 0331 false"] != 20 || len(heby) != 2 {
		t.Errorf("Heby: %v", heby)
	}
}

func TestAYearThatIsNotThere(t *testing.T) {
	d := standin.NewSCB(2023, "1278", "1380")
	s := listen(t, d)
	if _, _, err := fetch(s, slutAnvSektor, "2024", nil); !errors.Is(err, pipeline.ErrNothing) {
		t.Errorf("%v, want nothing", err)
	}
	if requests := len(s.Log()); requests != 1 {
		t.Errorf("%d requests to find nothing", requests)
	}
	d.AddYear()
	rows := 0
	if _, _, err := fetch(s, slutAnvSektor, "2024", func([]any) { rows++ }); err != nil || rows == 0 {
		t.Errorf("%d rows, %v", rows, err)
	}
}

// TestFaults: what cannot be what was asked for is a Problem, when it is fetched or
// when it is decoded.
func TestFaults(t *testing.T) {
	for name, c := range map[string]struct {
		fault standin.Fault
		path  string
		want  string
	}{
		"variable added":   {standin.Twisted(standin.ExtraColumn), "/", "a variable that the table did not have"},
		"variable renamed": {standin.Twisted(standin.RenamedColumn), "/", "the variable is missing"},
		"answer renamed":   {standin.Twisted(standin.RenamedColumn), "/data", "the variable is missing"},
		"no figures":       {standin.Twisted(standin.NoRows), "/data", "0 figures for"},
		"empty":            {standin.Empty(), "/data", "is empty"},
		"cut":              {standin.Short(400), "/data", "unexpected end"},
		"page of lists":    {standin.HTMLAs(), "/metadata", "is no answer but the text"},
		"page of figures":  {standin.HTMLAs(), "/data", "is no answer but the text"},
	} {
		s := listen(t, standin.NewSCB(2024, "1278", "1380"))
		s.Next(-1, c.path, c.fault)
		_, _, err := fetch(s, prodbrEl, "2024", func([]any) {})
		var problem *pipeline.Problem
		if !errors.As(err, &problem) || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v\nwant %s", name, err, c.want)
		}
	}
}

// TestOrderIsNoMatter: variables are known by name, wherever they stand.
func TestOrderIsNoMatter(t *testing.T) {
	s := listen(t, standin.NewSCB(2024, "1278", "1380"))
	var straight, turned []string
	if _, _, err := fetch(s, prodbrEl, "2024", func(v []any) { straight = append(straight, fmt.Sprint(v...)) }); err != nil {
		t.Fatal(err)
	}
	s.Next(-1, "", standin.Twisted(standin.ChangedHeader))
	if _, _, err := fetch(s, prodbrEl, "2024", func(v []any) { turned = append(turned, fmt.Sprint(v...)) }); err != nil {
		t.Fatal(err)
	}
	if a, b := sorted(straight), sorted(turned); a != b || a == "" {
		t.Errorf("%.500s\nwant %.500s", b, a)
	}
}

// TestDividedQuestion: the parts of a divided question are one extract.
func TestDividedQuestion(t *testing.T) {
	was := limits
	defer func() { limits = was }()
	limits = pxweb.Limits{Cells: 100}
	s := listen(t, standin.NewSCB(2024, "1278", "1380", "1382"))
	rows := 0
	_, parts, err := fetch(s, slutAnvSektor, "2024", func([]any) { rows++ })
	if err != nil || len(parts) < 4 || rows != 5*9*9 {
		t.Errorf("%d rows of %d parts, %v", rows, len(parts), err)
	}
}

// TestAnswerInAFolder: what was fetched can be put into a folder of files, where only
// the head of a large one is looked at.
func TestAnswerInAFolder(t *testing.T) {
	s := listen(t, standin.NewSCB(2024))
	for _, dataSet := range []string{slutAnvSektor, prodbrEl, prodbrFj, folkmangd} {
		_, parts, err := fetch(s, dataSet, "2024", func([]any) {})
		if err != nil {
			t.Fatal(err)
		}
		body, err := parts[0].Open()
		if err != nil {
			t.Fatal(err)
		}
		head := make([]byte, 64<<10)
		n, _ := body.Read(head)
		claim, ok := Source{}.Recognise(pipeline.Sniff{Head: head[:n], Whole: n < len(head)})
		if !ok || claim != (pipeline.Claim{DataSet: dataSet}) {
			t.Errorf("%s: %v %+v", dataSet, ok, claim)
		}
	}
}
