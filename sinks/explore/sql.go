package explore

import (
	"fmt"
	"slices"
	"strings"

	"samkraft/sinks/query"
)

// perPage is how many rows a page of a table has.
const perPage = 100

// rowsColumn is the column of a grouped selection that counts rows, and unknownColumn
// the one that counts those whose figure is not known.
const (
	rowsColumn    = "group_rows"
	unknownColumn = "group_unknown"
)

// sql writes a selection as SQL; whole is without its pages. Identifiers are columns
// that the table has, and the order is always a full one as far as the table's key goes.
func (s selection) sql(whole bool) string {
	var b strings.Builder
	b.WriteString("SELECT " + strings.Join(s.columns(), ", ") + "\nFROM " + query.Identifier(s.table.Name))
	for i, r := range s.rules {
		b.WriteString([]string{"\nWHERE ", " AND "}[min(i, 1)] + r.sql)
	}
	if len(s.by) > 0 {
		b.WriteString("\nGROUP BY " + identifiers(s.by))
	}
	if order := s.order(); len(order) > 0 {
		b.WriteString("\nORDER BY " + strings.Join(order, ", "))
	}
	if !whole {
		fmt.Fprintf(&b, "\nLIMIT %d OFFSET %d", perPage+1, s.page*perPage)
	}
	return b.String()
}

func (s selection) columns() []string {
	if !s.grouped() {
		var all []string
		for _, c := range s.table.Columns {
			all = append(all, query.Identifier(c.Name))
		}
		return all
	}
	var all []string
	for _, name := range s.by {
		all = append(all, query.Identifier(name))
	}
	all = append(all, "count(*) AS "+rowsColumn)
	if s.how != "" && s.of != "" {
		x := query.Identifier(s.of)
		all = append(all, s.together(x)+" AS "+query.Identifier(s.figure()), "count(*) - count("+x+") AS "+unknownColumn)
	}
	return all
}

// together puts the values of a column together. A sum with something unknown in it is
// not known: what is missing is not zero. The order of adding is stated, so that the
// last digit is always the same.
func (s selection) together(x string) string {
	switch s.how {
	case "sum":
		return "CASE WHEN count(*) = count(" + x + ") THEN " + s.added("sum", x) + " END"
	case "mean":
		return s.added("avg", x)
	}
	return s.how + "(" + x + ")"
}

func (s selection) added(function, x string) string {
	c, _ := column(s.table, s.of)
	if c.Type != "DOUBLE" {
		return function + "(" + x + ")"
	}
	if function == "sum" {
		return "fsum(" + x + " ORDER BY " + x + ")"
	}
	return "favg(" + x + " ORDER BY " + x + ")"
}

// figure is what the column of the result is called: the column with how it was made.
func (s selection) figure() string { return s.how + "_" + s.of }

// sortable are the columns by which a result can be sorted.
func (s selection) sortable() []string {
	var all []string
	if !s.grouped() {
		for _, c := range s.table.Columns {
			all = append(all, c.Name)
		}
		return all
	}
	all = append(all, s.by...)
	if s.of != "" && s.how != "" {
		all = append(all, s.of)
	}
	return all
}

func (s selection) order() []string {
	var order []string
	sorted := map[string]bool{}
	for _, o := range s.sorts {
		if !slices.Contains(s.sortable(), o.column) {
			continue
		}
		name := o.column
		if s.grouped() && name == s.of && !slices.Contains(s.by, name) {
			name = s.figure()
		}
		direction := " NULLS LAST"
		if o.down {
			direction = " DESC NULLS LAST"
		}
		order = append(order, query.Identifier(name)+direction)
		sorted[o.column] = true
	}
	rest := s.table.Key
	if s.grouped() {
		rest = s.by
	}
	for _, name := range rest {
		if !sorted[name] {
			order = append(order, query.Identifier(name))
		}
	}
	return order
}

// units are those of columns that the selection gives a name to.
func (s selection) units() map[string]string {
	if !s.grouped() || s.of == "" || s.how == "" {
		return nil
	}
	c, _ := column(s.table, s.of)
	return map[string]string{s.figure(): c.Unit}
}

func identifiers(names []string) string {
	var all []string
	for _, n := range names {
		all = append(all, query.Identifier(n))
	}
	return strings.Join(all, ", ")
}

// mostChoices is how many values of a column are offered to choose from.
const mostChoices = 60

// gapsSQL asks how many values of each column are known.
func (s selection) gapsSQL() string {
	var counts []string
	for _, c := range s.table.Columns {
		counts = append(counts, "count("+query.Identifier(c.Name)+")")
	}
	return "SELECT " + strings.Join(counts, ", ") + " FROM " + query.Identifier(s.table.Name)
}

// choicesSQL asks for the values of the columns of text that have few.
func (s selection) choicesSQL() string {
	var parts []string
	for _, c := range s.table.Columns {
		if c.Type != "VARCHAR" {
			continue
		}
		x := query.Identifier(c.Name)
		parts = append(parts, fmt.Sprintf("SELECT %s AS c, v FROM (SELECT DISTINCT %s AS v FROM %s WHERE length(%s) BETWEEN 1 AND 80 ORDER BY v LIMIT %d)",
			query.Literal(c.Name), x, query.Identifier(s.table.Name), x, mostChoices+1))
	}
	return strings.Join(parts, "\nUNION ALL\n")
}
