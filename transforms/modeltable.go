package transforms

import (
	"context"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"samkraft/pipeline"
)

// fillModels fills the tables model and model_input: how every table is computed, and
// what each reads. They say the same of every plan and year, and lead from a figure to
// the query behind it and the coefficients in it.
func (b *build) fillModels(ctx context.Context, models map[string]model) error {
	plan := quote(b.job.Plan.ID)
	var how, inputs [][]string
	for _, m := range b.models {
		how = append(how, []string{plan, quote(m.name), strconv.FormatBool(!m.interim), quote(m.kind()), quote(m.about()), text(m.query)})
		for _, in := range m.inputs {
			kind, source, dataSet := b.inputKind(models, in)
			inputs = append(inputs, []string{plan, quote(m.name), quote(in), quote(kind), text(source), text(dataSet)})
		}
		for _, id := range m.coefficients() {
			inputs = append(inputs, []string{plan, quote(m.name), quote(id), quote("coefficient"), "NULL", "NULL"})
		}
	}
	fill := func(table string, rows [][]string) error {
		key := pipeline.Hash([]any{b.hash, table, b.job.Plan.ID})[:32]
		return b.engineTable(ctx, models[table], key, func() error { return b.values(ctx, table, rows) })
	}
	if err := fill("model", how); err != nil {
		return err
	}
	return fill("model_input", inputs)
}

// kind is what computes the rows: the model's query, a function of the program, or the engine.
func (m model) kind() string {
	switch {
	case m.query != "":
		return "sql"
	case m.fill != nil:
		return "program"
	default:
		return "engine"
	}
}

// about is the comment at the head of the model's file, as a text.
func (m model) about() string {
	var words []string
	for line := range strings.Lines(m.text) {
		comment, ok := strings.CutPrefix(line, "--")
		if !ok {
			break
		}
		words = append(words, strings.Fields(comment)...)
	}
	return strings.Join(words, " ")
}

var coefficient = regexp.MustCompile(`\b(?:factor|factor_case|factor_of_role|price)\('([a-z0-9_]+)',`)

// coefficients are those that the query calls by their names, sorted. It may find others
// by way of a column or of a name that it puts together.
func (m model) coefficients() []string {
	var found []string
	for _, call := range coefficient.FindAllStringSubmatch(m.query, -1) {
		found = append(found, call[1])
	}
	slices.Sort(found)
	return slices.Compact(found)
}

// inputKind says what a relation is that a model reads, and of which data set.
func (b *build) inputKind(models map[string]model, input string) (kind, source, dataSet string) {
	schema, table, _ := strings.Cut(input, ".")
	switch schema {
	case "raw":
		source, dataSet, _ = strings.Cut(b.Feeds[table], " ")
		if source == "" {
			return "own_data", "", ""
		}
		return "data_set", source, dataSet
	case "plan":
		return "plan_file", "", ""
	case "registry":
		return "register", "", ""
	}
	if models[input].interim {
		return "step", "", ""
	}
	return "table", "", ""
}
