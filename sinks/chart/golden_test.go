package chart_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"samkraft/sinks/chart"
)

var (
	update  = flag.Bool("update", false, "write the golden files anew")
	gallery = flag.String("gallery", "", "write a page with all charts to this folder, to look at")
)

func TestGolden(t *testing.T) {
	for _, e := range examples() {
		t.Run(e.name, func(t *testing.T) {
			got := string(e.chart.SVG()) + "\n"
			wellFormed(t, got)
			if again := string(e.chart.SVG()) + "\n"; again != got {
				t.Error("the same chart has other bytes when drawn again")
			}
			path := filepath.Join("testdata", e.name+".svg")
			if *update {
				if err := os.WriteFile(path, []byte(got), 0o666); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if got != string(want) {
				t.Errorf("%s differs; look at the drawing (-gallery) and write it anew with -update", path)
			}
		})
	}
}

// TestGallery writes all charts as one page, when asked to.
func TestGallery(t *testing.T) {
	if *gallery == "" {
		t.Skip("no folder named with -gallery")
	}
	if err := os.MkdirAll(*gallery, 0o777); err != nil {
		t.Fatal(err)
	}
	for name, list := range map[string][]example{"gallery": examples(), "hostile": hostile()} {
		for _, theme := range []string{"light", "dark"} {
			var b strings.Builder
			fmt.Fprintf(&b, `<!doctype html><html lang="sv" data-theme="%s"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Charts</title>`, theme)
			fmt.Fprintf(&b, `<style>body{font:16px/1.5 system-ui,sans-serif;margin:1rem;color:#1b1f24;background:#fff}@media screen{[data-theme=dark] body{color:#e6e8eb;background:#14181d}}%s</style>`, chart.CSS())
			for _, e := range list {
				fmt.Fprintf(&b, "<h2>%s</h2>%s\n", e.name, chart.Figure(e.name, e.caption, e.chart, "Tabell"))
			}
			if err := os.WriteFile(filepath.Join(*gallery, name+"-"+theme+".html"), []byte(b.String()), 0o666); err != nil {
				t.Fatal(err)
			}
		}
	}
}
