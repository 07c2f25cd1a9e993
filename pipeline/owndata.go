package pipeline

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
)

// OwnSource is the id under which a plan's own data stand among the sources. Its
// files come with the plan, not from a publisher: they are never looked for in a
// mirror, and nobody misses them where a plan has none.
const OwnSource = "own"

// maxOwn bounds a file of a plan's own data, which people write by hand.
const maxOwn = 16 << 20

// Own names the files of a plan's own data, CSV files in the plan file's folder
// or below it. docs/own-data.md has the columns of each kind.
type Own struct {
	Catalogue   *OwnCatalogue `yaml:"catalogue,omitempty" json:"catalogue,omitempty" doc:"measures that extend or replace those of the program"`
	Measures    []string      `yaml:"measures,omitempty" json:"measures,omitempty" doc:"CSV files with the members' own measures: this school, that street"`
	Buildings   []string      `yaml:"buildings,omitempty" json:"buildings,omitempty" doc:"CSV files with the members' own buildings and what they use"`
	Figures     []string      `yaml:"figures,omitempty" json:"figures,omitempty" doc:"CSV files with figures that no publisher has"`
	Corrections []string      `yaml:"corrections,omitempty" json:"corrections,omitempty" doc:"CSV files with corrections of publishers' figures: who, when, why, with which evidence"`
}

// OwnCatalogue names the files of a catalogue of measures.
type OwnCatalogue struct {
	Extends  string   `yaml:"extends,omitempty" json:"extends,omitempty" doc:"builtin: the program's measures stay, but for those that the file has too"`
	Replaces string   `yaml:"replaces,omitempty" json:"replaces,omitempty" doc:"builtin: the file's measures count and no others"`
	Measures []string `yaml:"measures" json:"measures" doc:"CSV files with one measure a row" required:"true"`
	Packages []string `yaml:"packages,omitempty" json:"packages,omitempty" doc:"CSV files with packages of measures; a measure in none is a package of its own"`
}

// OwnFile is a file of a plan's own data as it was read with the plan.
type OwnFile struct {
	Kind   string `json:"kind"` // the data set: catalogue, packages, measures, buildings, figures or corrections
	Name   string `json:"name"` // as the plan names it
	SHA256 string `json:"sha256"`

	text []byte
}

// ownList is the files of one kind, with their place in the plan file.
type ownList struct {
	kind, at string
	names    []string
}

func (o *Own) lists() []ownList {
	if o == nil {
		return nil
	}
	lists := []ownList{{"measures", "measures", o.Measures}, {"buildings", "buildings", o.Buildings}, {"figures", "figures", o.Figures}, {"corrections", "corrections", o.Corrections}}
	if o.Catalogue != nil {
		lists = append(lists, ownList{"catalogue", "catalogue.measures", o.Catalogue.Measures}, ownList{"packages", "catalogue.packages", o.Catalogue.Packages})
	}
	return lists
}

// check returns where the first fault is, what it is and what was expected.
func (o *Own) check() (at, what, expected string) {
	for _, list := range o.lists() {
		for i, name := range list.names {
			at := fmt.Sprintf("$.own.%s[%d]", list.at, i)
			if !fs.ValidPath(name) || name == "." {
				return at, fmt.Sprintf("%q", name), "a file in the plan file's folder or below it, such as own/measures.csv"
			}
			if slices.Contains(list.names[:i], name) {
				return at, fmt.Sprintf("%s is listed twice", name), "each file once"
			}
		}
	}
	if o == nil || o.Catalogue == nil {
		return "", "", ""
	}
	c := o.Catalogue
	switch {
	case len(c.Measures) == 0:
		return "$.own.catalogue", "the catalogue has no file", "measures: with a file"
	case (c.Extends == "") == (c.Replaces == ""):
		return "$.own.catalogue", "it is not said how the catalogue goes with the program's measures", "either 'extends: builtin' or 'replaces: builtin'"
	case c.Extends != "" && c.Extends != "builtin":
		return "$.own.catalogue.extends", fmt.Sprintf("%q", c.Extends), "builtin"
	case c.Replaces != "" && c.Replaces != "builtin":
		return "$.own.catalogue.replaces", fmt.Sprintf("%q", c.Replaces), "builtin"
	}
	return "", "", ""
}

// ReadPlan reads a plan file in a folder, with the files of the plan's own data
// that it names. The content of these is part of the plan: a plan with another
// line in one of them is another plan.
func ReadPlan(folder fs.FS, name string) (Plan, error) {
	text, err := fs.ReadFile(folder, name)
	if err != nil {
		return Plan{}, err
	}
	p, err := ParsePlan(name, text)
	if err != nil {
		return p, err
	}
	for _, list := range p.Own.lists() {
		for i, file := range list.names {
			content, err := readOwn(folder, file)
			if err != nil {
				at := fmt.Sprintf("$.own.%s[%d]", list.at, i)
				return p, &Problem{File: name, Row: lineOf(text, at), Path: at[2:], What: fmt.Sprintf("%s cannot be read: %v", file, err), Expected: "a CSV file beside the plan file"}
			}
			sum := sha256.Sum256(content)
			p.OwnFiles = append(p.OwnFiles, OwnFile{Kind: list.kind, Name: file, SHA256: hex.EncodeToString(sum[:]), text: content})
		}
	}
	return p, nil
}

func readOwn(folder fs.FS, name string) ([]byte, error) {
	f, err := folder.Open(name)
	if err != nil {
		var fault *fs.PathError
		if errors.As(err, &fault) {
			err = fault.Err // the name is told already
		}
		return nil, err
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, maxOwn+1))
	if err == nil && len(text) > maxOwn {
		err = fmt.Errorf("it is larger than %d bytes", maxOwn)
	}
	return text, err
}

// Extract returns the file as an extract, which archive, stage and lineage treat
// like a publisher's.
func (f OwnFile) Extract() Extract {
	return Extract{Source: OwnSource, DataSet: f.Kind, SHA256: f.SHA256, Parts: []Part{{Role: "data", Name: f.Name, SHA256: f.SHA256, Bytes: int64(len(f.text)),
		Open: func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(f.text)), nil }}}}
}

// owns reports whether an extract is one of the plan's own files.
func (p Plan) owns(x Extract) bool {
	return slices.ContainsFunc(p.OwnFiles, func(f OwnFile) bool { return f.Kind == x.DataSet && f.SHA256 == x.SHA256 })
}

// ownInputs are the own files of plans, each once.
func (r *Runner) ownInputs(plans []Plan) []*input {
	if r.Own == nil {
		return nil
	}
	var inputs []*input
	seen := map[string]bool{}
	for _, p := range plans {
		for _, f := range p.OwnFiles {
			if id := f.Kind + "/" + f.SHA256; !seen[id] {
				seen[id] = true
				inputs = append(inputs, &input{source: r.Own, set: r.Own.Publisher().dataSet(f.Kind), extract: f.Extract()})
			}
		}
	}
	return inputs
}

// archiveOwn keeps the own files that could be decoded. They are of no data set
// whose state a later run would ask for: the plan brings them every time.
func (r *Runner) archiveOwn(origin Origin, inputs []*input, need map[*input]bool) error {
	for _, in := range inputs {
		if in.extract.Source == OwnSource && need[in] && in.problem == nil {
			if err := (Archive{r.Disk}).Keep(in.extract, origin, in.source.Publisher().Licence, r.Clock()); err != nil {
				return err
			}
		}
	}
	return nil
}
