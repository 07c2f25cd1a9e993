package tablestest

import "strings"

// Cells is a row of a made-up table, by column; what it does not name is null.
type Cells map[string]any

// Made is a made-up table. Its columns are named in a list: texts, numbers (#), years
// (@), whole numbers (%), whether (?) and days (!), as in "plan #gain_eur ?loses".
func Made(name, columns string, rows ...Cells) Table {
	table := Table{Name: name}
	for _, c := range strings.Fields(columns) {
		kind, unit := "VARCHAR", ""
		if known, is := map[byte]string{'#': "DOUBLE", '@': "SMALLINT", '%': "BIGINT", '?': "BOOLEAN", '!': "DATE"}[c[0]]; is {
			kind, c = known, c[1:]
		}
		if kind == "DOUBLE" || kind == "BIGINT" {
			unit = unitOf(c)
		}
		table.Columns = append(table.Columns, [3]string{c, kind, unit})
	}
	for _, row := range rows {
		var line []any
		for _, c := range table.Columns {
			line = append(line, row[c[0]])
		}
		table.Rows = append(table.Rows, line)
	}
	return table
}

// unitOf is the unit of a column of numbers, as its name ends.
func unitOf(column string) string {
	for _, known := range [][2]string{{"value", "value_unit"}, {"_eur_per_mwh", "EUR/MWh"}, {"_eur", "EUR"}, {"_mwh", "MWh"}, {"_t", "t"}} {
		if strings.HasSuffix(column, known[0]) {
			return known[1]
		}
	}
	return "1"
}
