// Package smhi reads the Swedish weather service's open meteorological
// observations (metobs): air temperature by hour (parameter 1) and as the mean
// of a day (parameter 2).
//
// The service answers in two forms, and both hold traps. In the JSON form a
// time is epoch milliseconds and a value is a text; the order of the keys has
// changed between recordings, so that a long answer may begin with its values
// and name its parameter at the end. In the CSV form, blocks about station,
// parameter and positions stand before the data, their rows begin with dates
// too, and the first rows of data carry free text in their last field. An hour
// or day without a measurement is absent, in holes of years even. In the daily
// means every row has the quality Y, which means aggregated there.
//
// The two forms overlap by about a month: the archive is controlled and ends
// three months back, the latest months reach to the day of the answer.
package smhi

import (
	"bytes"
	"context"
	"slices"

	"samkraft/pipeline"
	"samkraft/sources"
)

// Source reads observations of SMHI.
type Source struct{}

var _ pipeline.Source = Source{}

const (
	hourly = "metobs_1"
	daily  = "metobs_2"
)

// Publisher describes SMHI's observations. They are about no municipality: the
// stations stand in Sweden, and those on the Sound are the nearest to some Danish
// ones too.
func (Source) Publisher() pipeline.Publisher {
	return pipeline.Publisher{
		ID:              "smhi",
		Title:           "SMHI meteorological observations",
		Name:            "Swedish Meteorological and Hydrological Institute (SMHI)",
		Licence:         "CC-BY-4.0",
		Attribution:     "Source: SMHI",
		Redistributable: true,
		Address:         "https://opendata.smhi.se/metobs",
		DataSets: []pipeline.DataSet{
			{ID: hourly, Title: "Air temperature, every hour (parameter 1)", Countries: []string{"DK", "SE"}, Mode: pipeline.Upsert, Version: 1,
				Tables: []pipeline.Table{hourTable, stationTable(stationHourly, "hourly")}},
			{ID: daily, Title: "Air temperature, mean of the day (parameter 2)", Countries: []string{"DK", "SE"}, Mode: pipeline.Upsert, Version: 1,
				Tables: []pipeline.Table{dayTable, stationTable(stationDaily, "daily")}},
		},
	}
}

// Recognise knows the CSV form by the line that describes the parameter, or by
// the header of the data where that line is lost; and the JSON form by the
// parameter's key, or by the shape of its first value where the answer begins
// with its values and is longer than what is seen of it.
func (Source) Recognise(f pipeline.Sniff) (pipeline.Claim, bool) {
	head := sources.Begin(f.Head)
	set := ""
	if bytes.HasPrefix(head, []byte("{")) {
		set = recogniseJSON(head)
	} else {
		set = recogniseCSV(head)
	}
	return pipeline.Claim{DataSet: set}, set != ""
}

// begins are how a file in CSV can begin: with its first block, or with what is
// left of it. Notes that quote a file begin otherwise.
var begins = [][]byte{[]byte("Stationsnamn;"), []byte("Parameternamn;"), []byte("Tidsperiod ("), []byte("Datum;"), []byte("Fr")}

// recogniseCSV looks only at letters that every encoding shares, so that a file
// in a wrong encoding is still named for what it is.
func recogniseCSV(head []byte) string {
	if !slices.ContainsFunc(begins, func(begin []byte) bool { return bytes.HasPrefix(head, begin) }) {
		return ""
	}
	if _, rest, ok := bytes.Cut(head, []byte("\nLufttemperatur;")); ok {
		line, _, _ := bytes.Cut(rest, []byte("\n"))
		switch {
		case bytes.HasPrefix(line, []byte("momentanv")):
			return hourly
		case bytes.HasPrefix(line, []byte("medelv")) && bytes.Contains(line, []byte("1 dygn")):
			return daily
		}
		return "" // the day's lowest or highest, a month's mean
	}
	switch {
	case bytes.Contains(head, []byte("Datum;Tid (UTC);Lufttemperatur;")):
		return hourly
	case bytes.Contains(head, []byte("Representativt dygn;Lufttemperatur;")):
		return daily
	}
	return ""
}

// recogniseJSON claims parameter 1 only. Other parameters (humidity, wind) and
// the daily form are not read. Of an answer that begins with its values and does
// not show its parameter, it claims what could be a temperature: text values
// with a decimal point, which humidity has not.
func recogniseJSON(head []byte) string {
	if !bytes.Contains(head, []byte(`"date"`)) || !bytes.Contains(head, []byte(`"quality"`)) {
		if !bytes.Contains(head, []byte(`"station"`)) || !bytes.Contains(head, []byte(`"Lufttemperatur"`)) {
			return ""
		}
	}
	if _, rest, ok := bytes.Cut(head, []byte(`"parameter"`)); ok {
		rest, _, _ = bytes.Cut(rest, []byte("}"))
		if text(rest, "key") == "1" {
			return hourly
		}
		return ""
	}
	rest := bytes.TrimLeft(head[1:], " \t\r\n")
	if !bytes.HasPrefix(rest, []byte(`"value"`)) {
		return ""
	}
	_, first, _ := bytes.Cut(rest, []byte("{"))
	first, _, _ = bytes.Cut(first, []byte("}"))
	if bytes.Contains(first, []byte(`"date"`)) && bytes.Contains(first, []byte(`"quality"`)) && bytes.Contains([]byte(text(first, "value")), []byte(".")) {
		return hourly
	}
	return ""
}

// text finds the text that stands at a key, without decoding what surrounds it.
func text(object []byte, key string) string {
	_, rest, ok := bytes.Cut(object, []byte(`"`+key+`"`))
	if !ok {
		return ""
	}
	rest = bytes.TrimLeft(rest, " \t\r\n:")
	if !bytes.HasPrefix(rest, []byte(`"`)) {
		return ""
	}
	value, _, _ := bytes.Cut(rest[1:], []byte(`"`))
	return string(value)
}

// Decode turns answers of the service into rows: a file is one, and what was
// fetched for a municipality may be those of two stations.
func (Source) Decode(ctx context.Context, x pipeline.Extract, out pipeline.Output) (pipeline.Edition, error) {
	var whole pipeline.Edition
	for _, part := range x.Parts {
		edition, err := decodePart(ctx, x.DataSet, part, out)
		if err != nil {
			return pipeline.Edition{}, err
		}
		whole.AsOf = max(whole.AsOf, edition.AsOf)
	}
	return whole, nil
}

func decodePart(ctx context.Context, dataSet string, part pipeline.Part, out pipeline.Output) (pipeline.Edition, error) {
	begin, err := firstByte(part)
	if err != nil {
		return pipeline.Edition{}, err
	}
	switch {
	case dataSet == daily:
		return decodeArchive(ctx, part, daysForm, out)
	case begin == '{':
		return decodeJSON(ctx, part, out)
	}
	return decodeArchive(ctx, part, hoursForm, out)
}
