package pipeline

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
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
	Extract Extract `json:"-"`
	Version int     `json:"version"`
	AsOf    string  `json:"as_of"`
	Rows    map[string]int64
	Files   map[string]string `json:"-"` // by table, relative to the workspace; tables without rows have none
	Decoded bool              `json:"-"` // by this call; false: from the cache
}

func (s Stage) base(x Extract, set DataSet) string {
	return path.Join("stage", x.Source, x.DataSet, Hash([]any{x.SHA256, set.Version, set.Tables})[:32])
}

// Decode returns the rows of an extract, from the cache where they are. An
// error of the input is a *Problem and leaves nothing behind. Calls for
// different extracts may run concurrently.
func (s Stage) Decode(ctx context.Context, source Source, set DataSet, x Extract) (Staged, error) {
	base := s.base(x, set)
	staged := Staged{Extract: x, Version: set.Version, Rows: map[string]int64{}}
	if text, err := ReadFile(s.Disk, base+".json"); err == nil && json.Unmarshal(text, &staged) == nil && s.complete(&staged, base, set) {
		return staged, nil
	}
	staged.Rows, staged.Decoded = map[string]int64{}, true
	if err := s.Disk.MkdirAll(path.Dir(base)); err != nil {
		return staged, err
	}
	files := &stageFiles{disk: s.Disk, base: base, open: map[string]*stageFile{}}
	edition, err := source.Decode(ctx, x, Checked(x, set.Tables, files.row))
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
		staged.Rows[table] = f.rows
	}
	if err := WriteFile(s.Disk, base+".json", func(w io.Writer) error { return json.NewEncoder(w).Encode(staged) }); err != nil {
		return staged, err
	}
	if !s.complete(&staged, base, set) {
		return staged, fmt.Errorf("%s: a table that was just staged cannot be seen", base)
	}
	return staged, nil
}

// complete fills in the files and reports whether all are there.
func (s Stage) complete(staged *Staged, base string, set DataSet) bool {
	staged.Files = map[string]string{}
	for _, t := range set.Tables {
		if staged.Rows[t.Name] == 0 {
			continue
		}
		name := base + "." + t.Name + ".parquet"
		if !Exists(s.Disk, name) {
			return false
		}
		staged.Files[t.Name] = name
	}
	return true
}
