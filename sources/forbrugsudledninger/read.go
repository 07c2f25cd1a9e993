package forbrugsudledninger

import (
	"context"
	"encoding/json"
	"fmt"

	"samkraft/pipeline"
	"samkraft/sources"
)

// maxBytes is far above the real file's hundred kilobytes.
const maxBytes = 16 << 20

// reader walks the document token by token, because a decoder into maps would
// let the second of two equal keys win in silence.
type reader struct {
	json  *sources.JSON
	file  string
	found map[string]string // municipality: where it stood
}

// Decode turns the document into rows, one for each municipality. It has no date.
func (Source) Decode(ctx context.Context, x pipeline.Extract, out pipeline.Output) (pipeline.Edition, error) {
	if len(x.Parts) != 1 || x.DataSet != dataSet {
		return pipeline.Edition{}, &pipeline.Problem{What: "the compilation is one file of data set " + dataSet}
	}
	j, err := sources.OpenJSON(x.Parts[0], maxBytes, "a hundred kilobytes", "JSON")
	if err != nil {
		return pipeline.Edition{}, err
	}
	defer j.Close()
	j.UseNumber()
	r := &reader{json: j, file: x.Parts[0].Name, found: map[string]string{}}
	err = j.Object("", func(key string) error {
		switch key {
		case "land":
			return r.skip(key)
		case "kommuner":
			return r.municipalities(ctx, out)
		}
		return j.Problem("", fmt.Sprintf("unknown key %q", key), "land and kommuner")
	})
	if err != nil {
		return pipeline.Edition{}, err
	}
	if err := j.End("the document"); err != nil {
		return pipeline.Edition{}, err
	}
	if len(r.found) == 0 {
		return pipeline.Edition{}, j.Problem("kommuner", "there is no municipality in the file", "98 municipalities")
	}
	return pipeline.Edition{}, nil
}

// skip passes over a value that is not read.
func (r *reader) skip(path string) error {
	var value json.RawMessage
	return r.json.Broken(path, r.json.Decode(&value))
}

func (r *reader) municipalities(ctx context.Context, out pipeline.Output) error {
	if err := r.json.Delim("kommuner", '['); err != nil {
		return err
	}
	for i := 0; r.json.More(); i++ {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err := r.municipality(fmt.Sprintf("kommuner[%d]", i), out); err != nil {
			return err
		}
	}
	return r.json.Delim("kommuner", ']')
}

// municipality writes the row of one municipality. Its other fields are passed
// over: the author adds and takes away some.
func (r *reader) municipality(path string, out pipeline.Output) error {
	texts := map[string]string{}
	err := r.json.Object(path, func(key string) error {
		if key != "kode" && key != "navn" && !isField(key) {
			return r.skip(path + "." + key)
		}
		text, err := r.scalar(path + "." + key)
		texts[key] = text
		return err
	})
	if err != nil {
		return err
	}
	m, err := r.find(path, texts)
	if err != nil {
		return err
	}
	row := []any{m.Country, m.Code}
	status := pipeline.Observed
	figures := map[string]float64{}
	for _, f := range fields {
		value, err := f.read(texts)
		if err != nil {
			return r.problem(path+"."+f.key, m, err.Error(), fmt.Sprintf("a number from %.0f to %.0f, or null", f.low, f.high))
		}
		if value == nil {
			status = pipeline.NotAvailable
			row = append(row, nil)
			continue
		}
		figures[f.key] = value.Float()
		if f.fraction {
			row = append(row, *value)
		} else {
			row = append(row, int64(value.Float()))
		}
	}
	if all, known := figures["opv_boliger_ialt"]; known && figures["opv_olie"]+figures["opv_naturgas"] > all {
		return r.problem(path+".opv_boliger_ialt", m, fmt.Sprintf("%.0f dwellings are fewer than the %.0f with oil and gas", all, figures["opv_olie"]+figures["opv_naturgas"]), "all dwellings by heating")
	}
	return out.Row(dwelling, path, append(row, status)...)
}

func isField(key string) bool {
	for _, f := range fields {
		if f.key == key {
			return true
		}
	}
	return false
}

// scalar reads a value that is neither an object nor an array, as it is written.
func (r *reader) scalar(path string) (string, error) {
	token, err := r.json.Token()
	if err != nil {
		return "", r.json.Broken(path, err)
	}
	switch token := token.(type) {
	case nil:
		return "null", nil
	case json.Number:
		return token.String(), nil
	case string:
		return fmt.Sprintf("%q", token), nil // no number, whatever it holds
	}
	return "", r.json.Problem(path, fmt.Sprintf("%v stands there", token), "a number, a name or null")
}

// find resolves the code and holds it against the name: figures under another
// municipality's name would be believed.
func (r *reader) find(path string, texts map[string]string) (pipeline.Municipality, error) {
	m, err := pipeline.FindMunicipality("DK", texts["kode"])
	if err != nil {
		return m, r.json.Problem(path+".kode", err.Error(), "the code of a Danish municipality of today, such as 253")
	}
	var name string
	if json.Unmarshal([]byte(texts["navn"]), &name) != nil {
		return m, r.problem(path+".navn", m, fmt.Sprintf("%s is not a name", texts["navn"]), m.Name)
	}
	if n, err := pipeline.FindMunicipality("DK", name); err != nil || n != m {
		return m, r.problem(path+".navn", m, fmt.Sprintf("%q is not the municipality of code %s", name, m.Code), m.Name)
	}
	if at, twice := r.found[m.Code]; twice {
		return m, r.problem(path, m, "the municipality stands already at "+at, "every municipality once")
	}
	r.found[m.Code] = path
	return m, nil
}

// read gives the figure of a field, or none where the author has none.
func (f field) read(texts map[string]string) (*pipeline.Decimal, error) {
	text, there := texts[f.key]
	if !there {
		return nil, fmt.Errorf("the field is not there")
	}
	value, _, err := marks.Read(text, '.')
	if err != nil {
		return nil, err
	}
	d, known := value.(pipeline.Decimal)
	if !known {
		return nil, nil
	}
	n := d.Float()
	if !(n >= f.low && n <= f.high) {
		return nil, fmt.Errorf("%s is out of all bounds", text)
	}
	if !f.fraction && n != float64(int64(n)) {
		return nil, fmt.Errorf("%s is not a whole number", text)
	}
	return &d, nil
}

func (r *reader) problem(path string, m pipeline.Municipality, what, expected string) *pipeline.Problem {
	return &pipeline.Problem{File: r.file, Path: path, Member: m.String(), What: what, Expected: expected}
}
