package workbook

import (
	"strings"
	"testing"

	"samkraft/sinks/words"
)

// TestTexts makes what the texts are for, and finds those that nothing says.
func TestTexts(t *testing.T) {
	note := [][3]string{{"note", "VARCHAR", ""}}
	rows := [][]any{{"a"}}
	more := []made{
		{"agreement", 1, note, rows}, {"renewable_supply", 1, note, rows}, {"completeness", 1, note, rows}, {"boundary", 1, note, [][]any{{strings.Repeat("x", maxText+1)}}},
		{"lineage", 1, [][3]string{{"row", "BIGINT", "1"}}, make([][]any, maxRows+1)},
	}
	for i := range more[4].rows {
		more[4].rows[i] = []any{i}
	}
	for _, change := range []func(joint []any, all []made){
		func(joint []any, all []made) {},
		func(joint []any, all []made) { joint[15], joint[12] = true, 0.0 },
		func(joint []any, all []made) { joint[15] = nil; all[9].rows[0][4] = false },
	} {
		all := two(more...)
		change(all[3].rows[0], all)
		for _, l := range words.All {
			bookOf(t, snapshotOf(t, all...), l)
		}
		more = nil // once is enough
	}
	if unused := texts.Unused(); len(unused) > 0 {
		t.Errorf("nothing says %v", unused)
	}
}
