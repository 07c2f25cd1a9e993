package words

import (
	"html/template"
	"slices"
	"strings"
	"testing"
)

const greetings = `key,en,da,sv
members,"{first} and {count} more","{first} og {count} flere","{first} och {count} till"
none,nobody,ingen,ingen
`

func TestCatalogue(t *testing.T) {
	c, err := ReadCatalogue(greetings)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := c.Text(Swedish, "members", "count", 3, "first", "{count}"), "{count} och 3 till"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if got, want := c.Unused(), []string{"none"}; !slices.Equal(got, want) {
		t.Errorf("unused: %v, want %v", got, want)
	}
	if got, want := c.Text("xx", "none"), "nobody"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if unused := c.Unused(); len(unused) != 0 {
		t.Errorf("unused: %v", unused)
	}
}

func TestCatalogueHTML(t *testing.T) {
	c, err := ReadCatalogue("key,en,da,sv\nboth,{first} < {second},{first} < {second},{first} < {second}\n")
	if err != nil {
		t.Fatal(err)
	}
	got := c.HTML(Danish, "both", "first", template.HTML("<data>{second}</data>"), "second", "\x001\x00 & \uFFFD1\uFFFD {first}")
	if want := template.HTML("<data>{second}</data> &lt; \uFFFD1\uFFFD &amp; \uFFFD1\uFFFD {first}"); got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestCatalogueRefuses(t *testing.T) {
	for name, c := range map[string]struct{ text, want string }{
		"another header":      {"key,da,en,sv\n", "the first row is not key,en,da,sv"},
		"a text missing":      {"key,en,da,sv\na,b,c,\n", "row 2: a is not said in sv"},
		"a key twice":         {"key,en,da,sv\na,b,c,d\na,b,c,d\n", "row 3: a second text for a"},
		"another placeholder": {"key,en,da,sv\na,{n} b,{m} c,{n} d\n", "row 2: a has other {names} in da than in English"},
		"a row cut short":     {"key,en,da,sv\na,b\n", "wrong number of fields"},
		"nothing":             {"", "the first row is not"},
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := ReadCatalogue(c.text); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("%v, want %q", err, c.want)
			}
		})
	}
}

func TestCatalogueMistakes(t *testing.T) {
	c, err := ReadCatalogue(greetings)
	if err != nil {
		t.Fatal(err)
	}
	odd := []any{"count", 3, "first"}
	for name, call := range map[string]func(){
		"no such key":          func() { c.Text(Danish, "nothing") },
		"a value missing":      func() { c.Text(Danish, "members", "count", 3) },
		"a value too many":     func() { c.Text(Danish, "none", "count", 3) },
		"a name without value": func() { c.Text(Danish, "members", odd...) },
	} {
		t.Run(name, func(t *testing.T) {
			defer func() {
				if recover() == nil {
					t.Error("nothing was said")
				}
			}()
			call()
		})
	}
}
