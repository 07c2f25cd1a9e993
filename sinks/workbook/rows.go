package workbook

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
)

// What a cell holds, as Excel has it.
const (
	maxText  = excelize.TotalCellChars // of UTF-16 units
	maxExact = 1e15                    // the first whole number that Excel, with its 15 digits, may round
)

// errLong says that a text is longer than a cell holds.
var errLong = fmt.Errorf("a text is longer than the %d characters that a cell holds", maxText)

// appendRow writes a row of a sheet, as it stands in the file. The styles are those of
// the columns. A cell that is null is left out: missing is never zero.
func appendRow(b []byte, number int, names []string, cells []any, styles []int) ([]byte, error) {
	at := strconv.Itoa(number)
	b = append(b, `<row r="`...)
	b = append(append(b, at...), `">`...)
	for i, v := range cells {
		if v == nil {
			continue
		}
		b = append(b, `<c r="`...)
		b = append(append(append(b, names[i]...), at...), '"')
		if styles[i] > 0 {
			b = append(b, ` s="`...)
			b = append(strconv.AppendInt(b, int64(styles[i]), 10), '"')
		}
		var err error
		if b, err = appendValue(b, v); err != nil {
			return nil, err
		}
		b = append(b, `</c>`...)
	}
	return append(b, `</row>`...), nil
}

// appendValue writes the type and value of a cell, from within its start tag on. A text
// stands in the cell itself and is marked as one: nothing computes it, whatever it
// begins with.
func appendValue(b []byte, v any) ([]byte, error) {
	switch v := v.(type) {
	case bool:
		if v {
			return append(b, ` t="b"><v>1</v>`...), nil
		}
		return append(b, ` t="b"><v>0</v>`...), nil
	case int64:
		if v > -maxExact && v < maxExact {
			return append(strconv.AppendInt(append(b, `><v>`...), v, 10), `</v>`...), nil
		}
		return appendText(b, strconv.FormatInt(v, 10))
	case float64:
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return appendText(b, strconv.FormatFloat(v, 'g', -1, 64))
		}
		return append(strconv.AppendFloat(append(b, `><v>`...), v, 'g', -1, 64), `</v>`...), nil
	case time.Time:
		days, ok := serial(v)
		if !ok {
			return appendText(b, v.Format(time.RFC3339))
		}
		return append(strconv.AppendFloat(append(b, `><v>`...), days, 'g', -1, 64), `</v>`...), nil
	}
	return appendText(b, v.(string))
}

func appendText(b []byte, text string) ([]byte, error) {
	if units(text) > maxText {
		return nil, errLong
	}
	b = append(b, ` t="inlineStr"><is><t xml:space="preserve">`...)
	b = appendEscaped(b, text)
	return append(b, `</t></is>`...), nil
}

// appendEscaped writes a text into XML. What XML cannot hold becomes the replacement
// character. Excel reads _x0041_ as the letter of that number: the line before such a
// number is written as one itself.
func appendEscaped(b []byte, text string) []byte {
	for i, r := range text {
		switch {
		case r == '&':
			b = append(b, `&amp;`...)
		case r == '<':
			b = append(b, `&lt;`...)
		case r == '>':
			b = append(b, `&gt;`...)
		case r == '\r':
			b = append(b, `_x000D_`...)
		case r == '_' && isNumbered(text[i:]):
			b = append(b, `_x005F_`...)
		case r < ' ' && r != '\t' && r != '\n', r == 0xFFFE, r == 0xFFFF:
			b = utf8.AppendRune(b, utf8.RuneError)
		default:
			b = utf8.AppendRune(b, r)
		}
	}
	return b
}

// isNumbered reports whether a text begins with a letter by its number, as _x0041_.
func isNumbered(text string) bool {
	return len(text) >= 7 && text[1] == 'x' && text[6] == '_' && strings.Trim(text[2:6], "0123456789abcdefABCDEF") == ""
}

// units counts the UTF-16 units of a text, in which Excel measures.
func units(text string) int {
	n := 0
	for _, r := range text {
		n++
		if r > 0xFFFF {
			n++
		}
	}
	return n
}

// firstDay is the day of which Excel counts: it takes 1900 for a leap year, so that
// its count is right from March of that year on.
var firstDay = time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)

// serial is a time as Excel counts it, in days, and whether it can: from March 1900 to
// the year 9999.
func serial(t time.Time) (float64, bool) {
	seconds := t.Unix() - firstDay.Unix()
	return (float64(seconds) + float64(t.Nanosecond())/1e9) / (24 * 60 * 60), seconds >= 61*24*60*60 && t.Year() <= 9999
}
