package own

import (
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"samkraft/sources/sourcetest"
)

func TestGolden(t *testing.T) { sourcetest.Golden(t, Source{}) }

func TestStopsWhenAsked(t *testing.T) {
	sourcetest.StopsWhenAsked(t, Source{}, "packages", sourcetest.Part("p.csv", []byte("stock,measures\nheat_district,B5\n")))
}

// TestDocumented checks that docs/own-data.md has every column of every kind, and no
// kind too many.
func TestDocumented(t *testing.T) {
	text, err := os.ReadFile("../../docs/own-data.md")
	if err != nil {
		t.Fatal(err)
	}
	sections := strings.Split(string(text), "\n## ")
	if len(sections) != len(kinds)+2 {
		t.Errorf("%d sections, expected one for each of %d kinds, an introduction and how files are written", len(sections), len(kinds))
	}
	for _, k := range kinds {
		at := slices.IndexFunc(sections, func(s string) bool { return strings.HasPrefix(s, k.id+"\n") })
		if at < 0 {
			t.Errorf("the kind %s is not documented", k.id)
			continue
		}
		for _, f := range k.fields {
			word := "`" + f.name + "`"
			if !f.needed {
				word = "*" + word + "*"
			}
			if !strings.Contains(sections[at], word) {
				t.Errorf("%s: the column %s is not documented as %s", k.id, f.name, word)
			}
		}
	}
}

// TestWords holds the words that files may use to the program's registries.
func TestWords(t *testing.T) {
	read := func(name string) string {
		text, err := os.ReadFile("../../transforms/" + name)
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	known := func(where, before, word, after string) {
		if !strings.Contains(where, before+word+after) {
			t.Errorf("files may say %q, and the program does not know the word", word)
		}
	}
	carrierFile, sectorFile, endUse, capacity := read("registry/carrier.csv"), read("registry/sector.csv"), read("models/account/end_use.sql"), read("models/register/capacity.sql")
	for _, word := range carriers {
		known(carrierFile, "\n", word, ",")
	}
	for _, word := range sectors {
		known(sectorFile, "\n", word, ",")
	}
	for _, word := range stocks {
		known(endUse, "('", word, "'")
	}
	for _, word := range technologies {
		known(capacity, "", word, "")
	}
}

// TestMarks writes the same numbers with both decimal marks, in files with both
// separators: they are the same, or refused where they may be another number.
func TestMarks(t *testing.T) {
	const header, line = "stock;municipality;measure;name;saved_mwh;investment;currency;price_year;lifetime;decided;source\n", "heat_district;Greve;a;Roof;%s;1;EUR;2025;40;no;offer\n"
	for _, text := range []string{"1", "12.5", "1.25", "1234.567", "0.125", "999.999", "1.234", "12.3450", "1e3", "250000"} {
		want, err := strconv.ParseFloat(text, 64)
		if err != nil {
			t.Fatal(err)
		}
		for _, comma := range []bool{false, true} {
			for _, semicolon := range []bool{false, true} {
				number, file := text, header+line
				if comma {
					number = strings.Replace(text, ".", ",", 1)
				}
				if !semicolon {
					file = strings.ReplaceAll(strings.Replace(file, "%s", `"%s"`, 1), ";", ",")
				}
				dump := sourcetest.Decode(Source{}, "m.csv", []byte(fmt.Sprintf(file, number)))
				if comma != semicolon && grouped.MatchString(number) {
					if !strings.Contains(dump, "mark between thousands") {
						t.Errorf("%s (semicolons %v) may be two numbers:\n%s", number, semicolon, dump)
					}
					continue
				}
				if !strings.Contains(dump, fmt.Sprintf("| %v | %v | %v |", want, want, want)) {
					t.Errorf("%s (semicolons %v) is not read as %v:\n%s", number, semicolon, want, dump)
				}
			}
		}
	}
}
