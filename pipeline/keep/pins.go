package keep

import (
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"samkraft/pipeline"
)

// Pin gives a snapshot a name under which somebody cites it. It is never pruned.
type Pin struct {
	Name     string    `json:"name"`
	Snapshot string    `json:"snapshot"`
	Since    time.Time `json:"since"`
	By       string    `json:"by"`
	Why      string    `json:"why,omitempty"`
}

// Pins are the pins of plans: snapshots/PLAN/pins, with a hash of its own. Who changes
// them holds the workspace.
type Pins struct {
	Disk pipeline.FS
}

// pinName is what a pin may be called, of so many characters: in letters of any language,
// and in no way that a snapshot's id is. The bound is not part of the expression, which
// would be large then and take every start of the program twenty milliseconds.
var pinName = regexp.MustCompile(`^[\p{L}\p{N}][\p{L}\p{N}._-]*$`)

const longestPin = 64

var snapshotID = regexp.MustCompile(`^[0-9a-f]{16}$`)

func (p Pins) file(plan string) string { return path.Join("snapshots", plan, "pins") }

// List returns the pins of a plan by name.
func (p Pins) List(plan string) ([]Pin, error) {
	var pins []Pin
	if !pipeline.ReadSealed(p.Disk, p.file(plan), &pins) && pipeline.Exists(p.Disk, p.file(plan)) {
		return nil, fmt.Errorf("%s cannot be read or has been changed: put it back from a backup, or pin the snapshots anew ('samkraft snapshots pin')", p.file(plan))
	}
	return pins, nil
}

// Set pins a snapshot. A name stays with its snapshot until it is taken away.
func (p Pins) Set(plan string, pin Pin) error {
	if utf8.RuneCountInString(pin.Name) > longestPin || !pinName.MatchString(pin.Name) || snapshotID.MatchString(pin.Name) || pin.Name == "latest" || pin.Name == "newest" {
		return fmt.Errorf("%q cannot be a name: expected letters, digits, dots, dashes and underscores, at most %d, and no snapshot's id, 'latest' or 'newest'", pin.Name, longestPin)
	}
	pins, err := p.List(plan)
	if err != nil {
		pins = nil // this is how they are pinned anew
	}
	for _, other := range pins {
		if other.Name == pin.Name {
			return fmt.Errorf("%s names snapshot %s already: 'samkraft snapshots unpin %s %s' first, or choose another name", pin.Name, other.Snapshot, plan, pin.Name)
		}
	}
	pins = append(pins, pin)
	slices.SortFunc(pins, func(a, b Pin) int { return strings.Compare(a.Name, b.Name) })
	return pipeline.WriteSealed(p.Disk, p.file(plan), pins)
}

// Remove takes a pin away, and returns what it was.
func (p Pins) Remove(plan, name string) (Pin, error) {
	pins, err := p.List(plan)
	if err != nil {
		return Pin{}, err
	}
	i := slices.IndexFunc(pins, func(pin Pin) bool { return pin.Name == name })
	if i < 0 {
		return Pin{}, fmt.Errorf("plan %s has no pin %q; 'samkraft snapshots' lists them", plan, name)
	}
	pin := pins[i]
	return pin, pipeline.WriteSealed(p.Disk, p.file(plan), slices.Delete(pins, i, i+1))
}

// Verify says what is wrong with the pins of a plan; the snapshots themselves are not
// looked into.
func (p Pins) Verify(plan string) (faults []string) {
	pins, err := p.List(plan)
	if err != nil {
		return []string{err.Error()}
	}
	for _, pin := range pins {
		if !pipeline.Exists(p.Disk, (pipeline.Snapshots{Disk: p.Disk}).Folder(plan, pin.Snapshot)) {
			faults = append(faults, fmt.Sprintf("snapshot %s, pinned as %s, is missing", pin.Snapshot, pin.Name))
		}
	}
	return faults
}
