package explore

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"sync"

	"samkraft/pipeline"
	"samkraft/sinks/explore/find"
	"samkraft/sinks/tables"
	"samkraft/sinks/words"
)

// opened is a snapshot that readers look at.
type opened struct {
	*tables.Snapshot
	id       string
	folder   string
	names    map[words.Language]string            // of the plan
	titles   map[words.Language]map[string]string // of agreements, by id
	headings map[string]tables.Heading
	computed tables.Computed
	index    *find.Index
	fronts   fronts

	mu     sync.Mutex
	values map[string]values // by table: see valuesOf
}

// mostOpened is how many snapshots are kept open: the latest of a few plans, and some
// that somebody looks back at.
const mostOpened = 8

// shelf keeps what was opened.
type shelf struct {
	snapshots pipeline.Snapshots
	shown     func(plan string) string // see Site
	mu        sync.Mutex
	kept      []*opened
}

// open opens a snapshot of a plan: the one that readers have, where none is named.
func (s *shelf) open(plan, id string) (*opened, error) {
	plans, err := s.snapshots.Plans()
	if err != nil {
		return nil, err
	}
	if !slices.Contains(plans, plan) {
		return nil, errNone
	}
	if id == "" && s.shown != nil {
		id = s.shown(plan)
	}
	if id == "" {
		if id, err = s.snapshots.Latest(plan); err != nil {
			return nil, err
		}
	}
	ids, err := s.snapshots.List(plan)
	if err != nil {
		return nil, err
	}
	if !slices.Contains(ids, id) {
		return nil, errNone
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	folder := s.snapshots.Disk.Path(s.snapshots.Folder(plan, id))
	for i, o := range s.kept {
		if o.folder == folder {
			s.kept = append(append(s.kept[:i:i], s.kept[i+1:]...), o)
			return o, nil
		}
	}
	o, err := openSnapshot(folder, id)
	if err != nil {
		return nil, err
	}
	s.kept = append(s.kept[max(0, len(s.kept)+1-mostOpened):], o)
	return o, nil
}

func openSnapshot(folder, id string) (*opened, error) {
	snapshot, err := tables.Open(os.DirFS(folder))
	if err != nil {
		return nil, err
	}
	o := &opened{Snapshot: snapshot, id: id, folder: folder, names: map[words.Language]string{}, titles: map[words.Language]map[string]string{}, headings: map[string]tables.Heading{}, values: map[string]values{}}
	var all []tables.Heading
	for _, name := range snapshot.Names() {
		h, err := snapshot.Heading(name)
		if err != nil {
			return nil, err
		}
		o.headings[name] = h
		all = append(all, h)
	}
	o.index = find.New(all)
	if o.computed, err = snapshot.Computed(); err != nil {
		return nil, err
	}
	about, err := snapshot.Table("plan")
	if err != nil {
		return nil, err
	}
	row, ok := about.First()
	if !ok {
		return nil, fmt.Errorf("table plan has no row")
	}
	for _, l := range words.All {
		o.names[l], o.titles[l] = row.Text("name_"+string(l)), map[string]string{}
	}
	agreements, err := snapshot.Table("agreement")
	if errors.Is(err, tables.ErrNoTable) {
		return o, nil
	}
	if err != nil {
		return nil, err
	}
	for r := range agreements.All() {
		for _, l := range words.All {
			if title := "title_" + string(l); agreements.Has(title) && agreements.Has("agreement_id") {
				o.titles[l][r.Text("agreement_id")] = r.Text(title)
			}
		}
	}
	return o, nil
}
