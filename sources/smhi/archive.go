package smhi

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"samkraft/pipeline"
)

// form is what differs between the two series in CSV.
type form struct {
	description string // of the parameter
	header      string // of the data
	station     string // table
	row         func(a *archive, fields []string) error
}

var hoursForm = form{"momentanvärde, 1 gång/tim", "Datum;Tid (UTC);Lufttemperatur;Kvalitet;;Tidsutsnitt:", stationHourly, (*archive).hour}

var daysForm = form{"medelvärde 1 dygn, 1 gång/dygn, kl 00", "Från Datum Tid (UTC);Till Datum Tid (UTC);Representativt dygn;Lufttemperatur;Kvalitet;;Tidsutsnitt:", stationDaily, (*archive).day}

// The blocks before the data. The header of the station had no network and
// another name for the number until about 2022.
const (
	stationHeader   = "Stationsnamn;Stationsnummer;Stationsnät;Mäthöjd (meter över marken)"
	stationHeader21 = "Stationsnamn;Klimatnummer;Mäthöjd (meter över marken)"
	parameterHeader = "Parameternamn;Beskrivning;Enhet"
	periodHeader    = "Tidsperiod (fr.o.m);Tidsperiod (t.o.m);Höjd (meter över havet);Latitud (decimalgrader);Longitud (decimalgrader)"
)

// archive is the state of reading one file in CSV.
type archive struct {
	form      form
	part      pipeline.Part
	out       pipeline.Output
	lines     *bufio.Scanner
	line      int
	station   station
	parameter bool
	last      time.Time
	rows      int
}

func decodeArchive(ctx context.Context, part pipeline.Part, f form, out pipeline.Output) (pipeline.Edition, error) {
	body, err := part.Open()
	if err != nil {
		return pipeline.Edition{}, &pipeline.Problem{File: part.Name, What: err.Error()}
	}
	defer body.Close()
	a := &archive{form: f, part: part, out: out, lines: bufio.NewScanner(body)}
	a.lines.Buffer(make([]byte, 0, 4096), 1<<16)
	if err := a.blocks(); err != nil {
		return pipeline.Edition{}, err
	}
	s := a.station
	if what := s.check(); what != "" {
		return pipeline.Edition{}, a.problem(what, "a station in Sweden")
	}
	if err := out.Row(f.station, "the blocks before the data", s.id, s.name, s.position.lon, s.position.lat, s.position.height); err != nil {
		return pipeline.Edition{}, err
	}
	for {
		line, err := a.next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return pipeline.Edition{}, err
		}
		if line == "" {
			continue
		}
		if a.rows++; a.rows%4096 == 0 && ctx.Err() != nil {
			return pipeline.Edition{}, a.problem(ctx.Err().Error(), "")
		}
		if err := a.data(line); err != nil {
			return pipeline.Edition{}, err
		}
	}
	if a.rows == 0 {
		return pipeline.Edition{}, a.problem("there is a header and no row", "rows")
	}
	return pipeline.Edition{AsOf: a.last.Format(time.DateOnly)}, nil
}

// blocks reads to the header of the data. The rows of the block of positions
// begin with dates, as the data do, so a row counts by the header above it.
func (a *archive) blocks() error {
	block := ""
	for {
		line, err := a.next()
		if errors.Is(err, io.EOF) {
			return a.problem("the file ends before the data", "the header "+a.form.header)
		}
		if err != nil {
			return err
		}
		fields := strings.Split(line, ";")
		switch {
		case line == "":
			block = ""
		case block == "" && line == a.form.header:
			return a.complete()
		case block == "":
			if line != stationHeader && line != stationHeader21 && line != parameterHeader && line != periodHeader {
				return a.problem(fmt.Sprintf("%q is not the header of a block", line), fmt.Sprintf("%q, %q, %q or %q", stationHeader, parameterHeader, periodHeader, a.form.header))
			}
			block = line
		case len(fields) != strings.Count(block, ";")+1:
			return a.problem(fmt.Sprintf("the row has %d fields", len(fields)), block)
		case block == parameterHeader:
			if err := a.readParameter(fields); err != nil {
				return err
			}
		case block == periodHeader:
			if err := a.readPosition(fields); err != nil {
				return err
			}
		case a.station.id != "":
			return a.problem(fmt.Sprintf("a second station, %q", fields[0]), "one station in a file")
		default:
			a.station.name, a.station.id = fields[0], fields[1]
		}
	}
}

func (a *archive) complete() error {
	missing := ""
	switch {
	case a.station.id == "":
		missing = stationHeader
	case !a.parameter:
		missing = parameterHeader
	case a.station.position.from.IsZero():
		missing = periodHeader
	default:
		return nil
	}
	return a.problem("the data begin and a block is missing", missing)
}

func (a *archive) readParameter(fields []string) error {
	if fields[0] != "Lufttemperatur" || fields[1] != a.form.description {
		return a.problem(fmt.Sprintf("the parameter is %q, %q", fields[0], fields[1]), fmt.Sprintf("%q, %q", "Lufttemperatur", a.form.description))
	}
	if what := checkUnit(fields[2]); what != "" {
		return a.problem(what, "celsius")
	}
	a.parameter = true
	return nil
}

// readPosition keeps the latest position.
func (a *archive) readPosition(fields []string) error {
	from, err := time.Parse(time.DateTime, fields[0])
	if err != nil || !plausible(from) {
		return a.problem(fmt.Sprintf("%q is not a time", fields[0]), "yyyy-mm-dd hh:mm:ss")
	}
	var numbers [3]float64
	for i := range numbers {
		d, err := pipeline.ParseDecimal(fields[2+i], '.')
		if err != nil {
			return a.problem(err.Error(), "height, latitude and longitude with a decimal point")
		}
		numbers[i] = d.Float()
	}
	if from.After(a.station.position.from) {
		a.station.position = position{lon: numbers[2], lat: numbers[1], height: numbers[0], from: from}
	}
	return nil
}

// data reads a row of data. What the publisher tells about the file as a whole
// stands as free text behind an empty field in the first rows.
func (a *archive) data(line string) error {
	n := strings.Count(a.form.header, ";") - 1 // fields without the two behind
	fields := strings.SplitN(line, ";", n+2)
	if len(fields) != n && len(fields) != n+2 {
		return a.problem(fmt.Sprintf("the row has %d fields", len(fields)), fmt.Sprintf("%d, or %d with text in the last", n, n+2))
	}
	if len(fields) > n && fields[n] != "" {
		return a.problem(fmt.Sprintf("%q stands behind the mark of quality", fields[n]), "an empty field")
	}
	return a.form.row(a, fields)
}

func (a *archive) hour(fields []string) error {
	t, err := time.Parse(time.DateTime, fields[0]+" "+fields[1])
	if err != nil || !plausible(t) || !t.Equal(t.Truncate(time.Hour)) {
		return a.problem(fmt.Sprintf("%q is not an hour", fields[0]+" "+fields[1]), "a date and a full hour, yyyy-mm-dd;hh:00:00")
	}
	value, what, expected := reading(fields[2], fields[3])
	if what != "" {
		return a.problem(what, expected)
	}
	a.cover(t)
	return a.out.Row(temperatureHour, a.location(), a.station.id, t, a.station.name, value, fields[3])
}

// day checks that a row spans a day that the day it is about lies in.
func (a *archive) day(fields []string) error {
	day, err := time.Parse(time.DateOnly, fields[2])
	if err != nil || !plausible(day) {
		return a.problem(fmt.Sprintf("%q is not a day", fields[2]), "yyyy-mm-dd")
	}
	from, errFrom := time.Parse(time.DateTime, fields[0])
	to, errTo := time.Parse(time.DateTime, fields[1])
	if errFrom != nil || errTo != nil || to.Sub(from) <= 0 || to.Sub(from) > 24*time.Hour || to.Before(day) || from.After(day.AddDate(0, 0, 1)) {
		return a.problem(fmt.Sprintf("%s to %s is not the day %s", fields[0], fields[1], fields[2]), "the 24 hours of the day")
	}
	value, what, expected := reading(fields[3], fields[4])
	if what != "" {
		return a.problem(what, expected)
	}
	a.cover(day)
	return a.out.Row(temperatureDay, a.location(), a.station.id, day, value, fields[4])
}

func (a *archive) cover(t time.Time) {
	if t.After(a.last) {
		a.last = t
	}
}

func (a *archive) location() string { return "line " + strconv.Itoa(a.line) }

// next returns the next line without its ending.
func (a *archive) next() (string, error) {
	if !a.lines.Scan() {
		if err := a.lines.Err(); err != nil {
			a.line++
			return "", a.problem("cannot be read further: "+err.Error(), "a whole file with lines of ordinary length")
		}
		return "", io.EOF
	}
	a.line++
	line := a.lines.Bytes()
	if a.line == 1 && len(line) >= 3 && string(line[:3]) == "\ufeff" {
		line = line[3:]
	}
	text := string(line)
	if !utf8.ValidString(text) || strings.ContainsRune(text, utf8.RuneError) {
		return "", a.problem(fmt.Sprintf("%.60q is not UTF-8 text", text), "UTF-8, as the publisher writes it")
	}
	return strings.TrimRight(text, " \r"), nil
}

func (a *archive) problem(what, expected string) error {
	return &pipeline.Problem{File: a.part.Name, Row: a.line, What: what, Expected: expected}
}
