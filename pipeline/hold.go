package pipeline

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"time"
)

// Hold keeps the readers of a plan on a snapshot that somebody went back to:
// snapshots/PLAN/held. Runs go on publishing beside it, and do not undo the choice.
type Hold struct {
	Snapshot string    `json:"snapshot"` // that readers have
	Before   string    `json:"before"`   // that they had when it was chosen
	Newest   string    `json:"newest"`   // that runs made last
	Since    time.Time `json:"since"`
	By       string    `json:"by"`
	Why      string    `json:"why,omitempty"`
	UntilNew bool      `json:"until_new,omitempty"` // it ends when a run makes something newer
	Over     bool      `json:"over,omitempty"`      // it has ended; what it says of snapshots is for those who prune
}

func (s Snapshots) heldFile(plan string) string { return s.Folder(plan, "held") }

// Held returns the last hold of a plan, be it over or not, and whether there was one.
// One that cannot be read is in force: it holds readers where they are.
func (s Snapshots) Held(plan string) (h Hold, was bool, err error) {
	text, err := ReadFile(s.Disk, s.heldFile(plan))
	if errors.Is(err, fs.ErrNotExist) {
		return h, false, nil
	}
	if err != nil {
		return h, false, err
	}
	if json.Unmarshal(text, &h) == nil && isSnapshotID(h.Snapshot) && isSnapshotID(h.Newest) {
		return h, true, nil
	}
	latest, err := s.Latest(plan)
	if err != nil || latest == "" {
		return Hold{}, false, nil // neither can be read: the next run leads readers to what it makes
	}
	return Hold{Snapshot: latest, Newest: latest, Why: s.heldFile(plan) + " cannot be read"}, true, nil
}

// Newest returns the snapshot that runs made last, or "": what readers have unless they
// are held on another.
func (s Snapshots) Newest(plan string) (string, error) {
	h, was, err := s.Held(plan)
	if err == nil && was && !h.Over {
		return h.Newest, nil
	}
	return s.Latest(plan)
}

// Use leads the readers of a plan to a snapshot of h and holds them there. The caller
// holds the workspace. What is cut off in between is carried out by the next run.
func (s Snapshots) Use(plan string, h Hold) (Hold, error) {
	if !Exists(s.Disk, s.Folder(plan, h.Snapshot)+"/manifest.json") {
		return h, fmt.Errorf("plan %s has no snapshot %s", plan, h.Snapshot)
	}
	var err error
	if h.Newest, err = s.Newest(plan); err != nil {
		return h, err
	}
	if h.Before, err = s.Latest(plan); err != nil {
		return h, err
	}
	if err := s.hold(plan, h); err != nil {
		return h, err
	}
	return h, s.point(plan, h.Snapshot)
}

// Release leads the readers of a plan to what runs made last, and returns that. The caller
// holds the workspace.
func (s Snapshots) Release(plan string) (string, error) {
	h, was, err := s.Held(plan)
	if err != nil {
		return "", err
	}
	if !was || h.Over {
		return s.Latest(plan)
	}
	h.Over = true
	if err := s.hold(plan, h); err != nil {
		return "", err
	}
	return h.Newest, s.point(plan, h.Newest)
}

func (s Snapshots) hold(plan string, h Hold) error {
	return WriteFile(s.Disk, s.heldFile(plan), func(w io.Writer) error {
		e := json.NewEncoder(w)
		e.SetIndent("", "  ")
		return e.Encode(h)
	})
}

// show lets readers see what a run made, unless they are held elsewhere.
func (s Snapshots) show(plan, id string) error {
	h, was, err := s.Held(plan)
	switch {
	case err != nil:
		return err
	case !was || h.Over:
		return s.point(plan, id)
	case h.Newest == id:
		return nil
	}
	h.Newest, h.Over = id, h.UntilNew
	if err := s.hold(plan, h); err != nil || !h.Over {
		return err
	}
	return s.point(plan, id)
}

// mend carries out the hold of a plan that was cut off between its two steps. A hold
// on a snapshot that is not there any more is over.
func (s Snapshots) mend(plan string) error {
	h, was, err := s.Held(plan)
	if err != nil || !was || h.Over {
		return err
	}
	if !Exists(s.Disk, s.Folder(plan, h.Snapshot)+"/manifest.json") {
		_, err := s.Release(plan)
		return err
	}
	latest, err := s.Latest(plan)
	if err == nil && latest == h.Snapshot {
		return nil
	}
	return s.point(plan, h.Snapshot) // also where latest cannot be read
}
