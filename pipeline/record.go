package pipeline

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"strings"
	"time"
)

// Record is what is remembered of a run: runs/ID.json, written when it starts
// and replaced when it ends. A record that says running belongs to the run that
// holds the workspace, or to one that was cut off and that no later run has
// noticed yet.
type Record struct {
	ID      string    `json:"id"`
	Started time.Time `json:"started"`
	Ended   time.Time `json:"ended,omitzero"`
	Origin  Origin    `json:"origin,omitempty"` // empty: from the archive alone
	By      string    `json:"by,omitempty"`     // the job of a server, and for which of its times; empty: by hand
	State   RunState  `json:"state"`
	Code    ExitCode  `json:"code"` // what the program ended with
	Plans   []string  `json:"plans"`
	Error   string    `json:"error,omitempty"`
	Steps   []Step    `json:"steps,omitempty"` // in the order in which they ended
	Outcome Outcome   `json:"outcome,omitzero"`
	Untold  []string  `json:"untold,omitempty"` // messages that could not be delivered after it, with why
}

// RunID names a run by when it began.
func RunID(began time.Time) string { return began.UTC().Format(runLayout) }

const runLayout = "20060102T150405.000Z"

// RunState says whether a run has come to its end.
type RunState string

// The states of a run.
const (
	Running RunState = "running"
	Ended   RunState = "ended"
	CutOff  RunState = "cut off" // the process ended before the run did
	Damaged RunState = "damaged" // the record cannot be read; Error says why
)

// Records are the records of the runs of a workspace.
type Records struct {
	Disk FS
}

// Write puts a record in its place.
func (r Records) Write(record Record) error {
	return WriteFile(r.Disk, path.Join("runs", record.ID+".json"), func(w io.Writer) error {
		e := json.NewEncoder(w)
		e.SetIndent("", "  ")
		return e.Encode(record)
	})
}

// Untold notes in the record of a run which messages could not be delivered after it.
func (r Records) Untold(id string, what []string) error {
	var record Record
	text, err := ReadFile(r.Disk, path.Join("runs", id+".json"))
	if err == nil {
		err = json.Unmarshal(text, &record)
	}
	if err != nil {
		return err
	}
	record.Untold = what
	return r.Write(record)
}

// List returns every record, the oldest first. One that cannot be read is there with
// the state Damaged: what a run left must not stop those after it.
func (r Records) List() ([]Record, error) {
	ids, err := r.IDs()
	var all []Record
	for _, id := range ids {
		all = append(all, r.Read(id))
	}
	return all, err
}

// IDs returns the ids of the runs that have a record, the oldest first.
func (r Records) IDs() ([]string, error) {
	entries, err := r.Disk.ReadDir("runs")
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	var ids []string
	for _, e := range entries {
		if id, found := strings.CutSuffix(e.Name(), ".json"); found && !strings.HasPrefix(id, tempPrefix) {
			ids = append(ids, id)
		}
	}
	return ids, err
}

// Read returns the record of a run, of the state Damaged where it cannot be read.
func (r Records) Read(id string) Record {
	var record Record
	name := path.Join("runs", id+".json")
	text, err := ReadFile(r.Disk, name)
	if err == nil {
		err = json.Unmarshal(text, &record)
	}
	if err != nil {
		began, _ := time.Parse(runLayout, id) // the zero time of one that was given another name
		return Record{ID: id, Started: began, State: Damaged, Error: fmt.Sprintf("%s: %v", name, err)}
	}
	return record
}

// close marks the runs that were cut off. It is called by a run that holds the
// workspace: no other can be on its way.
func (r Records) close() error {
	all, err := r.List()
	if err != nil {
		return err
	}
	for _, record := range all {
		if record.State == Running {
			record.State = CutOff
			if err := r.Write(record); err != nil {
				return err
			}
		}
	}
	return nil
}
