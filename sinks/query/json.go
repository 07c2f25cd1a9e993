package query

import (
	"encoding/json"
	"io"
	"math"
	"math/big"

	duckdb "github.com/duckdb/duckdb-go/v2"
)

func writeJSON(w io.Writer, r *Result) error {
	var keys []string
	for i, c := range r.Columns {
		key := "{"
		if i > 0 {
			key = ","
		}
		keys = append(keys, string(appendText([]byte(key), c.Name))+":")
	}
	line, separator := []byte("["), "\n"
	for row, err := range r.Rows() {
		if err != nil {
			return err
		}
		line = append(line, separator...)
		for i, v := range row {
			line = appendJSON(append(line, keys[i]...), v, r.Columns[i].Type)
		}
		if _, err := w.Write(append(line, '}')); err != nil {
			return err
		}
		line, separator = line[:0], ",\n"
	}
	_, err := w.Write(append(line, "\n]\n"...))
	return err
}

func appendJSON(line []byte, v any, kind string) []byte {
	switch v := v.(type) {
	case nil:
		return append(line, "null"...)
	case float32:
		if math.IsNaN(float64(v)) || math.IsInf(float64(v), 0) {
			return append(line, "null"...)
		}
	case float64:
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return append(line, "null"...)
		}
	case bool, int64, *big.Int, duckdb.Decimal, json.RawMessage:
	default:
		return appendText(line, textOf(v, kind))
	}
	return append(line, textOf(v, kind)...)
}

// appendText writes a text as JSON. Characters that only matter inside HTML stay
// as they are.
func appendText(line []byte, text string) []byte {
	const hexDigits = "0123456789abcdef"
	line = append(line, '"')
	for _, r := range text {
		switch {
		case r == '"' || r == '\\':
			line = append(line, '\\', byte(r))
		case r == '\n':
			line = append(line, `\n`...)
		case r < ' ':
			line = append(line, '\\', 'u', '0', '0', hexDigits[r>>4], hexDigits[r&15])
		default:
			line = append(line, string(r)...)
		}
	}
	return append(line, '"')
}
