package explore

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestTexts finds texts that nothing says, and keys that templates say and nobody wrote.
func TestTexts(t *testing.T) {
	rows, err := csv.NewReader(strings.NewReader(textFile)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var said strings.Builder
	for _, pattern := range []string{"*.go", "templates/*.html"} {
		names, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			if strings.HasSuffix(name, "_test.go") {
				continue
			}
			text, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			said.Write(text)
		}
	}
	for _, row := range rows[1:] {
		key := row[0]
		begin, _, composed := strings.Cut(key, "_")
		if !strings.Contains(said.String(), `"`+key+`"`) && !(composed && strings.Contains(said.String(), `"`+begin+`_"`)) {
			t.Errorf("nothing says %s", key)
		}
	}
}
