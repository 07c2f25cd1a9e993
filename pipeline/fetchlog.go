package pipeline

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"time"
)

// FetchLog remembers, per data set, which extracts made up its state at each
// change: fetch/SOURCE/DATASET.jsonl, one line each, never rewritten. A run from
// the archive alone takes up where the last line left it.
type FetchLog struct {
	Disk FS
}

// Fetched is one line of the log.
type Fetched struct {
	Time     time.Time `json:"time"`
	Run      string    `json:"run"`
	Origin   Origin    `json:"origin"`
	Extracts []string  `json:"extracts"`
}

func (l FetchLog) name(source, dataSet string) string {
	return path.Join("fetch", source, dataSet+".jsonl")
}

// Last returns the newest line, or false when there is none. A line that a
// crash cut short does not count.
func (l FetchLog) Last(source, dataSet string) (Fetched, bool, error) {
	text, err := ReadFile(l.Disk, l.name(source, dataSet))
	if errors.Is(err, fs.ErrNotExist) {
		return Fetched{}, false, nil
	}
	if err != nil {
		return Fetched{}, false, err
	}
	var last Fetched
	found := false
	lines := bufio.NewScanner(bytes.NewReader(text))
	lines.Buffer(nil, 16<<20)
	for lines.Scan() {
		var f Fetched
		if json.Unmarshal(lines.Bytes(), &f) == nil {
			last, found = f, true
		}
	}
	return last, found, lines.Err()
}

// Record appends a line unless the last one says the same.
func (l FetchLog) Record(source, dataSet string, f Fetched) error {
	last, found, err := l.Last(source, dataSet)
	if err != nil {
		return err
	}
	if found && last.Origin == f.Origin && slices.Equal(last.Extracts, f.Extracts) {
		return nil
	}
	line, err := json.Marshal(f)
	if err != nil {
		return err
	}
	name := l.name(source, dataSet)
	if err := l.Disk.MkdirAll(path.Dir(name)); err != nil {
		return err
	}
	// A line cut short by a crash must not swallow the next one.
	text, err := ReadFile(l.Disk, name)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if len(text) > 0 && text[len(text)-1] != '\n' {
		line = append([]byte{'\n'}, line...)
	}
	w, err := l.Disk.Append(name)
	if err != nil {
		return err
	}
	_, err = w.Write(append(line, '\n'))
	if err := errors.Join(err, w.Sync(), w.Close()); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return l.Disk.Commit(path.Dir(name))
}
