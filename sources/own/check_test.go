package own

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"samkraft/pipeline"
)

const twoMembers = `id: two
name: {en: Two}
members: [{country: DK, code: "253"}, {country: SE, code: "1380"}]
own:
`

const correctionHeader = "municipality,table,stock,column,published,corrected,who,when,why,evidence\n"

// read makes a plan of own data and files, and checks them.
func read(t *testing.T, keys string, files map[string]string) error {
	t.Helper()
	folder := fstest.MapFS{"plan.yaml": {Data: []byte(twoMembers + keys)}}
	for name, text := range files {
		folder[name] = &fstest.MapFile{Data: []byte(text)}
	}
	p, err := pipeline.ReadPlan(folder, "plan.yaml")
	if err != nil {
		return err
	}
	return Check(t.Context(), p, []string{"B1", "B5"})
}

// TestCheck is about faults that show only beside the plan or another file, and
// about good files that they are near to.
func TestCheck(t *testing.T) {
	const cell = "%s,end_use,heat_fossil,energy_mwh,100,%d,office,2026-01-01,why,file\n"
	const measure = "measure,name,stocks,saving,saving_unit,investment,investment_unit,price_year,lifetime,source\nX1,Showers,heat_district,3,kWh/m2,6,EUR/m2,2025,20,offer\n"
	for name, c := range map[string]struct {
		keys  string
		files map[string]string
		want  string
	}{
		"good corrections": {"  corrections: [a.csv, own/b.csv]", map[string]string{"a.csv": correctionHeader + fmt.Sprintf(cell, "Greve", 90), "own/b.csv": correctionHeader + fmt.Sprintf(cell, "Halmstad", 90)}, ""},
		"two files about one cell": {"  corrections: [a.csv, own/b.csv]", map[string]string{"a.csv": correctionHeader + fmt.Sprintf(cell, "Greve", 90), "own/b.csv": correctionHeader + fmt.Sprintf(cell, "253", 80)},
			`own/b.csv, line 2, column "municipality": a.csv, line 2, is about the same cell already; expected one row about each`},
		"a correction and a figure": {"  corrections: [a.csv]\n  figures: [f.csv]", map[string]string{"a.csv": correctionHeader + fmt.Sprintf(cell, "Greve", 90),
			"f.csv": "municipality,table,stock,column,value,who,source\nGreve,end_use,heat_fossil,energy_mwh,80,office,meter\n"},
			`a.csv, line 2, column "municipality": f.csv, line 2, is about the same cell already; expected one row about each`},
		"a stranger":     {"  corrections: [a.csv]", map[string]string{"a.csv": correctionHeader + "\n" + fmt.Sprintf(cell, "Køge", 90)}, `a.csv, line 3, column "municipality": DK 259 Køge is no member of the plan; expected one of its members`},
		"the wrong key":  {"  measures: [a.csv]", map[string]string{"a.csv": correctionHeader + fmt.Sprintf(cell, "Greve", 90)}, `a.csv, line 1: the columns are those of a file of corrections; expected a file of measures; put it under another key of own in the plan file`},
		"another column": {"  corrections: [a.csv]", map[string]string{"a.csv": "municipality,table,colour\n"}, `a.csv, line 1, column "colour": a file of corrections has no column "colour"; expected the columns municipality, table, country, year, date, stock, carrier_id, sector_id, technology, source_id, column, published, corrected, who, when, why, evidence`},
		"no such file":   {"  corrections: [a.csv]", nil, `plan.yaml, line 5, at own.corrections[0]: a.csv cannot be read: file does not exist; expected a CSV file beside the plan file`},
		"outside":        {"  corrections: [../a.csv]", nil, `plan.yaml, line 5, at own.corrections[0]: "../a.csv"; expected a file in the plan file's folder or below it, such as own/measures.csv`},
		"good packages":  {"  catalogue: {extends: builtin, measures: [m.csv], packages: [p.csv]}", map[string]string{"m.csv": measure, "p.csv": "stock,measures\nheat_district,B5+X1\n"}, ""},
		"package of what was replaced": {"  catalogue: {replaces: builtin, measures: [m.csv], packages: [p.csv]}", map[string]string{"m.csv": measure, "p.csv": "stock,measures\nheat_district,B5+X1\n"},
			`p.csv, line 2, column "measures": there is no measure "B5"; expected measures of the plan's own catalogue, or of the program where the plan extends those`},
		"package on another stock": {"  catalogue: {extends: builtin, measures: [m.csv], packages: [p.csv]}", map[string]string{"m.csv": measure, "p.csv": "stock,measures\nheat_other,B5+X1\n"},
			`p.csv, line 2, column "stock": measure X1 is not for the stock heat_other; expected one of heat_district`},
		"extends and replaces": {"  catalogue: {extends: builtin, replaces: builtin, measures: [m.csv]}", map[string]string{"m.csv": measure},
			`plan.yaml, line 5, at own.catalogue: it is not said how the catalogue goes with the program's measures; expected either 'extends: builtin' or 'replaces: builtin'`},
	} {
		t.Run(name, func(t *testing.T) {
			got := ""
			if err := read(t, c.keys, c.files); err != nil {
				got = err.Error()
			}
			if got != c.want {
				t.Errorf("\n got: %s\nwant: %s", got, c.want)
			}
		})
	}
}

// TestPlanHash checks that a plan's own data are part of the plan: another byte is
// another plan, another name of the file too.
func TestPlanHash(t *testing.T) {
	hash := func(name, text string) string {
		p, err := pipeline.ReadPlan(fstest.MapFS{"plan.yaml": {Data: []byte(twoMembers + "  corrections: [" + name + "]")}, name: {Data: []byte(text)}}, "plan.yaml")
		if err != nil {
			t.Fatal(err)
		}
		return pipeline.Hash(p)
	}
	one := hash("a.csv", "x")
	if hash("a.csv", "x") != one || hash("a.csv", "y") == one || hash("b.csv", "x") == one {
		t.Error("the plan's hash does not go with its own files")
	}
	if !strings.Contains(string(pipeline.PlanSchema()), `"corrections"`) {
		t.Error("the schema of plan files does not have the plan's own data")
	}
}
