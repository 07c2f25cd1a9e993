package energidataservice

import "github.com/go-json-experiment/json/jsontext"

// batch is records that have been cut out of the stream together.
type batch struct {
	bytes []byte
	ends  []int // of the records
	err   error // behind the last
}

// batchBytes is how many bytes of records are handed over at a time.
const batchBytes = 1 << 17

// ahead cuts records out of the stream up to the bracket that ends their array,
// while those before are decoded by each: so a second processor has something to
// do. The errors of both come in the order of the records.
func (a *answer) ahead(each func(jsontext.Value) error) error {
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
	b.bytes, b.ends, b.err = b.bytes[:0], b.ends[:0], nil
	for len(b.bytes) < batchBytes {
		if a.peek() == ']' {
			return false
		}
		v, err := a.value()
		if err != nil {
			b.err = err
			return false
		}
		b.bytes = append(b.bytes, v...)
		b.ends = append(b.ends, len(b.bytes))
		a.cut++
	}
	return true
}

func (b *batch) each(each func(jsontext.Value) error) error {
	begin := 0
	for _, end := range b.ends {
		if err := each(b.bytes[begin:end]); err != nil {
			return err
		}
		begin = end
	}
	return b.err
}
