package klimaregnskabet

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strconv"
	"time"

	"samkraft/pipeline"
	"samkraft/sources"
)

// Bounds of the document: 98 municipalities over six years are 57 KB.
const (
	maxBytes          = 32 << 20
	maxMunicipalities = 1000
	maxYears          = 200
	maxTonnes         = 1e9 // Denmark's whole account is 34 million t
	maxShare          = 1000
)

// marks: null is the only sign of a figure that is not known. A sector at zero
// is written 0.0.
var marks = sources.Marks{"null": pipeline.NotAvailable}

// sectors in the order in which they are written.
var sectors = []string{"energi", "transport", "landbrug", "affald", "industri"}

// Decode reads the document municipality by municipality.
func (Source) Decode(ctx context.Context, x pipeline.Extract, out pipeline.Output) (pipeline.Edition, error) {
	if len(x.Parts) != 1 || x.DataSet != dataSet {
		return pipeline.Edition{}, &pipeline.Problem{What: fmt.Sprintf("the account is one file of data set %s", dataSet)}
	}
	part := x.Parts[0]
	d := document{file: part.Name}
	if part.Bytes > maxBytes {
		return pipeline.Edition{}, d.problem("", fmt.Sprintf("the file has %d bytes", part.Bytes), fmt.Sprintf("at most %d", maxBytes))
	}
	body, err := part.Open()
	if err != nil {
		return pipeline.Edition{}, d.problem("", err.Error(), "")
	}
	defer body.Close()
	decoder := json.NewDecoder(sources.SkipMark(io.LimitReader(body, maxBytes)))
	decoder.UseNumber()
	return d.account(ctx, decoder, out)
}

// account reads the whole document. The day on which it was fetched from the
// account orders editions, since the account revises past years; without it, the
// last day of the last year does.
func (d document) account(ctx context.Context, decoder *json.Decoder, out pipeline.Output) (pipeline.Edition, error) {
	fetched, lastYear := "", 0
	err := d.object(decoder, "", []string{"kommuner"}, []string{"source", "sourceUrl", "attribution", "fetchedAt", "latestYear", "years", "nationalTotal"}, func(key string) error {
		switch key {
		case "fetchedAt":
			var err error
			fetched, err = d.day(decoder, key)
			return err
		case "kommuner":
			return d.array(decoder, key, maxMunicipalities, func(i int) error {
				if ctx.Err() != nil {
					return ctx.Err()
				}
				last, err := d.municipality(decoder, fmt.Sprintf("kommuner[%d]", i), out)
				lastYear = max(lastYear, last)
				return err
			})
		}
		return d.skip(decoder, key)
	})
	if err != nil {
		return pipeline.Edition{}, err
	}
	if _, err := decoder.Token(); err != io.EOF {
		return pipeline.Edition{}, d.problem("", "something stands behind the end of the document", "nothing")
	}
	if lastYear == 0 {
		return pipeline.Edition{}, d.problem("kommuner", "there is no figure of any municipality", "figures")
	}
	if fetched == "" {
		fetched = sources.EndOfYear(lastYear)
	}
	return pipeline.Edition{AsOf: fetched}, nil
}

// day reads the date of a time stamp.
func (d document) day(decoder *json.Decoder, path string) (string, error) {
	const expected = "a time such as 2026-05-18T07:24:39"
	token, err := d.scalar(decoder, path, expected)
	if err != nil {
		return "", err
	}
	text, _ := token.(string)
	if len(text) > 10 {
		text = text[:10]
	}
	t, err := time.Parse(time.DateOnly, text)
	if err != nil || t.Year() < 1900 || t.Year() > 2100 {
		return "", d.problem(path, fmt.Sprintf("%s is no time", shown(token)), expected)
	}
	return text, nil
}

// figures is what stands under one key of a municipality.
type figures struct {
	path   string
	values []any
}

// municipality reads one municipality and writes its rows; it returns the last
// year. Keys may come in any order, so figures are kept until all are read.
func (d document) municipality(decoder *json.Decoder, path string, out pipeline.Output) (int, error) {
	code, name := "", ""
	var years []int
	byKey := map[string]figures{}
	read := func(key string, path string) error {
		f := figures{path: path}
		err := d.array(decoder, path, maxYears, func(i int) error {
			token, err := d.scalar(decoder, fmt.Sprintf("%s[%d]", path, i), "a number or null")
			f.values = append(f.values, token)
			return err
		})
		byKey[key] = f
		return err
	}
	err := d.object(decoder, path, []string{"kommuneKode", "kommuneNavn", "years", "samletUdledning", "udledningPrCapita", "sektorer", "veAndel"}, nil, func(key string) error {
		at := join(path, key)
		switch key {
		case "kommuneKode", "kommuneNavn":
			token, err := d.scalar(decoder, at, "text")
			if err != nil {
				return err
			}
			text, ok := token.(string)
			if !ok {
				return d.problem(at, fmt.Sprintf("%s stands here", shown(token)), "text")
			}
			if key == "kommuneNavn" {
				name = text
			} else {
				code = text
			}
			d.member = fmt.Sprintf("%.20s %.40s", code, name)
			return nil
		case "years":
			return d.array(decoder, at, maxYears, func(i int) error {
				year, err := d.year(decoder, fmt.Sprintf("%s[%d]", at, i))
				years = append(years, year)
				return err
			})
		case "sektorer":
			return d.object(decoder, at, sectors, nil, func(sector string) error { return read(sector, join(at, sector)) })
		}
		return read(key, at)
	})
	if err != nil {
		return 0, err
	}
	m, err := d.find(path, code, name)
	if err != nil {
		return 0, err
	}
	d.member = m.Code + " " + m.Name
	if err := d.sameLength(years, byKey); err != nil {
		return 0, err
	}
	last := 0
	for i, year := range years {
		last = max(last, year)
		if err := d.rows(m, i, year, byKey, out); err != nil {
			return 0, err
		}
	}
	return last, nil
}

// find resolves the code and holds it against the name: figures under another
// municipality's name would be believed.
func (d document) find(path, code, name string) (pipeline.Municipality, error) {
	m, err := pipeline.FindMunicipality("DK", code)
	if err != nil {
		return m, d.problem(join(path, "kommuneKode"), err.Error(), "a Danish municipality of today, such as 0253")
	}
	if n, err := pipeline.FindMunicipality("DK", name); err == nil && n != m {
		return m, d.problem(join(path, "kommuneNavn"), fmt.Sprintf("%q is not the municipality of code %s", name, code), m.Name)
	}
	return m, nil
}

func (d document) year(decoder *json.Decoder, path string) (int, error) {
	token, err := d.scalar(decoder, path, "a year")
	if err != nil {
		return 0, err
	}
	number, _ := token.(json.Number)
	year, err := strconv.Atoi(string(number))
	if err != nil || year < 1990 || year > 2100 {
		return 0, d.problem(path, fmt.Sprintf("%s is no year of an account", shown(token)), "a year from 1990")
	}
	return year, nil
}

func (d document) sameLength(years []int, byKey map[string]figures) error {
	for _, key := range append([]string{"samletUdledning", "udledningPrCapita", "veAndel"}, sectors...) {
		if f := byKey[key]; len(f.values) != len(years) {
			return d.problem(f.path, fmt.Sprintf("%d figures stand beside %d years", len(f.values), len(years)), "one figure for each year")
		}
	}
	return nil
}

// rows writes the figures of one year. Emissions per inhabitant are not kept:
// they are the total over the publisher's population.
func (d document) rows(m pipeline.Municipality, i, year int, byKey map[string]figures, out pipeline.Output) error {
	for _, sector := range append(slices.Clone(sectors), "samlet") {
		f := byKey[sector]
		if sector == "samlet" {
			f = byKey["samletUdledning"]
		}
		value, status, at, err := d.figure(f, i, -maxTonnes, maxTonnes, "tonnes of CO2 equivalents")
		if err != nil {
			return err
		}
		if err := out.Row(emissionTable, at, m.Country, m.Code, year, sector, value, status); err != nil {
			return err
		}
	}
	value, status, at, err := d.figure(byKey["veAndel"], i, 0, maxShare, "a share, 1 for all")
	if err != nil {
		return err
	}
	return out.Row(shareTable, at, m.Country, m.Code, year, value, status)
}

func (d document) figure(f figures, i int, low, high float64, expected string) (value any, status pipeline.Status, path string, err error) {
	path = fmt.Sprintf("%s[%d]", f.path, i)
	text := ""
	switch token := f.values[i].(type) {
	case nil:
		text = "null"
	case json.Number:
		text = string(token)
	}
	value, status, err = marks.Read(text, '.')
	if err != nil {
		return nil, "", path, d.problem(path, fmt.Sprintf("%s is not a number that can be kept", shown(f.values[i])), expected)
	}
	if n, ok := value.(pipeline.Decimal); ok && !(n.Float() >= low && n.Float() <= high) {
		return nil, "", path, d.problem(path, fmt.Sprintf("%s is out of all bounds", shown(f.values[i])), expected)
	}
	return value, status, path, nil
}
