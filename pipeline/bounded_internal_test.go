package pipeline

import (
	"io"
	"strings"
	"testing"
)

// A file may expand to maxFile and not a byte more. The reader is told that most
// of it is behind it, to spare reading gigabytes.
func TestBounded(t *testing.T) {
	for _, more := range []int64{0, 1} {
		r := &bounded{r: strings.NewReader(strings.Repeat("253 259 ", 100)), n: maxFile - 800 + more}
		n, err := io.Copy(io.Discard, r)
		if (err != nil) != (more > 0) || err != nil && !strings.Contains(err.Error(), "expands to more than 4294967296 bytes") {
			t.Errorf("%d bytes more than allowed: read %d, %v", more, n, err)
		}
	}
}
