package energidataservice

import (
	"strconv"
	"time"

	"samkraft/pipeline"
	"samkraft/sources"
)

// marks: the service leaves a field empty (null in JSON) where it has no figure,
// be it not yet known or of something that is not there. No other marker occurs.
var marks = sources.Marks{"": pipeline.NotAvailable}

// record is one line of a CSV or one object of a JSON answer, its fields in the
// order of the layout. A field without a value is empty.
type record struct {
	texts    []string
	quoted   []bool             // of JSON: the field is a text
	numbers  []pipeline.Decimal // of the fields that have been read as numbers
	mark     byte               // of decimals
	location string
	fail     func(column int, what, expected string) error
}

func quote(s string) string { return strconv.Quote(s) }

// number reads a field that holds a number or nothing, which is nil. The number is
// valid until the next record. The status is a pipeline.Status in the form that a
// row takes.
func (r *record) number(column int) (n *pipeline.Decimal, status any, err error) {
	s := r.texts[column]
	if r.quoted != nil && r.quoted[column] {
		return nil, nil, r.fail(column, "a text stands where a number is due: "+quote(s), "a JSON number or null")
	}
	if r.quoted != nil && s != "" {
		return r.jsonNumber(column)
	}
	v, status, err := marks.Read(s, r.mark)
	if err != nil {
		return nil, nil, r.fail(column, err.Error(), "a number with a decimal comma, or an empty field")
	}
	if v == nil {
		return nil, status, nil
	}
	r.numbers[column] = v.(pipeline.Decimal)
	return &r.numbers[column], status, nil
}

// jsonNumber reads a number as JSON writes it: without the blanks and markers
// that other texts may hold, which spares looking for them in every cell.
func (r *record) jsonNumber(column int) (n *pipeline.Decimal, status any, err error) {
	n = &r.numbers[column]
	if *n, err = pipeline.ParseDecimal(r.texts[column], r.mark); err != nil {
		return nil, nil, r.fail(column, err.Error(), "a JSON number or null")
	}
	if n.IsZero() {
		return n, pipeline.Zero, nil
	}
	return n, pipeline.Observed, nil
}

// instant reads a time in any of the service's layouts, taken as UTC.
func (r *record) instant(column int) (time.Time, error) {
	t, ok := parseTime(r.texts[column])
	if !ok {
		return t, r.fail(column, quote(r.texts[column])+" is no time", "yyyy-mm-ddThh:mm:ss, yyyy-mm-dd hh:mm:ss or yyyy-mm-dd hh:mm")
	}
	return t, nil
}

// month reads the first day of a month, with or without the hour 00:00.
func (r *record) month(column int) (time.Time, error) {
	s := r.texts[column]
	if len(s) == len(time.DateOnly) {
		s += " 00:00"
	}
	t, ok := parseTime(s)
	if !ok || t.Day() != 1 || t.Hour() != 0 || t.Minute() != 0 || t.Second() != 0 {
		return t, r.fail(column, quote(r.texts[column])+" is not the first day of a month", "such as 2026-08-01T00:00:00")
	}
	return t, nil
}

// parseTime reads the three layouts in which the service writes times: with T
// and seconds (JSON), with a blank and seconds, with a blank and none (CSV).
func parseTime(s string) (time.Time, bool) {
	var n [6]int // year, month, day, hour, minute, second
	if len(s) != 16 && len(s) != 19 {
		return time.Time{}, false
	}
	part := 0
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch i {
		case 4, 7:
			if c != '-' {
				return time.Time{}, false
			}
			part++
		case 10:
			if c != ' ' && (c != 'T' || len(s) == 16) {
				return time.Time{}, false
			}
			part++
		case 13, 16:
			if c != ':' {
				return time.Time{}, false
			}
			part++
		default:
			if c < '0' || c > '9' {
				return time.Time{}, false
			}
			n[part] = n[part]*10 + int(c-'0')
		}
	}
	t := time.Date(n[0], time.Month(n[1]), n[2], n[3], n[4], n[5], 0, time.UTC)
	ok := n[0] >= 1900 && n[0] <= 2100 && int(t.Month()) == n[1] && t.Day() == n[2] && t.Hour() == n[3] && t.Minute() == n[4] && t.Second() == n[5]
	return t, ok
}
