package energidataservice

import (
	"strconv"
	"strings"
)

// batch is records that have been cut out of the stream together: each of them,
// and behind it its path in the answer. That all are parts of one text spares a
// copy of every field.
type batch struct {
	text strings.Builder
	ends []ends
	err  error // behind the last record
}

// ends are where in a batch a record and its path end.
type ends struct{ record, path int }

// batchBytes is how many bytes of records are handed over at a time.
const batchBytes = 1 << 17

// ahead cuts records out of the stream up to the bracket that ends their array,
// while those before are decoded by each: so a second processor has something to
// do. The errors of both come in the order of the records.
func (a *answer) ahead(each func(object, path string) error) error {
	full, empty, stop := make(chan *batch), make(chan *batch, 2), make(chan struct{})
	empty <- &batch{}
	empty <- &batch{}
	go func() {
		defer close(full)
		for more := true; more; {
			var b *batch
			select {
			case b = <-empty:
			case <-stop:
				return
			}
			more = a.fill(b)
			select {
			case full <- b:
			case <-stop:
				return
			}
		}
	}()
	var err error
	for b := range full {
		if err = b.each(each); err != nil {
			break
		}
		empty <- b
	}
	close(stop)
	for range full { // until nobody reads from the stream any more
	}
	return err
}

// fill cuts out records until the batch is full, and reports whether there are more.
func (a *answer) fill(b *batch) bool {
	b.text.Reset() // the text that was cut up stays as it is
	b.text.Grow(batchBytes + batchBytes/8)
	b.ends, b.err = b.ends[:0], nil
	more := true
	for more && b.text.Len() < batchBytes {
		more, b.err = a.cutOut(b)
	}
	return more
}

// cutOut cuts out the next record, and reports whether more may come.
func (a *answer) cutOut(b *batch) (more bool, err error) {
	if a.peek() == ']' {
		return false, nil
	}
	v, err := a.value()
	if err != nil {
		return false, err
	}
	b.text.Write(v)
	record := b.text.Len()
	b.text.WriteString("records[")
	var digits [20]byte
	b.text.Write(strconv.AppendInt(digits[:0], int64(a.cut), 10))
	b.text.WriteByte(']')
	b.ends = append(b.ends, ends{record, b.text.Len()})
	a.cut++
	return true, nil
}

func (b *batch) each(each func(object, path string) error) error {
	text, begin := b.text.String(), 0
	for _, end := range b.ends {
		if err := each(text[begin:end.record], text[end.record:end.path]); err != nil {
			return err
		}
		begin = end.path
	}
	return b.err
}
