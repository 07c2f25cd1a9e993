package energidataservice

import (
	"errors"
	"io"
	"slices"
	"strings"

	"samkraft/pipeline"
	"samkraft/sources"
)

// sniffCSV returns the data set of a CSV by its header.
func sniffCSV(head []byte) string {
	line := sources.FirstLine(head)
	if len(line) > 4096 {
		return ""
	}
	return known(strings.Split(line, ";"))
}

// readCSV reads a CSV download.
func readCSV(part pipeline.Part, l *layout, each func(*record) error) error {
	c, err := sources.OpenCSV(part, ';', sources.UTF8)
	if err != nil {
		return err
	}
	defer c.Close()
	want := slices.Clone(l.columns)
	for i, name := range c.Header() {
		if i < len(want) && isMunicipality(name) && isMunicipality(want[i]) {
			want[i] = name
		}
	}
	if err := c.Expect(want...); err != nil {
		return err
	}
	r := record{numbers: make([]pipeline.Decimal, len(want)), mark: ',', fail: func(column int, what, expected string) error { return c.Problem(column, what, expected) }}
	for {
		row, err := c.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		r.texts, r.location = row, c.Location()
		if err := each(&r); err != nil {
			return err
		}
	}
	if !c.EndsInLineBreak() {
		return &pipeline.Problem{File: part.Name, Row: c.Line(), What: "the last line has no end", Expected: "a line break, as the service writes it: the file may have been cut short", Remedy: "download it again"}
	}
	return nil
}
