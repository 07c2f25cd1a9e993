package energidataservice

import (
	"bytes"
	"errors"
	"io"
	"slices"
	"strings"

	"samkraft/pipeline"
	"samkraft/sources"
)

const byteOrderMark = "\ufeff"

// sniffCSV returns the data set of a CSV by its header.
func sniffCSV(head []byte) string {
	line, _, _ := bytes.Cut(bytes.TrimPrefix(head, []byte(byteOrderMark)), []byte("\n"))
	if len(line) > 4096 {
		return ""
	}
	return known(strings.Split(strings.TrimRight(string(line), "\r"), ";"))
}

// readCSV reads a CSV download.
func readCSV(part pipeline.Part, l *layout, each func(*record) error) error {
	end := &ending{}
	open := part.Open
	part.Open = func() (io.ReadCloser, error) {
		body, err := open()
		end.ReadCloser = body
		return end, err
	}
	c, err := sources.OpenCSV(part, ';', sources.UTF8)
	if err != nil {
		return err
	}
	defer c.Close()
	want := slices.Clone(l.columns)
	for i, name := range c.Header() {
		if i < len(want) && name == "MunicipalityCode" && want[i] == "MunicipalityNo" {
			want[i] = name
		}
	}
	if err := c.Expect(want...); err != nil {
		return err
	}
	r := record{mark: ',', fail: func(column int, what, expected string) error { return c.Problem(column, what, expected) }}
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
	// A file that was cut within its last number still reads as a number.
	if end.last != '\n' {
		return &pipeline.Problem{File: part.Name, Row: c.Line(), What: "the last line has no end", Expected: "a line break, as the service writes it: the file may have been cut short", Remedy: "download it again"}
	}
	return nil
}

// ending remembers the last byte that was read.
type ending struct {
	io.ReadCloser
	last byte
}

func (e *ending) Read(p []byte) (int, error) {
	n, err := e.ReadCloser.Read(p)
	if n > 0 {
		e.last = p[n-1]
	}
	return n, err
}
