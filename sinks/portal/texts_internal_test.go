package portal

import (
	"encoding/csv"
	"io/fs"
	"os"
	"strings"
	"testing"
)

// TestTexts finds texts that nothing says. What a page says is held when it is made:
// a key without a text panics.
func TestTexts(t *testing.T) {
	rows, err := csv.NewReader(strings.NewReader(textFile)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var program strings.Builder
	err = fs.WalkDir(os.DirFS("."), ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || strings.HasSuffix(name, "_test.go") || !strings.HasSuffix(name, ".go") && !strings.HasSuffix(name, ".html") {
			return err
		}
		text, err := os.ReadFile(name)
		program.Write(text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	said := program.String()
	composed := []string{"page_", "status_", "mechanism_", "gain_", "reads_"} // keys that are put together with a code
	for _, row := range rows[1:] {
		key := row[0]
		found := strings.Contains(said, `"`+key+`"`) || strings.Contains(said, `"#`+key+`"`)
		for _, begins := range composed {
			found = found || strings.HasPrefix(key, begins) && strings.Contains(said, `"`+begins+`"`)
		}
		if !found {
			t.Errorf("nothing says %s", key)
		}
	}
}

// Within a sentence a name begins with a small letter, but for abbreviations.
func TestLowerFirst(t *testing.T) {
	for name, want := range map[string]string{"Åkrar": "åkrar", "CO2 of electricity": "CO2 of electricity", "": "", "x": "x"} {
		if got := lowerFirst(name); got != want {
			t.Errorf("%q is %q, want %q", name, got, want)
		}
	}
}
