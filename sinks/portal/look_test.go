package portal

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"samkraft/sinks/portal/portaltest"
	"samkraft/sinks/words"
)

func TestLook(t *testing.T) {
	for _, dir := range filepath.SplitList(os.Getenv("LOOK")) {
		start := time.Now()
		b, err := open(os.DirFS(dir), "")
		if err != nil {
			t.Fatal(err)
		}
		fmt.Println("open", time.Since(start))
		for _, l := range words.All {
			set := map[string][]byte{}
			pages, err := b.write(l, stage{tables: "../../"})
			if err != nil {
				t.Fatal(err)
			}
			size := 0
			for _, p := range pages {
				set[string(l)+"/"+p.name] = p.text
				name := filepath.Join("/tmp/wt/pages.out", b.snapshot.Plan, "pages", string(l), p.name)
				os.MkdirAll(filepath.Dir(name), 0o755)
				os.WriteFile(name, p.text, 0o644)
				size += len(p.text)
			}
			if os.Getenv("NOCHECK") != "" {
				continue
			}
			faults, err := portaltest.Faults(os.DirFS(dir), set, func(a string) bool { return strings.HasSuffix(a, ".parquet") || !strings.HasPrefix(a, string(l)+"/") })
			if err != nil {
				t.Fatal(err)
			}
			for i, f := range faults {
				if i < 40 {
					t.Error(f)
				}
			}
			fmt.Println(l, len(pages), size, time.Since(start))
		}
	}
}
