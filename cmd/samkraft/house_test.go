package main

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// room is a folder that holds Go code, with the folders of the project that its
// packages may import.
type room struct {
	name    string
	imports []string
}

// rooms are all of them; one inside of another stands before it. Tests may import
// more, but nothing outside of cmd imports cmd.
var rooms = []room{
	{"cmd", []string{"cmd", "sinks", "transforms", "sources", "pipeline", "testdata"}},
	{"sinks", []string{"sinks", "pipeline"}},
	{"transforms/coalition", []string{"transforms/coalition"}},
	{"transforms/saving", []string{"transforms/saving", "transforms/coalition"}},
	{"transforms/suppression", []string{"transforms/suppression"}},
	{"transforms", []string{"transforms", "pipeline"}},
	{"sources", []string{"sources", "pipeline"}},
	{"pipeline", []string{"pipeline"}},
	{"testdata", nil},
}

// below reports whether a slash-separated path is a folder or in it.
func below(name, folder string) bool {
	return name == folder || strings.HasPrefix(name, folder+"/")
}

// project is the root of the project's files.
func project(t testing.TB) fs.FS {
	t.Helper()
	root := os.DirFS("../..")
	if _, err := fs.Stat(root, "go.mod"); err != nil {
		t.Fatal(err)
	}
	return root
}

// projectFiles lists the project's files by their slash-separated paths, without
// what .gitignore names and what belongs to git.
func projectFiles(t testing.TB, root fs.FS) []string {
	t.Helper()
	text, err := fs.ReadFile(root, ".gitignore")
	if err != nil {
		t.Fatal(err)
	}
	patterns := strings.Fields(string(text))
	ignored := func(name string) bool {
		return slices.ContainsFunc(patterns, func(pattern string) bool {
			pattern = strings.TrimSuffix(pattern, "/")
			candidate := path.Base(name)
			if strings.HasPrefix(pattern, "/") {
				pattern, candidate = pattern[1:], name
			}
			matches, err := path.Match(pattern, candidate)
			if err != nil {
				t.Fatalf(".gitignore: %s: %v", pattern, err)
			}
			return matches
		})
	}
	var names []string
	err = fs.WalkDir(root, ".", func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case name != "." && ignored(name), name == ".git":
			if entry.IsDir() {
				return fs.SkipDir
			}
		case !entry.IsDir():
			names = append(names, name)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return names
}

// TestHouse holds the rule of which room may know which.
func TestHouse(t *testing.T) {
	root := project(t)
	seen := map[string]bool{}
	for _, name := range projectFiles(t, root) {
		if path.Ext(name) != ".go" {
			continue
		}
		i := slices.IndexFunc(rooms, func(r room) bool { return below(path.Dir(name), r.name) })
		if i < 0 {
			t.Errorf("%s: no Go code outside of cmd, sinks, transforms, sources, pipeline and testdata", name)
			continue
		}
		room := rooms[i]
		seen[room.name] = true
		text, err := fs.ReadFile(root, name)
		if err != nil {
			t.Fatal(err)
		}
		files := token.NewFileSet()
		tree, err := parser.ParseFile(files, name, text, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		test := strings.HasSuffix(name, "_test.go")
		for _, spec := range tree.Imports {
			imported, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				t.Fatal(err)
			}
			if !below(imported, "samkraft") {
				continue
			}
			imported = strings.TrimPrefix(imported, "samkraft/")
			allowed := slices.ContainsFunc(room.imports, func(folder string) bool { return below(imported, folder) })
			if test && room.name != "cmd" {
				allowed = !below(imported, "cmd")
			}
			if !allowed {
				t.Errorf("%v: %s may not import %s", files.Position(spec.Pos()), room.name, imported)
			}
		}
		if !test && room.name != "cmd" {
			for _, call := range clockCalls(tree) {
				t.Errorf("%v: only cmd asks for the time; everybody else is given a clock", files.Position(call))
			}
		}
	}
	for _, room := range rooms {
		if !seen[room.name] {
			t.Errorf("no Go code in %s: is the rule looking in the right place?", room.name)
		}
	}
}

// clockCalls finds where a file uses what the time package knows of now.
func clockCalls(tree *ast.File) []token.Pos {
	name := ""
	for _, spec := range tree.Imports {
		if spec.Path.Value == `"time"` {
			name = "time"
			if spec.Name != nil {
				name = spec.Name.Name
			}
		}
	}
	var found []token.Pos
	ast.Inspect(tree, func(n ast.Node) bool {
		if s, ok := n.(*ast.SelectorExpr); ok {
			x, plain := s.X.(*ast.Ident)
			if plain && name != "" && x.Name == name && slices.Contains([]string{"Now", "Since", "Until"}, s.Sel.Name) {
				found = append(found, s.Pos())
			}
		}
		return true
	})
	return found
}

// TestNoMachine finds paths of a developer's machine and hosts of package
// registries in the project's text: a clone has to work everywhere.
func TestNoMachine(t *testing.T) {
	var unwanted []string
	for _, folder := range []string{"work", "root", "Users", "home"} {
		unwanted = append(unwanted, "/"+folder+"/")
	}
	// In parts, so that this file is not what it looks for.
	for _, host := range [][]string{
		{"proxy", "golang", "org"}, {"sum", "golang", "org"}, {"goproxy", "io"}, {"goproxy", "cn"},
		{"pypi", "org"}, {"pythonhosted", "org"}, {"conda", "anaconda", "org"},
		{"registry", "npmjs", "org"}, {"registry", "yarnpkg", "com"}, {"npmmirror", "com"},
		{"crates", "io"}, {"rubygems", "org"}, {"repo1", "maven", "org"}, {"repo", "maven", "apache", "org"},
		{"deb", "debian", "org"}, {"archive", "ubuntu", "com"}, {"docker", "io"}, {"ghcr", "io"}, {"quay", "io"},
	} {
		unwanted = append(unwanted, strings.Join(host, "."))
	}
	root := project(t)
	for _, name := range projectFiles(t, root) {
		text, err := fs.ReadFile(root, name)
		if err != nil {
			t.Fatal(err)
		}
		if bytes.IndexByte(text, 0) >= 0 {
			continue // no text
		}
		for _, u := range unwanted {
			if line := findWord(text, u); line > 0 {
				t.Errorf("%s:%d: contains %s", name, line, u)
			}
		}
	}
}

// findWord returns the line of the first place where a path or a host stands by
// itself, not as the end of a longer one, or 0.
func findWord(text []byte, word string) int {
	for from := 0; ; {
		i := bytes.Index(text[from:], []byte(word))
		if i < 0 {
			return 0
		}
		at := from + i
		if at == 0 || !isWord(text[at-1]) {
			return 1 + bytes.Count(text[:at], []byte("\n"))
		}
		from = at + len(word)
	}
}

func isWord(b byte) bool {
	return b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= '0' && b <= '9' || b == '-' || b == '_'
}

// TestSampleSources checks that every file of the sample says whether its figures
// are published or made up, and has its source beside it.
func TestSampleSources(t *testing.T) {
	sub, err := fs.Sub(project(t), "testdata/sample")
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	err = fs.WalkDir(sub, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		parts := strings.Split(name, "/")
		if len(parts) < 3 || parts[0] != "published" && parts[0] != "made-up" {
			t.Errorf("testdata/sample/%s: expected published/PUBLISHER/FILE or made-up/PUBLISHER/FILE", name)
			return nil
		}
		folder := parts[0] + "/" + parts[1]
		if !seen[folder] {
			seen[folder] = true
			text, err := fs.ReadFile(sub, folder+"/SOURCE.txt")
			if err != nil || len(bytes.TrimSpace(text)) == 0 {
				t.Errorf("testdata/sample/%s has no SOURCE.txt that says where its figures come from (%v)", folder, err)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(seen) == 0 {
		t.Error("the sample is empty")
	}
}

// TestColumns checks that the sample fills every published table and column in at
// least one plan, and that every table and column says what it is, and every
// number in which unit.
func TestColumns(t *testing.T) {
	db := openDuckDB(t)
	filled := map[string]int64{} // by table, and by table and column: what is there in all plans together
	var order []string
	count := func(name string, n int64) {
		if _, known := filled[name]; !known {
			order = append(order, name)
		}
		filled[name] += n
	}
	for _, s := range sampleSnapshots(t) {
		for _, table := range s.tables {
			if table.description == "" {
				t.Errorf("%s: table %s has no description", s.plan, table.name)
			}
			if len(table.key) == 0 {
				t.Errorf("%s: table %s has no key", s.plan, table.name)
			}
			query := "SELECT count(*)"
			for _, c := range table.columns {
				query += fmt.Sprintf(", count(%q)", c.Name)
				number := isNumberType(c.StoredAs)
				if c.Description == "" {
					t.Errorf("%s: column %s.%s has no description", s.plan, table.name, c.Name)
				}
				if number != (c.Unit != "") {
					t.Errorf("%s: column %s.%s is %s with the unit %q: every number has one, and nothing else", s.plan, table.name, c.Name, c.StoredAs, c.Unit)
				}
			}
			counts, targets := make([]int64, len(table.columns)+1), make([]any, len(table.columns)+1)
			for i := range counts {
				targets[i] = &counts[i]
			}
			if err := db.QueryRowContext(t.Context(), query+" FROM "+readParquet(table.file)).Scan(targets...); err != nil {
				t.Fatal(err)
			}
			count(table.name, counts[0])
			for i, c := range table.columns {
				count(table.name+"."+c.Name, counts[i+1])
			}
		}
	}
	for _, name := range order {
		table, _, column := strings.Cut(name, ".")
		switch {
		case filled[name] > 0:
		case !column:
			t.Errorf("table %s is empty in every plan", name)
		case filled[table] > 0:
			t.Errorf("column %s is empty in every plan", name)
		}
	}
}

func isNumberType(storedAs string) bool {
	return strings.HasPrefix(storedAs, "DECIMAL") || strings.HasSuffix(storedAs, "INT") || storedAs == "INTEGER" || storedAs == "DOUBLE"
}
