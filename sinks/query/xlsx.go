package query

import (
	"errors"
	"fmt"
	"io"
	"math"
	"math/big"
	"strconv"
	"time"
	"unicode/utf16"

	duckdb "github.com/duckdb/duckdb-go/v2"
	"github.com/xuri/excelize/v2"
)

const sheet = "query"

// maxExact is the first whole number that Excel, with its 15 digits, may round.
const maxExact = 1_000_000_000_000_000

func writeXLSX(w io.Writer, r *Result) (err error) {
	if len(r.Columns) > excelize.MaxColumns {
		return &Error{Message: fmt.Sprintf("a worksheet holds %d columns, the result has %d", excelize.MaxColumns, len(r.Columns))}
	}
	book := excelize.NewFile()
	defer func() { err = errors.Join(err, book.Close()) }()
	if err := book.SetSheetName("Sheet1", sheet); err != nil {
		return err
	}
	bold, err := book.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}})
	if err != nil {
		return err
	}
	styles, err := columnStyles(book, r.Columns)
	if err != nil {
		return err
	}
	stream, err := book.NewStreamWriter(sheet)
	if err != nil {
		return err
	}
	if err := stream.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	cells := make([]any, len(r.Columns))
	for i, c := range r.Columns {
		if err := stream.SetColWidth(i+1, i+1, float64(min(60, max(12, len(heading(c))+2)))); err != nil {
			return err
		}
		cells[i] = excelize.Cell{StyleID: bold, Value: heading(c)}
	}
	if err := stream.SetRow("A1", cells); err != nil {
		return err
	}
	line := 1
	for row, err := range r.Rows() {
		if err != nil {
			return err
		}
		if line++; line > excelize.TotalRows {
			return &Error{Message: fmt.Sprintf("a worksheet holds %d rows, the result has more", excelize.TotalRows-1), Hint: "write it as csv or parquet"}
		}
		for i, v := range row {
			if cells[i], err = cell(v, r.Columns[i], styles[i]); err != nil {
				return err
			}
		}
		if err := stream.SetRow("A"+strconv.Itoa(line), cells); err != nil {
			return err
		}
	}
	if err := stream.Flush(); err != nil {
		return err
	}
	return book.Write(w)
}

// columnStyles makes the number format of dates and times, 0 for other columns.
func columnStyles(book *excelize.File, columns []Column) ([]int, error) {
	styles := make([]int, len(columns))
	for i, c := range columns {
		format := ""
		switch {
		case c.Type == "DATE":
			format = "yyyy-mm-dd"
		case isTimestamp(c.Type):
			format = "yyyy-mm-dd hh:mm:ss"
		default:
			continue
		}
		var err error
		if styles[i], err = book.NewStyle(&excelize.Style{CustomNumFmt: &format}); err != nil {
			return nil, err
		}
	}
	return styles, nil
}

// cell gives a value the type that Excel has for it. Text is an inline string,
// which Excel shows and never computes.
func cell(v any, c Column, style int) (any, error) {
	switch v := v.(type) {
	case nil:
		return nil, nil
	case bool:
		return v, nil
	case int64:
		if v > -maxExact && v < maxExact {
			return v, nil
		}
	case *big.Int:
		if v.IsInt64() {
			return cell(v.Int64(), c, style)
		}
	case float32:
		return cell(float64(v), c, style)
	case float64:
		if !math.IsNaN(v) && !math.IsInf(v, 0) {
			return v, nil
		}
	case duckdb.Decimal:
		number, err := strconv.ParseFloat(decimal(v), 64)
		return number, err
	case time.Time:
		// Excel counts days from 1900 and takes that year for a leap year.
		if v.Year() > 1900 && v.Year() <= 9999 {
			return excelize.Cell{StyleID: style, Value: v}, nil
		}
	}
	text := textOf(v, c.Type)
	if len(text) > excelize.TotalCellChars && len(utf16.Encode([]rune(text))) > excelize.TotalCellChars {
		return nil, &Error{
			Message: fmt.Sprintf("a text in column %s is longer than the %d characters that a cell holds", c.Name, excelize.TotalCellChars),
			Hint:    "write it as csv or parquet",
		}
	}
	return text, nil
}
