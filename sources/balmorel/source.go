// Package balmorel reads the municipal inputs of the energy system model
// Balmorel: electricity and heat demand and modelled potentials of the Danish
// municipalities, as Mathias Berg Rosendal (DTU) prepared them
// (github.com/Mathias157/Balmorel_data).
//
// The files are program text of the modelling language GAMS. Traps: a table's
// columns go by their position in the line; the statements that follow a table
// are part of the data (straw and wood in GMAXF are a distribution key until the
// last lines rescale them); a statement may be one that this package does not
// know, and then the file is refused rather than read wrong; EPS is zero; names
// are ASCII and carry the model's suffixes; not every municipality is in every
// table. GKFX, the plants, is not read: it puts turbines on land under
// WIND_OFF, and the Danish Energy Agency's own registers have the plants.
package balmorel

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"strings"

	"samkraft/pipeline"
)

// Source is the publisher.
type Source struct{}

var _ pipeline.Source = Source{}

// maxFile is far above the few kilobytes of these tables.
const maxFile = 4 << 20

// Publisher describes the source.
func (Source) Publisher() pipeline.Publisher {
	p := pipeline.Publisher{
		ID:              "balmorel",
		Title:           "Municipal inputs of the Balmorel model",
		Name:            "Mathias Berg Rosendal, DTU Management",
		Licence:         "none stated: ask before derived tables are passed on",
		Attribution:     "Balmorel_data, Mathias Berg Rosendal (DTU); from Energinet, Varmeplan Danmark 2021 (AAU) and Statistics Denmark",
		Redistributable: false,
		Address:         "https://github.com/Mathias157/Balmorel_data",
	}
	for _, l := range layouts {
		p.DataSets = append(p.DataSets, l.set)
	}
	return p
}

// Recognise knows a file by the first table that it declares.
func (Source) Recognise(f pipeline.Sniff) (pipeline.Claim, bool) {
	for _, line := range strings.Split(string(bytes.TrimPrefix(f.Head, []byte("\ufeff"))), "\n") {
		line = strings.TrimRight(line, "\r \t")
		if line == "" || line[0] == '*' || line[0] == '$' {
			continue
		}
		keyword, name, ok := declared(line)
		if !ok {
			return pipeline.Claim{}, false
		}
		for _, l := range layouts {
			if strings.EqualFold(l.table, name) {
				return pipeline.Claim{DataSet: l.set.ID}, true
			}
		}
		// Some files declare the parameter that the table is copied to first.
		if !strings.EqualFold(keyword, "PARAMETER") || !strings.HasSuffix(line, ";") {
			return pipeline.Claim{}, false
		}
	}
	return pipeline.Claim{}, false
}

// declared reads the keyword and name of a line that declares a table or a
// parameter: "TABLE   DE1(RRR,DEUSER,YYY) ...".
func declared(line string) (keyword, name string, ok bool) {
	keyword, rest, ok := strings.Cut(line, " ")
	if !ok || !strings.EqualFold(keyword, "TABLE") && !strings.EqualFold(keyword, "PARAMETER") {
		return "", "", false
	}
	name, _, ok = strings.Cut(strings.TrimLeft(rest, " "), "(")
	return keyword, strings.TrimSpace(name), ok
}

// Decode reads one table, executes the statements behind it and writes its rows.
func (Source) Decode(ctx context.Context, x pipeline.Extract, out pipeline.Output) (pipeline.Edition, error) {
	var l *layout
	for i := range layouts {
		if layouts[i].set.ID == x.DataSet {
			l = &layouts[i]
		}
	}
	if l == nil || len(x.Parts) == 0 {
		return pipeline.Edition{}, &pipeline.Problem{What: fmt.Sprintf("balmorel has no data set %q", x.DataSet)}
	}
	part := x.Parts[0]
	body, err := part.Open()
	if err != nil {
		return pipeline.Edition{}, &pipeline.Problem{File: part.Name, What: err.Error()}
	}
	defer body.Close()
	text, err := io.ReadAll(io.LimitReader(body, maxFile+1))
	if err != nil {
		return pipeline.Edition{}, &pipeline.Problem{File: part.Name, What: "cannot be read to its end: " + err.Error(), Expected: "a whole file"}
	}
	if len(text) > maxFile {
		return pipeline.Edition{}, &pipeline.Problem{File: part.Name, What: fmt.Sprintf("the file is larger than %d bytes", maxFile), Expected: "one table of about a hundred areas"}
	}
	if ctx.Err() != nil {
		return pipeline.Edition{}, ctx.Err()
	}
	program, err := parse(part.Name, string(text))
	if err != nil {
		return pipeline.Edition{}, err
	}
	d := decoder{layout: l, file: part.Name}
	if err := d.run(program); err != nil {
		return pipeline.Edition{}, err
	}
	if err := d.write(out); err != nil {
		return pipeline.Edition{}, err
	}
	return pipeline.Edition{AsOf: l.asOf(d.values)}, nil
}
