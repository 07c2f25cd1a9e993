package parquet

import (
	"context"
	"strings"
	"testing"
	"time"

	"samkraft/pipeline"
)

// tables is a source whose decoder gives two municipalities of different size.
type tables struct{ set pipeline.DataSet }

func (tables) Publisher() pipeline.Publisher                   { return pipeline.Publisher{} }
func (tables) Recognise(pipeline.Sniff) (pipeline.Claim, bool) { return pipeline.Claim{}, false }
func (s tables) Decode(_ context.Context, _ pipeline.Extract, out pipeline.Output) (pipeline.Edition, error) {
	day := time.Date(2024, 12, 31, 0, 0, 0, 0, time.UTC)
	for _, row := range [][]any{
		{"1315", 10196, 12.5, pipeline.Decimal{Coefficient: 674735}, day.Add(23 * time.Hour), day, true},
		{"1380", 106084, nil, nil, nil, nil, nil},
	} {
		if err := out.Row("t", "here", row...); err != nil {
			return pipeline.Edition{}, err
		}
	}
	return pipeline.Edition{}, nil
}

// written makes a draft with one table, as the writer saw it.
func written(t *testing.T) pipeline.Draft {
	t.Helper()
	disk := pipeline.Disk(t.TempDir())
	table := pipeline.Table{Name: "t", Key: []string{"code"}, Columns: []pipeline.Column{
		{Name: "code", Kind: pipeline.Text}, {Name: "people", Kind: pipeline.Integer}, {Name: "share", Kind: pipeline.Number}, {Name: "energy", Kind: pipeline.Decimal3},
		{Name: "hour", Kind: pipeline.Instant}, {Name: "day", Kind: pipeline.Date}, {Name: "yes", Kind: pipeline.Flag}}}
	set := pipeline.DataSet{ID: "d", Tables: []pipeline.Table{table}}
	staged, err := (pipeline.Stage{Disk: disk}).Decode(t.Context(), tables{set}, set, pipeline.Extract{Source: "s", DataSet: "d", SHA256: "x", Parts: []pipeline.Part{{}}})
	if err != nil {
		t.Fatal(err)
	}
	if err := disk.MkdirAll("draft"); err != nil {
		t.Fatal(err)
	}
	if err := disk.Link(staged.Files["t"], "draft/t.parquet"); err != nil {
		t.Fatal(err)
	}
	day := time.Date(2024, 12, 31, 0, 0, 0, 0, time.UTC)
	digest := func(add func(pipeline.Digest)) string {
		d := pipeline.NewDigest()
		add(d)
		return d.Sum()
	}
	one := func(add func(pipeline.Digest)) string { return digest(func(d pipeline.Digest) { add(d); d.Null() }) }
	built := pipeline.BuiltTable{Name: "t", Rows: 2, Fresh: true, Columns: []pipeline.BuiltColumn{
		{Name: "code", Type: "VARCHAR", Digest: digest(func(d pipeline.Digest) { d.Text("1315"); d.Text("1380") })},
		{Name: "people", Type: "BIGINT", Digest: digest(func(d pipeline.Digest) { d.Whole(10196); d.Whole(106084) })},
		{Name: "share", Type: "DOUBLE", Digest: one(func(d pipeline.Digest) { d.Number(12.5) })},
		{Name: "energy", Type: "DECIMAL(18,3)", Digest: one(func(d pipeline.Digest) { d.Whole(674735000) })},
		{Name: "hour", Type: "TIMESTAMP WITH TIME ZONE", Digest: one(func(d pipeline.Digest) { d.Whole(day.Add(23 * time.Hour).UnixMicro()) })},
		{Name: "day", Type: "DATE", Digest: one(func(d pipeline.Digest) { d.Whole(day.Unix() / 86400) })},
		{Name: "yes", Type: "BOOLEAN", Digest: one(func(d pipeline.Digest) { d.Whole(1) })},
		{Name: pipeline.LocationColumn, Type: "VARCHAR", Digest: digest(func(d pipeline.Digest) { d.Text("here"); d.Text("here") })},
	}}
	return pipeline.Draft{Disk: disk, Folder: "draft", Tables: []pipeline.BuiltTable{built}}
}

func TestReadBackAgrees(t *testing.T) {
	if err := (ReadBack{}).Write(t.Context(), written(t)); err != nil {
		t.Fatal(err)
	}
}

// TestReadBackFindsDifferences changes what the writer says it wrote: the file
// must then be refused, whichever way round the fault is.
func TestReadBackFindsDifferences(t *testing.T) {
	for name, change := range map[string]func(*pipeline.BuiltTable){
		"a value":             func(b *pipeline.BuiltTable) { b.Columns[1].Digest = b.Columns[0].Digest },
		"a null":              func(b *pipeline.BuiltTable) { b.Columns[2].Digest = b.Columns[3].Digest },
		"a row more":          func(b *pipeline.BuiltTable) { b.Rows++ },
		"a row less":          func(b *pipeline.BuiltTable) { b.Rows-- },
		"a column's name":     func(b *pipeline.BuiltTable) { b.Columns[1].Name = "inhabitants" },
		"a column's type":     func(b *pipeline.BuiltTable) { b.Columns[1].Type = "DOUBLE" },
		"a decimal's scale":   func(b *pipeline.BuiltTable) { b.Columns[3].Type = "DECIMAL(18,6)" },
		"a column less":       func(b *pipeline.BuiltTable) { b.Columns = b.Columns[:6] },
		"columns in disorder": func(b *pipeline.BuiltTable) { b.Columns[0], b.Columns[7] = b.Columns[7], b.Columns[0] },
	} {
		draft := written(t)
		change(&draft.Tables[0])
		if err := (ReadBack{}).Write(t.Context(), draft); err == nil || !strings.Contains(err.Error(), "table t") {
			t.Errorf("%s: the difference is not found: %v", name, err)
		}
	}
}

func TestReadBackRefusesDamage(t *testing.T) {
	draft := written(t)
	w, err := draft.Disk.Create("draft/t.parquet")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write([]byte("PAR1 this is no Parquet file PAR1")); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if err := (ReadBack{}).Write(t.Context(), draft); err == nil {
		t.Error("a damaged file is let through")
	}
}
