package vindbrukskollen

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"samkraft/pipeline"
)

// Parts of an answer of the map service: for every layer how many turbines it has,
// and then its pages.
const (
	countRole = "count"
	pageRole  = "page"
)

// sweref99tm is the number (WKID, EPSG) of the grid in which positions are asked
// for.
const sweref99tm = 3006

// fieldNames are the fields of the map service by the register's columns. A
// shapefile cuts names at ten letters. The service's names have been seen for those
// that are required; of the others it is not known what it calls them, or whether
// it has them: without one of them the column is null.
var fieldNames = []struct {
	column   string
	required bool
	names    []string
}{
	{"Verk-ID", true, []string{"VERKID"}},
	{"Områdes-ID", true, []string{"OMRID"}},
	{"Projekteringsområde", true, []string{"PROJNAMN"}},
	{"Status", true, []string{"STATUS"}},
	{"Kommun", true, []string{"KOMNAMN"}},
	{"Elområde", true, []string{"EL_NAMN", "ELNAMN", "ELOMRADE"}},
	{"Maxeffekt (MW)", true, []string{"MAXEFFEKT"}},
	{"Rotordiameter (m)", true, []string{"ROTDIAMETER"}},
	{"Navhöjd (m)", true, []string{"NAVHOJD"}},
	{"Totalhöjd (m)", true, []string{"TOTALHOJD"}},
	{"Beräknad årsproduktion (GWh)", true, []string{"CALPROD"}},
	{"Fabrikat", true, []string{"FABRIKAT"}},
	{"Modell", true, []string{"MODELL"}},
	{"Senast sparad", true, []string{"SenasteUppdatering", "SENASTSPARAD"}},
	{"Placering", false, []string{"PLACERING"}},
	{"Uppmätt årsproduktion (GWh)", false, []string{"REALPROD", "UPPMPROD"}},
	{"Uppfört", false, []string{"UPPFORT", "UPPFDATUM"}},
}

// plain makes names comparable: letters and digits, without the unit in brackets.
func plain(name string) string {
	name, _, _ = strings.Cut(name, "(")
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToUpper(r)
		}
		return -1
	}, name)
}

// is reports whether a field holds a column: by one of the names, whole or cut at
// ten letters, or because the service's alias is the column's own name.
func (f field) is(column string, names []string) bool {
	for _, n := range names {
		whole, name := plain(n), plain(f.Name)
		if name == whole || len(whole) > 10 && name == whole[:10] || len(n) > 10 && name == plain(n[:10]) {
			return true
		}
	}
	return f.Alias != f.Name && plain(f.Alias) == plain(column)
}

// find looks up where a page has the columns.
func (p page) find() (map[string]field, error) {
	found := map[string]field{}
	for _, c := range fieldNames {
		for _, f := range p.fields {
			if !f.is(c.column, c.names) {
				continue
			}
			if other, twice := found[c.column]; twice {
				return nil, &pipeline.Problem{File: p.name, Path: "fields", What: fmt.Sprintf("both %s and %s may be %s", other.Name, f.Name, c.column), Expected: "one of them"}
			}
			found[c.column] = f
		}
		if _, ok := found[c.column]; c.required && !ok {
			var names []string
			for _, f := range p.fields {
				names = append(names, f.Name)
			}
			return nil, &pipeline.Problem{File: p.name, Path: "fields", What: fmt.Sprintf("no field holds %s", c.column),
				Expected: fmt.Sprintf("%s among %.300q", strings.Join(c.names, " or "), strings.Join(names, ", "))}
		}
	}
	return found, nil
}

// layer is one that is being read: pages until it is whole.
type layer struct {
	name     string // of the part that counts its turbines
	expected int
	ids      []int64 // the service's numbers of the rows so far, ascending
	more     bool
}

// add takes a page in: its rows continue the layer's.
func (l *layer) add(p page) error {
	if len(p.features) > 0 && p.grid.Wkid != sweref99tm && p.grid.LatestWkid != sweref99tm {
		return &pipeline.Problem{File: p.name, Path: "spatialReference", What: fmt.Sprintf("positions are in the grid %d", p.grid.Wkid), Expected: "3006 (SWEREF99 TM)"}
	}
	for i := range p.features {
		id, err := p.objectID(i)
		if err != nil {
			return err
		}
		if n := len(l.ids); n > 0 && id <= l.ids[n-1] {
			return &pipeline.Problem{File: p.name, Path: fmt.Sprintf("features[%d]", i), What: fmt.Sprintf("row %d follows row %d: it stands twice, or rows moved between two pages", id, l.ids[n-1]),
				Expected: "rows in the order of their numbers", Remedy: "ask again"}
		}
		l.ids = append(l.ids, id)
	}
	l.more = p.exceeded
	return nil
}

// whole checks that as many turbines have come as the service counted.
func (l *layer) whole() error {
	if len(l.ids) == l.expected && !l.more {
		return nil
	}
	what := fmt.Sprintf("%d turbines were counted and %d have come", l.expected, len(l.ids))
	if l.more {
		what += ", and more follow"
	}
	return &pipeline.Problem{File: l.name, Path: "count", What: what, Expected: "a layer that is whole", Remedy: "ask again: the register changed meanwhile, or pages are missing"}
}

// same checks that the layer still has the rows that have come, and no others.
func (l *layer) same(part pipeline.Part) error {
	ids, err := readIDs(part)
	if err != nil {
		return err
	}
	slices.Sort(ids)
	if !slices.Equal(ids, l.ids) {
		return &pipeline.Problem{File: part.Name, Path: "objectIds", What: fmt.Sprintf("of the layer's %d rows not all are those %d that have come", len(ids), len(l.ids)),
			Expected: "a register that rests while it is read", Remedy: "ask again"}
	}
	return nil
}

// decodePages reads the layers of the map service. What each says of a turbine is
// read as a line of the register's export would be.
func decodePages(ctx context.Context, parts []pipeline.Part, out pipeline.Output) (pipeline.Edition, error) {
	t := table{ctx: ctx, out: out, at: map[string]int{}, names: columns}
	for i, name := range columns {
		t.at[name] = i
	}
	var open *layer
	pages := 0
	for _, part := range parts {
		if part.Role == countRole {
			if open != nil {
				if err := open.whole(); err != nil {
					return pipeline.Edition{}, err
				}
			}
			count, err := readCount(part)
			if err != nil {
				return pipeline.Edition{}, err
			}
			open = &layer{name: part.Name, expected: count}
			continue
		}
		if open == nil {
			return pipeline.Edition{}, &pipeline.Problem{File: part.Name, What: "nothing says how many turbines its layer has", Expected: "the count of the layer before its pages"}
		}
		p, err := readPage(part)
		if err != nil {
			return pipeline.Edition{}, err
		}
		pages++
		if err := open.add(p); err != nil {
			return pipeline.Edition{}, err
		}
		if err := t.readPage(p, pages); err != nil {
			return pipeline.Edition{}, err
		}
	}
	if open != nil {
		if err := open.whole(); err != nil {
			return pipeline.Edition{}, err
		}
	}
	if t.rows == 0 {
		return pipeline.Edition{}, &pipeline.Problem{File: parts[0].Name, What: "there are no turbines", Expected: "pages with rows"}
	}
	return pipeline.Edition{AsOf: t.newest}, nil
}

// readPage reads the turbines of a page.
func (t *table) readPage(p page, number int) error {
	if len(p.features) == 0 {
		return nil
	}
	found, err := p.find()
	if err != nil {
		return err
	}
	t.name = p.name
	t.cells = make([]string, len(columns))
	for i, f := range p.features {
		if t.ctx.Err() != nil {
			return t.problem(-1, "reading was stopped: "+t.ctx.Err().Error(), "")
		}
		t.path, t.place = fmt.Sprintf("features[%d]", i), fmt.Sprintf("page %d, features[%d]", number, i)
		for _, c := range fieldNames {
			at := found[c.column]
			text, err := cell(f.attributes[at.Name], at.Type)
			if err != nil {
				return t.problem(t.at[c.column], err.Error(), "a text, a number or null")
			}
			t.cells[t.at[c.column]] = text
		}
		// The layer of turbines without a state has nothing, or these words.
		if t.text("Status") == "" {
			t.cells[t.at["Status"]] = "Uppgift saknas"
		}
		for _, c := range []struct {
			column string
			value  any
		}{{"E-Koordinat", f.geometry.X}, {"N-Koordinat", f.geometry.Y}} {
			text, err := coordinate(c.value)
			if err != nil {
				return t.problem(t.at[c.column], err.Error(), "metres")
			}
			t.cells[t.at[c.column]] = text
		}
		t.rows++
		if err := t.turbine(); err != nil {
			return err
		}
	}
	return nil
}
