package sources

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"strings"

	"samkraft/pipeline"
)

// byteOrderMark is what some programs write before UTF-8.
const byteOrderMark = "\ufeff"

// SkipMark reads r without the byte order mark that may stand before it.
func SkipMark(r io.Reader) *bufio.Reader {
	buffered := bufio.NewReaderSize(r, 1<<16)
	if mark, _ := buffered.Peek(len(byteOrderMark)); string(mark) == byteOrderMark {
		buffered.Discard(len(byteOrderMark))
	}
	return buffered
}

// Begin returns the head of a text from its first character on: without a byte
// order mark, blanks and empty lines before it.
func Begin(head []byte) []byte {
	return bytes.TrimLeft(bytes.TrimPrefix(head, []byte(byteOrderMark)), " \t\r\n")
}

// FirstLine returns the first line of a text, without a byte order mark before
// it and its end.
func FirstLine(head []byte) string {
	line, _, _ := bytes.Cut(bytes.TrimPrefix(head, []byte(byteOrderMark)), []byte("\n"))
	return string(bytes.TrimSuffix(line, []byte("\r")))
}

// Separator tells the separator of a delimited text from its header line: a
// semicolon where there is one, else a comma. It is for publishers whose column
// names have neither.
func Separator(header string) rune {
	if strings.Contains(header, ";") {
		return ';'
	}
	return ','
}

// Head returns up to n bytes from the beginning of a part. Damage behind the
// first byte is no error here: it shows again when the part is read.
func Head(part pipeline.Part, n int) ([]byte, error) {
	body, err := part.Open()
	if err != nil {
		return nil, &pipeline.Problem{File: part.Name, What: err.Error()}
	}
	defer body.Close()
	head := make([]byte, n)
	n, err = io.ReadFull(body, head)
	if err != nil && n == 0 && !errors.Is(err, io.EOF) {
		return nil, &pipeline.Problem{File: part.Name, What: "cannot be read: " + err.Error(), Expected: "a whole file"}
	}
	return head[:n], nil
}

// Digits reports whether a text is made of the digits 0 to 9, at least one.
func Digits(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}
