package pipeline

import (
	"encoding/binary"
	"fmt"
	"math"
	"time"
)

// cell is a value of a row in plain form: which field holds it is a matter of the
// column's kind.
type cell struct {
	null   bool
	text   string  // Text
	number float64 // Number
	whole  int64   // Integer; Decimal3 and Decimal6 in units of their last digit; Instant in microseconds, Date in days since 1970; Flag as 0 or 1
}

// form is the field of a cell that holds the values of a kind.
type form byte

const (
	formText form = iota
	formNumber
	formWhole
)

func (k Kind) form() form {
	switch k {
	case Text:
		return formText
	case Number:
		return formNumber
	}
	return formWhole
}

const secondsPerDay = 24 * 60 * 60

// value is the cell as Checked hands it on.
func (c *cell) value(kind Kind) any {
	if c.null {
		return nil
	}
	switch kind {
	case Text:
		return c.text
	case Number:
		return c.number
	case Instant:
		return time.UnixMicro(c.whole).UTC()
	case Date:
		return time.Unix(c.whole*secondsPerDay, 0).UTC()
	case Flag:
		return c.whole == 1
	}
	return c.whole
}

// appendKey appends the cell so that no two lists of cells look alike.
func (c *cell) appendKey(b []byte, f form) []byte {
	switch f {
	case formText:
		return append(binary.BigEndian.AppendUint32(b, uint32(len(c.text))), c.text...)
	case formNumber:
		return binary.BigEndian.AppendUint64(b, math.Float64bits(c.number))
	}
	return binary.BigEndian.AppendUint64(b, uint64(c.whole))
}

// set makes the cell what a decoder gives for a column of a kind.
func (c *cell) set(kind Kind, given any) error {
	c.null = false
	switch v := given.(type) {
	case nil:
		c.null = true
		return nil
	case string:
		if kind == Text {
			c.text = v
			return nil
		}
	case Status:
		if kind == Text {
			c.text = string(v)
			return nil
		}
	case int:
		if kind == Integer {
			c.whole = int64(v)
			return nil
		}
	case int64:
		if kind == Integer {
			c.whole = v
			return nil
		}
	case float64:
		if kind == Number {
			c.number = v
			return finite(v, v)
		}
	case *Decimal:
		if c.null = v == nil; c.null {
			return nil
		}
		return c.setDecimal(kind, *v)
	case Decimal:
		return c.setDecimal(kind, v)
	case time.Time:
		switch kind {
		case Instant:
			c.whole = v.UnixMicro()
			return nil
		case Date:
			if v.Hour() != 0 || v.Minute() != 0 || v.Second() != 0 {
				return fmt.Errorf("%v is not a date", v)
			}
			c.whole = time.Date(v.Year(), v.Month(), v.Day(), 0, 0, 0, 0, time.UTC).Unix() / secondsPerDay
			return nil
		}
	case bool:
		if kind == Flag {
			c.whole = 0
			if v {
				c.whole = 1
			}
			return nil
		}
	}
	return misplaced(kind, given)
}

func (c *cell) setDecimal(kind Kind, d Decimal) (err error) {
	switch kind {
	case Number:
		c.number = d.Float()
		return finite(c.number, d)
	case Decimal3:
		c.whole, err = d.Rescale(3)
	case Decimal6:
		c.whole, err = d.Rescale(6)
	case Integer:
		c.whole, err = d.Rescale(0)
		for n, e := d.Coefficient, d.Exponent; err == nil && n != 0 && e < 0; n, e = n/10, e+1 {
			if n%10 != 0 {
				err = fmt.Errorf("%v is not a whole number", d.Float())
			}
		}
	default:
		return misplaced(kind, d)
	}
	return err
}

func finite(f float64, given any) error {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return fmt.Errorf("%v is not a finite number", given)
	}
	return nil
}

func misplaced(kind Kind, given any) error {
	return fmt.Errorf("the decoder gives %T where the column holds %s", given, kind)
}
