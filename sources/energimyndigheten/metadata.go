package energimyndigheten

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"samkraft/pipeline"
	"samkraft/sources"
)

// maxFile bounds what is held in memory: the whole table is 2 MB.
const maxFile = 64 << 20

func readAll(part pipeline.Part) ([]byte, error) {
	body, err := part.Open()
	if err != nil {
		return nil, &pipeline.Problem{File: part.Name, What: err.Error()}
	}
	defer body.Close()
	content, err := io.ReadAll(io.LimitReader(body, maxFile+1))
	if err != nil {
		return nil, &pipeline.Problem{File: part.Name, What: "cannot be read to its end: " + err.Error(), Expected: "a whole file"}
	}
	if len(content) > maxFile {
		return nil, &pipeline.Problem{File: part.Name, What: fmt.Sprintf("is larger than %d bytes", maxFile)}
	}
	return content, nil
}

// readJSON reads a part into v.
func readJSON(part pipeline.Part, v any) error {
	content, err := readAll(part)
	if err != nil {
		return err
	}
	err = json.Unmarshal(bytes.TrimPrefix(content, []byte("\ufeff")), v)
	var kind *json.UnmarshalTypeError
	if errors.As(err, &kind) {
		return &pipeline.Problem{File: part.Name, Path: kind.Field, What: fmt.Sprintf("a %s, at byte %d", kind.Value, kind.Offset), Expected: "what the database writes there: all keys and figures are texts"}
	}
	if err != nil {
		return &pipeline.Problem{File: part.Name, What: "is no answer of the database: " + err.Error(), Expected: "a whole JSON answer", Remedy: "copy or download it again"}
	}
	return nil
}

// metadata is the answer to a question about the table itself.
type metadata struct {
	name      string
	Title     string
	Variables []struct {
		Code               string
		Values, ValueTexts []string
	}
	labels map[string]map[string]string // variable: code: label
	order  []string                     // the variables as they stand in keys
}

func readMetadata(part pipeline.Part) (*metadata, error) {
	m := &metadata{name: part.Name, labels: map[string]map[string]string{}}
	if err := readJSON(part, m); err != nil {
		return nil, err
	}
	if !strings.Contains(strings.ToLower(m.Title), "solcellsanläggningar") {
		return nil, m.problem("title", fmt.Sprintf("the metadata are those of another table: %q", m.Title), "Nätanslutna solcellsanläggningar, antal och installerad effekt (EN0123_1)")
	}
	for i, v := range m.Variables {
		path := fmt.Sprintf("variables[%d]", i)
		if m.labels[v.Code] != nil || !isVariable(v.Code) {
			return nil, m.problem(path, fmt.Sprintf("variable %q is not one of this table, or comes twice", v.Code), strings.Join(variables, ", "))
		}
		if len(v.Values) != len(v.ValueTexts) {
			return nil, m.problem(path, fmt.Sprintf("%s has %d codes and %d labels", v.Code, len(v.Values), len(v.ValueTexts)), "a label for every code")
		}
		labels := make(map[string]string, len(v.Values))
		for j, code := range v.Values {
			if _, twice := labels[code]; twice {
				return nil, m.problem(path, fmt.Sprintf("%s has the code %q twice", v.Code, code), "a code of its own for every label")
			}
			labels[code] = strings.TrimSpace(v.ValueTexts[j])
		}
		m.labels[v.Code] = labels
		m.order = append(m.order, v.Code)
	}
	if len(m.order) != len(variables) {
		return nil, m.problem("variables", fmt.Sprintf("the table has the variables %s", strings.Join(m.order, ", ")), strings.Join(variables, ", "))
	}
	return m, nil
}

func isVariable(code string) bool {
	for _, v := range variables {
		if v == code {
			return true
		}
	}
	return false
}

func (m *metadata) problem(path, what, expected string) error {
	return &pipeline.Problem{File: m.name, Path: path, What: what, Expected: expected}
}

// municipality resolves the label of a region. Nation and counties are known and
// skipped: their codes have two digits.
func municipality(label string) (code string, skip bool, err error) {
	digits, _, _ := strings.Cut(label, " ")
	switch {
	case !sources.Digits(digits):
		return "", false, fmt.Errorf("the label %q has no code", label)
	case len(digits) == 2 && digits <= "25":
		return "", true, nil
	case len(digits) != 4:
		return "", false, fmt.Errorf("the label %q has no code of a municipality, a county or the nation", label)
	}
	m, err := pipeline.FindMunicipality("SE", digits)
	if err != nil {
		return "", false, fmt.Errorf("unknown municipality %q", label)
	}
	return m.Code, false, nil
}

// quantity is what a category counts.
type quantity int

const (
	installations quantity = iota
	capacity
)

// category resolves the label of a category, "Solcellsanläggningar, antal" and
// "Installerad effekt (MW)". The unit stands only here.
func category(label string) (quantity, bool) {
	lower := strings.ToLower(label)
	switch {
	case strings.Contains(lower, "effekt") && strings.Contains(label, "(MW)"):
		return capacity, true
	case strings.Contains(lower, "antal") && !strings.Contains(lower, "effekt"):
		return installations, true
	}
	return 0, false
}

// isTotal knows the power class that holds all others, "Totalt".
func isTotal(label string) bool { return strings.HasPrefix(strings.ToLower(label), "total") }
