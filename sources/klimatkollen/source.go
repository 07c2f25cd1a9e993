// Package klimatkollen reads territorial greenhouse gas emissions of Swedish
// municipalities by sector: SMHI's national emission database as Klimatkollen
// extracts it.
//
// The file is one array of municipalities with their sectors by year. It names
// municipalities without a code, holds a gap between its first years (1990,
// 2000, 2005, 2010, then every year from 2015), and does not state its unit,
// which is tonnes of CO2 equivalents as in SMHI's own tables. Klimatkollen
// publishes the counties and the country in files of the same shape.
package klimatkollen

import (
	"bytes"
	"context"
	"sort"

	"samkraft/pipeline"
	"samkraft/sources"
)

// Source reads Klimatkollen's extract.
type Source struct{}

var _ pipeline.Source = Source{}

const (
	dataSet        = "municipality-sector-emissions"
	sectorEmission = "kk_sector_emission"
)

// knownSectors are the sectors of the national emission database. A sector that
// is not among them is an error, because models distribute by sector.
var knownSectors = []string{
	"Arbetsmaskiner",
	"Avfall (inkl.avlopp)",
	"Egen uppvärmning av bostäder och lokaler",
	"El och fjärrvärme",
	"Industri (energi + processer)",
	"Jordbruk",
	"Produktanvändning (inkl. lösningsmedel)",
	"Transporter",
	"Utrikes transporter",
}

// marks: JSON null is all that can stand in place of a number. It has not been
// seen, and would say that the compiler found no figure.
var marks = sources.Marks{"null": pipeline.NotAvailable}

// Publisher describes the extract.
func (Source) Publisher() pipeline.Publisher {
	return pipeline.Publisher{
		ID:              "klimatkollen",
		Title:           "Swedish municipal emissions by sector",
		Name:            "Klimatkollen (Klimatbyrån), from SMHI's national emission database",
		Licence:         "CC-BY-4.0 (SMHI's data; the extract states no licence of its own)",
		Attribution:     "Source: SMHI, national emission database, extracted by Klimatkollen",
		Redistributable: true,
		Address:         "https://github.com/Klimatbyran/municipality-data-pipeline",
		DataSets: []pipeline.DataSet{{
			ID: dataSet, Title: "Greenhouse gas emissions by municipality and sector", Countries: []string{"SE"}, Mode: pipeline.Upsert, Version: 1,
			Tables: []pipeline.Table{{
				Name:        sectorEmission,
				Description: "Territorial greenhouse gas emissions of Swedish municipalities by year and sector.",
				Key:         []string{"country", "muni_code", "year", "publisher_sector"},
				Columns: []pipeline.Column{
					{Name: "country", Kind: pipeline.Text, Description: "Country of the municipality, SE"},
					{Name: "muni_code", Kind: pipeline.Text, Description: "Code of the municipality, four digits"},
					{Name: "year", Kind: pipeline.Integer, Unit: "year", Description: "Calendar year of the emissions"},
					{Name: "publisher_sector", Kind: pipeline.Text, Description: "Sector as SMHI's database names it; Utrikes transporter (international transport) is stated as zero for every municipality"},
					{Name: "t_co2e", Kind: pipeline.Decimal3, Unit: "t CO2e", Description: "Emissions of greenhouse gases in tonnes of CO2 equivalents"},
					{Name: "value_status", Kind: pipeline.Text, Description: "What stands behind the emissions: observed, zero or not_available"},
				},
			}},
		}},
	}
}

// Recognise knows the array by two of the database's sectors, written in letters
// that survive a wrong encoding, and leaves the files about counties and the
// country alone, whose first name tells them.
func (Source) Recognise(f pipeline.Sniff) (pipeline.Claim, bool) {
	head := sources.Begin(f.Head)
	if !bytes.HasPrefix(head, []byte("[")) || !bytes.Contains(head, []byte(`"Arbetsmaskiner"`)) || !bytes.Contains(head, []byte(`"Avfall (inkl.avlopp)"`)) {
		return pipeline.Claim{}, false
	}
	if _, rest, ok := bytes.Cut(head, []byte(`"name"`)); ok {
		name, _, _ := bytes.Cut(bytes.TrimLeft(rest, " \t\r\n:\""), []byte(`"`))
		if bytes.HasSuffix(name, []byte(" län")) || string(name) == "Sverige" {
			return pipeline.Claim{}, false
		}
	}
	return pipeline.Claim{DataSet: dataSet}, true
}

// row is one figure; the order of keys in the file means nothing, so rows are
// sorted before they are written.
type row struct {
	code, sector, location string
	year                   int
	value                  any
	status                 pipeline.Status
}

// Decode turns the extract into rows.
func (Source) Decode(ctx context.Context, x pipeline.Extract, out pipeline.Output) (pipeline.Edition, error) {
	rows, err := readAll(ctx, x.Parts[0])
	if err != nil {
		return pipeline.Edition{}, err
	}
	if len(rows) == 0 {
		return pipeline.Edition{}, &pipeline.Problem{File: x.Parts[0].Name, What: "there is no figure in the file", Expected: "municipalities with their sectors"}
	}
	sort.SliceStable(rows, func(i, j int) bool {
		a, b := rows[i], rows[j]
		if a.code != b.code {
			return a.code < b.code
		}
		if a.year != b.year {
			return a.year < b.year
		}
		return a.sector < b.sector
	})
	last := 0
	for i, r := range rows {
		if i%4096 == 0 && ctx.Err() != nil {
			return pipeline.Edition{}, &pipeline.Problem{File: x.Parts[0].Name, What: ctx.Err().Error()}
		}
		if err := out.Row(sectorEmission, r.location, "SE", r.code, r.year, r.sector, r.value, r.status); err != nil {
			return pipeline.Edition{}, err
		}
		last = max(last, r.year)
	}
	return pipeline.Edition{AsOf: sources.EndOfYear(last)}, nil
}

// figure reads one value of the file.
func figure(text string) (value any, status pipeline.Status, what string) {
	value, status, err := marks.Read(text, '.')
	if err != nil {
		return nil, "", err.Error()
	}
	if d, ok := value.(pipeline.Decimal); ok && (d.Coefficient < 0 || d.Float() > 1e9) {
		return nil, "", text + " tonnes are not the emissions of a municipality"
	}
	return value, status, ""
}

func known(sector string) bool {
	i := sort.SearchStrings(knownSectors, sector)
	return i < len(knownSectors) && knownSectors[i] == sector
}
