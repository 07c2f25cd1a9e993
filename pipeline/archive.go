package pipeline

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"sort"
	"strings"
	"time"

	"github.com/klauspost/compress/zstd"
)

// Archive keeps the exact bytes of every extract that was good, for ever:
// archive/SOURCE/DATASET/SHA256.zst and beside it the receipt EXTRACT.json.
type Archive struct {
	Disk FS
}

// Receipt says where an extract comes from.
type Receipt struct {
	Source    string        `json:"source"`
	DataSet   string        `json:"dataset"`
	Extract   string        `json:"extract"`
	Origin    Origin        `json:"origin"`
	Licence   string        `json:"licence"`
	FirstSeen time.Time     `json:"first_seen"`
	Parts     []ReceiptPart `json:"parts"`
}

// ReceiptPart is one response of an extract.
type ReceiptPart struct {
	Role   string      `json:"role"`
	Name   string      `json:"name"`
	SHA256 string      `json:"sha256"`
	Bytes  int64       `json:"bytes"`
	Answer *KeptAnswer `json:"answer,omitempty"`
}

// Origin says how an extract came here.
type Origin string

// The origins of extracts.
const (
	FromMirror Origin = "mirror"
	FromSample Origin = "sample"
	FromLive   Origin = "live"
)

// MadeUp begins the names of those files of the sample whose figures are made up.
const MadeUp = "made-up/"

func (a Archive) folder(x Extract) string  { return path.Join("archive", x.Source, x.DataSet) }
func (a Archive) receipt(x Extract) string { return path.Join(a.folder(x), x.SHA256+".json") }

// Keep stores an extract unless it is there already. The receipt is written
// last: an extract with a receipt is whole.
func (a Archive) Keep(x Extract, origin Origin, licence string, seen time.Time) error {
	if Exists(a.Disk, a.receipt(x)) {
		return nil
	}
	r := Receipt{Source: x.Source, DataSet: x.DataSet, Extract: x.SHA256, Origin: origin, Licence: licence, FirstSeen: seen.UTC()}
	for _, p := range x.Parts {
		r.Parts = append(r.Parts, ReceiptPart{p.Role, p.Name, p.SHA256, p.Bytes, p.Answer})
		name := path.Join(a.folder(x), p.SHA256+".zst")
		if Exists(a.Disk, name) {
			continue
		}
		if err := WriteFile(a.Disk, name, p.compress); err != nil {
			return err
		}
		if err := a.Disk.Freeze(name); err != nil {
			return err
		}
	}
	return WriteFile(a.Disk, a.receipt(x), func(w io.Writer) error {
		e := json.NewEncoder(w)
		e.SetIndent("", "  ")
		return e.Encode(r)
	})
}

func (p Part) compress(w io.Writer) error {
	r, err := p.Open()
	if err != nil {
		return err
	}
	defer r.Close()
	z, err := zstd.NewWriter(w, zstd.WithEncoderConcurrency(1))
	if err != nil {
		return err
	}
	h := sha256.New()
	_, err = io.Copy(io.MultiWriter(z, h), r)
	if err == nil && hex.EncodeToString(h.Sum(nil)) != p.SHA256 {
		err = &Problem{File: p.Name, What: "was changed while it was read", Expected: "a file that stands still", Remedy: "run again"}
	}
	return errors.Join(err, z.Close())
}

// Extract returns a kept extract by its receipt's name.
func (a Archive) Extract(source, dataSet, sha string) (Extract, error) {
	x := Extract{Source: source, DataSet: dataSet, SHA256: sha}
	r, err := a.readReceipt(a.receipt(x))
	if errors.Is(err, fs.ErrNotExist) {
		err = fmt.Errorf("the archive has lost the receipt of an extract: %w", err)
	}
	if err != nil {
		return x, err
	}
	for _, p := range r.Parts {
		x.Parts = append(x.Parts, a.part(source, dataSet, p))
	}
	return x, nil
}

func (a Archive) part(source, dataSet string, p ReceiptPart) Part {
	name := path.Join("archive", source, dataSet, p.SHA256+".zst")
	return Part{Role: p.Role, Name: p.Name, SHA256: p.SHA256, Bytes: p.Bytes, Answer: p.Answer,
		Open: func() (io.ReadCloser, error) { return openPlain(diskFS{a.Disk}, name) }}
}

// Take keeps the bytes of a publisher's answer before anybody has read them, and
// returns their hash and number. An extract of which they become a part is kept
// with [Archive.Keep]. One answer of a data set is taken at a time.
func (a Archive) Take(source, dataSet string, body io.Reader) (sha string, bytes int64, err error) {
	folder := path.Join("archive", source, dataSet)
	if err := a.Disk.MkdirAll(folder); err != nil {
		return "", 0, err
	}
	temp := Temp(path.Join(folder, "answer"))
	f, err := a.Disk.Create(temp)
	if err != nil {
		return "", 0, err
	}
	h := sha256.New()
	z, err := zstd.NewWriter(f, zstd.WithEncoderConcurrency(1))
	if err == nil {
		bytes, err = io.Copy(io.MultiWriter(z, h), body)
		err = errors.Join(err, z.Close())
	}
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		return "", 0, errors.Join(err, a.Disk.Remove(temp))
	}
	sha = hex.EncodeToString(h.Sum(nil))
	name := path.Join(folder, sha+".zst")
	if Exists(a.Disk, name) {
		return sha, bytes, a.Disk.Remove(temp)
	}
	if err := errors.Join(a.Disk.Freeze(temp), a.Disk.Rename(temp, name)); err != nil {
		return "", 0, err
	}
	return sha, bytes, a.Disk.Commit(folder)
}

// Answer returns the part that a kept answer is, or false where its bytes are gone.
func (a Archive) Answer(source, dataSet, role string, k KeptAnswer) (Part, bool) {
	p := a.part(source, dataSet, ReceiptPart{Role: role, Name: k.Address, SHA256: k.SHA256, Bytes: k.Bytes, Answer: &k})
	return p, k.SHA256 == "" || Exists(a.Disk, path.Join("archive", source, dataSet, k.SHA256+".zst"))
}

func (a Archive) readReceipt(name string) (Receipt, error) {
	var r Receipt
	text, err := ReadFile(a.Disk, name)
	if err != nil {
		return r, err
	}
	if err := json.Unmarshal(text, &r); err != nil {
		return r, fmt.Errorf("%s: %w", name, err)
	}
	return r, nil
}

// Receipts lists what is kept, by source, data set and extract.
func (a Archive) Receipts() ([]Receipt, error) {
	var all []Receipt
	err := a.eachReceipt(func(r Receipt) error {
		all = append(all, r)
		return nil
	})
	sort.Slice(all, func(i, j int) bool {
		return all[i].Source+"/"+all[i].DataSet+"/"+all[i].Extract < all[j].Source+"/"+all[j].DataSet+"/"+all[j].Extract
	})
	return all, err
}

// anyReceipt returns one receipt, or nil where nothing is kept yet.
func (a Archive) anyReceipt() (*Receipt, error) {
	var found *Receipt
	err := a.eachReceipt(func(r Receipt) error {
		found = &r
		return fs.SkipAll
	})
	if err != nil && !errors.Is(err, fs.SkipAll) {
		return nil, err
	}
	return found, nil
}

// eachReceipt visits what is kept until visit returns an error, and returns that.
func (a Archive) eachReceipt(visit func(Receipt) error) error {
	return eachDataSet(a.Disk, "archive", func(folder string) error {
		entries, err := a.Disk.ReadDir(folder)
		if err != nil {
			return err
		}
		for _, e := range entries {
			if !strings.HasSuffix(e.Name(), ".json") || strings.HasPrefix(e.Name(), tempPrefix) {
				continue
			}
			r, err := a.readReceipt(path.Join(folder, e.Name()))
			if err != nil {
				return err
			}
			if err := visit(r); err != nil {
				return err
			}
		}
		return nil
	})
}

// eachDataSet visits the folders ROOT/SOURCE/DATASET that are there.
func eachDataSet(disk FS, root string, visit func(folder string) error) error {
	sources, err := disk.ReadDir(root)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	for _, s := range sources {
		if !s.IsDir() {
			continue
		}
		sets, err := disk.ReadDir(path.Join(root, s.Name()))
		if err != nil {
			return err
		}
		for _, d := range sets {
			if d.IsDir() {
				if err := visit(path.Join(root, s.Name(), d.Name())); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// diskFS reads an FS through the standard interface.
type diskFS struct{ disk FS }

func (d diskFS) Open(name string) (fs.File, error) {
	r, err := d.disk.Open(name)
	if err != nil {
		return nil, err
	}
	return readOnly{r, func() (fs.FileInfo, error) { return d.disk.Stat(name) }}, nil
}

type readOnly struct {
	io.ReadCloser
	stat func() (fs.FileInfo, error)
}

func (r readOnly) Stat() (fs.FileInfo, error) { return r.stat() }
