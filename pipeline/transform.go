package pipeline

import "context"

// Transform turns the staged state of the data sets into the tables of a plan.
type Transform interface {
	// Hash identifies everything but the plan and its inputs that decides what the
	// tables hold: models, checks, factors, constants, the engine's version.
	Hash() string

	// Build makes the tables and runs the checks. The same job gives the same bytes,
	// whatever the number of threads. Tables that were built before from the same
	// inputs are taken from the cache. It is called for one plan at a time.
	Build(ctx context.Context, job Job) (Built, error)
}

// Job is what a Transform is given.
type Job struct {
	Plan     Plan
	Origin   Origin
	DataSets []State // every data set that is about the plan's countries and that the plan asks for
	Threads  int     // processors that this job may use
	// Progress is told what is made next. With done equal to total, once, the tables are
	// there and the checks begin.
	Progress func(done, total int, what string)
	Sharing  int // jobs that go on at a time, and share the memory; 0 is one
}

// State is a data set with the extracts that make up its present state, in the
// order of their editions (as_of, then hash).
type State struct {
	Publisher Publisher
	DataSet   DataSet
	Extracts  []Staged
}

// Built is what a Transform leaves.
type Built struct {
	Tables []BuiltTable // by name
	Checks []Check      // every check, in order
	Used   []string     // files of the cache that the tables were made with, without their endings
}

// BuiltTable is one table as a Parquet file in the workspace.
type BuiltTable struct {
	Name        string
	Description string
	Key         []string
	Columns     []BuiltColumn
	File        string // relative to the workspace
	Rows        int64
	Bytes       int64
	SHA256      string
	Fresh       bool // made by this job, so not read back yet
}

// BuiltColumn is a column of a published table. Digest is the hash of its values
// in order, as the writer saw them (see Digest).
type BuiltColumn struct {
	Name        string `json:"name"`
	Type        string `json:"type"` // as DuckDB names it
	Unit        string `json:"unit,omitempty"`
	Description string `json:"description"`
	Digest      string `json:"digest"`
}

// Check is the outcome of one check.
type Check struct {
	ID       string   `json:"id"`
	Severity string   `json:"severity"` // error or warning
	State    string   `json:"state"`    // passed, failed, not_applicable
	Offences int      `json:"offences"`
	Messages []string `json:"messages,omitempty"` // the first few
}

// Sink writes something into a snapshot that is being made, from its tables
// alone. An error stops the publication; what the sink wrote is thrown away.
type Sink interface {
	Write(ctx context.Context, draft Draft) error
}

// Draft is a snapshot that is being made: a folder that nobody reads yet, with
// the tables in it under their names.
type Draft struct {
	Disk     FS
	Folder   string
	ID       string // that the snapshot will have
	Plan     Plan
	Origin   Origin
	Tables   []BuiltTable
	DataSets []State
}

// File returns the name of a file in the draft's folder, relative to the workspace.
func (d Draft) File(name string) string { return d.Folder + "/" + name }
