package scb

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"samkraft/pipeline"
	"samkraft/sources"
)

// examine looks at the head of a file for its delimiter and encoding. Valid UTF-8
// is taken as UTF-8 whether its letters are intact or were replaced; all else is
// ISO-8859-1. Either way labels are known by their ASCII letters, so a wrong
// guess spoils no more than the spelling in an error.
func examine(part pipeline.Part) (rune, sources.Encoding, error) {
	body, err := part.Open()
	if err != nil {
		return 0, 0, &pipeline.Problem{File: part.Name, What: err.Error()}
	}
	defer body.Close()
	head := make([]byte, 64<<10)
	n, err := io.ReadFull(body, head)
	if err != nil && n == 0 && !errors.Is(err, io.EOF) {
		return 0, 0, &pipeline.Problem{File: part.Name, What: "cannot be read: " + err.Error(), Expected: "a whole file"}
	}
	head = head[:n]
	encoding := sources.Damaged
	for i := 0; i < len(head); {
		r, size := utf8.DecodeRune(head[i:])
		if r == utf8.RuneError && size == 1 && (utf8.FullRune(head[i:]) || n < 64<<10) {
			encoding = sources.Latin1
			break
		}
		i += size
	}
	return delimiter(firstLine(head)), encoding, nil
}

func firstLine(head []byte) string {
	line, _, _ := strings.Cut(string(head), "\n")
	return strings.TrimPrefix(strings.TrimSuffix(line, "\r"), "\ufeff")
}

func delimiter(header string) rune {
	if strings.Contains(header, ";") {
		return ';'
	}
	return ','
}

// whole checks that nothing is missing at the end. The database writes a full
// grid, every region with the same categories and fuels, and ends the last line.
func whole(name string, regions []*region, end *lastByte) error {
	if end.b != '\n' {
		return &pipeline.Problem{File: name, What: "the last line has no end", Expected: "a whole file", Remedy: "copy or download it again"}
	}
	for _, r := range regions {
		if r.lines != regions[0].lines {
			return &pipeline.Problem{File: name, What: fmt.Sprintf("region %v has %d lines and region %v has %d", r.code, r.lines, regions[0].code, regions[0].lines),
				Expected: "the same categories and fuels for every region, as the database writes them", Remedy: "copy or download it again"}
		}
	}
	return nil
}

// lastByte remembers the last byte that was read of a part.
type lastByte struct{ b byte }

func (l *lastByte) of(part pipeline.Part) pipeline.Part {
	open := part.Open
	part.Open = func() (io.ReadCloser, error) {
		body, err := open()
		if err != nil {
			return nil, err
		}
		return watched{body, l}, nil
	}
	return part
}

type watched struct {
	io.ReadCloser
	last *lastByte
}

func (w watched) Read(p []byte) (int, error) {
	n, err := w.ReadCloser.Read(p)
	if n > 0 {
		w.last.b = p[n-1]
	}
	return n, err
}
