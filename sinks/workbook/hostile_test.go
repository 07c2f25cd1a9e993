package workbook

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"samkraft/sinks/words"
	"samkraft/sinks/workbook/booktest"
)

// hostile are texts that a spreadsheet may take for something else.
var hostile = []string{
	"=1+1", "+1", "-1", "@SUM(A1)", "=HYPERLINK(\"http://example.org\")", "\t=1", " =1", "'=1", "&amp; <b>&lt;</b> ]]>", "</is></c></row></sheetData>",
	"a\x00b\x0bc\x1f", "line\r\nline\ttab", "_x0041_", "_x005F_x0041_", "_x00", "\uFFFE\uFFFF", "👩‍🔬 Ø", "007", "1e5", "TRUE", "  spaces  ", "#REF!", "", "end",
}

// hostileTable is a table of them.
func hostileTable() made {
	m := made{"measure", 1, [][3]string{{"note", "VARCHAR", ""}}, nil}
	for _, text := range hostile {
		m.rows = append(m.rows, []any{text})
	}
	return m
}

// TestHostileTexts holds that a text stays a text, whatever it is.
func TestHostileTexts(t *testing.T) {
	folder := snapshotOf(t, two(hostileTable())...)
	book := bookOf(t, folder, words.Danish)
	faults, err := booktest.Faults(folder, book, 17)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range faults {
		t.Error(f)
	}
	f := read(t, book)
	sheet := sheetOf(t, f, "measure")
	for i := range hostile {
		at := fmt.Sprintf("A%d", i+2)
		formula, err := f.GetCellFormula(sheet, at)
		if err != nil || formula != "" {
			t.Errorf("%q computes %q: %v", hostile[i], formula, err)
		}
		kind, err := f.GetCellType(sheet, at)
		if err != nil || kind != excelize.CellTypeInlineString {
			t.Errorf("%q is of type %v: %v", hostile[i], kind, err)
		}
	}
}

// TestTablesWithoutSheet holds that what a sheet cannot hold is named and not cut.
func TestTablesWithoutSheet(t *testing.T) {
	var many [][]any
	for i := range maxRows + 1 {
		many = append(many, []any{i})
	}
	folder := snapshotOf(t, two(
		made{"boundary", 1, [][3]string{{"geojson", "VARCHAR", ""}}, [][]any{{strings.Repeat("x", 40_000)}}},
		made{"correction", 1, [][3]string{{"note", "VARCHAR", ""}}, [][]any{{strings.Repeat("x", maxText-2) + "👩"}}},
		made{"lineage", 1, [][3]string{{"row", "BIGINT", "1"}}, many},
		made{"weather_hourly", 1, [][3]string{{"row", "BIGINT", "1"}}, many[:maxRows]},
	)...)
	book := bookOf(t, folder, words.Swedish)
	faults, err := booktest.Faults(folder, book, 17)
	if err != nil || len(faults) > 0 {
		t.Errorf("%q %v", faults, err)
	}
	f := read(t, book)
	var names []string
	for _, sheet := range f.GetSheetList() {
		names = append(names, tablesOf(t, f, sheet)...)
	}
	for name, want := range map[string]bool{"boundary": false, "correction": true, "lineage": false, "weather_hourly": true, "own_figure": false, "plan": true} {
		if slices.Contains(names, name) != want {
			t.Errorf("the table %s has a sheet: %v, want %v", name, !want, want)
		}
	}
	cover := fmt.Sprint(rowsOf(t, f, f.GetSheetList()[0]))
	for _, want := range []string{"boundary.parquet", "lineage.parquet", "20\u00a0000 rader", "Planen har inga rader av den"} {
		if !strings.Contains(cover, want) {
			t.Errorf("the cover does not say %q", want)
		}
	}
}

// TestNames holds that names of sheets are such as Excel takes, and each its own.
func TestNames(t *testing.T) {
	e := &edition{taken: map[string]bool{}}
	for _, c := range [][2]string{
		{"Members", "Members"}, {"members", "members 2"}, {"a/b:c*d?[e]'f\\g", "a b c d e f g"}, {"", " 2"},
		{"A name that is far too long for the tab of a sheet", "A name that is far too long…"}, {"A name that is far too long for the tab of another", "A name that is far too long… 2"},
	} {
		if got := e.name(c[0]); got != c[1] {
			t.Errorf("%q becomes %q, want %q", c[0], got, c[1])
		}
	}
}

// TestNumbers holds numbers at the ends of what Excel counts.
func TestNumbers(t *testing.T) {
	for _, c := range []struct {
		value any
		want  string
	}{
		{1e300, "><v>1e+300</v>"}, {math.Nextafter(0.3, 1), "><v>0.30000000000000004</v>"}, {math.NaN(), ` t="inlineStr"><is><t xml:space="preserve">NaN</t></is>`},
		{int64(1 << 60), ` t="inlineStr"><is><t xml:space="preserve">1152921504606846976</t></is>`}, {false, ` t="b"><v>0</v>`}, {math.Copysign(0, -1), "><v>-0</v>"},
	} {
		got, err := appendValue(nil, c.value)
		if err != nil || string(got) != c.want {
			t.Errorf("%v is written %s %v, want %s", c.value, got, err, c.want)
		}
	}
}
