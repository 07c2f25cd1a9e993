package sources

import (
	"strings"

	"samkraft/pipeline"
)

// Marks is a publisher's table of markers: what a cell means that holds no
// number. The same sign means different things at different publishers, so each
// has its own.
type Marks map[string]pipeline.Status

// thousands are the blanks that publishers put between groups of digits.
var thousands = strings.NewReplacer("\u00a0", "", "\u2009", "", "\u202f", "", " ", "")

// Read reads a cell: a marker gives its status and no number (but the marker for
// zero gives 0), a number gives Observed or Zero. Blanks around the text and
// between groups of digits are ignored. Mark is the decimal mark, '.' or ','.
func (m Marks) Read(text string, mark byte) (value any, status pipeline.Status, err error) {
	s := strings.TrimSpace(text)
	if status, ok := m[s]; ok {
		if status == pipeline.Zero {
			return pipeline.Decimal{}, status, nil
		}
		return nil, status, nil
	}
	d, err := pipeline.ParseDecimal(thousands.Replace(s), mark)
	if err != nil {
		return nil, "", err
	}
	if d.IsZero() {
		return d, pipeline.Zero, nil
	}
	return d, pipeline.Observed, nil
}
