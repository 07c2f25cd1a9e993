package notice

import (
	"maps"
	"slices"
	"time"

	"samkraft/pipeline"
)

// memoryFile is where it is remembered what was told, relative to the workspace.
const memoryFile = "notices.json"

// memory is the state of every plan, by id.
type memory map[string]*state

func (m memory) of(plan string) *state {
	if m[plan] == nil {
		m[plan] = &state{}
	}
	return m[plan]
}

// read returns what is remembered. What is lost or damaged is as nothing: then trouble
// that goes on is told once more, and what is well is told nothing of.
func read(disk pipeline.FS) (memory, error) {
	m := memory{}
	if !pipeline.Exists(disk, memoryFile) {
		return m, nil
	}
	if !pipeline.ReadSealed(disk, memoryFile, &m) {
		return memory{}, &pipeline.Problem{File: memoryFile, What: "it is damaged", Expected: "what people were told", Remedy: "it is written anew; trouble that goes on is told once more"}
	}
	maps.DeleteFunc(m, func(_ string, s *state) bool { return s == nil })
	return m, nil
}

// Told is what is remembered of a plan.
type Told struct {
	Plan    string    `json:"plan"`
	State   string    `json:"state"` // well, failed or withheld
	Since   time.Time `json:"since"`
	Stale   []string  `json:"stale"` // data sets that are too old
	Waiting []Result  `json:"waiting"`
}

// Remembered lists, by plan, what people of a workspace were told, and what waits.
func Remembered(disk pipeline.FS) ([]Told, error) {
	m, err := read(disk)
	all := []Told{}
	for _, id := range slices.Sorted(maps.Keys(m)) {
		s := m[id]
		told := Told{Plan: id, State: s.Plan, Since: s.Since, Stale: append([]string{}, slices.Sorted(maps.Keys(s.Stale))...), Waiting: []Result{}}
		for _, w := range s.Waiting {
			told.Waiting = append(told.Waiting, Result{Plan: id, Event: w.Message.Event, To: w.To, Tries: w.Tries, Fault: w.Fault})
		}
		all = append(all, told)
	}
	return all, err
}
