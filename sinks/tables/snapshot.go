// Package tables reads the tables of a snapshot into memory, for everything that
// shows them: pages, charts, the workbook, the report. It reads the files of the
// snapshot and nothing else, so that what is shown is what was published.
package tables

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"sync"
)

// Snapshot is a snapshot whose tables can be read. A table is read when it is
// asked for, and kept. The methods may be called concurrently.
type Snapshot struct {
	Plan        string // id
	Title       string // the plan's name in English
	Description string
	Sample      bool // made in part of made-up figures

	files  fs.FS
	names  []string
	tables map[string]*slot
}

type slot struct {
	once  sync.Once
	told  resource
	table *Table
	err   error
}

// The parts of datapackage.json that are read.
type dataPackage struct {
	Name        string     `json:"name"`
	Title       string     `json:"title"`
	Description string     `json:"description"`
	Sources     []origin   `json:"sources"`
	Resources   []resource `json:"resources"`
}

type origin struct {
	Sample bool `json:"sample"`
}

type resource struct {
	Name        string `json:"name"`
	Description string `json:"description"`
	Path        string `json:"path"`
	Bytes       int64  `json:"bytes"`
	Rows        int64  `json:"rows"`
	Schema      struct {
		Fields []struct {
			Name        string `json:"name"`
			Description string `json:"description"`
			Unit        string `json:"unit"`
			StoredAs    string `json:"stored_as"`
		} `json:"fields"`
		PrimaryKey []string `json:"primaryKey"`
	} `json:"schema"`
}

// Open reads what the snapshot in a folder says of itself in datapackage.json.
func Open(folder fs.FS) (*Snapshot, error) {
	text, err := fs.ReadFile(folder, "datapackage.json")
	if err != nil {
		return nil, fmt.Errorf("the snapshot does not say what it holds: %w", err)
	}
	var p dataPackage
	if err := json.Unmarshal(text, &p); err != nil {
		return nil, fmt.Errorf("datapackage.json: %w", err)
	}
	s := &Snapshot{Plan: p.Name, Title: p.Title, Description: p.Description, files: folder, tables: map[string]*slot{}}
	for _, o := range p.Sources {
		s.Sample = s.Sample || o.Sample
	}
	for _, r := range p.Resources {
		if r.Path != r.Name+".parquet" || !fs.ValidPath(r.Path) || s.tables[r.Name] != nil {
			return nil, fmt.Errorf("datapackage.json: the table %q is in the file %q: expected one file %s.parquet", r.Name, r.Path, r.Name)
		}
		s.names = append(s.names, r.Name)
		s.tables[r.Name] = &slot{told: r}
	}
	slices.Sort(s.names)
	return s, nil
}

// Names lists the tables by name.
func (s *Snapshot) Names() []string { return slices.Clone(s.names) }

// ErrNoTable says that a snapshot has no table of a name.
var ErrNoTable = errors.New("the snapshot has no such table")

// Heading returns what is said of a table, without its rows.
func (s *Snapshot) Heading(name string) (Heading, error) {
	slot, ok := s.tables[name]
	if !ok {
		return Heading{}, fmt.Errorf("%s: %w", name, ErrNoTable)
	}
	return slot.told.heading(), nil
}

// Table reads a table. It is in memory whole: ask the Heading first for its rows
// where it may be large.
func (s *Snapshot) Table(name string) (*Table, error) {
	slot, ok := s.tables[name]
	if !ok {
		return nil, fmt.Errorf("%s: %w", name, ErrNoTable)
	}
	slot.once.Do(func() { slot.table, slot.err = read(s.files, slot.told) })
	return slot.table, slot.err
}

func (r resource) heading() Heading {
	h := Heading{Name: r.Name, Description: r.Description, Key: r.Schema.PrimaryKey, Rows: int(r.Rows), Bytes: r.Bytes}
	for _, f := range r.Schema.Fields {
		h.Columns = append(h.Columns, Column{Name: f.Name, Type: f.StoredAs, Unit: f.Unit, Description: f.Description})
	}
	return h
}
