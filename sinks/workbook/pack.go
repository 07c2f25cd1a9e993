package workbook

import (
	"archive/zip"
	"bytes"
	"cmp"
	"errors"
	"io"
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"time"
)

// sheetEnd is what the rows of a sheet stand before, and stands once in a sheet: in
// texts the sign < is written otherwise.
const sheetEnd = "</sheetData>"

// contentTypes is the part that readers look for first.
const contentTypes = "[Content_Types].xml"

// pack puts a workbook together. Excelize hands its parts over in no fixed order: they
// are packed by name, so that the same workbook has the same bytes.
type pack struct {
	to    io.Writer
	parts map[string]*bytes.Buffer
	whole map[string][]byte // parts that stand for those of the same name
	rows  map[string][]byte // rows to put into a part, at the end of its sheet
}

// Create returns the place where a part is written.
func (p *pack) Create(name string) (io.Writer, error) {
	p.parts[name] = &bytes.Buffer{}
	return p.parts[name], nil
}

// AddFS is asked for by the interface, and by nobody else.
func (p *pack) AddFS(fs.FS) error { return errors.ErrUnsupported }

// Close packs the parts.
func (p *pack) Close() error {
	var names []string
	for name := range p.parts {
		names = append(names, name)
	}
	slices.SortFunc(names, func(a, b string) int {
		switch contentTypes {
		case a:
			return -1
		case b:
			return 1
		}
		return cmp.Compare(a, b)
	})
	z := zip.NewWriter(p.to)
	for _, name := range names {
		// The first time that a zip file can state: with none some readers complain.
		part, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)})
		if err != nil {
			return err
		}
		text, tail := p.parts[name].Bytes(), []byte(nil)
		if whole := p.whole[name]; whole != nil {
			text = whole
		}
		if name == contentTypes {
			text = inOrder(text)
		}
		if rows := p.rows[name]; rows != nil {
			end := bytes.LastIndex(text, []byte(sheetEnd))
			if end < 0 {
				return errors.New(name + " has no rows")
			}
			text, tail = text[:end], text[end:]
			if _, err := part.Write(text); err != nil {
				return err
			}
			text = rows
		}
		if _, err := part.Write(text); err != nil {
			return err
		}
		if _, err := part.Write(tail); err != nil {
			return err
		}
	}
	return z.Close()
}

// kinds are the types of files that excelize lists in no fixed order.
var kinds = regexp.MustCompile(`(?:<Default [^>]*></Default>)+`)

// inOrder sorts the types of files.
func inOrder(text []byte) []byte {
	const end = "</Default>"
	return kinds.ReplaceAllFunc(text, func(all []byte) []byte {
		each := strings.SplitAfter(string(all), end)
		slices.Sort(each)
		return []byte(strings.Join(each, ""))
	})
}
