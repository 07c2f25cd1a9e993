package backup

import (
	"archive/tar"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"

	"samkraft/pipeline"
)

func untold(string, int64, int64) {}

func hashOf(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

// entry is an entry of an archive that a test makes by hand.
type entry struct {
	tar.Header
	text string
}

func regular(name, text string) entry {
	return entry{tar.Header{Typeflag: tar.TypeReg, Name: name, Size: int64(len(text)), Mode: 0o644}, text}
}

// packed writes entries, and before them a list where there is one.
func packed(t testing.TB, l *list, entries ...entry) []byte {
	t.Helper()
	var out bytes.Buffer
	z, err := zstd.NewWriter(&out)
	if err != nil {
		t.Fatal(err)
	}
	w := tar.NewWriter(z)
	if l != nil {
		text, err := json.Marshal(l)
		if err != nil {
			t.Fatal(err)
		}
		entries = append([]entry{regular(listName, string(text))}, entries...)
	}
	for _, e := range entries {
		if err := w.WriteHeader(&e.Header); err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(e.text)); err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(w.Close(), z.Close()); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func listed(name, text string) file {
	return file{Path: name, Bytes: int64(len(text)), SHA256: hashOf(text)}
}

// nothing fails the test when a restore has left anything.
func nothing(t *testing.T, folder string) {
	t.Helper()
	err := fs.WalkDir(os.DirFS(folder), ".", func(name string, _ fs.DirEntry, err error) error {
		if name != "." {
			t.Errorf("%s is there", name)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

// TestHostile: an archive that is not what Write makes is refused, and leaves nothing,
// neither in the workspace nor beside it.
func TestHostile(t *testing.T) {
	one := func(f file, entries ...entry) func(testing.TB) []byte {
		return func(t testing.TB) []byte { return packed(t, &list{Format: format, Files: []file{f}}, entries...) }
	}
	several := func(files ...file) func(testing.TB) []byte {
		return func(t testing.TB) []byte { return packed(t, &list{Format: format, Files: files}) }
	}
	link := func(kind byte, name, to string) entry {
		return entry{tar.Header{Typeflag: kind, Name: name, Linkname: to}, ""}
	}
	for name, c := range map[string]struct {
		make func(testing.TB) []byte
		says string
	}{
		"no backup":          {func(t testing.TB) []byte { return packed(t, nil, regular("runs/a.json", "x")) }, "no backup of a workspace"},
		"not compressed":     {func(testing.TB) []byte { return []byte("runs/a.json") }, "cannot be read"},
		"empty":              {func(testing.TB) []byte { return nil }, "cut short"},
		"another form":       {func(t testing.TB) []byte { return packed(t, &list{Format: 2}) }, "form 2"},
		"a list of no sense": {func(t testing.TB) []byte { return packed(t, nil, regular(listName, `{"format":1,"more":1}`)) }, "unknown field"},
		"up and out":         {one(listed("../out", "x"), regular("../out", "x")), "no path in a workspace"},
		"up in between":      {one(listed("runs/../../out", "x"), regular("runs/../../out", "x")), "no path in a workspace"},
		"from the root":      {one(listed("/tmp/out", "x"), regular("/tmp/out", "x")), "no path in a workspace"},
		"another system's":   {one(listed(`runs\..\..\out`, "x")), "no path in a workspace"},
		"a drive":            {one(listed("c:/out", "x")), "no path in a workspace"},
		"no name":            {one(listed("", "x")), "no path in a workspace"},
		"the folder itself":  {one(listed(".", "x")), "no path in a workspace"},
		"very deep":          {one(listed(strings.Repeat("a/", 40)+"a", "x")), "no path in a workspace"},
		"the lock":           {one(listed("lock", "x"), regular("lock", "x")), "never in a backup"},
		"half made":          {one(listed("runs/.new-a", "x")), "never in a backup"},
		"into the restore":   {one(listed("restoring/runs/a", "x")), "never in a backup"},
		"twice":              {several(listed("a", "x"), listed("a", "x")), "out of order"},
		"not in order":       {several(listed("b", "x"), listed("a", "x")), "out of order"},
		"capitals":           {several(listed("A", "x"), listed("a", "x")), "but for capitals"},
		"a file as a folder": {several(listed("a", "x"), listed("a/b", "x")), "below what is a file"},
		"a link out":         {one(file{Path: "a", Link: "../../etc/passwd"}, link(tar.TypeLink, "a", "../../etc/passwd")), "another name of what is no file"},
		"a link to itself":   {one(file{Path: "a", Link: "a"}), "another name of what is no file"},
		"a link to a link":   {several(listed("a", "x"), file{Path: "b", Link: "a"}, file{Path: "c", Link: "b"}), "another name of what is no file"},
		"a negative size":    {one(file{Path: "a", Bytes: -1, SHA256: hashOf("")}), "without a size"},
		"a short hash":       {one(file{Path: "a", SHA256: "00"}), "without a size"},
		"a symbolic link":    {one(listed("a", ""), link(tar.TypeSymlink, "a", "/etc")), "where its list has a"},
		"a device":           {one(listed("a", ""), link(tar.TypeChar, "a", "")), "where its list has a"},
		"a folder":           {one(listed("a", ""), link(tar.TypeDir, "a/", "")), "where its list has a"},
		"another name":       {one(listed("a", "x"), regular("b", "x")), "where its list has a"},
		"another size":       {one(listed("a", "x"), regular("a", "xx")), "where its list has a"},
		"another content":    {one(listed("a", "x"), regular("a", "y")), "a in the backup is not what was saved"},
		"more than listed":   {one(listed("a", "x"), regular("a", "x"), regular("b", "x")), "which its list does not name"},
		"less than listed":   {several(listed("a", "x")), "cut short"},
		"larger than any disk": {several(file{Path: "a", Bytes: maxBytes, SHA256: hashOf("")}, file{Path: "b", Bytes: maxBytes, SHA256: hashOf("")}),
			"beyond what any disk holds"},
		"larger than the disk": {one(file{Path: "a", Bytes: 2 << 20, SHA256: hashOf("")}), "has 1.0 MB free, and the backup takes 2.1 MB"},
	} {
		t.Run(name, func(t *testing.T) {
			text := c.make(t)
			root := t.TempDir()
			disk := pipeline.Disk(root + "/inner/ws")
			if err := disk.MkdirAll("."); err != nil {
				t.Fatal(err)
			}
			_, err := Restore(context.Background(), disk, bytes.NewReader(text), func() (int64, error) { return 1 << 20, nil }, untold)
			if err == nil || !strings.Contains(err.Error(), c.says) {
				t.Errorf("%v; want %q", err, c.says)
			}
			nothing(t, string(disk))
			if entries, err := os.ReadDir(root); err != nil || len(entries) != 1 {
				t.Errorf("something stands beside the workspace: %v %v", entries, err)
			}
			if _, err := Check(context.Background(), bytes.NewReader(text), untold); err == nil && name != "larger than the disk" {
				t.Error("it passes for good")
			}
		})
	}
}

// small is a workspace of a few bytes.
func small(t *testing.T) pipeline.Disk {
	t.Helper()
	disk := pipeline.Disk(t.TempDir())
	for name, text := range map[string]string{"schedule.json": "{}", "runs/a.json": "{\"id\":\"a\"}", "snapshots/p/latest": "0123456789abcdef\n", "lock": "{}", "stage/a": "x"} {
		if err := disk.MkdirAll(name[:strings.LastIndex("/"+name, "/")]); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(disk.Path(name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return disk
}

// TestDamaged cuts a backup short at every byte, and flips a bit of each: it is noticed, or
// what is read is what was saved.
func TestDamaged(t *testing.T) {
	var out bytes.Buffer
	if _, err := Write(context.Background(), small(t), &out, false, untold); err != nil {
		t.Fatal(err)
	}
	good := out.Bytes()
	if sum, err := Check(context.Background(), bytes.NewReader(good), untold); err != nil || sum.Files != 3 {
		t.Fatalf("%+v %v", sum, err)
	}
	for n := range good {
		if _, err := Check(context.Background(), bytes.NewReader(good[:n]), untold); err == nil {
			t.Errorf("%d bytes of %d pass for good", n, len(good))
		}
	}
	same := 0
	for n := range good {
		bad := bytes.Clone(good)
		bad[n] ^= 1 << (n % 8)
		kept := &keeps{files: map[string]string{}}
		if _, err := read(context.Background(), bytes.NewReader(bad), kept, untold); err == nil {
			same++
			if kept.files["runs/a.json"] != "{\"id\":\"a\"}" || len(kept.files) != 3 {
				t.Errorf("bit %d of byte %d: %v", n%8, n, kept.files)
			}
		}
	}
	if same > 5 { // some bits of a frame's head say nothing
		t.Errorf("%d flipped bits were not noticed", same)
	}
}

// keeps remembers what it is given.
type keeps struct{ files map[string]string }

func (k *keeps) begin(list) error { return nil }
func (k *keeps) file(f file, content io.Reader) error {
	var text bytes.Buffer
	_, err := text.ReadFrom(content)
	k.files[f.Path] = text.String()
	return err
}

// TestNotEmpty: nobody's files are written over.
func TestNotEmpty(t *testing.T) {
	var out bytes.Buffer
	if _, err := Write(context.Background(), small(t), &out, true, untold); err != nil {
		t.Fatal(err)
	}
	disk := small(t)
	_, err := Restore(context.Background(), disk, bytes.NewReader(out.Bytes()), nil, untold)
	if err == nil || !strings.Contains(err.Error(), "is not empty (runs)") {
		t.Error(err)
	}
	// A restore that was cut off is begun anew, but not over what it cannot have made.
	if err := os.MkdirAll(disk.Path("restoring/runs"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(disk.Path("my.txt"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	_, err = Restore(context.Background(), disk, bytes.NewReader(out.Bytes()), nil, untold)
	if err == nil || !strings.Contains(err.Error(), "my.txt") {
		t.Error(err)
	}
	if err := os.Remove(disk.Path("my.txt")); err != nil {
		t.Fatal(err)
	}
	if _, err := Restore(context.Background(), disk, bytes.NewReader(out.Bytes()), nil, untold); err != nil {
		t.Error(err)
	}
	if text, err := os.ReadFile(disk.Path("stage/a")); err != nil || string(text) != "x" {
		t.Errorf("%q %v", text, err)
	}
}

// FuzzCheck: whatever is read, it ends with an answer.
func FuzzCheck(f *testing.F) {
	f.Add(packed(f, &list{Format: format, Files: []file{listed("a", "x"), {Path: "b", Link: "a"}}}, regular("a", "x"),
		entry{tar.Header{Typeflag: tar.TypeLink, Name: "b", Linkname: "a"}, ""}))
	f.Add(packed(f, nil, regular("a", "x")))
	f.Add([]byte("(\xb5/\xfd"))
	f.Fuzz(func(t *testing.T, text []byte) {
		Check(t.Context(), bytes.NewReader(text), untold)
	})
}
