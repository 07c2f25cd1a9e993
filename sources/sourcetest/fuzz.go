package sourcetest

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"runtime/metrics"
	"slices"
	"strings"
	"testing"
	"time"

	"samkraft/pipeline"
	"samkraft/sources"
)

// Fuzz feeds a source with extracts that may hold anything, beginning with all of
// its golden cases and its part of the sample. Whatever an extract holds, the
// source's decoder
//
//   - does not fall, and comes to an end,
//   - takes no more memory than goes with the size of the extract,
//   - gives the same rows, edition or error when it decodes it once more,
//   - refuses it with a Problem that names what is wrong.
//
// An input is the number of a data set and the extract's files as one text, in which
// a line goes before each file: "-- file ROLE NAME --", or "-- sheets ROLE NAME --"
// for a workbook that is given as its cells (see workbook).
func Fuzz(f *testing.F, source pipeline.Source) {
	sets := source.Publisher().DataSets
	for _, s := range seeds(f, source) {
		f.Add(s.set, s.text)
	}
	f.Fuzz(func(t *testing.T, set uint8, text []byte) {
		d := sets[int(set)%len(sets)]
		var parts []pipeline.Part
		size := int64(0)
		for _, file := range unpack(text) {
			Recognises(t, source, file.content)
			p := Part(file.name, file.content)
			p.Role = file.role
			parts = append(parts, p)
			size += p.Bytes
		}
		slices.SortStableFunc(parts, func(a, b pipeline.Part) int { return slices.Index(d.Roles, a.Role) - slices.Index(d.Roles, b.Role) })
		x := pipeline.NewExtract(source.Publisher().ID, d.ID, parts)
		before := allocated()
		first := decodeOnce(t, source, x)
		if took := allocated() - before; took > allowed(size) {
			t.Errorf("decoding %d bytes took %d bytes of memory, expected at most %d", size, took, allowed(size))
		}
		if again := decodeOnce(t, source, x); again != first {
			t.Errorf("decoded once more the extract gives\n%s\nand gave\n%s", again, first)
		}
	})
}

// Recognises lets the source look at a file, which may hold anything.
func Recognises(t *testing.T, source pipeline.Source, content []byte) {
	t.Helper()
	head := content[:min(len(content), 64<<10)]
	claim, ok := source.Recognise(pipeline.Sniff{Head: head, Whole: len(head) == len(content)})
	if ok && dataSet(source, claim.DataSet).ID == "" {
		t.Errorf("a file is claimed for data set %q, which is not declared", claim.DataSet)
	}
}

// patience is how long a decoder may take for an input, which are small. It is long:
// the machine may have other things to do.
const patience = 60 * time.Second

// decodeOnce decodes an extract and tells what came of it.
func decodeOnce(t *testing.T, source pipeline.Source, x pipeline.Extract) string {
	t.Helper()
	hang := time.AfterFunc(patience, func() { panic("the decoder does not come to an end") })
	defer hang.Stop()
	rows, hash := 0, sha256.New()
	out := pipeline.Checked(x, Tables(source, x.DataSet), func(table pipeline.Table, location string, values []any) error {
		rows++
		fmt.Fprintln(hash, table.Name, location, values)
		return nil
	})
	edition, err := source.Decode(context.Background(), x, out)
	if problem, ok := err.(*pipeline.Problem); err != nil && (!ok || problem.What == "") {
		t.Errorf("an error for the person who must act is a Problem: %T %v", err, err)
	}
	if err != nil {
		return err.Error()
	}
	if _, err := time.Parse(time.DateOnly, edition.AsOf); err != nil && edition.AsOf != "" {
		t.Errorf("the edition is of %q, which is no day", edition.AsOf)
	}
	return fmt.Sprintf("%d rows of %q, %x", rows, edition.AsOf, hash.Sum(nil))
}

// allowed is how many bytes of memory a decoder may take for an extract, added up
// over all that it does: what it holds at a time is less. The first part is for
// buffers, and for what is made once, such as the lists of municipalities; what the
// golden cases take is below a tenth of all.
func allowed(size int64) int64 { return 8<<20 + 256*size }

// allocated is how many bytes of memory the process has taken so far.
func allocated() int64 {
	sample := []metrics.Sample{{Name: "/gc/heap/allocs:bytes"}}
	metrics.Read(sample)
	return int64(sample[0].Value.Uint64())
}

// seed is an input to begin with.
type seed struct {
	set  uint8
	text []byte
}

// maxSeed is the size above which a file is no seed: what it could teach stands in
// smaller ones.
const maxSeed = 64 << 10

// seeds makes inputs of the extracts in the golden cases and the sample, and of the
// files there that are none.
func seeds(f *testing.F, source pipeline.Source) []seed {
	f.Helper()
	p := source.Publisher()
	number := func(id string) uint8 {
		return uint8(max(0, slices.IndexFunc(p.DataSets, func(d pipeline.DataSet) bool { return d.ID == id })))
	}
	folders, err := filepath.Glob(filepath.Join("..", "..", "testdata", "decode", p.ID, "*", "in"))
	if err != nil || len(folders) == 0 {
		f.Fatalf("%s has no golden cases: %v", p.ID, err)
	}
	for _, kind := range []string{"published", "made-up"} {
		folder := filepath.Join("..", "..", "testdata", "sample", kind, p.ID)
		if _, err := os.Stat(folder); err == nil {
			folders = append(folders, folder)
		}
	}
	var all []seed
	for _, folder := range folders {
		root := os.DirFS(folder)
		mirror, err := pipeline.ReadMirror(context.Background(), root, []pipeline.Source{source})
		if err != nil {
			f.Fatal(err)
		}
		for _, x := range mirror.Extracts {
			if whole, sheets := pack(f, x); len(whole) < maxSeed {
				all = append(all, seed{number(x.DataSet), whole})
				if sheets != nil {
					all = append(all, seed{number(x.DataSet), sheets})
				}
			}
		}
		for _, s := range mirror.SetAside {
			if content, err := fs.ReadFile(root, s.File); err == nil && len(content) < maxSeed {
				all = append(all, seed{number(s.DataSet), content})
			}
		}
	}
	return all
}

// pack writes an extract as an input, and once more with workbooks as their cells;
// nil where it has none.
func pack(f *testing.F, x pipeline.Extract) (whole, sheets []byte) {
	f.Helper()
	books := false
	for _, p := range x.Parts {
		name := strings.Join(strings.Fields(path.Base(p.Name)), "_")
		content := read(f, p)
		head := fmt.Appendf(nil, "-- file %s %s --\n", p.Role, name)
		whole = slices.Concat(whole, head, content, []byte("\n"))
		if cells, ok := cellsOf(p); ok {
			books = true
			head, content = fmt.Appendf(nil, "-- sheets %s %s --\n", p.Role, name), cells
		}
		sheets = slices.Concat(sheets, head, content, []byte("\n"))
	}
	if !books {
		sheets = nil
	}
	return whole, sheets
}

func read(f *testing.F, p pipeline.Part) []byte {
	f.Helper()
	body, err := p.Open()
	if err != nil {
		f.Fatal(err)
	}
	defer body.Close()
	var content bytes.Buffer
	if _, err := content.ReadFrom(body); err != nil {
		f.Fatal(err)
	}
	return content.Bytes()
}

type file struct {
	role, name string
	content    []byte
}

var marker = regexp.MustCompile(`(?m)^-- (file|sheets) (\w*) ([^\s/]*) --\n`)

// maxFiles bounds the files of an extract.
const maxFiles = 8

// unpack reads an input. A text without a marker is one file with data.
func unpack(text []byte) []file {
	marks := marker.FindAllSubmatchIndex(text, maxFiles)
	if marks == nil {
		return []file{{"data", "fuzz", text}}
	}
	var files []file
	for i, m := range marks {
		end := len(text)
		if i+1 < len(marks) {
			end = marks[i+1][0]
		}
		f := file{string(text[m[4]:m[5]]), string(text[m[6]:m[7]]), bytes.TrimSuffix(text[m[1]:end], []byte("\n"))}
		if string(text[m[2]:m[3]]) == "sheets" {
			f.content = workbook(f.content)
		}
		files = append(files, f)
	}
	return files
}

// cellsOf writes the cells of a part that is a workbook as text: before each sheet a
// line "= NAME", then its rows, with a tab between cells.
func cellsOf(p pipeline.Part) ([]byte, bool) {
	book, err := sources.OpenWorkbook(p)
	if err != nil {
		return nil, false
	}
	defer book.Close()
	var text bytes.Buffer
	for _, sheet := range book.Sheets() {
		fmt.Fprintf(&text, "= %s\n", sheet)
		err := book.Rows(sheet, func(_ int, cells []string) error {
			text.WriteString(strings.ReplaceAll(strings.Join(cells, "\t"), "\n", " ") + "\n")
			return nil
		})
		if err != nil {
			return nil, false
		}
	}
	return text.Bytes(), true
}
