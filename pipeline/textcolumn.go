package pipeline

import (
	"fmt"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"
	"github.com/apache/arrow-go/v18/parquet"
	"github.com/apache/arrow-go/v18/parquet/file"
)

// dictionary is what the encoder of a column can be given before its values.
type dictionary interface{ PutDictionary(texts arrow.Array) error }

// writeTexts writes a column of texts: by dictionary where the column has one, else
// as they are.
func (c *column) writeTexts(w *file.ByteArrayColumnChunkWriter, defined []int16) error {
	if encoder, ok := w.CurrentEncoder().(dictionary); ok {
		return c.writeByDictionary(w, encoder, defined)
	}
	batch := make([]parquet.ByteArray, 0, 1024)
	for begin, next := 0, 0; begin < len(defined); {
		end := min(begin+cap(batch), len(defined))
		batch = batch[:0]
		for _, there := range defined[begin:end] {
			if there == 1 {
				batch = append(batch, c.at(next))
				next++
			}
		}
		if _, err := w.WriteBatch(batch, defined[begin:end], nil); err != nil {
			return err
		}
		begin = end
	}
	return nil
}

// at returns the i-th text.
func (c *column) at(i int) []byte { return c.bytes[c.text[i].begin:c.text[i].end] }

// writeByDictionary numbers the texts in the order in which they first come. The
// writer would look up every cell; most of them repeat the one before, whose place
// they share.
func (c *column) writeByDictionary(w *file.ByteArrayColumnChunkWriter, encoder dictionary, defined []int16) error {
	numbers := map[string]int32{}
	texts := array.NewStringBuilder(memory.DefaultAllocator)
	defer texts.Release()
	places := array.NewInt32Builder(memory.DefaultAllocator)
	defer places.Release()
	places.Reserve(len(defined))
	next, number := 0, int32(0)
	for _, there := range defined {
		if there == 0 {
			places.AppendNull() // which the writer passes over
			continue
		}
		if next == 0 || c.text[next] != c.text[next-1] {
			text := c.at(next)
			known := false
			if number, known = numbers[string(text)]; !known {
				number = int32(len(numbers))
				numbers[string(text)] = number
				texts.Append(string(text))
			}
		}
		places.UnsafeAppend(number)
		next++
	}
	if len(numbers) == 0 { // nothing but nulls
		_, err := w.WriteBatch(nil, defined, nil)
		return err
	}
	all := texts.NewStringArray()
	defer all.Release()
	if err := encoder.PutDictionary(all); err != nil {
		return fmt.Errorf("a dictionary of %d texts: %w", len(numbers), err)
	}
	indices := places.NewInt32Array()
	defer indices.Release()
	return w.WriteDictIndices(indices, defined, nil)
}
