package workbook

import (
	"slices"

	"github.com/xuri/excelize/v2"
)

// dictionary makes the two sheets that explain all others: every column, and every code
// with its meaning. It returns their names.
func (e *edition) dictionary() (columns, codes string) {
	columns, codes = e.name(e.say("columns")), e.name(e.say("codes"))
	e.columnList(columns)
	e.codeList(codes)
	return columns, codes
}

func (e *edition) columnList(name string) {
	e.sheet(name)
	e.listHead(name, []string{"sheet", "column_label", "table_name", "column_name", "unit", "key", "description"}, []float64{28, 32, 22, 26, 16, 8, 90})
	row := 1
	for _, s := range e.sheets {
		heads := e.heads(s)
		for i, c := range s.columns {
			row++
			values := []any{e.names[s.table.Name], heads[i], s.table.Name, c.Name, nil, nil, e.describe(s.table, c.Column)}
			if c.added {
				values[3], values[6] = nil, e.say("municipality_name_about", "column", c.Name)
			} else if unit := e.unit(c.Column); unit != "" {
				values[4] = unit
			}
			if c.key {
				values[5] = e.say("yes")
			}
			e.list(name, row, values)
		}
	}
	e.table(name, "sheet_columns", 7, row-1)
	e.print(name, dark)
	e.do(e.file.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", RefersTo: "'" + name + "'!$1:$1", Scope: name}))
}

func (e *edition) codeList(name string) {
	e.sheet(name)
	e.listHead(name, []string{"column_name", "code", "meaning"}, []float64{28, 34, 90})
	type entry struct{ column, code string }
	said := map[entry]bool{}
	for _, s := range e.sheets {
		for _, c := range s.columns {
			for _, code := range c.codes {
				if e.meaning(c.Name, code) != "" {
					said[entry{c.Name, code}] = true
				}
			}
		}
	}
	var all []entry
	for one := range said {
		all = append(all, one)
	}
	slices.SortFunc(all, func(a, b entry) int {
		return slices.Compare([]string{a.column, a.code}, []string{b.column, b.code})
	})
	for i, one := range all {
		e.list(name, i+2, []any{one.column, one.code, e.meaning(one.column, one.code)})
	}
	e.table(name, "sheet_codes", 3, max(1, len(all)))
	e.print(name, dark)
	e.do(e.file.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", RefersTo: "'" + name + "'!$1:$1", Scope: name}))
}

// listHead writes the headings of a list, by their keys in texts.csv.
func (e *edition) listHead(name string, keys []string, widths []float64) {
	for i, key := range keys {
		e.put(name, i+1, 1, e.say(key), "head")
		e.width(name, i+1, i+1, widths[i])
	}
}

func (e *edition) list(name string, row int, values []any) {
	for i, v := range values {
		e.put(name, i+1, row, v, "text")
	}
}
