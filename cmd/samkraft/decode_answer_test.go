package main

import (
	"context"
	"encoding/json"
	"io"
	"strconv"
	"time"

	"samkraft/pipeline"
	"samkraft/sources/energidataservice"
)

// consumptionAnswer writes an answer of Energi Data Service's ConsumptionIndustry
// of any number of rows, about 136 bytes each: every hour, municipality and
// branch, in that order. As lines it is one record a line, without what stands
// around them.
type consumptionAnswer struct {
	rows, next int
	lines      bool
	hour       time.Time
	utc, local string
	codes      []string
	buffer     []byte
	rest       []byte // of the buffer, not yet read
}

var branches = []string{"Privat", "Erhverv", "Offentligt"}

func newConsumptionAnswer(rows int, lines bool) *consumptionAnswer {
	a := &consumptionAnswer{rows: rows, lines: lines, hour: time.Date(2021, 1, 1, 0, 0, 0, 0, time.UTC)}
	for _, m := range pipeline.Municipalities() {
		if m.Country == "DK" {
			a.codes = append(a.codes, m.Code)
		}
	}
	if !lines {
		a.rest = []byte(`{"total":` + strconv.Itoa(rows) + `,"sort":"HourUTC","limit":0,"dataset":"ConsumptionIndustry","records":[`)
	}
	return a
}

func (a *consumptionAnswer) Read(p []byte) (int, error) {
	if len(a.rest) == 0 {
		if a.next > a.rows {
			return 0, io.EOF
		}
		a.buffer = a.buffer[:0]
		for len(a.buffer) < 1<<15 && a.next < a.rows {
			a.record()
		}
		if a.next == a.rows {
			if a.next++; !a.lines {
				a.buffer = append(a.buffer, "]}\n"...)
			}
		}
		a.rest = a.buffer
	}
	n := copy(p, a.rest)
	a.rest = a.rest[n:]
	return n, nil
}

func (a *consumptionAnswer) record() {
	perHour := len(a.codes) * len(branches)
	if a.next%perHour == 0 {
		hour := a.hour.Add(time.Duration(a.next/perHour) * time.Hour)
		a.utc, a.local = hour.Format("2006-01-02T15:04:05"), hour.Add(time.Hour).Format("2006-01-02T15:04:05")
	}
	if a.next > 0 && !a.lines {
		a.buffer = append(a.buffer, ',')
	}
	b := append(append(a.buffer, `{"HourUTC":"`...), a.utc...)
	b = append(append(b, `","HourDK":"`...), a.local...)
	b = append(append(b, `","MunicipalityNo":"`...), a.codes[a.next/len(branches)%len(a.codes)]...)
	b = append(append(b, `","Branche":"`...), branches[a.next%len(branches)]...)
	b = strconv.AppendInt(append(b, `","ConsumptionkWh":`...), int64(a.next)*7919%89989+10007, 10)
	b = strconv.AppendInt(append(b, '.'), int64(a.next)*104729%899981+100003, 10)
	b = append(b, '}')
	if a.lines {
		b = append(b, '\n')
	}
	a.buffer = b
	a.next++
}

// extract is the answer as the pipeline meets it.
func consumptionExtract(name string, rows int) pipeline.Extract {
	return pipeline.Extract{Source: "energidataservice", DataSet: "ConsumptionIndustry", SHA256: name, Parts: []pipeline.Part{{
		Role: "data", Name: "ConsumptionIndustry.json",
		Open: func() (io.ReadCloser, error) { return io.NopCloser(newConsumptionAnswer(rows, false)), nil },
	}}}
}

// plainDecoder reads consumption as one would with encoding/json: record by
// record from the stream, each into a struct. It stands for what the source's own
// decoder is compared with, and gives the same rows.
type plainDecoder struct{ energidataservice.Source }

func (plainDecoder) Decode(_ context.Context, x pipeline.Extract, out pipeline.Output) (pipeline.Edition, error) {
	body, err := x.Parts[0].Open()
	if err != nil {
		return pipeline.Edition{}, err
	}
	defer body.Close()
	d := json.NewDecoder(body)
	for t := json.Token(nil); t != json.Delim('['); {
		if t, err = d.Token(); err != nil {
			return pipeline.Edition{}, err
		}
	}
	const layout = "2006-01-02T15:04:05"
	asOf := ""
	for n := 0; d.More(); n++ {
		var r struct {
			HourUTC, HourDK, MunicipalityNo, Branche string
			ConsumptionkWh                           json.Number
		}
		if err := d.Decode(&r); err != nil {
			return pipeline.Edition{}, err
		}
		utc, err := time.Parse(layout, r.HourUTC)
		if err != nil {
			return pipeline.Edition{}, err
		}
		local, err := time.Parse(layout, r.HourDK)
		if err != nil {
			return pipeline.Edition{}, err
		}
		energy, err := pipeline.ParseDecimal(r.ConsumptionkWh.String(), '.')
		if err != nil {
			return pipeline.Edition{}, err
		}
		offset := int(local.Sub(utc) / time.Minute)
		if err := out.Row("eds_consumption", "records["+strconv.Itoa(n)+"]", "DK", r.MunicipalityNo, r.Branche, utc, energy, pipeline.Observed, offset); err != nil {
			return pipeline.Edition{}, err
		}
		asOf = max(asOf, r.HourUTC[:10])
	}
	return pipeline.Edition{AsOf: asOf}, nil
}
