package dst

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"samkraft/pipeline"
	"samkraft/sources"
)

// sniffRows is how many rows are looked at.
const sniffRows = 60

// Recognise knows an answer by its variables and by what stands in its first
// rows, wherever it stands, so that a file with a renamed or swapped column is
// still known for what it is and its error names it. An answer with a further
// variable is another table and not claimed.
func (Source) Recognise(f pipeline.Sniff) (pipeline.Claim, bool) {
	if set := describedTable(f.Head); set != "" {
		return pipeline.Claim{DataSet: set, Role: "tableinfo", Group: set}, true
	}
	header, rows := firstRows(f)
	if set := registerOf(header); set != "" {
		return pipeline.Claim{DataSet: set, Role: "data", Group: set}, true
	}
	switch {
	case looksLikePopulation(header, rows):
		return pipeline.Claim{DataSet: populationSet}, true
	case looksLikeArea(header, rows):
		return pipeline.Claim{DataSet: areaSet}, true
	}
	return pipeline.Claim{}, false
}

// describedTable knows the description of a table whose decoder needs it, by its
// id, with which it begins, and what no other publisher's has.
func describedTable(head []byte) string {
	text := sources.Begin(head)
	if !bytes.HasPrefix(text, []byte("{")) || !bytes.Contains(text, []byte(`"suppressedDataValue"`)) {
		return ""
	}
	var id string
	if _, rest, ok := bytes.Cut(text, []byte(`"id"`)); ok {
		json.NewDecoder(bytes.NewReader(bytes.TrimLeft(rest, ": \t\r\n"))).Decode(&id)
	}
	if layouts[id].described {
		return id
	}
	return ""
}

// registerOf knows the tables of buildings and dwellings by their variables, which
// no other table has together.
func registerOf(header []string) string {
	has := func(names ...string) bool {
		return !slices.ContainsFunc(names, func(n string) bool { return !slices.Contains(header, n) })
	}
	switch {
	case has("MÆNGDE4", "OPVARM"):
		return buildingSet
	case has("BEBO", "OPVARMNING"):
		return dwellingSet
	}
	return ""
}

func firstRows(f pipeline.Sniff) (header []string, rows [][]string) {
	head, line := bytes.TrimPrefix(f.Head, []byte("\ufeff")), sources.FirstLine(f.Head)
	if len(line) > 1000 || !strings.Contains(line, "TID") && !strings.Contains(line, "INDHOLD") {
		return nil, nil
	}
	if !utf8.ValidString(line) { // another encoding must not hide whose file it is; Decode refuses it
		head, _ = charmap.ISO8859_1.NewDecoder().Bytes(head)
	}
	r := csv.NewReader(bytes.NewReader(head))
	r.Comma, r.FieldsPerRecord, r.LazyQuotes = sources.Separator(line), -1, true
	for len(rows) <= sniffRows {
		row, err := r.Read()
		if err != nil {
			break
		}
		rows = append(rows, row)
	}
	if len(rows) == 0 {
		return nil, nil
	}
	return rows[0], rows[1:]
}

// others gives the places of the columns that are none of names, or one of them
// again, and which of the names are absent.
func others(header, names []string) (unknown []int, absent []string) {
	for i, h := range header {
		if !slices.Contains(names, h) || slices.Index(header, h) < i {
			unknown = append(unknown, i)
		}
	}
	for _, n := range names {
		if !slices.Contains(header, n) {
			absent = append(absent, n)
		}
	}
	return unknown, absent
}

// extraAtEnd reports columns behind INDHOLD, where the publisher puts none: they
// were added to our file, while a column before it is a variable of another
// table.
func extraAtEnd(header []string, unknown []int) bool {
	return len(unknown) > 0 && len(unknown) <= 3 && unknown[0] > slices.Index(header, "INDHOLD")
}

func looksLikeArea(header []string, rows [][]string) bool {
	unknown, absent := others(header, areaColumns)
	renamed := len(header) == 3 && len(absent) <= 1
	if !renamed && !(len(absent) == 0 && extraAtEnd(header, unknown)) {
		return false
	}
	fit, misfit := 0, 0
	for _, row := range rows {
		switch holdsArea(row) {
		case 1:
			fit++
		case -1:
			misfit++
		}
	}
	return fit > misfit
}

// holdsArea looks for an area, a year and a figure among the cells of a row: 1
// where the figure can be the area's square kilometres, -1 where none can, 0
// where there are not all three.
func holdsArea(row []string) int {
	if len(row) < 3 || len(row) > 6 {
		return 0
	}
	found := 0
	for i, where := range row {
		code := referenceCode(where)
		if code == "" {
			continue
		}
		for j, when := range row {
			if _, ok := parseYear(when); !ok || i == j {
				continue
			}
			for k, what := range row {
				value, _, err := withoutZero(what)
				km2, ok := value.(pipeline.Decimal)
				if k == i || k == j || err != nil || !ok {
					continue
				}
				if isAreaOf(code, km2.Float()) {
					return 1
				}
				found = -1
			}
		}
	}
	return found
}

// referenceCode is the code of an area of known size, else "".
func referenceCode(cell string) string {
	m, isMunicipality, err := territory(cell)
	switch {
	case err != nil:
		return ""
	case isMunicipality:
		return m.Code
	case referenceArea[cell] > 0:
		return cell
	case referenceArea[aggregates[cell]] > 0:
		return aggregates[cell]
	}
	return ""
}

func looksLikePopulation(header []string, rows [][]string) bool {
	unknown, absent := others(header, append([]string{"CIVILSTAND"}, populationColumns...))
	if i := slices.Index(absent, "CIVILSTAND"); i >= 0 {
		absent = slices.Delete(absent, i, i+1)
	}
	renamed := len(absent) == 1 && len(unknown) == 1
	if !renamed && !(len(absent) == 0 && (len(unknown) == 0 || extraAtEnd(header, unknown))) {
		return false
	}
	for _, row := range rows {
		if !slices.ContainsFunc(row, isPeriod) || slices.ContainsFunc(row, isFraction) {
			continue // rates of the same variables, such as unemployment, have decimals
		}
		if !renamed || len(row) > unknown[0] && fits(absent[0], row[unknown[0]]) {
			return true
		}
	}
	return false
}

func isPeriod(cell string) bool {
	_, ok := period(cell)
	return ok
}

func isFraction(cell string) bool {
	_, fraction, ok := strings.Cut(strings.Replace(cell, ".", ",", 1), ",")
	return ok && fraction != "" && strings.Trim(fraction, "0123456789") == ""
}

// fits reports whether a cell can stand under the column of that name.
func fits(name, cell string) bool {
	switch name {
	case "OMRÅDE":
		_, _, err := territory(cell)
		return err == nil
	case "TID":
		return isPeriod(cell)
	case "INDHOLD":
		_, _, err := marks.Read(cell, ',')
		return err == nil
	}
	_, known := kindOf(name, cell)
	return known
}
