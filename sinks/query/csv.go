package query

import (
	"io"
	"strings"
)

func writeCSV(w io.Writer, r *Result) error {
	var line []byte
	for i, c := range r.Columns {
		line = appendField(line, i, c.Name)
	}
	if _, err := w.Write(append(line, "\r\n"...)); err != nil {
		return err
	}
	for row, err := range r.Rows() {
		if err != nil {
			return err
		}
		line = line[:0]
		for i, v := range row {
			switch {
			case v != nil:
				line = appendField(line, i, textOf(v, r.Columns[i].Type))
			case len(row) == 1:
				// Many readers take an empty line for no line at all.
				line = append(line, `""`...)
			case i > 0:
				line = append(line, ',')
			}
		}
		if _, err := w.Write(append(line, "\r\n"...)); err != nil {
			return err
		}
	}
	return nil
}

func appendField(line []byte, index int, text string) []byte {
	if index > 0 {
		line = append(line, ',')
	}
	if text != "" && !strings.ContainsAny(text, "\",\r\n") && text[0] != ' ' && text[len(text)-1] != ' ' {
		return append(line, text...)
	}
	line = append(line, '"')
	line = append(line, strings.ReplaceAll(text, `"`, `""`)...)
	return append(line, '"')
}
