package pipeline_test

import (
	"context"
	"errors"
	"fmt"
	"math"
	"os"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"samkraft/pipeline"
)

// rowsSource is a source whose extracts hold the rows that it was given.
type rowsSource struct {
	fakeSource
	rows [][]any
	asOf string
	err  error
}

func (r rowsSource) Decode(_ context.Context, _ pipeline.Extract, out pipeline.Output) (pipeline.Edition, error) {
	for i, row := range r.rows {
		if err := out.Row("everything", fmt.Sprintf("line %d", i+2), row...); err != nil {
			return pipeline.Edition{}, err
		}
	}
	return pipeline.Edition{AsOf: r.asOf}, r.err
}

var everything = pipeline.DataSet{ID: "everything", Version: 1, Tables: []pipeline.Table{everyKind}}

// What a decoder gives is what stands in the staged file, of every kind, with
// nulls and without; and the second time it comes from the cache.
func TestStage(t *testing.T) {
	disk := workspace(t)
	row := goodRow(-1, nil)
	empty := []any{"259", someDay, nil, nil, nil, nil, nil, nil}
	small := []any{"", newYear, -1, math.SmallestNonzeroFloat64, dec("-0.001"), dec("-0.000001"), newYear.AddDate(-100, 0, 0), false}
	source := rowsSource{rows: [][]any{row, empty, small}, asOf: "2024-03-31"}
	s := pipeline.Stage{Disk: disk}
	for _, decoded := range []bool{true, false} {
		staged, err := s.Decode(context.Background(), source, everything, extract)
		if err != nil || staged.Decoded != decoded || staged.AsOf != "2024-03-31" || staged.Rows["everything"] != 3 || staged.Version != 1 {
			t.Fatalf("%+v %v", staged, err)
		}
		rows, err := stagedRows(disk, staged.Files["everything"])
		if err != nil {
			t.Fatal(err)
		}
		want := [][]any{
			{"253", int32(19723), int64(7), 0.5, int64(80569590), int64(77010000), newYear.UnixMicro() + 3600e6, true, "line 2"},
			{"259", int32(19813), nil, nil, nil, nil, nil, nil, "line 3"},
			{"", int32(19723), int64(-1), math.SmallestNonzeroFloat64, int64(-1), int64(-1), newYear.AddDate(-100, 0, 0).UnixMicro(), false, "line 4"},
		}
		if !slices.EqualFunc(rows, want, func(a, b []any) bool { return slices.Equal(a, b) }) {
			t.Errorf("%v, want %v", rows, want)
		}
	}
}

// The cache is known by the decoder's version and tables, and goes when a file
// of it is gone.
func TestStageKey(t *testing.T) {
	disk := workspace(t)
	s := pipeline.Stage{Disk: disk}
	source := rowsSource{rows: [][]any{goodRow(-1, nil), goodRow(0, "259")}}
	decode := func(set pipeline.DataSet) pipeline.Staged {
		t.Helper()
		staged, err := s.Decode(context.Background(), source, set, extract)
		if err != nil {
			t.Fatal(err)
		}
		return staged
	}
	first := decode(everything)
	newer, described := everything, everything
	newer.Version = 2
	described.Tables = []pipeline.Table{everyKind}
	described.Tables[0].Description = "one of each kind"
	if !decode(newer).Decoded || !decode(described).Decoded || decode(everything).Decoded {
		t.Error("the cache is not known by version and tables")
	}
	if err := os.Remove(disk.Path(first.Files["everything"])); err != nil {
		t.Fatal(err)
	}
	if again := decode(everything); !again.Decoded {
		t.Error("a file is gone and the cache says that it is there")
	}
}

// A decoder that fails leaves nothing, whatever it wrote before.
func TestStageFails(t *testing.T) {
	problem := &pipeline.Problem{File: "everything.csv", What: "a total row at the foot"}
	cases := map[string]rowsSource{
		"at the end":    {rows: [][]any{goodRow(-1, nil), goodRow(0, "259")}, err: problem},
		"at once":       {err: problem},
		"a key twice":   {rows: [][]any{goodRow(-1, nil), goodRow(-1, nil)}},
		"a wrong kind":  {rows: [][]any{goodRow(-1, nil), goodRow(4, 1.5)}},
		"no such day":   {rows: [][]any{goodRow(-1, nil), goodRow(0, "259")}, asOf: "2024-02-30"},
		"half a date":   {rows: [][]any{goodRow(-1, nil), goodRow(0, "259")}, asOf: "2024"},
		"a short row":   {rows: [][]any{goodRow(-1, nil), {"259"}}},
		"not a problem": {rows: [][]any{goodRow(-1, nil)}, err: errSink},
	}
	for name, source := range cases {
		t.Run(name, func(t *testing.T) {
			disk := workspace(t)
			staged, err := (pipeline.Stage{Disk: disk}).Decode(context.Background(), source, everything, extract)
			if err == nil || source.err != nil && !errors.Is(err, source.err) {
				t.Errorf("%+v %v", staged, err)
			}
			if left := content(t, disk, "."); len(left) > 0 {
				t.Errorf("%d files are left", len(left))
			}
		})
	}
}

// More rows than a row group holds come through in order.
func TestStageRowGroups(t *testing.T) {
	disk := workspace(t)
	table := pipeline.Table{Name: "everything", Key: []string{"n"}, Columns: []pipeline.Column{{Name: "n", Kind: pipeline.Integer}, {Name: "name", Kind: pipeline.Text}}}
	const n = 1<<17 + 2
	source := rowsSource{rows: make([][]any, n)}
	name := func(i int) any {
		if i%5 == 3 {
			return nil
		}
		return strings.Repeat("x", i%3)
	}
	for i := range source.rows {
		source.rows[i] = []any{i, name(i)}
	}
	staged, err := (pipeline.Stage{Disk: disk}).Decode(context.Background(), source, pipeline.DataSet{ID: "everything", Tables: []pipeline.Table{table}}, extract)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := stagedRows(disk, staged.Files["everything"])
	if err != nil || len(rows) != n {
		t.Fatalf("%d rows: %v", len(rows), err)
	}
	for i, row := range rows {
		if row[0] != int64(i) || row[1] != name(i) || row[2] != fmt.Sprintf("line %d", i+2) {
			t.Fatalf("row %d is %v", i, row)
		}
	}
}

// An extract without rows is staged too, and has no file.
func TestStageEmpty(t *testing.T) {
	s := pipeline.Stage{Disk: workspace(t)}
	for _, decoded := range []bool{true, false} {
		staged, err := s.Decode(context.Background(), rowsSource{}, everything, extract)
		if err != nil || staged.Decoded != decoded || len(staged.Files) > 0 {
			t.Errorf("%+v %v", staged, err)
		}
	}
}

// A column of texts with nulls between them, many of which repeat: every text stays
// in its row, also beyond what is written at a time.
func TestStageTexts(t *testing.T) {
	set := pipeline.DataSet{ID: "texts", Version: 1, Tables: []pipeline.Table{{
		Name: "everything", Description: "places", Key: []string{"number"}, Columns: []pipeline.Column{
			{Name: "number", Kind: pipeline.Integer, Unit: "1", Description: "a number"},
			{Name: "place", Kind: pipeline.Text, Description: "a place, or none"},
		}}}}
	rapid.Check(t, func(t *rapid.T) {
		run := rapid.Custom(func(t *rapid.T) [2]int {
			return [2]int{rapid.IntRange(-1, 3).Draw(t, "place"), rapid.IntRange(1, 1500).Draw(t, "times")}
		})
		var rows, want [][]any
		for _, r := range rapid.SliceOfN(run, 1, 8).Draw(t, "runs") {
			for range r[1] {
				var place any
				if r[0] >= 0 {
					place = []string{"", "Greve", "Køge", "Stevns"}[r[0]]
				}
				n := int64(len(rows))
				want = append(want, []any{n, place, fmt.Sprintf("line %d", n+2)})
				rows = append(rows, []any{n, place})
			}
		}
		folder, err := os.MkdirTemp("", "samkraft-")
		if err != nil {
			t.Fatal(err)
		}
		defer os.RemoveAll(folder)
		disk := pipeline.Disk(folder)
		staged, err := (pipeline.Stage{Disk: disk}).Decode(context.Background(), rowsSource{rows: rows}, set, extract)
		if err != nil {
			t.Fatal(err)
		}
		got, err := stagedRows(disk, staged.Files["everything"])
		if err != nil || !slices.EqualFunc(got, want, func(a, b []any) bool { return slices.Equal(a, b) }) {
			t.Fatalf("the texts are not where they were: %v", err)
		}
	})
}
