package words

import (
	"embed"
	"fmt"
	"strings"
	"sync"

	"samkraft/pipeline"
)

// The dictionary: what tables, columns, units and codes are called. The English
// descriptions repeat the comments of the SQL models: a test in cmd holds that they
// are the same, so that a translation is renewed when its original changes.
//
//go:embed tables.csv columns.csv units.csv codes.csv
var files embed.FS

// said is a text in the three languages.
type said struct{ da, sv, en string }

func (l Language) say(s said) string { return l.pick(s.da, s.sv, s.en) }

// pair names a column of a table, or a code of a column.
type pair struct{ of, name string }

// everywhere stands in columns.csv for all tables that no other row of the column
// names; a row may name several, parted by spaces.
const everywhere = "*"

type heading struct{ title, description said }

type dictionary struct {
	tables  map[string]heading
	columns map[pair]heading
	units   map[string]said
	codes   map[pair]said
}

// spoken is the dictionary, read when it is first asked.
var spoken = sync.OnceValue(load)

// load reads the embedded files. They are part of the program and tested with it: a
// fault in them is a mistake of the program.
func load() dictionary {
	d := dictionary{map[string]heading{}, map[pair]heading{}, map[string]said{}, map[pair]said{}}
	for _, r := range embedded("tables.csv", "name", "da_title", "sv_title", "en_title", "en", "da", "sv") {
		put("tables.csv", d.tables, r["name"], heading{said{r["da_title"], r["sv_title"], r["en_title"]}, said{r["da"], r["sv"], r["en"]}})
	}
	for _, r := range embedded("columns.csv", "table", "column", "label_en", "label_da", "label_sv", "en", "da", "sv") {
		for _, table := range strings.Fields(r["table"]) {
			put("columns.csv", d.columns, pair{table, r["column"]}, heading{said{r["label_da"], r["label_sv"], r["label_en"]}, said{r["da"], r["sv"], r["en"]}})
		}
	}
	for _, r := range embedded("units.csv", "unit", "en", "da", "sv") {
		put("units.csv", d.units, r["unit"], said{r["da"], r["sv"], r["en"]})
	}
	for _, r := range embedded("codes.csv", "column", "code", "en", "da", "sv") {
		put("codes.csv", d.codes, pair{r["column"], r["code"]}, said{r["da"], r["sv"], r["en"]})
	}
	return d
}

func embedded(name string, header ...string) []map[string]string {
	text, err := files.ReadFile(name)
	if err != nil {
		panic(err)
	}
	rows, err := readCSV(string(text), header...)
	if err != nil {
		panic(fmt.Sprintf("%s: %v", name, err))
	}
	return rows
}

func put[K comparable, V any](file string, into map[K]V, key K, value V) {
	if _, twice := into[key]; twice {
		panic(fmt.Sprintf("%s: %v stands there twice", file, key))
	}
	into[key] = value
}

// Unit writes a unit: "EUR/MWh", and "år" for year in Danish. Counts and shares,
// whose unit is 1, have none to write. A unit that is not known is written as it is.
func (l Language) Unit(unit string) string {
	if u, ok := spoken().units[unit]; ok {
		return l.say(u)
	}
	return unit
}

// Table returns the title of a table and its description. A table that is not known
// has its name as title.
func (l Language) Table(name string) (title, description string) {
	t, ok := spoken().tables[name]
	if !ok {
		return name, ""
	}
	return l.say(t.title), l.say(t.description)
}

// Column returns what to write above a column of a table, without the unit, and its
// description. A column that is not known has its name as label.
func (l Language) Column(table, column string) (label, description string) {
	c, ok := spoken().columns[pair{table, column}]
	if !ok {
		c, ok = spoken().columns[pair{everywhere, column}]
	}
	if !ok {
		return column, ""
	}
	return l.say(c.title), l.say(c.description)
}

// Code returns what a code of a column means, in a few words; the code itself where
// it is a name or is not known. Codes joined by +, as those of a package of measures,
// are said one after the other.
func (l Language) Code(column, code string) string {
	if column == parameters {
		return l.parameter(code)
	}
	if text, ok := l.code(column, code); ok {
		return text
	}
	parts := strings.Split(code, "+")
	for i, part := range parts {
		text, ok := l.code(column, part)
		if !ok {
			return code
		}
		parts[i] = text
	}
	return strings.Join(parts, " + ")
}

func (l Language) code(column, code string) (string, bool) {
	c, ok := spoken().codes[pair{column, code}]
	for _, other := range shared[column] {
		if !ok {
			c, ok = spoken().codes[pair{other, code}]
		}
	}
	return l.say(c), ok
}

// shared are the columns that hold codes of another one, or of several whose codes
// mean the same in both.
var shared = map[string][]string{
	"basis_wanted":     {"basis"},
	"carrier_from":     {"carrier_id"},
	"carrier_to":       {"carrier_id"},
	"ef_status":        {"value_status"},
	"group_id":         {"stock"},
	"home_country":     {"country"},
	"leaver_country":   {"country"},
	"level1":           {"carrier_id", "sector_id"},
	"one_stock":        {"stock"},
	"package_id":       {"measure_id"},
	"parent":           {"carrier_id", "sector_id"},
	"recommended_rule": {"rule"},
}

// parameters is the column whose codes name a figure of the model: see param_id of
// table tornado.
const parameters = "param_id"

// parameter says which figure a parameter of the model is: a factor of a country
// (price_straw|DK), the use of a stock in a municipality (use_heat_fossil@253) or the
// heat of its buildings (heat_demand@253). What it does not know stays as it is.
func (l Language) parameter(code string) string {
	if factor, country, ok := strings.Cut(code, "|"); ok {
		what, known := l.code(parameters, factor)
		where, inside := l.code("country", country)
		if known && inside {
			return what + ", " + where
		}
		return code
	}
	figure, municipality, ok := strings.Cut(code, "@")
	if !ok {
		if what, known := l.code(parameters, code); known {
			return what
		}
		return code
	}
	stock, isUse := strings.CutPrefix(figure, "use_")
	if !isUse {
		if what, known := l.code(parameters, figure+"@"); known {
			return what + ", " + Municipality(municipality)
		}
		return code
	}
	use, _ := l.code(parameters, "use_")
	return use + ": " + l.Code("stock", stock) + ", " + Municipality(municipality)
}

// Municipality is the name of a municipality by its code, which is of three digits in
// Denmark and of four in Sweden; a code that is not known stays as it is.
func Municipality(code string) string {
	for _, country := range []string{"DK", "SE"} {
		if m, err := pipeline.FindMunicipality(country, code); err == nil {
			return m.Name
		}
	}
	return code
}
