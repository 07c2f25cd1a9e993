package pipeline_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"samkraft/pipeline"
)

// countingSource gives rows with the keys 0 to n-1, and then again the keys that it
// is told.
type countingSource struct {
	fakeSource
	n     int
	again []int
}

func (c countingSource) Decode(_ context.Context, _ pipeline.Extract, out pipeline.Output) (pipeline.Edition, error) {
	row := make([]any, 1)
	for i := range c.n + len(c.again) {
		if row[0] = i; i >= c.n {
			row[0] = c.again[i-c.n]
		}
		if err := out.Row("many", fmt.Sprintf("line %d", i), row...); err != nil {
			return pipeline.Edition{}, err
		}
	}
	return pipeline.Edition{}, nil
}

// A key that stands twice is found among more rows than are kept in memory, and told
// with both places: the first that is met. Nothing is left of what was set down.
func TestKeyTwiceAmongMany(t *testing.T) {
	const many = 1<<20 + 70_000
	set := pipeline.DataSet{ID: "many", Tables: []pipeline.Table{{Name: "many", Key: []string{"n"}, Columns: []pipeline.Column{{Name: "n", Kind: pipeline.Integer}}}}}
	for _, c := range []struct {
		n     int
		again []int
		want  string
	}{
		{many, nil, ""},
		{many, []int{many - 1}, fmt.Sprintf("at line %d: the same key stands already at line %d: %d", many, many-1, many-1)},
		{many, []int{many + 5, 17, 3}, fmt.Sprintf("at line %d: the same key stands already at line 17: 17", many+1)},
		{10, []int{10, 4}, "at line 11: the same key stands already at line 4: 4"},
	} {
		disk := workspace(t)
		staged, err := (pipeline.Stage{Disk: disk}).Decode(context.Background(), countingSource{n: c.n, again: c.again}, set, extract)
		switch {
		case c.want == "" && (err != nil || staged.Rows["many"] != int64(c.n)):
			t.Errorf("%d rows: %v", staged.Rows["many"], err)
		case c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)):
			t.Errorf("%v, want %q", err, c.want)
		}
		for name := range content(t, disk, ".") {
			if c.want != "" || strings.Contains(name, "keys") {
				t.Errorf("%s is left", name)
			}
		}
	}
}

// The same rows give the same file, of many row groups as of one.
func TestStageSameBytes(t *testing.T) {
	set := pipeline.DataSet{ID: "many", Tables: []pipeline.Table{{Name: "many", Key: []string{"n"}, Columns: []pipeline.Column{{Name: "n", Kind: pipeline.Integer}}}}}
	var first string
	for range 3 {
		staged, err := (pipeline.Stage{Disk: workspace(t)}).Decode(context.Background(), countingSource{n: 400_000}, set, extract)
		if err != nil {
			t.Fatal(err)
		}
		if sum := staged.SHA256["many"]; first == "" {
			first = sum
		} else if sum != first {
			t.Errorf("%s, and before %s", sum, first)
		}
	}
}
