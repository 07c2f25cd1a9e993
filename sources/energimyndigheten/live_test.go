package energimyndigheten

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

var now = time.Date(2026, 3, 14, 0, 0, 0, 0, time.UTC)

func TestPieces(t *testing.T) {
	w := pipeline.Want{Years: []int{2019}, Now: now}
	for dataSet, want := range map[string]string{pvAnswer: "all 2016 2026 720h0m0s", windAnswer: "all 2003 2026 720h0m0s", pvCSV: ""} {
		got := ""
		for _, p := range (Source{}).Pieces(dataSet, w) {
			got += fmt.Sprint(p.Key, " ", p.From.Year(), " ", p.To.Year(), " ", p.Again)
		}
		if got != want {
			t.Errorf("%s: %s, want %s", dataSet, got, want)
		}
	}
}

// listen starts a stand-in whose clock stands still.
func listen(t *testing.T, d standin.Dialect) *standin.Server {
	t.Helper()
	s, err := standin.Listen(d, standin.Options{Clock: func() time.Time { return now }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// fetch fetches a table and decodes it into rows by municipality and year.
func fetch(s *standin.Server, dataSet string) (map[string]string, []pipeline.Part, error) {
	var parts []pipeline.Part
	if err := (Source{}).Fetch(context.Background(), dataSet, pipeline.Piece{Key: "all"}, s.Ask(&parts)); err != nil {
		return nil, parts, err
	}
	x := pipeline.Extract{Source: "energimyndigheten", DataSet: dataSet, Parts: parts}
	rows := map[string]string{}
	out := pipeline.Checked(x, sourcetest.Tables(Source{}, dataSet), func(_ pipeline.Table, _ string, v []any) error {
		rows[fmt.Sprint(v[1], " ", v[2])] = fmt.Sprint(v[3:]...)
		return nil
	})
	_, err := Source{}.Decode(context.Background(), x, out)
	return rows, parts, err
}

// decoded is a figure of the stand-in as it stands in a row.
func decoded(figure string, decimals int) string {
	switch figure {
	case "..":
		return "<nil> suppressed"
	case "0.00":
		return "0 zero"
	}
	if decimals == 0 {
		return strings.TrimSuffix(figure, ".00") + " observed"
	}
	return strings.TrimLeft(strings.Replace(figure, ".", "", 1), "0") + "0 observed" // thousandths
}

// check compares rows with what the stand-in says for municipality and year.
func check(t *testing.T, d *standin.PxWeb, dataSet string, rows map[string]string) {
	t.Helper()
	secret := 0
	for key, row := range rows {
		var code string
		var year int
		fmt.Sscan(key, &code, &year)
		number, power := []string{"Antal verk, st"}, []string{"Installerad effekt, MW"}
		if dataSet == pvAnswer {
			number, power = []string{"Totalt", "Solcellsanläggningar, antal"}, []string{"Totalt", "Installerad effekt (MW)"}
		}
		want := strings.ReplaceAll(decoded(d.Figure(dataSet, code, year, number...), 0)+" "+decoded(d.Figure(dataSet, code, year, power...), 2), " ", "")
		if got := strings.ReplaceAll(row, " ", ""); got != want {
			t.Errorf("%s %s: %s, want %s", dataSet, key, got, want)
		}
		if strings.Contains(row, "suppressed") {
			secret++
		}
	}
	if secret == 0 {
		t.Errorf("%s: nothing is secret", dataSet)
	}
}

func TestFetch(t *testing.T) {
	d := standin.NewEnergimyndigheten(2024)
	s := listen(t, d)
	for dataSet, want := range map[string]int{pvAnswer: 290 * 9, windAnswer: 290 * 22} {
		rows, parts, err := fetch(s, dataSet)
		if err != nil || len(rows) != want || len(parts) != 2 || parts[1].Role != "metadata" {
			t.Fatalf("%s: %d rows, %d parts, %v", dataSet, len(rows), len(parts), err)
		}
		check(t, d, dataSet, rows)
	}
	if len(s.Log()) != 6 || len(s.Excess()) > 0 {
		t.Errorf("%d requests, %v", len(s.Log()), s.Excess())
	}
}

// TestCodesMove: a year is added, and all codes of years move. Before the question and
// after it that is no matter; between the lists and the figures it is found.
func TestCodesMove(t *testing.T) {
	d := standin.NewEnergimyndigheten(2023, "1278", "1380", "1382")
	s := listen(t, d)
	before, _, err := fetch(s, pvAnswer)
	if err != nil || len(before) != 3*8 {
		t.Fatalf("%d rows, %v", len(before), err)
	}
	s.At(5, standin.Twisted(standin.MovingRows)) // the figures of the second fetch
	_, parts, err := fetch(s, pvAnswer)
	var problem *pipeline.Problem
	if !errors.As(err, &problem) || !strings.Contains(err.Error(), `the place of "2016" in År has "2024"`) {
		t.Errorf("%v in %d parts", err, len(parts))
	}
	after, _, err := fetch(s, pvAnswer)
	if err != nil || len(after) != 3*9 {
		t.Fatalf("%d rows, %v", len(after), err)
	}
	check(t, d, pvAnswer, after)
	for key, row := range before {
		if after[key] != row {
			t.Errorf("%s: %s before and %s after a year was added", key, row, after[key])
		}
	}
}

// TestDividedQuestion: a question above the limits is divided, and the parts are one
// extract.
func TestDividedQuestion(t *testing.T) {
	was := limits
	defer func() { limits = was }()
	limits = pxweb.Limits{Values: 40, Cells: 300}
	d := standin.NewEnergimyndigheten(2024, "1278", "1315", "1380", "1381", "1382", "0114", "0331", "1480")
	rows, parts, err := fetch(listen(t, d), windAnswer)
	if err != nil || len(rows) != 8*22 || len(parts) < 3 {
		t.Fatalf("%d rows, %d parts, %v", len(rows), len(parts), err)
	}
	check(t, d, windAnswer, rows)
}

// TestAnswerInAFolder: what was fetched can be put into a folder of files.
func TestAnswerInAFolder(t *testing.T) {
	s := listen(t, standin.NewEnergimyndigheten(2024, "1278", "1380"))
	for _, dataSet := range []string{pvAnswer, windAnswer} {
		_, parts, err := fetch(s, dataSet)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range parts {
			body, err := p.Open()
			if err != nil {
				t.Fatal(err)
			}
			head := make([]byte, 64<<10)
			n, _ := body.Read(head)
			claim, ok := Source{}.Recognise(pipeline.Sniff{Head: head[:n], Whole: n < len(head)})
			if !ok || claim != (pipeline.Claim{DataSet: dataSet, Role: p.Role, Group: dataSet}) {
				t.Errorf("%s %s: %v %+v", dataSet, p.Role, ok, claim)
			}
		}
	}
}

func TestFaults(t *testing.T) {
	for name, c := range map[string]struct {
		fault  standin.Fault
		number int // of the request
		want   string
	}{
		"lists of another table":  {standin.Twisted(standin.ChangedHeader), 1, "the metadata are those of another table"},
		"variable added":          {standin.Twisted(standin.ExtraColumn), 1, `variable "Storlek" is not one of this table`},
		"variable renamed":        {standin.Twisted(standin.RenamedColumn), 1, `variable "Annat" is not one of this table`},
		"variable renamed, after": {standin.Twisted(standin.RenamedColumn), 3, `variable "Annat" is not one of this table`},
		"column added":            {standin.Twisted(standin.ExtraColumn), 2, `unknown column "Storlek"`},
		"rows twice":              {standin.Twisted(standin.DuplicateRows), 2, "stands there twice"},
		"no rows":                 {standin.Twisted(standin.NoRows), 2, "there is no figure of a municipality"},
		"page of lists":           {standin.HTMLAs(), 1, "is no answer but the text"},
		"page of figures":         {standin.HTMLAs(), 2, "is no answer but the text"},
		"cut":                     {standin.Short(300), 2, "unexpected end"},
	} {
		s := listen(t, standin.NewEnergimyndigheten(2024, "1278", "1380"))
		s.At(c.number, c.fault)
		_, _, err := fetch(s, pvAnswer)
		var problem *pipeline.Problem
		if !errors.As(err, &problem) || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v\nwant %s", name, err, c.want)
		}
	}
}
