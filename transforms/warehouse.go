package transforms

import (
	"context"
	"fmt"
	"path"
	"slices"
	"sort"
	"strings"
	"sync"

	"samkraft/pipeline"
)

// Warehouse is the Transform that builds a plan's tables in DuckDB. It is set up
// once and used for one plan at a time.
type Warehouse struct {
	// Disk is the workspace; built tables are kept below models/.
	Disk pipeline.FS
	// Memory bounds the engines: a size as DuckDB writes it, of all that go on at a
	// time.
	Memory string
	// Declared are the tables of all publishers, by name.
	Declared map[string]pipeline.Table
	// Feeds says which data set a publisher's table is of; nothing of a plan's own.
	Feeds map[string]string

	models     []model // in the order in which they can be built
	checks     []check
	registries []fixed
	read       map[string]bool // data sets, as Feeds has them
	hash       string

	declaring sync.Mutex
	declared  map[string]pipeline.BuiltTable // nil until somebody asks
}

var _ pipeline.Transform = (*Warehouse)(nil)

// New reads the models and checks inside the program and finds out what depends
// on what. It fails when a model reads a relation that nobody makes.
func New(disk pipeline.FS, publishers []pipeline.Publisher, threads int, memory string) (*Warehouse, error) {
	w := &Warehouse{Disk: disk, Memory: memory, Declared: map[string]pipeline.Table{}, Feeds: map[string]string{}}
	for _, p := range publishers {
		for _, d := range p.DataSets {
			for _, t := range d.Tables {
				if _, twice := w.Declared[t.Name]; twice {
					return nil, fmt.Errorf("two data sets have a table %s", t.Name)
				}
				w.Declared[t.Name] = t
				if p.ID != pipeline.OwnSource {
					w.Feeds[t.Name] = p.ID + " " + d.ID
				}
			}
		}
	}
	models, err := readModels()
	if err != nil {
		return nil, err
	}
	if w.checks, err = readChecks(); err != nil {
		return nil, err
	}
	if w.registries, err = readRegistries(); err != nil {
		return nil, err
	}
	b, err := w.open(context.Background(), "models", threads)
	if err != nil {
		return nil, err
	}
	defer b.close()
	byTable := map[string]*goModel{}
	for i := range goModels {
		for _, t := range goModels[i].tables {
			byTable[t] = &goModels[i]
		}
	}
	for i := range models {
		m := &models[i]
		switch m.fill = byTable[m.name]; {
		case m.query == "" && m.fill == nil && !slices.Contains(engineTables, m.name):
			return nil, fmt.Errorf("nothing fills the table %s", m.name)
		case m.query != "":
			if m.inputs, err = b.reads(m.query); err != nil {
				return nil, fmt.Errorf("model %s: %w", m.name, err)
			}
		case m.fill != nil:
			m.inputs = m.fill.inputs
		}
	}
	for i := range w.checks {
		c := &w.checks[i]
		for _, query := range c.queries() {
			inputs, err := b.reads(query)
			if err != nil {
				return nil, fmt.Errorf("check %s: %w", c.id, err)
			}
			c.inputs = append(c.inputs, inputs...)
		}
	}
	if w.models, err = inOrder(models); err != nil {
		return nil, err
	}
	w.read = map[string]bool{}
	var texts []string
	for _, m := range w.models {
		w.note(m.inputs)
		texts = append(texts, m.name, m.text)
	}
	for _, c := range w.checks {
		w.note(c.inputs)
		texts = append(texts, c.id, c.text)
	}
	for _, g := range goModels {
		texts = append(texts, fmt.Sprint(g.tables, g.version))
	}
	w.hash = pipeline.Hash([]any{texts, registryHash(w.registries), engineVersion, b.engine})
	return w, nil
}

// note takes down of which data sets some relations are.
func (w *Warehouse) note(relations []string) {
	for _, in := range relations {
		if raw, isRaw := strings.CutPrefix(in, "raw."); isRaw {
			w.read[w.Feeds[raw]] = true
		}
	}
}

// Reads reports whether any table or check is made of a publisher's data set. One
// that is not need not be fetched.
func (w *Warehouse) Reads(source, dataSet string) bool { return w.read[source+" "+dataSet] }

// engineVersion is raised when the engine itself makes other tables of the same
// models.
const engineVersion = 15

// engineTables are filled by the engine, from what it knows of the build.
var engineTables = []string{"completeness", "check_result", "lineage", "model", "model_input"}

// Hash identifies models, checks, registries and the engine.
func (w *Warehouse) Hash() string { return w.hash }

// Build makes the tables of a plan.
func (w *Warehouse) Build(ctx context.Context, job pipeline.Job) (pipeline.Built, error) {
	tables, err := w.declarations(ctx)
	if err != nil {
		return pipeline.Built{}, err
	}
	b, err := w.open(ctx, job.Plan.ID, job.Threads)
	if err != nil {
		return pipeline.Built{}, err
	}
	defer b.close()
	b.job, b.tables = job, tables
	if err := b.exec(ctx, "SET memory_limit = "+quote(part(w.Memory, job.Sharing))); err != nil {
		return pipeline.Built{}, err
	}
	b.fixed = slices.Concat(w.registries, planRelations(job))
	b.setKeys()
	for i, m := range w.models {
		if job.Progress != nil {
			job.Progress(i, len(w.models), m.name)
		}
		if slices.Contains(engineTables, m.name) {
			continue
		}
		if err := b.table(ctx, m); err != nil {
			return pipeline.Built{}, fmt.Errorf("table %s: %w", m.name, err)
		}
		if err := b.release(ctx, m, w.models[i+1:]); err != nil {
			return pipeline.Built{}, fmt.Errorf("table %s: %w", m.name, err)
		}
	}
	if job.Progress != nil {
		job.Progress(len(w.models), len(w.models), "checks")
	}
	checks, err := b.finish(ctx)
	if err != nil {
		return pipeline.Built{}, err
	}
	result := pipeline.Built{Checks: checks}
	for _, m := range w.models {
		result.Used = append(result.Used, path.Join("models", m.name, b.keys[m.name]))
		if !m.interim {
			result.Tables = append(result.Tables, b.built[m.name])
		}
	}
	sort.Slice(result.Tables, func(i, j int) bool { return result.Tables[i].Name < result.Tables[j].Name })
	return result, nil
}
