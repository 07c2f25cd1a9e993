package costtable

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"samkraft/pipeline"
)

// readText reads delimited text.
func readText(file string, content []byte, headers []header) (*sheet, error) {
	content = bytes.TrimPrefix(content, []byte("\ufeff"))
	if line, ok := notUTF8(content); ok {
		return nil, &pipeline.Problem{File: file, Row: line, What: "holds letters that are no UTF-8", Expected: "CSV in UTF-8, or XLSX", Remedy: "save it as \"CSV UTF-8\""}
	}
	// The header has no place for a delimiter but between its two names.
	first, _, _ := bytes.Cut(bytes.TrimLeft(content, " \t\r\n"), []byte("\n"))
	s := &sheet{file: file, mark: '.'}
	reader := csv.NewReader(bytes.NewReader(content))
	reader.FieldsPerRecord = -1
	reader.ReuseRecord = true
	if bytes.ContainsRune(first, ';') {
		reader.Comma = ';'
		s.mark = ','
	}
	named := false
	for {
		cells, err := reader.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		var parse *csv.ParseError
		if errors.As(err, &parse) {
			return nil, &pipeline.Problem{File: file, Row: parse.StartLine, What: "cannot be read: " + parse.Err.Error(), Expected: "rows of two cells"}
		}
		if err != nil {
			return nil, &pipeline.Problem{File: file, What: err.Error()}
		}
		line, _ := reader.FieldPos(0)
		if named {
			if err := s.add(line, cells); err != nil {
				return nil, err
			}
			continue
		}
		if cells = filled(cells); len(cells) == 0 {
			continue
		}
		if s.header, named = match(cells, headers); !named {
			return nil, &pipeline.Problem{File: file, Row: line, What: fmt.Sprintf("the header is %q", shorten(strings.Join(cells, " | "))), Expected: columns(headers) + ", with a comma or a semicolon between them"}
		}
	}
	if !named {
		return nil, &pipeline.Problem{File: file, What: "the file is empty", Expected: columns(headers)}
	}
	return s.whole()
}

// notUTF8 finds the first line that is no UTF-8.
func notUTF8(content []byte) (line int, found bool) {
	if utf8.Valid(content) {
		return 0, false
	}
	line = 1
	for len(content) > 0 {
		r, size := utf8.DecodeRune(content)
		if r == utf8.RuneError && size == 1 {
			break
		}
		if r == '\n' {
			line++
		}
		content = content[size:]
	}
	return line, true
}

// shorten keeps what a message quotes to one line of a terminal.
func shorten(text string) string {
	const most = 60
	if letters := []rune(text); len(letters) > most {
		return string(letters[:most]) + "…"
	}
	return text
}
