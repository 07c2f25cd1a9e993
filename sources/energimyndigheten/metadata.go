package energimyndigheten

import (
	"fmt"
	"strings"

	"samkraft/pipeline"
	"samkraft/sources"
	"samkraft/sources/pxweb"
)

// metadata is the answer to a question about a table itself.
type metadata struct {
	pxweb.Table
	name   string
	labels map[string]map[string]string // variable: code: label
}

func (t pxTable) readMetadata(part pipeline.Part) (*metadata, error) {
	m := &metadata{name: part.Name, labels: map[string]map[string]string{}}
	var err error
	if m.Table, err = pxweb.ReadTable(part); err != nil {
		return nil, err
	}
	if !t.titled(m.Title) {
		return nil, m.problem("title", fmt.Sprintf("the metadata are those of another table: %q", m.Title), t.name)
	}
	var codes []string
	for i, v := range m.Variables {
		if m.labels[v.Code] != nil || !t.isVariable(v.Code) {
			return nil, m.problem(fmt.Sprintf("variables[%d]", i), fmt.Sprintf("variable %q is not one of this table, or comes twice", v.Code), t.expected())
		}
		m.labels[v.Code] = map[string]string{}
		for _, value := range v.Values {
			m.labels[v.Code][value.Code] = value.Label
		}
		if v.Code == t.contents && len(v.Values) != 1 {
			return nil, m.problem(fmt.Sprintf("variables[%d]", i), fmt.Sprintf("%s has %d values", v.Code, len(v.Values)), "one")
		}
		codes = append(codes, v.Code)
	}
	for _, v := range t.variables {
		if m.labels[v] == nil {
			return nil, m.problem("variables", "the table has the variables "+strings.Join(codes, ", "), t.expected())
		}
	}
	return m, nil
}

func (m *metadata) problem(path, what, expected string, remedy ...string) error {
	return &pipeline.Problem{File: m.name, Path: path, What: what, Expected: expected, Remedy: strings.Join(remedy, "; ")}
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

// category resolves the label of a category: "Solcellsanläggningar, antal" or
// "Antal verk, st", and "Installerad effekt (MW)" or "Installerad effekt, MW". The
// unit stands only here.
func category(label string) (quantity, bool) {
	lower := strings.ToLower(label)
	switch {
	case strings.Contains(lower, "effekt") && (strings.Contains(label, "(MW)") || strings.HasSuffix(label, ", MW")):
		return capacity, true
	case strings.Contains(lower, "antal") && !strings.Contains(lower, "effekt"):
		return installations, true
	}
	return 0, false
}

// isTotal knows the power class that holds all others, "Totalt".
func isTotal(label string) bool { return strings.HasPrefix(strings.ToLower(label), "total") }
