package standin

import (
	"fmt"
	"io"
	"strings"
	"time"
)

// writeCSV writes three blocks, then the figures. The first rows carry free text in
// their last field, and line ends come in both kinds.
func (x SMHIStation) writeCSV(w io.Writer, a smhiAsked, from, to time.Time) error {
	p := smhiParameters[a.parameter]
	header := p.header
	switch a.twist {
	case ChangedHeader:
		header = strings.Replace(header, "Lufttemperatur;Kvalitet", "Kvalitet;Lufttemperatur", 1)
	case ExtraColumn:
		header = strings.Replace(header, "Kvalitet;", "Kvalitet;Instrument;", 1)
	case RenamedColumn:
		header = strings.Replace(header, "Lufttemperatur", "Temperatur", 1)
	}
	head := "\ufeffStationsnamn;Stationsnummer;Stationsnät;Mäthöjd (meter över marken)\n" + x.Name + ";" + x.ID + ";SMHIs stationsnät;2.0\n\n" +
		"Parameternamn;Beskrivning;Enhet\n" + p.name + ";" + p.summary + ";celsius\n\n" +
		"Tidsperiod (fr.o.m);Tidsperiod (t.o.m);Höjd (meter över havet);Latitud (decimalgrader);Longitud (decimalgrader)\n" +
		fmt.Sprintf("%s;%s;12.0;%.4f;%.4f\n\n", x.From.Format(time.DateTime), x.end(a.updated).Format(time.DateTime), x.Latitude, x.Longitude) + header + "\r\n"
	if _, err := io.WriteString(w, head); err != nil {
		return err
	}
	notes := []string{";;Kvalitetskontrollerade historiska data (utom de senaste 3 mån)", ";;Kvalitetskoderna:", ";;Grön (G) = Kontrollerade och godkända värden."}
	buffer := make([]byte, 0, 1<<16)
	err := x.each(a, from, to, func(t time.Time, degrees string) error {
		if a.parameter == "2" {
			buffer = fmt.Appendf(buffer, "%s;%s;%s;%s;Y", t.Add(time.Second).Format(time.DateTime), t.AddDate(0, 0, 1).Format(time.DateTime), t.Format(time.DateOnly), degrees)
		} else {
			buffer = append(t.AppendFormat(buffer, "2006-01-02;15:04:05;"), degrees+";G"...)
		}
		if a.twist == ExtraColumn {
			buffer = append(buffer, ";7"...)
		}
		if len(notes) > 0 {
			buffer, notes = append(buffer, notes[0]...), notes[1:]
		}
		buffer = append(buffer, '\n')
		if len(buffer) < 1<<15 {
			return nil
		}
		_, err := w.Write(buffer)
		buffer = buffer[:0]
		return err
	})
	if err != nil {
		return err
	}
	_, err = w.Write(buffer)
	return err
}

// writeJSON writes the figures first, as the service has done: who measured what is
// told at the end.
func (x SMHIStation) writeJSON(w io.Writer, a smhiAsked, from, to time.Time) error {
	values, value, more := "value", "value", ""
	switch a.twist {
	case ChangedHeader:
		values = "values"
	case RenamedColumn:
		value = "temperature"
	case ExtraColumn:
		more = `,"instrument":7`
	}
	if _, err := fmt.Fprintf(w, `{%q:[`, values); err != nil {
		return err
	}
	comma := ""
	err := x.each(a, from, to, func(t time.Time, degrees string) error {
		// A figure by the day has the form that is told of it, and that nobody has kept.
		stamp := fmt.Sprintf(`"date":%d`, t.UnixMilli())
		if a.parameter == "2" {
			stamp = fmt.Sprintf(`"from":%d,"to":%d,"ref":%q`, t.Add(time.Second).UnixMilli(), t.AddDate(0, 0, 1).UnixMilli(), t.Format(time.DateOnly))
		}
		_, err := fmt.Fprintf(w, `%s{%s,%q:%q,"quality":"G"%s}`, comma, stamp, value, degrees, more)
		comma = ","
		return err
	})
	if err != nil {
		return err
	}
	p := smhiParameters[a.parameter]
	_, err = fmt.Fprintf(w, `],"updated":%d,"parameter":{"key":%q,"name":%q,"summary":%q,"unit":"celsius"},"station":{"key":%q,"name":%q,"owner":"SMHI","height":2.0},`+
		`"period":{"key":%q,"from":%d,"to":%d,"summary":"Data från senaste fyra månaderna","sampling":"60 minuter"},"position":[{"from":%d,"to":%d,"height":12.0,"latitude":%v,"longitude":%v}],"link":[]}`,
		a.updated.UnixMilli(), a.parameter, p.name, p.summary, x.ID, x.Name, a.period, from.UnixMilli(), to.UnixMilli(), x.From.UnixMilli(), x.end(a.updated).UnixMilli(), x.Latitude, x.Longitude)
	return err
}
