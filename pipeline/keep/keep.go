package keep

import (
	"context"
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"

	"samkraft/pipeline"
	"samkraft/pipeline/links"
)

// Keeper prunes a workspace.
type Keeper struct {
	Disk    pipeline.FS
	Sources []pipeline.Source // by which decoded files are told that are of use
	Rules   Rules
	Now     time.Time
}

// Item is something that can go, as a whole.
type Item struct {
	Kind   Kind     `json:"kind"`
	Paths  []string `json:"paths"`  // files and folders, in the order in which they go
	Bytes  int64    `json:"bytes"`  // that they hold
	Frees  int64    `json:"frees"`  // that become free when this and all before it are gone: what has another name stays
	Reason string   `json:"reason"` // why it goes
}

// Kind is what an item is of.
type Kind string

// The kinds.
const (
	Leftover Kind = "leftover"
	Snapshot Kind = "snapshot"
	Withheld Kind = "withheld"
	Run      Kind = "run"
	Stage    Kind = "stage"
	Models   Kind = "models"
	Archive  Kind = "archive"
)

// survey is what a workspace holds, and which of its snapshots stay.
type survey struct {
	files     []links.File // by path
	names     map[int]int  // how many names each file has
	snapshots []snapshot
	records   []pipeline.Record
}

func (k Keeper) survey() (*survey, error) {
	s := &survey{names: map[int]int{}}
	var err error
	if s.files, err = links.Walk(k.Disk, func(name string) bool {
		return name == "archive" || name == "fetch" || name == pipeline.Restoring
	}); err != nil {
		return nil, err
	}
	for _, f := range s.files {
		s.names[f.Same]++
	}
	if s.records, err = (pipeline.Records{Disk: k.Disk}).List(); err != nil {
		return nil, err
	}
	s.snapshots, err = k.snapshots(s.records)
	return s, err
}

// List lists what can go by the rules, all but of the archive.
func (k Keeper) List() ([]Item, error) {
	s, err := k.survey()
	if err != nil {
		return nil, err
	}
	named := k.named(s.snapshots)
	stage, err := k.stage(s, named)
	if err != nil {
		return nil, err
	}
	models := k.models(s)
	var items []Item
	for _, some := range [][]Item{k.leftovers(s), k.oldSnapshots(s), k.withheld(s), k.runs(s), stage, models} {
		slices.SortFunc(some, func(a, b Item) int { return strings.Compare(a.Paths[0], b.Paths[0]) })
		items = append(items, some...)
	}
	for i := range items {
		s.measure(&items[i])
	}
	return items, nil
}

// under returns the files of a folder, or the one file of that name.
func (s *survey) under(name string) []links.File {
	at, _ := slices.BinarySearchFunc(s.files, name, func(f links.File, name string) int { return strings.Compare(f.Path, name) })
	var found []links.File
	for _, f := range s.files[at:] {
		if f.Path == name || strings.HasPrefix(f.Path, name+"/") {
			found = append(found, f)
		} else if !strings.HasPrefix(f.Path, name) {
			break
		}
	}
	return found
}

// measure fills in the bytes of an item, which are then as good as gone.
func (s *survey) measure(item *Item) {
	for _, name := range item.Paths {
		for _, f := range s.under(name) {
			item.Bytes += f.Info.Size()
			if s.names[f.Same]--; s.names[f.Same] == 0 {
				item.Frees += f.Info.Size()
			}
		}
	}
}

// Remove takes items away, in order. The caller holds the workspace. Each is told when
// it is gone.
func (k Keeper) Remove(ctx context.Context, items []Item, gone func(Item)) error {
	for _, item := range items {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		for _, name := range item.Paths {
			if err := k.remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
				return err
			}
		}
		if err := k.Disk.Commit(path.Dir(item.Paths[0])); err != nil {
			return err
		}
		gone(item)
	}
	return nil
}

func (k Keeper) remove(name string) error {
	info, err := k.Disk.Stat(name)
	if err != nil {
		return err
	}
	if !info.IsDir() {
		return k.Disk.Remove(name)
	}
	aside := name
	if !pipeline.IsTemp(name) {
		aside = pipeline.Temp(name) // a reader finds it whole or not at all; what is left of it is swept
		if err := k.Disk.RemoveAll(aside); err != nil {
			return err
		}
		if err := errors.Join(k.Disk.Rename(name, aside), k.Disk.Commit(path.Dir(name))); err != nil {
			return err
		}
	}
	return k.Disk.RemoveAll(aside)
}
