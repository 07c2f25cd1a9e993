package query

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Snapshot is a published snapshot that can be asked. It holds no file open and
// nothing in memory between two queries, so that it needs no closing, and its
// methods may be called concurrently. Each query that runs has the limits for
// itself: how many run at once is for the caller to bound.
type Snapshot struct {
	folder string
	limits Limits
	tables map[string]table // by name in lower case, as SQL compares names
}

// table is one Parquet file of the snapshot.
type table struct {
	name string
	path string
}

// Open finds the tables of the snapshot in a folder: every file NAME.parquet is
// the table NAME. The files are opened by the queries that read them. An error
// does not name the folder.
func Open(folder string, limits Limits) (*Snapshot, error) {
	folder, err := filepath.Abs(folder)
	if err != nil {
		return nil, errors.New("the snapshot's folder has no absolute path")
	}
	s := &Snapshot{folder: folder, limits: limits.orDefault(), tables: map[string]table{}}
	entries, err := os.ReadDir(folder)
	if err != nil {
		return nil, fmt.Errorf("the snapshot cannot be read: %s", s.withoutPaths(err.Error()))
	}
	for _, e := range entries {
		name, isTable := strings.CutSuffix(e.Name(), ".parquet")
		if !isTable || !e.Type().IsRegular() || strings.HasPrefix(name, ".") || name == "" {
			continue
		}
		key := strings.ToLower(name)
		if other, twice := s.tables[key]; twice {
			return nil, fmt.Errorf("the tables %s and %s have one name in SQL", other.name, name)
		}
		s.tables[key] = table{name, filepath.Join(folder, e.Name())}
	}
	if len(s.tables) == 0 {
		return nil, errors.New("the snapshot has no tables")
	}
	return s, nil
}

// names lists the snapshot's tables.
func (s *Snapshot) names() []string {
	var names []string
	for _, t := range s.tables {
		names = append(names, t.name)
	}
	slices.Sort(names)
	return names
}

// withoutPaths takes the snapshot's place on this machine out of a message that
// may go to a stranger.
func (s *Snapshot) withoutPaths(message string) string {
	message = strings.ReplaceAll(message, globLiteral(s.folder), s.folder)
	message = strings.ReplaceAll(message, s.folder+string(filepath.Separator), "")
	return strings.ReplaceAll(message, s.folder, "the snapshot")
}
