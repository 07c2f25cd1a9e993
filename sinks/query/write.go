package query

import (
	"bufio"
	"fmt"
	"io"
	"slices"
	"strings"
)

// formats are the ways to write a result.
var formats = map[string]func(io.Writer, *Result) error{
	"table":   writeTable,
	"csv":     writeCSV,
	"json":    writeJSON,
	"xlsx":    writeXLSX,
	"parquet": writeParquet,
}

// Formats lists the formats that Write knows, in the order in which to offer
// them.
func Formats() []string { return []string{"table", "csv", "json", "parquet", "xlsx"} }

// Write writes a result in one of Formats and reads it to its end, without
// closing it.
//
//	table    aligned text for people, numbers to the right, units in the head,
//	         null for what is not known; control characters are made visible
//	csv      RFC 4180 with a head line, UTF-8; null is empty, an empty text is "".
//	         A text that begins with = + - @ is left as it is: the file holds the
//	         data, and a spreadsheet has to be told that they are text
//	json     an array of objects; decimals are exact numbers, times are RFC 3339
//	         in UTC (without zone where the type has none), NaN and infinity null
//	parquet  zstd, the result's own types, units in the Arrow schema; times are
//	         in microseconds; lists and structs are JSON text
//	xlsx     one sheet with a bold head that stays in sight and units in it;
//	         numbers and dates are such, texts are never formulas; whole numbers
//	         of more than 15 digits are text, because Excel would round them
//
// csv and json are written while the result is read. A result that does not fit
// into a format is an *Error.
func Write(w io.Writer, r *Result, format string) error {
	write, ok := formats[format]
	if !ok {
		return &Error{
			Message: fmt.Sprintf("there is no format %q", format),
			Hint:    "the formats are " + strings.Join(slices.Sorted(slices.Values(Formats())), ", "),
		}
	}
	buffered := bufio.NewWriterSize(w, 1<<16)
	if err := write(buffered, r); err != nil {
		return err
	}
	return buffered.Flush()
}

// heading is a column's name and, in brackets, its unit.
func heading(c Column) string {
	if c.Unit == "" {
		return c.Name
	}
	return c.Name + " [" + c.Unit + "]"
}
