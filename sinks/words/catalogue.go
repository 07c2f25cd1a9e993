package words

import (
	"encoding/csv"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"
)

// Catalogue holds the texts of a sink in all languages. Its methods may be called
// concurrently.
type Catalogue struct {
	texts map[string]map[Language]phrase
	used  *sync.Map // keys that were asked for
}

// phrase is a text in a language, with its {names} in their order.
type phrase struct {
	text  string
	names []string
}

var placeholder = regexp.MustCompile(`\{[a-z_]+\}`)

// ReadCatalogue reads a catalogue: a CSV of the columns key, en, da and sv. Where a
// text has a {name}, Text puts a value. Every language has every text, with the same
// placeholders.
func ReadCatalogue(text string) (Catalogue, error) {
	rows, err := readCSV(text, "key", "en", "da", "sv")
	if err != nil {
		return Catalogue{}, err
	}
	c := Catalogue{texts: map[string]map[Language]phrase{}, used: &sync.Map{}}
	for i, row := range rows {
		key := row["key"]
		if c.texts[key] != nil {
			return Catalogue{}, fmt.Errorf("row %d: a second text for %s", i+2, key)
		}
		c.texts[key] = map[Language]phrase{}
		for _, l := range All {
			t := row[string(l)]
			if t == "" {
				return Catalogue{}, fmt.Errorf("row %d: %s is not said in %s", i+2, key, l)
			}
			names := placeholders(t)
			if !slices.Equal(names, placeholders(row["en"])) {
				return Catalogue{}, fmt.Errorf("row %d: %s has other {names} in %s than in English", i+2, key, l)
			}
			c.texts[key][l] = phrase{t, names}
		}
	}
	return c, nil
}

// MustReadCatalogue reads the catalogue of a package, whose texts are part of the
// program: a mistake in it panics.
func MustReadCatalogue(text string) Catalogue {
	c, err := ReadCatalogue(text)
	if err != nil {
		panic("texts.csv: " + err.Error())
	}
	return c
}

func placeholders(text string) []string {
	found := placeholder.FindAllString(text, -1)
	slices.Sort(found)
	return slices.Compact(found)
}

// Text returns a text with values in place of its {names}, given as name and value in
// turn: Text(l, "members", "count", l.Number(4, 0)). A key that there is not, a {name}
// without a value and a value without a {name} are mistakes of the program and panic.
func (c Catalogue) Text(l Language, key string, pairs ...any) string {
	texts, ok := c.texts[key]
	if !ok {
		panic("no text has the key " + key)
	}
	c.used.Store(key, true)
	said, ok := texts[l]
	if !ok {
		said = texts[English]
	}
	var given, replace []string
	for i := 0; i+1 < len(pairs); i += 2 {
		name := fmt.Sprintf("{%v}", pairs[i])
		given = append(given, name)
		replace = append(replace, name, fmt.Sprint(pairs[i+1]))
	}
	slices.Sort(given)
	if len(pairs)%2 != 0 || !slices.Equal(given, said.names) {
		panic(fmt.Sprintf("the text %s has the names %v and is given %v", key, said.names, given))
	}
	if len(given) == 0 {
		return said.text
	}
	return strings.NewReplacer(replace...).Replace(said.text)
}

// Unused lists the keys that Text was never asked for, for a test of the sink that
// makes everything once.
func (c Catalogue) Unused() []string {
	var unused []string
	for key := range c.texts {
		if _, ok := c.used.Load(key); !ok {
			unused = append(unused, key)
		}
	}
	slices.Sort(unused)
	return unused
}

// readCSV reads a CSV whose first row is exactly this header, into one map per row.
func readCSV(text string, header ...string) ([]map[string]string, error) {
	records, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		return nil, err
	}
	if len(records) == 0 || !slices.Equal(records[0], header) {
		return nil, fmt.Errorf("the first row is not %s", strings.Join(header, ","))
	}
	var rows []map[string]string
	for _, record := range records[1:] {
		row := map[string]string{}
		for i, name := range header {
			row[name] = record[i]
		}
		rows = append(rows, row)
	}
	return rows, nil
}
