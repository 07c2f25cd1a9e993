// Package booktest holds workbooks to what they promise: each cell of a table's sheet
// is the table's, and a table without a sheet is named.
package booktest

import (
	"bytes"
	"fmt"
	"io/fs"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"samkraft/sinks/tables"
)

// Faults reads a workbook and tells what is wrong with it, held against the snapshot
// that it was made of. Digits is how many digits of a number have to agree: 17 are all.
func Faults(snapshot fs.FS, book []byte, digits int) ([]string, error) {
	from, err := tables.Open(snapshot)
	if err != nil {
		return nil, err
	}
	file, err := excelize.OpenReader(bytes.NewReader(book), excelize.Options{RawCellValue: true})
	if err != nil {
		return nil, err
	}
	defer file.Close()
	c := &check{file: file, digits: digits}
	sheets := file.GetSheetList()
	if len(sheets) < 4 {
		return nil, fmt.Errorf("the workbook has the sheets %v", sheets)
	}
	listed := c.columns(sheets[len(sheets)-2])
	cover := ""
	for _, row := range c.rows(sheets[0]) {
		cover += strings.Join(row, " ") + "\n"
	}
	for _, name := range from.Names() {
		t, err := from.Table(name)
		if err != nil {
			return nil, err
		}
		if columns, ok := listed[name]; ok {
			c.table(t, columns)
		} else if t.Rows > 0 && !strings.Contains(cover, name+".parquet") {
			c.fault("the table %s has no sheet, and the cover does not name its file", name)
		}
	}
	return c.faults, nil
}

type check struct {
	file   *excelize.File
	digits int
	faults []string
}

func (c *check) fault(format string, values ...any) {
	c.faults = append(c.faults, fmt.Sprintf(format, values...))
}

func (c *check) rows(sheet string) [][]string {
	rows, err := c.file.GetRows(sheet)
	if err != nil {
		c.fault("%s: %v", sheet, err)
	}
	return rows
}

// listed are the columns of a sheet as the list of columns has them: their names in the
// Parquet file, "" for one that is added.
type listed struct {
	sheet   string
	columns []string
}

// columns reads the list of columns, by table.
func (c *check) columns(sheet string) map[string]listed {
	found := map[string]listed{}
	for _, row := range c.rows(sheet)[1:] {
		l := found[row[2]]
		l.sheet, l.columns = row[0], append(l.columns, row[3])
		found[row[2]] = l
	}
	return found
}

// table compares a sheet with its table.
func (c *check) table(t *tables.Table, l listed) {
	rows := c.rows(l.sheet)
	if len(rows) != t.Rows+1 {
		c.fault("%s: %d rows, the table %s has %d", l.sheet, len(rows)-1, t.Name, t.Rows)
		return
	}
	names := slices.DeleteFunc(slices.Clone(l.columns), func(name string) bool { return name == "" })
	for i, column := range t.Columns {
		if i >= len(names) || names[i] != column.Name {
			c.fault("%s: the columns are %v, those of the table %s begin otherwise than up to %s", l.sheet, names, t.Name, column.Name)
			return
		}
	}
	for r := range t.All() {
		row := rows[r.Index()+1]
		for i, name := range l.columns {
			cell := ""
			if i < len(row) {
				cell = row[i]
			}
			if name == "" {
				continue
			}
			if want := r.Value(name); !c.equal(cell, want) {
				c.fault("%s, row %d, %s: %q, the table has %v", l.sheet, r.Index()+2, name, cell, want)
			}
		}
	}
}

// equal reports whether a cell, as it is in the file, is a value.
func (c *check) equal(cell string, want any) bool {
	number, err := strconv.ParseFloat(cell, 64)
	switch v := want.(type) {
	case nil:
		return cell == ""
	case string:
		return cell == written(v)
	case bool:
		return strings.EqualFold(cell, strconv.FormatBool(v)) || err == nil && (number == 1) == v
	case int64:
		return err == nil && number == float64(v)
	case float64:
		if c.digits < 17 {
			return err == nil && math.Abs(number-v) <= math.Abs(v)*math.Pow10(-c.digits)
		}
		return err == nil && number == v
	case time.Time:
		at := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC).Add(time.Duration(math.Round(number*24*60*60*1e3)) * time.Millisecond)
		return err == nil && at.Equal(v)
	}
	return false
}

// written is a text as a cell has it: without what XML cannot hold.
func written(text string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\t' && r != '\n' && r != '\r' || r == 0xFFFE || r == 0xFFFF {
			return '\uFFFD'
		}
		return r
	}, text)
}
