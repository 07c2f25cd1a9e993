package pvgis

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"

	"samkraft/pipeline"
	"samkraft/sources/sourcetest"
)

func want(t *testing.T, years ...int) pipeline.Want {
	w := pipeline.Want{Years: years}
	for _, m := range [][2]string{{"DK", "253"}, {"SE", "1315"}} {
		found, err := pipeline.FindMunicipality(m[0], m[1])
		if err != nil {
			t.Fatal(err)
		}
		w.Members = append(w.Members, found)
	}
	return w
}

// An answer is known by its place, so no two municipalities may have one centre.
func TestCentresDiffer(t *testing.T) {
	for _, m := range pipeline.Municipalities() {
		if found, ok := at(m.Latitude, m.Longitude); !ok || found != m {
			t.Errorf("the centre of %v is that of %v", m, found)
		}
	}
}

func TestPieces(t *testing.T) {
	list := func(dataSet string, years ...int) string {
		var keys []string
		for _, p := range (Source{}).Pieces(dataSet, want(t, years...)) {
			if p.Again != 0 || len(p.Members) != 1 {
				t.Errorf("%+v", p)
			}
			keys = append(keys, p.Key)
		}
		return strings.Join(keys, " ")
	}
	if got := list(calc, 2022); got != "v5_3/253 v5_3/1315" {
		t.Error(got)
	}
	// 2024 is not in the database.
	if got := list(series, 2022, 2024); got != "v5_3/253/2022 v5_3/1315/2022" {
		t.Error(got)
	}
	if got := list("MRcalc", 2022); got != "" {
		t.Error(got)
	}
}

func TestFetch(t *testing.T) {
	for dataSet, paths := range map[string]string{
		calc:   "/PVcalc?lat=55.59&lon=12.25&peakpower=1&loss=14&optimalangles=1&outputformat=json /PVcalc?lat=56.97&lon=13.28&peakpower=1&loss=14&optimalangles=1&outputformat=json",
		series: "/seriescalc?lat=55.59&lon=12.25&startyear=2022&endyear=2022&pvcalculation=1&peakpower=1&loss=14&optimalangles=1&outputformat=json /seriescalc?lat=56.97&lon=13.28&startyear=2022&endyear=2022&pvcalculation=1&peakpower=1&loss=14&optimalangles=1&outputformat=json",
	} {
		var asked []string
		for _, p := range (Source{}).Pieces(dataSet, want(t, 2022)) {
			err := Source{}.Fetch(context.Background(), dataSet, p, func(_ context.Context, r pipeline.Request) (pipeline.Answer, error) {
				if r.Role != "data" || r.Service != "pvgis" {
					t.Errorf("%+v", r)
				}
				asked = append(asked, r.Path)
				return pipeline.Answer{Part: sourcetest.Part("answer", sourcetest.Case(t, Source{}, "year/in/hylte.json"))}, nil
			})
			if err != nil {
				t.Error(err)
			}
		}
		if got := strings.Join(asked, " "); got != paths {
			t.Error(got)
		}
	}
}

func TestRefusals(t *testing.T) {
	disk := errors.New("the disk is full")
	for name, c := range map[string]struct {
		answer string
		err    error
		want   string // of the error, or "" for nothing
	}{
		"the sea":              {`{"message":"Location over the sea. Please, select another location","status":400}`, nil, ""},
		"the sea, refused":     {"", &pipeline.Problem{What: "answers 400: Location over the sea. Please, select another location"}, ""},
		"a message":            {`{"message":"peakpower Mandatory"}`, nil, "the service says: peakpower Mandatory"},
		"a refusal":            {"", &pipeline.Problem{What: "answers 400: peakpower Mandatory"}, "peakpower Mandatory"},
		"a fault of this side": {"", disk, disk.Error()},
	} {
		p := Source{}.Pieces(calc, want(t))[0]
		err := Source{}.Fetch(context.Background(), calc, p, func(context.Context, pipeline.Request) (pipeline.Answer, error) {
			return pipeline.Answer{Part: sourcetest.Part("answer", []byte(c.answer))}, c.err
		})
		if c.want == "" && !errors.Is(err, pipeline.ErrNothing) || c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestRecorded: the recorded answers are about places elsewhere, or of a kind that is
// not read.
func TestRecorded(t *testing.T) {
	mirror, err := pipeline.ReadMirror(context.Background(), os.DirFS(sourcetest.Recorded(t)), []pipeline.Source{Source{}})
	if err != nil || len(mirror.Extracts) != 0 || len(mirror.SetAside) != 0 {
		t.Error(fmt.Sprint(mirror.Extracts, mirror.SetAside, err))
	}
}
