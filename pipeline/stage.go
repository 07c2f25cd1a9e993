package pipeline

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"path"
	"time"
)

// Stage keeps the decoded rows of extracts: stage/SOURCE/DATASET/KEY.TABLE.parquet
// and KEY.json, where KEY is the hash of the extract and the decoder's version.
// It is a cache and may be deleted between runs.
type Stage struct {
	Disk FS
}

// Staged is a decoded extract.
type Staged struct {
	Extract Extract           `json:"-"`
	Version int               `json:"version"`
	AsOf    string            `json:"as_of"`
	Rows    map[string]int64  `json:"rows"`
	SHA256  map[string]string `json:"sha256"` // by table
	Files   map[string]string `json:"-"`      // by table, relative to the workspace; tables without rows have none
	Decoded bool              `json:"-"`      // by this call; false: from the cache
}

// Base returns the name, relative to the workspace and without its ending, under which
// an extract of a data set is kept.
func (s Stage) Base(x Extract, set DataSet) string {
	return path.Join("stage", x.Source, x.DataSet, Hash([]any{x.SHA256, set.Version, set.Tables})[:32])
}

// Decode returns the rows of an extract, from the cache where they are. An
// error of the input is a *Problem and leaves nothing behind. Calls for
// different extracts may run concurrently.
func (s Stage) Decode(ctx context.Context, source Source, set DataSet, x Extract) (Staged, error) {
	base := s.Base(x, set)
	staged := Staged{Extract: x}
	if ReadSealed(s.Disk, base+".json", &staged) && s.complete(&staged, base, set) {
		return staged, nil
	}
	staged = Staged{Extract: x, Version: set.Version, Rows: map[string]int64{}, SHA256: map[string]string{}, Decoded: true}
	if err := s.Disk.MkdirAll(path.Dir(base)); err != nil {
		return staged, err
	}
	files := &stageFiles{disk: s.Disk, base: base, open: map[string]*stageFile{}}
	keys := &keyLog{disk: s.Disk, base: base}
	edition, err := source.Decode(ctx, x, newChecked(x, set.Tables, keys.known, files.row))
	if err == nil {
		err = notTwice(ctx, source, set, x, keys)
	}
	err = errors.Join(err, keys.close())
	if err == nil {
		_, err = time.Parse(time.DateOnly, edition.AsOf)
		if edition.AsOf == "" {
			err = nil
		}
	}
	if err := errors.Join(err, files.close(err == nil)); err != nil {
		return staged, err
	}
	staged.AsOf = edition.AsOf
	for table, f := range files.open {
		staged.Rows[table], staged.SHA256[table] = f.rows, hex.EncodeToString(f.sum.Sum(nil))
	}
	if err := WriteSealed(s.Disk, base+".json", staged); err != nil {
		return staged, err
	}
	if !s.complete(&staged, base, set) {
		return staged, fmt.Errorf("%s: a table that was just staged cannot be seen", base)
	}
	return staged, nil
}

// Count is how many rows were decoded, of all tables.
func (s Staged) Count() (rows int64) {
	for _, n := range s.Rows {
		rows += n
	}
	return rows
}

// notTwice is an error where keys stand twice: the extract is decoded once more,
// with an eye on them, to tell where.
func notTwice(ctx context.Context, source Source, set DataSet, x Extract, keys *keyLog) error {
	twice, err := keys.twice()
	if err != nil || len(twice) == 0 {
		return err
	}
	_, err = source.Decode(ctx, x, newChecked(x, set.Tables, firstPlaces(twice), func(Table, string, []cell) error { return nil }))
	if err == nil {
		err = fmt.Errorf("%s/%s: the decoder gives other rows the second time", x.Source, x.DataSet)
	}
	return err
}

// complete fills in the files and reports whether all are there as they were
// written.
func (s Stage) complete(staged *Staged, base string, set DataSet) bool {
	staged.Files = map[string]string{}
	for _, t := range set.Tables {
		if staged.Rows[t.Name] == 0 {
			continue
		}
		name := base + "." + t.Name + ".parquet"
		if sum, _, err := HashFile(s.Disk, name); err != nil || sum != staged.SHA256[t.Name] {
			return false
		}
		staged.Files[t.Name] = name
	}
	return true
}
