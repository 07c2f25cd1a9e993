package query

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"math"
	"math/big"
	"strconv"
	"strings"
	"time"

	duckdb "github.com/duckdb/duckdb-go/v2"
)

// plain brings a value as the driver gives it to one of the types that
// Result.Rows promises.
func plain(v any, kind string) (any, error) {
	switch v := v.(type) {
	case nil, bool, int64, *big.Int, float32, float64, duckdb.Decimal:
		if kind != "JSON" {
			return v, nil
		}
	case int8:
		return int64(v), nil
	case int16:
		return int64(v), nil
	case int32:
		return int64(v), nil
	case uint8:
		return int64(v), nil
	case uint16:
		return int64(v), nil
	case uint32:
		return int64(v), nil
	case uint64:
		return new(big.Int).SetUint64(v), nil
	case time.Time:
		if strings.HasPrefix(kind, "TIME") && !strings.HasPrefix(kind, "TIMESTAMP") {
			return clock(v, kind), nil
		}
		return v, nil
	case string:
		if kind != "JSON" {
			return v, nil
		}
	case []byte:
		return bytesText(v, kind), nil
	case duckdb.Interval:
		return interval(v), nil
	}
	if v == nil {
		return nil, nil
	}
	var text bytes.Buffer
	e := json.NewEncoder(&text)
	e.SetEscapeHTML(false)
	if err := e.Encode(nested(v)); err != nil {
		return nil, fmt.Errorf("a value of type %s: %w", kind, err)
	}
	return json.RawMessage(bytes.TrimSpace(text.Bytes())), nil
}

// nested makes JSON of what stands inside a list, a struct, a map or a union.
func nested(v any) any {
	switch v := v.(type) {
	case []any:
		list := make([]any, len(v))
		for i := range v {
			list[i] = nested(v[i])
		}
		return list
	case map[string]any:
		fields := map[string]any{}
		for name, value := range v {
			fields[name] = nested(value)
		}
		return fields
	case duckdb.OrderedMap:
		fields := map[string]any{}
		keys, values := v.Keys(), v.Values()
		for i, key := range keys {
			fields[fmt.Sprint(inText(key))] = nested(values[i])
		}
		return fields
	case duckdb.Union:
		return nested(v.Value)
	case duckdb.Decimal:
		return json.Number(decimal(v))
	case duckdb.Interval:
		return interval(v)
	case duckdb.Bit:
		return v.String()
	case time.Time:
		return instant(v)
	case []byte:
		return hex.EncodeToString(v)
	case float32:
		return nested(float64(v))
	case float64:
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return nil
		}
	}
	return v
}

// inText is nested for the key of a map.
func inText(v any) any {
	if d, ok := v.(duckdb.Decimal); ok {
		return decimal(d)
	}
	return nested(v)
}

// textOf writes a value that is not nil as text, for every format that has
// nothing better for its type.
func textOf(v any, kind string) string {
	switch v := v.(type) {
	case string:
		return v
	case bool:
		return strconv.FormatBool(v)
	case int64:
		return strconv.FormatInt(v, 10)
	case *big.Int:
		return v.String()
	case float32:
		return floatText(float64(v), 32)
	case float64:
		return floatText(v, 64)
	case duckdb.Decimal:
		return decimal(v)
	case json.RawMessage:
		return string(v)
	case time.Time:
		switch kind {
		case "DATE":
			return v.Format(time.DateOnly)
		case "TIMESTAMP WITH TIME ZONE":
			return instant(v)
		default:
			// A time without zone is local, nobody knows where: it gets no zone.
			return v.Format("2006-01-02T15:04:05.999999999")
		}
	}
	return fmt.Sprint(v)
}

func floatText(f float64, bits int) string {
	switch {
	case math.IsNaN(f):
		return "nan"
	case math.IsInf(f, 1):
		return "inf"
	case math.IsInf(f, -1):
		return "-inf"
	}
	format := byte('f')
	if size := math.Abs(f); size != 0 && (size < 1e-6 || size >= 1e21) {
		format = 'e'
	}
	return strconv.FormatFloat(f, format, -1, bits)
}

// decimal writes a decimal with all digits of its type.
func decimal(d duckdb.Decimal) string {
	digits, scale := new(big.Int).Abs(d.Value).String(), int(d.Scale)
	if len(digits) <= scale {
		digits = strings.Repeat("0", scale-len(digits)+1) + digits
	}
	sign := ""
	if d.Value.Sign() < 0 {
		sign = "-"
	}
	if scale == 0 {
		return sign + digits
	}
	return sign + digits[:len(digits)-scale] + "." + digits[len(digits)-scale:]
}

func instant(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.999999Z07:00") }

func clock(t time.Time, kind string) string {
	if kind == "TIME" {
		return t.Format("15:04:05.999999")
	}
	return t.Format("15:04:05.999999Z07:00")
}

// interval writes a span of time as ISO 8601 does, with its three parts apart: a
// month has no length in days, nor a day in hours.
func interval(i duckdb.Interval) string {
	seconds := decimal(duckdb.Decimal{Scale: 6, Value: big.NewInt(i.Micros)})
	seconds = strings.TrimRight(strings.TrimRight(seconds, "0"), ".")
	if i.Micros == 0 {
		seconds = "0"
	}
	return fmt.Sprintf("P%dM%dDT%sS", i.Months, i.Days, seconds)
}

func bytesText(b []byte, kind string) string {
	text := hex.EncodeToString(b)
	if kind == "UUID" && len(b) == 16 {
		return strings.Join([]string{text[:8], text[8:12], text[12:16], text[16:20], text[20:]}, "-")
	}
	return text
}
