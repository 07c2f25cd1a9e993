package energidataservice

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
)

// cutUp returns the records that are cut out of a text, with their paths, and what is
// left of it.
func cutUp(t *testing.T, r io.Reader) (records, paths []string, rest string) {
	t.Helper()
	c := newCutter(r)
	err := c.ahead(func(b *batch) error {
		begin := 0
		for _, x := range b.records {
			records, paths = append(records, b.text[x.begin:x.end]), append(paths, b.paths[begin:x.path])
			begin = x.path
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	left, err := io.ReadAll(c)
	if err != nil {
		t.Fatal(err)
	}
	return records, paths, string(left)
}

func TestCutter(t *testing.T) {
	large := `{"a":"` + strings.Repeat("x}", batchBytes) + `"}`
	for text, want := range map[string][]string{
		`]}`:                         nil,
		``:                           nil,
		` 7]`:                        nil,
		`{"a":1}]`:                   {`{"a":1}`},
		" {} ,\n{\"b\" : 2}\t]":      {`{}`, `{"b" : 2}`},
		`{"a":"}"},{"a":"\"}"}]`:     {`{"a":"}"}`, `{"a":"\"}"}`},
		`{"a":"\\"},{"a":{"b":{}}}]`: {`{"a":"\\"}`, `{"a":{"b":{}}}`},
		`{"a":1}{"a":2}]`:            {`{"a":1}`},
		`{"a":1},,{"a":2}]`:          {`{"a":1}`},
		`{"a":1},{"a":`:              {`{"a":1}`},
		`{"a":1},7,{"a":2}]`:         {`{"a":1}`},
		large + "," + large + "]":    {large, large},
	} {
		for name, r := range map[string]io.Reader{"whole": strings.NewReader(text), "byte by byte": iotest.OneByteReader(strings.NewReader(text)), "end with data": iotest.DataErrReader(strings.NewReader(text))} {
			got, _, rest := cutUp(t, r)
			if !slices.Equal(got, want) {
				t.Errorf("%.60q, %s: %.60q, want %.60q", text, name, got, want)
			}
			if !strings.HasSuffix(text, rest) || len(want) == 0 && rest != text || len(want) > 0 && !strings.HasSuffix(strings.TrimSuffix(text, rest), want[len(want)-1]) {
				t.Errorf("%.60q, %s: %.60q is left", text, name, rest)
			}
		}
	}
	if got, _, rest := cutUp(t, strings.NewReader(`{"a":"`+strings.Repeat("x", 3*maxValue))); len(got) > 0 || len(rest) < 3*maxValue {
		t.Errorf("a text without an end: %d records, %d bytes are left", len(got), len(rest))
	}
}

// TestCutterCounts: many records, of which each batch holds some.
func TestCutterCounts(t *testing.T) {
	const n = 20_000
	values := make([]map[string]int, n)
	for i := range values {
		values[i] = map[string]int{"number": i}
	}
	text, err := json.Marshal(values)
	if err != nil {
		t.Fatal(err)
	}
	records, paths, _ := cutUp(t, strings.NewReader(string(text[1:])))
	if len(records) != n {
		t.Fatalf("%d records, want %d", len(records), n)
	}
	for i := range records {
		if records[i] != fmt.Sprintf(`{"number":%d}`, i) || paths[i] != fmt.Sprintf("records[%d]", i) {
			t.Fatalf("%d: %s is %s", i, paths[i], records[i])
		}
	}
}
