// Package forbrugsudledninger reads dwellings and their heating in Danish
// municipalities from statistics that a third party put together
// (github.com/augustseptimius-beep/forbrugsudledninger, web/data/data.json).
//
// The file has the nation and 98 municipalities, each with some thirty fields of
// the author's own names, of which seven are read: cells of Statistics Denmark's
// BOL101 (occupied dwellings by type), BOL102 (dwellings by heating) and BOL103
// (size). Each field is of its newest period, which the file does not state: the
// author's list of sources of the same day says 2025 for BOL101 and BOL103, 2026
// for BOL102. So the dwellings that are heated are more than those by type, which
// leave out other kinds, and must not be added up with them. The mean size is one
// figure over all types. The nation stands under "land", apart. The author's files
// of history and of sources lie beside it and are of another shape.
package forbrugsudledninger

import (
	"bytes"

	"samkraft/pipeline"
	"samkraft/sources"
)

// Source reads the compiled statistics.
type Source struct{}

var _ pipeline.Source = Source{}

const (
	dataSet  = "boliger"
	dwelling = "fu_dwelling"
)

// field is what is read of a municipality under a key of the file.
type field struct {
	key       string
	low, high float64
	fraction  bool
	column    pipeline.Column
}

// No Danish municipality has a million dwellings, nor does any have a mean
// dwelling of less than 20 or more than 400 m2.
var fields = []field{
	{"boliger_parcel", 0, 1e6, false, pipeline.Column{Name: "detached_dwellings", Kind: pipeline.Integer, Unit: "1", Description: "Occupied detached houses, farmhouses among them (BOL101)"}},
	{"boliger_raekke", 0, 1e6, false, pipeline.Column{Name: "terraced_dwellings", Kind: pipeline.Integer, Unit: "1", Description: "Occupied terraced, linked and double houses (BOL101)"}},
	{"boliger_etage", 0, 1e6, false, pipeline.Column{Name: "apartment_dwellings", Kind: pipeline.Integer, Unit: "1", Description: "Occupied dwellings in multi-storey buildings (BOL101)"}},
	{"boligareal", 20, 400, true, pipeline.Column{Name: "mean_area_m2", Kind: pipeline.Decimal3, Unit: "m2", Description: "Mean area of an occupied dwelling, of all types together (BOL103)"}},
	{"opv_boliger_ialt", 0, 1e6, false, pipeline.Column{Name: "heated_dwellings", Kind: pipeline.Integer, Unit: "1", Description: "Dwellings by heating, all (BOL102): more than those of the three types"}},
	{"opv_olie", 0, 1e6, false, pipeline.Column{Name: "oil_dwellings", Kind: pipeline.Integer, Unit: "1", Description: "Of these with an oil boiler (BOL102)"}},
	{"opv_naturgas", 0, 1e6, false, pipeline.Column{Name: "gas_dwellings", Kind: pipeline.Integer, Unit: "1", Description: "Of these with a natural gas boiler (BOL102)"}},
}

// marks: null stands where the author found no figure, as seen in the price of
// dwellings of one municipality.
var marks = sources.Marks{"null": pipeline.NotAvailable}

// Publisher describes the compilation.
func (Source) Publisher() pipeline.Publisher {
	table := pipeline.Table{
		Name:        dwelling,
		Description: "Dwellings of each municipality by type and by heating, and their mean size, each of the newest period at the time of compiling, which the file does not state.",
		Key:         []string{"country", "muni_code"},
		Columns:     []pipeline.Column{sources.DanishCountry, sources.DanishMuniCode},
	}
	for _, f := range fields {
		table.Columns = append(table.Columns, f.column)
	}
	table.Columns = append(table.Columns, sources.Text("value_status", "What stands behind the figures: observed, or not_available where one of them is not"))
	return pipeline.Publisher{
		ID:              "forbrugsudledninger",
		Title:           "Danish municipalities: dwellings, compiled from Statistics Denmark",
		Name:            "augustseptimius-beep/forbrugsudledninger",
		Licence:         "CC-BY-4.0 (Statistics Denmark's data; the compilation's code is MIT)",
		Attribution:     "Source: Statistics Denmark (BOL101, BOL102, BOL103), compiled by github.com/augustseptimius-beep/forbrugsudledninger",
		Redistributable: true,
		Address:         "https://github.com/augustseptimius-beep/forbrugsudledninger",
		DataSets: []pipeline.DataSet{{
			ID: dataSet, Title: "Dwellings by type and heating", Countries: []string{"DK"}, Mode: pipeline.Replace, Version: 1, Tables: []pipeline.Table{table},
		}},
	}
}

// Recognise knows the file by its nation and by two of the author's names of
// fields; the files of history and of sources name them elsewhere.
func (Source) Recognise(f pipeline.Sniff) (pipeline.Claim, bool) {
	head := sources.Begin(f.Head)
	for _, mark := range []string{`"boliger_parcel"`, `"opv_boliger_ialt"`} {
		if !bytes.Contains(head, []byte(mark)) {
			return pipeline.Claim{}, false
		}
	}
	body := bytes.TrimLeft(bytes.TrimPrefix(head, []byte("{")), " \t\r\n")
	if !bytes.HasPrefix(body, []byte(`"land"`)) && !bytes.HasPrefix(body, []byte(`"kommuner"`)) {
		return pipeline.Claim{}, false
	}
	return pipeline.Claim{DataSet: dataSet}, true
}
