package pipeline_test

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"samkraft/pipeline"
)

// cut is a file of which the end is missing.
func cut(t *testing.T, text string) string {
	packed := gzipped(t, text)
	return string(packed[:len(packed)-6])
}

// A bad file does not change what the archive takes for the state of the data:
// from the archive comes the old snapshot and none that never was.
func TestBadFileAndOffline(t *testing.T) {
	fresh := "#alpha energy 2025-12-31\n253;HOUS;1\n259;HOUS;2\n"
	for name, mirror := range map[string]files{
		"of the data set itself": later.with("energy-2024.csv", cut(t, later["energy-2024.csv"])),
		"of another":             published.with("new.csv", fresh).with("people.csv", cut(t, published["people.csv"])),
		"of none that is known":  published.without("people.csv").with("broken", ""),
	} {
		t.Run(name, func(t *testing.T) {
			disk := workspace(t)
			old := good(t, run(t, disk, later, south(t))).Plans[0].Snapshot
			if o := run(t, disk, mirror, south(t)); o.Code() != pipeline.Failed {
				t.Fatalf("%+v", o)
			}
			off := good(t, order(t, newRunner(disk), pipeline.Order{Plans: []pipeline.Plan{south(t)}}))
			if off.Plans[0].Snapshot != old || off.Plans[0].New {
				t.Errorf("%+v", off)
			}
		})
	}
}

// Which of two labels files is taken does not depend on their names.
func TestTwoLabels(t *testing.T) {
	a, b := published["people-labels.csv"], published["people-labels.csv"]+"\n"
	m := readMirror(t, files{"a": a, "b": b, "d": published["people.csv"]}.FS())
	n := readMirror(t, files{"a": b, "b": a, "d": published["people.csv"]}.FS())
	if len(m.Extracts) != 1 || len(n.Extracts) != 1 || m.Extracts[0].SHA256 != n.Extracts[0].SHA256 {
		t.Errorf("%q and %q", found(m), found(n))
	}
}

// Labels without their data are listed, not forgotten.
func TestLabelsAlone(t *testing.T) {
	m := readMirror(t, published.without("people.csv").FS())
	if len(m.Unrecognised) != 1 || m.Unrecognised[0] != "people-labels.csv" {
		t.Errorf("%+v", m)
	}
}

func TestKommune(t *testing.T) {
	for spelling, country := range map[string]string{"Greve Kommune": "DK", "Solrød kommune": "DK", "Halmstad kommun": "SE"} {
		if _, err := pipeline.FindMunicipality(country, spelling); err != nil {
			t.Error(err)
		}
	}
}

func TestCheckedNumbers(t *testing.T) {
	for place, text := range map[int]string{2: "90071992547409930.5", 3: "9223372036854775e300"} {
		var rows [][]any
		if err := keep(&rows).Row("everything", "line 2", goodRow(place, dec(text))...); err == nil {
			t.Errorf("%s is taken: %v", text, rows[0][place])
		}
	}
}

// Two keys whose parts make the same text when put together are two keys.
func TestCheckedKeyParts(t *testing.T) {
	table := pipeline.Table{Name: "t", Key: []string{"k", "l"}, Columns: []pipeline.Column{{Name: "k", Kind: pipeline.Text}, {Name: "l", Kind: pipeline.Text}}}
	out := pipeline.Checked(extract, []pipeline.Table{table}, func(pipeline.Table, string, []any) error { return nil })
	for _, row := range [][]any{{"a\x1fb", "c"}, {"a", "b\x1fc"}} {
		if err := out.Row("t", "line 2", row...); err != nil {
			t.Error(err)
		}
	}
}

// unsteady is a file system whose energy changes after it was opened twice.
type unsteady struct {
	fs.FS
	opened *int
}

func (u unsteady) Open(name string) (fs.File, error) {
	if name == "energy.csv" {
		if *u.opened++; *u.opened > 2 {
			return fstest.MapFS{name: {Data: []byte("#alpha energy 2023-12-31\n253;HOUS;1\n259;HOUS;2\n")}}.Open(name)
		}
	}
	return u.FS.Open(name)
}

// A file that is changed while it is read does not get into the archive under
// the hash of what it was.
func TestFileChanges(t *testing.T) {
	disk := workspace(t)
	r := newRunner(disk)
	_, err := r.Run(t.Context(), pipeline.Order{Plans: []pipeline.Plan{south(t)}, Origin: pipeline.FromMirror, Files: unsteady{published.FS(), new(int)}})
	if err == nil || !strings.Contains(err.Error(), "energy.csv") {
		t.Error(err)
	}
	for _, x := range receipts(t, disk) {
		if x.DataSet == "energy" {
			t.Errorf("the archive holds %+v", x)
		}
	}
}
