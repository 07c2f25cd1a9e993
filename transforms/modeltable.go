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
// the query behind it and the coefficients that it names.
func (b *build) fillModels(ctx context.Context, models map[string]model) error {
	plan := quote(b.job.Plan.ID)
	factors := map[string]bool{} // by id, as an SQL literal
	for _, f := range b.fixed {
		if f.name == "registry.factor" {
			for _, row := range f.rows {
				factors[row[0]] = true
			}
		}
	}
	var how, inputs [][]string
	for _, m := range b.models {
		how = append(how, []string{plan, quote(m.name), strconv.FormatBool(!m.interim), quote(m.kind()), quote(m.about()), text(m.query)})
		for _, in := range m.from() {
			kind, source, dataSet := b.inputKind(models, in)
			inputs = append(inputs, []string{plan, quote(m.name), quote(in), quote(kind), text(seenIn(models, m.name, in)), text(source), text(dataSet)})
		}
		for _, id := range m.named(factors) {
			inputs = append(inputs, []string{plan, quote(m.name), quote(id), quote("coefficient"), quote("factor"), "NULL", "NULL"})
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

var quotedID = regexp.MustCompile(`'[a-z0-9_]+'`)

// named are the coefficients that stand in the query by their names, sorted. It may find
// others by way of a column or of a name that it puts together.
func (m model) named(factors map[string]bool) []string {
	var found []string
	for _, id := range quotedID.FindAllString(m.query, -1) {
		if factors[id] {
			found = append(found, strings.Trim(id, "'"))
		}
	}
	slices.Sort(found)
	return slices.Compact(found)
}

// published are the tables in which what has another name in queries is to be seen.
var published = map[string]string{
	"registry.carrier": "carrier", "registry.factor": "factor", "registry.measure": "measure_catalogue", "registry.package": "measure_catalogue", "registry.sector": "sector",
	"plan.agreement": "agreement", "plan.extract": "extract", "plan.member": "member", "plan.plan": "plan", "plan.signatory": "agreement_member", "plan.source": "source", "plan.target": "target",
	"raw.own_building": "own_building", "raw.own_catalogue": "measure_catalogue", "raw.own_correction": "correction", "raw.own_figure": "own_figure", "raw.own_measure": "own_measure",
	"raw.own_package": "measure_catalogue",
}

// seenIn is the table in which what a model reads is to be seen; "" where it is in none
// but the model's own.
func seenIn(models map[string]model, name, input string) string {
	table := input
	if strings.Contains(input, ".") {
		table = published[input]
	}
	if table == name || models[table].interim {
		return ""
	}
	return table
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
