package pipeline_test

import (
	"context"
	"testing"
	"testing/fstest"

	"samkraft/pipeline"
)

// FuzzReadMirror: whatever a file holds, it ends up as an extract, unrecognised
// or set aside, once, and an extract can be read again.
func FuzzReadMirror(f *testing.F) {
	book := workbook(f, "alpha", 9)
	for _, seed := range [][]byte{
		nil, {0}, []byte("#alpha energy 2023-12-31\n253;HOUS;1\n259;HOUS;2\n"), []byte("#alpha people 2023-12-31 data south\n"),
		gzipped(f, published["trees.csv"]), zstdOf(f, published["trees.csv"]), gzipped(f, string(gzipped(f, "twice"))),
		{0x1f, 0x8b}, {0x28, 0xb5, 0x2f, 0xfd}, []byte("PK\x03\x04"), book, book[:len(book)/2], gzipped(f, string(book[:len(book)-20])),
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		m, err := pipeline.ReadMirror(context.Background(), fstest.MapFS{"x": {Data: text}}, sources)
		if err != nil {
			t.Fatal(err)
		}
		if n := len(m.Extracts) + len(m.Unrecognised) + len(m.SetAside); n > 1 || n == 0 && !lone(text) {
			t.Errorf("%+v", m)
		}
		for _, x := range m.Extracts {
			if sum, _, err := partHash(x.Parts[0]); err != nil || sum != x.SHA256 {
				t.Errorf("%s is read as %s: %v", x.SHA256, sum, err)
			}
		}
	})
}

// lone reports whether a file is one that belongs to another: labels without
// their data are left out of the rule, as ReadMirror forgets them.
func lone(text []byte) bool {
	var s pipeline.Sniff
	_, _ = pipeline.ReadMirror(context.Background(), fstest.MapFS{"x": {Data: text}}, []pipeline.Source{watch{alpha, &s}})
	c, known := alpha.Recognise(s)
	return known && c.Role != "data" && c.Role != ""
}
