package pipeline_test

import (
	"context"
	"strings"
	"testing"
	"testing/fstest"

	"samkraft/pipeline"
)

// watch is a source that claims nothing and remembers what it saw.
type watch struct {
	fakeSource
	seen *pipeline.Sniff
}

func (w watch) Recognise(f pipeline.Sniff) (pipeline.Claim, bool) {
	*w.seen = f
	return pipeline.Claim{}, false
}

func TestSniff(t *testing.T) {
	long := strings.Repeat("253;259\n", 10_000)
	cases := []struct {
		name, text  string
		head, texts string
		whole       bool
		sheets      int // -1: not a workbook
	}{
		{"short", "253;259\n", "253;259\n", "", true, -1},
		{"long", long, long[:64<<10], "", false, -1},
		{"packed", string(gzipped(t, long)), long[:64<<10], "", false, -1},
		{"workbook", string(workbook(t, "Elforbrug", 4)), "PK\x03\x04", "<si><t>Greve</t></si>", true, 1},
		{"packed workbook", string(zstdOf(t, string(workbook(t, "Elforbrug", 4)))), "PK\x03\x04", "<si><t>Køge</t></si>", true, 1},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			var s pipeline.Sniff
			root := fstest.MapFS{"x": {Data: []byte(c.text)}}
			if _, err := pipeline.ReadMirror(context.Background(), root, []pipeline.Source{watch{alpha, &s}}); err != nil {
				t.Fatal(err)
			}
			if !strings.HasPrefix(string(s.Head), c.head) || s.Whole != c.whole || !strings.Contains(s.Texts, c.texts) {
				t.Errorf("%d bytes of head, whole %v, texts %q", len(s.Head), s.Whole, s.Texts)
			}
			if c.sheets < 0 && s.Sheets != nil || c.sheets >= 0 && len(s.Sheets) != c.sheets {
				t.Errorf("sheets %q", s.Sheets)
			}
		})
	}
}

// A workbook that was cut is still known for whose it is, by what is left of it,
// and is set aside as broken, or as nobody's where too little is left. None is
// taken for whole.
func TestTruncatedWorkbook(t *testing.T) {
	whole := workbook(t, "alpha", 60)
	known := 0
	for n := 4; n < len(whole); n += 7 {
		m := readMirror(t, fstest.MapFS{"book.xlsx": {Data: whole[:n]}})
		if len(m.Extracts) > 0 || len(m.SetAside) != 1 || !m.SetAside[0].Broken {
			t.Fatalf("cut to %d of %d bytes: %+v", n, len(whole), m)
		}
		if s := m.SetAside[0]; s.Source == "alpha" && s.DataSet == "book" {
			if known++; !strings.Contains(s.Problem.Error(), "book.xlsx: cannot be read to its end: the workbook is damaged") {
				t.Errorf("%v", s.Problem)
			}
		}
	}
	if known == 0 {
		t.Error("no cut workbook was known for what it is")
	}
	if m := readMirror(t, fstest.MapFS{"book.xlsx": {Data: whole}}); len(m.Extracts) != 1 {
		t.Errorf("whole: %+v", m)
	}
}
