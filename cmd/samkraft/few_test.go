package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"samkraft/pipeline"
)

// few is a workspace in which the sample's files have been published as a mirror, with few
// draws and all that people read. Tests that go on from there work on a copy.
var few planSample

// withFewDraws is a plan's text with few draws of the uncertain figures, for tests
// of something else: with all of them, drawing is most of a run.
func withFewDraws(t testing.TB, text string) string {
	t.Helper()
	changed := strings.Replace(text, "draws: 10000", "draws: 20", 1)
	if changed == text {
		t.Fatal("the plan does not say how often to draw")
	}
	return changed
}

// fewDraws writes the built-in plans with few draws, and returns their files.
func fewDraws(t testing.TB) (kobenhavnSyd, godaGrannar string) {
	t.Helper()
	folder := t.TempDir()
	write := func(id string) string {
		text, known := pipeline.BuiltinPlanText(id)
		if !known {
			t.Fatalf("there is no plan %s", id)
		}
		file := filepath.Join(folder, id+".yaml")
		if err := os.WriteFile(file, []byte("replaces: builtin\n"+withFewDraws(t, string(text))), 0o644); err != nil {
			t.Fatal(err)
		}
		return file
	}
	return write("kobenhavn-syd"), write("goda-grannar")
}

// fewFolder returns the folder of few. Nobody may write there.
func fewFolder(t testing.TB) string {
	t.Helper()
	few.run(t, func() []string {
		danish, swedish := fewDraws(t)
		return []string{"run", danish, swedish, "--mirror", dropFolder(t), "--threads", "2"}
	})
	return few.folder
}

// fewWorkspace returns a copy of few.
func fewWorkspace(t testing.TB) string {
	t.Helper()
	workspace := t.TempDir()
	if err := os.CopyFS(workspace, os.DirFS(fewFolder(t))); err != nil {
		t.Fatal(err)
	}
	return workspace
}
