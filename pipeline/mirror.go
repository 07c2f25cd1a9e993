package pipeline

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"sort"
	"strings"

	"github.com/klauspost/compress/zstd"
)

// sniffLength is how much of a file a source sees to recognise it.
const sniffLength = 64 << 10

// maxFile bounds what one file may expand to, so that a small hostile file
// cannot fill memory or disk.
const maxFile = 4 << 30

// maxWorkbook bounds a workbook, which has to stand in memory whole: many times
// what any publisher's holds.
const maxWorkbook = 256 << 20

// Mirror is what a folder of publishers' files turned out to hold.
type Mirror struct {
	Extracts     []Extract  // by source, data set, hash
	Unrecognised []string   // files that no source claims
	SetAside     []SetAside // files that are known but cannot be used
}

// SetAside is a file that cannot be used. When Broken it is a fault of the file
// (it cannot be read to its end), which stops the plans that need its data set, or
// where even that cannot be told (Source is empty) every plan that misses something
// that its last snapshot was made with: data that went missing unnoticed are worse
// than a plan that waits. Otherwise something that
// belongs to the file is missing, and it stops a plan only where nothing else
// serves the data set.
type SetAside struct {
	Source, DataSet, File string
	Broken                bool
	Problem               *Problem
	set                   DataSet
}

type mirrorFile struct {
	name   string
	claim  Claim
	source int
	part   Part
}

// ReadMirror recognises the files below root by their content, in any folder
// and under any name; .zst and .gz are opened on the way. Files that two sources
// claim are an error. The result does not depend on names or order, but for the
// names that errors and lineage show.
func ReadMirror(ctx context.Context, root fs.FS, sources []Source) (Mirror, error) {
	var m Mirror
	var known []mirrorFile
	err := fs.WalkDir(root, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if entry.IsDir() && name != "." && strings.HasPrefix(entry.Name(), ".") {
			return fs.SkipDir
		}
		if !entry.Type().IsRegular() || strings.HasPrefix(entry.Name(), ".") {
			return nil
		}
		f, broken, err := recognise(root, name, sources)
		switch {
		case err != nil:
			return err
		case broken != nil:
			m.SetAside = append(m.SetAside, *broken)
		case f == nil:
			m.Unrecognised = append(m.Unrecognised, name)
		default:
			known = append(known, *f)
		}
		return nil
	})
	if err != nil {
		return Mirror{}, err
	}
	m.group(known, sources)
	sort.Slice(m.Extracts, func(i, j int) bool {
		a, b := m.Extracts[i], m.Extracts[j]
		return a.Source+"/"+a.DataSet+"/"+a.SHA256 < b.Source+"/"+b.DataSet+"/"+b.SHA256
	})
	return m, nil
}

// recognise returns the file's claim; or what is wrong with a file that a
// source claims by the part that can be read; or neither.
func recognise(root fs.FS, name string, sources []Source) (*mirrorFile, *SetAside, error) {
	open := func() (io.ReadCloser, error) { return openPlain(root, name) }
	s, damage := sniff(open)
	f := mirrorFile{name: name, source: -1}
	for i, source := range sources {
		claim, ok := source.Recognise(s)
		if !ok {
			continue
		}
		if f.source >= 0 {
			return nil, nil, &Problem{File: name, What: fmt.Sprintf("both %s and %s take this file for theirs", sources[f.source].Publisher().ID, source.Publisher().ID), Remedy: "take it out of the folder and report it"}
		}
		f.source, f.claim = i, claim
	}
	if f.source < 0 && damage == nil && len(s.Head) == 0 {
		damage = errors.New("the file is empty")
	}
	if f.source < 0 && damage != nil {
		return nil, &SetAside{File: name, Broken: true, Problem: &Problem{File: name,
			What: "cannot be read, and what is left of it does not tell what it is: " + damage.Error(), Expected: "a whole file", Remedy: "copy or download it again, or take it out"}}, nil
	}
	if f.source < 0 {
		return nil, nil, nil
	}
	if f.claim.Role == "" {
		f.claim.Role = "data"
	}
	hash := sha256.New()
	var size int64
	if damage == nil {
		size, damage = copyAll(hash, open)
	}
	if damage != nil {
		return nil, &SetAside{set: sources[f.source].Publisher().dataSet(f.claim.DataSet), Source: sources[f.source].Publisher().ID, DataSet: f.claim.DataSet, File: name, Broken: true,
			Problem: &Problem{File: name, What: "cannot be read to its end: " + damage.Error(), Expected: "a whole file", Remedy: "copy or download it again"}}, nil
	}
	f.part = Part{Role: f.claim.Role, Name: name, SHA256: hex.EncodeToString(hash.Sum(nil)), Bytes: size, Open: open}
	return &f, nil, nil
}

func copyAll(w io.Writer, open func() (io.ReadCloser, error)) (int64, error) {
	r, err := open()
	if err != nil {
		return 0, err
	}
	defer r.Close()
	n, err := io.Copy(w, r)
	return n, err
}

// group puts the parts that belong together into extracts. The same bytes under
// two names are one extract, known by the name that sorts first.
func (m *Mirror) group(known []mirrorFile, sources []Source) {
	sort.Slice(known, func(i, j int) bool {
		return known[i].part.SHA256+known[i].name < known[j].part.SHA256+known[j].name
	})
	seen := map[string]bool{}
	for _, f := range known {
		publisher := sources[f.source].Publisher()
		roles := []string{"data"}
		set := publisher.dataSet(f.claim.DataSet)
		if set.Roles != nil {
			roles = set.Roles
		}
		if f.claim.Role != roles[0] {
			if !slices.ContainsFunc(known, func(g mirrorFile) bool {
				return g.source == f.source && g.claim.DataSet == f.claim.DataSet && g.claim.Group == f.claim.Group && g.claim.Role == roles[0]
			}) {
				m.Unrecognised = append(m.Unrecognised, f.name) // nothing that it belongs to
			}
			continue // joins the extract of its group's first role
		}
		parts := []Part{f.part}
		missing := ""
		for _, role := range roles[1:] {
			found := false
			for _, g := range known {
				if g.source == f.source && g.claim.DataSet == f.claim.DataSet && g.claim.Group == f.claim.Group && g.claim.Role == role && !found {
					parts = append(parts, g.part)
					found = true
				}
			}
			if !found {
				missing = role
			}
		}
		if missing != "" {
			m.SetAside = append(m.SetAside, SetAside{set: set, Source: publisher.ID, DataSet: f.claim.DataSet, File: f.name,
				Problem: &Problem{File: f.name, What: "its " + missing + " is not in the folder", Expected: "the " + missing + " that the publisher gives beside it", Remedy: "put it into the folder"}})
			continue
		}
		x := NewExtract(publisher.ID, f.claim.DataSet, parts)
		if id := x.Source + "/" + x.DataSet + "/" + x.SHA256; !seen[id] {
			seen[id] = true
			m.Extracts = append(m.Extracts, x)
		}
	}
}

func extractHash(parts []Part) string {
	if len(parts) == 1 {
		return parts[0].SHA256
	}
	h := sha256.New()
	for _, p := range parts {
		io.WriteString(h, p.Role+" "+p.SHA256+"\n")
	}
	return hex.EncodeToString(h.Sum(nil))
}

// openPlain opens a file and undoes zstd and gzip, judged by the first bytes.
func openPlain(root fs.FS, name string) (io.ReadCloser, error) {
	f, err := root.Open(name)
	if err != nil {
		return nil, err
	}
	magic := make([]byte, 4)
	n, err := io.ReadFull(f, magic)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		f.Close()
		return nil, err
	}
	r := io.MultiReader(bytes.NewReader(magic[:n]), f)
	switch {
	case bytes.HasPrefix(magic[:n], []byte{0x28, 0xb5, 0x2f, 0xfd}):
		z, err := zstd.NewReader(r, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(maxFile))
		if err != nil {
			f.Close()
			return nil, err
		}
		return closers{&bounded{r: z}, func() error { z.Close(); return f.Close() }}, nil
	case bytes.HasPrefix(magic[:n], []byte{0x1f, 0x8b}):
		z, err := gzip.NewReader(r)
		if err != nil {
			f.Close()
			return nil, err
		}
		return closers{&bounded{r: z}, f.Close}, nil
	}
	return closers{&bounded{r: r}, f.Close}, nil
}

type closers struct {
	io.Reader
	close func() error
}

func (c closers) Close() error { return c.close() }

// bounded refuses to read more than maxFile.
type bounded struct {
	r io.Reader
	n int64
}

func (b *bounded) Read(p []byte) (int, error) {
	n, err := b.r.Read(p)
	if b.n += int64(n); b.n > maxFile {
		return n, fmt.Errorf("expands to more than %d bytes", int64(maxFile))
	}
	return n, err
}

// sniff reads the head of a file. Damage that shows already here is returned
// beside what could be read, so that the file can still be named for what it is.
func sniff(open func() (io.ReadCloser, error)) (Sniff, error) {
	r, err := open()
	if err != nil {
		return Sniff{}, err
	}
	defer r.Close()
	start, err := io.ReadAll(io.LimitReader(r, sniffLength+1))
	s := Sniff{Head: start[:min(len(start), sniffLength)], Whole: err == nil && len(start) <= sniffLength}
	if err != nil {
		return s, err
	}
	if bytes.HasPrefix(s.Head, []byte("PK\x03\x04")) {
		rest, err := io.ReadAll(io.LimitReader(r, maxWorkbook))
		if err == nil && len(rest) == maxWorkbook {
			err = fmt.Errorf("is a packed file of more than %d bytes", maxWorkbook)
		}
		if err != nil {
			return s, err
		}
		s.Sheets, s.Texts, err = sniffWorkbook(slices.Concat(start, rest))
		return s, err
	}
	return s, nil
}

// sniffWorkbook reads sheet names and the head of the shared strings without
// unpacking the sheets. Of a container that was cut it reads what is there.
func sniffWorkbook(b []byte) (sheets []string, texts string, err error) {
	take := func(name string, r io.Reader) {
		switch name {
		case "xl/workbook.xml":
			sheets = sheetNames(r)
		case "xl/sharedStrings.xml":
			text, _ := io.ReadAll(io.LimitReader(r, sniffLength))
			texts = string(text)
		}
	}
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		salvage(b, take)
		return sheets, texts, fmt.Errorf("the workbook is damaged: %w", err)
	}
	for _, f := range z.File {
		if f.Name != "xl/workbook.xml" && f.Name != "xl/sharedStrings.xml" {
			continue
		}
		r, err := f.Open()
		if err != nil {
			return sheets, texts, fmt.Errorf("the workbook is damaged: %s: %w", f.Name, err)
		}
		take(f.Name, r)
		r.Close()
	}
	return sheets, texts, nil
}

func sheetNames(r io.Reader) []string {
	names := []string{}
	d := xml.NewDecoder(io.LimitReader(r, 1<<20))
	for {
		token, err := d.Token()
		if err != nil {
			return names
		}
		if e, ok := token.(xml.StartElement); ok && e.Name.Local == "sheet" {
			for _, a := range e.Attr {
				if a.Name.Local == "name" {
					names = append(names, a.Value)
				}
			}
		}
	}
}

// salvage walks the local headers of a zip container that has lost its
// directory, as a file cut short has.
func salvage(b []byte, take func(string, io.Reader)) {
	for len(b) > 30 && bytes.HasPrefix(b, []byte("PK\x03\x04")) {
		method := binary.LittleEndian.Uint16(b[8:])
		nameLength := int(binary.LittleEndian.Uint16(b[26:]))
		start := 30 + nameLength + int(binary.LittleEndian.Uint16(b[28:]))
		if start > len(b) {
			return
		}
		name := string(b[30 : 30+nameLength])
		if method != zip.Deflate {
			return
		}
		body := bytes.NewReader(b[start:])
		r := flate.NewReader(body)
		take(name, r)
		if _, err := io.Copy(io.Discard, io.LimitReader(r, 1<<30)); err != nil {
			return
		}
		b = b[len(b)-body.Len():]
		if next := bytes.Index(b, []byte("PK\x03\x04")); next < 0 || next > 64 {
			return
		} else {
			b = b[next:]
		}
	}
}
