package scb

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"samkraft/pipeline"
	"samkraft/sources/sourcetest"
)

// rowsOf decodes a file, or files that are parts of one answer, into sorted rows
// without their places.
func rowsOf(t *testing.T, dataSet string, parts ...pipeline.Part) []string {
	t.Helper()
	x := pipeline.Extract{Source: "scb", DataSet: dataSet, Parts: parts}
	var rows []string
	out := pipeline.Checked(x, sourcetest.Tables(Source{}, dataSet), func(_ pipeline.Table, _ string, values []any) error {
		rows = append(rows, fmt.Sprint(values...))
		return nil
	})
	if _, err := (Source{}).Decode(context.Background(), x, out); err != nil {
		t.Fatal(err)
	}
	slices.Sort(rows)
	return rows
}

// TestAnswersAreTheFile: the same cells make the same rows as a file of SCB's pages,
// and as an answer in either format.
func TestAnswersAreTheFile(t *testing.T) {
	part := func(name string) pipeline.Part { return sourcetest.Part(name, sourcetest.Case(t, Source{}, name)) }
	want := rowsOf(t, prodbrEl, part("electricity_letters_replaced/in/later.csv"))
	for _, name := range []string{"answer_electricity/in/answer.json", "answer_electricity_v1/in/answer.json"} {
		if got := rowsOf(t, prodbrEl, part(name)); !slices.Equal(got, want) {
			t.Errorf("%s: %d rows, want the %d of the file\n%v\n%v", name, len(got), len(want), got, want)
		}
	}
	if len(want) != 90 {
		t.Errorf("%d rows, want 90", len(want))
	}
	for dataSet, pair := range map[string][2]string{
		energiKommKat: {"by_category_utf8/in/ovrigt.csv", "answer_by_category/in/answer.json"},
		folkmangd:     {"population/in/be0101_tabhel2024.xlsx", "answer_population/in/answer.json"},
		slutAnvSektor: {"answer_final_use/in/answer.json", "answer_final_use_sparse/in/answer.json"},
	} {
		if file, answer := rowsOf(t, dataSet, part(pair[0])), rowsOf(t, dataSet, part(pair[1])); !slices.Equal(file, answer) {
			t.Errorf("%s: %v\nwant %v", dataSet, answer, file)
		}
	}
}

func sorted(rows []string) string {
	slices.Sort(rows)
	return fmt.Sprint(rows)
}
