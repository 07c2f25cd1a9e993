package parquet

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"samkraft/pipeline"
)

// DataPackage is a sink that writes datapackage.json, a Frictionless Data
// Package (version 1): every table with its fields, units, key, size and hash,
// where the data come from and under which licences, and which tables may not be
// passed on.
type DataPackage struct{}

var _ pipeline.Sink = DataPackage{}

type dataPackage struct {
	Profile     string     `json:"profile"`
	Name        string     `json:"name"`
	Title       string     `json:"title"`
	Description string     `json:"description"`
	Licenses    []licence  `json:"licenses"`
	Sources     []origin   `json:"sources"`
	Resources   []resource `json:"resources"`
}

type licence struct {
	Name  string `json:"name"`
	Title string `json:"title"`
}

type origin struct {
	Title           string `json:"title"`
	Path            string `json:"path"`
	ID              string `json:"source_id"`
	Licence         string `json:"licence"`
	Attribution     string `json:"attribution"`
	Redistributable bool   `json:"redistributable"`
	Sample          bool   `json:"sample"`
}

type resource struct {
	Profile     string `json:"profile"`
	Name        string `json:"name"`
	Title       string `json:"title"`
	Description string `json:"description"`
	Path        string `json:"path"`
	Format      string `json:"format"`
	Mediatype   string `json:"mediatype"`
	Bytes       int64  `json:"bytes"`
	Hash        string `json:"hash"`
	Rows        int64  `json:"rows"`
	Schema      schema `json:"schema"`
}

type schema struct {
	Fields        []field  `json:"fields"`
	PrimaryKey    []string `json:"primaryKey"`
	MissingValues []string `json:"missingValues"`
}

type field struct {
	Name        string `json:"name"`
	Type        string `json:"type"`
	Description string `json:"description"`
	Unit        string `json:"unit,omitempty"`
	StoredAs    string `json:"stored_as"` // type in the Parquet file, as DuckDB names it
}

// Write writes the description of the draft's tables.
func (DataPackage) Write(_ context.Context, draft pipeline.Draft) error {
	p := dataPackage{
		Profile:     "data-package",
		Name:        draft.Plan.ID,
		Title:       draft.Plan.Name.EN,
		Description: "Tables of the shared energy plan. Tables made of a source that is not redistributable may be passed on only with its publisher's leave: see sources, and table lineage for which rows they are.",
		Licenses:    []licence{},
		Sources:     []origin{},
		Resources:   []resource{},
	}
	for _, a := range draft.Plan.Agreements {
		if a.Status != "signed" {
			p.Description = fmt.Sprintf("Agreement %s is %s: no council has signed it. ", a.ID, map[string]string{"example": "an example", "proposed": "a proposal"}[a.Status]) + p.Description
		}
	}
	if draft.Origin == pipeline.FromSample {
		p.Description = "SAMPLE: made in part of made-up figures, not for use. " + p.Description
	}
	seen, licences := map[string]bool{}, map[string]bool{}
	for _, s := range draft.DataSets {
		pub := s.Publisher
		if seen[pub.ID] {
			continue
		}
		seen[pub.ID] = true
		p.Sources = append(p.Sources, origin{pub.Title, pub.Address, pub.ID, pub.Licence, pub.Attribution, pub.Redistributable, draft.Origin == pipeline.FromSample})
		if !licences[pub.Licence] {
			licences[pub.Licence] = true
			p.Licenses = append(p.Licenses, licence{strings.Join(strings.FieldsFunc(pub.Licence, notInName), "-"), pub.Licence})
		}
	}
	for _, t := range draft.Tables {
		r := resource{
			Profile: "tabular-data-resource", Name: t.Name, Title: strings.ReplaceAll(t.Name, "_", " "), Description: t.Description,
			Path: t.Name + ".parquet", Format: "parquet", Mediatype: "application/vnd.apache.parquet",
			Bytes: t.Bytes, Hash: "sha256:" + t.SHA256, Rows: t.Rows,
			Schema: schema{PrimaryKey: t.Key, MissingValues: []string{""}},
		}
		for _, c := range t.Columns {
			kind, err := frictionlessType(c.Type)
			if err != nil {
				return fmt.Errorf("table %s, column %s: %w", t.Name, c.Name, err)
			}
			r.Schema.Fields = append(r.Schema.Fields, field{c.Name, kind, c.Description, c.Unit, c.Type})
		}
		p.Resources = append(p.Resources, r)
	}
	return pipeline.WriteFile(draft.Disk, draft.File("datapackage.json"), func(w io.Writer) error {
		e := json.NewEncoder(w)
		e.SetIndent("", "  ")
		e.SetEscapeHTML(false)
		return e.Encode(p)
	})
}

func notInName(r rune) bool {
	return !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '.')
}

func frictionlessType(duckType string) (string, error) {
	switch {
	case strings.HasPrefix(duckType, "DECIMAL"), duckType == "DOUBLE":
		return "number", nil
	case strings.HasSuffix(duckType, "INT"), duckType == "INTEGER":
		return "integer", nil
	}
	kind, ok := map[string]string{"VARCHAR": "string", "BOOLEAN": "boolean", "DATE": "date", "TIMESTAMP WITH TIME ZONE": "datetime"}[duckType]
	if !ok {
		return "", fmt.Errorf("no field type for %s", duckType)
	}
	return kind, nil
}
