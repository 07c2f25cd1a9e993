package keep

import (
	"path"
	"strings"
	"time"

	"samkraft/pipeline"
	"samkraft/pipeline/links"
)

// named are the extracts that snapshots which stay were made of, by "SOURCE/DATASET".
type named struct {
	extracts map[string]map[string]bool
	unread   []string // manifests that cannot be read: what they name is not known
}

func (n named) add(source, dataSet, extract string) {
	at := source + "/" + dataSet
	if n.extracts[at] == nil {
		n.extracts[at] = map[string]bool{}
	}
	n.extracts[at][extract] = true
}

func (k Keeper) named(all []snapshot) named {
	n := named{extracts: map[string]map[string]bool{}}
	store := pipeline.Snapshots{Disk: k.Disk}
	for _, s := range all {
		if s.kept == "" {
			continue
		}
		m, err := store.Manifest(s.plan, s.id)
		if err != nil {
			n.unread = append(n.unread, store.Folder(s.plan, s.id)+"/manifest.json")
		}
		for _, in := range m.Inputs {
			n.add(in.Source, in.DataSet, in.Extract)
		}
	}
	return n
}

// group is a set of files in the cache that go together: all with one key.
type group struct {
	base  string // folder and key
	files []links.File
}

func (g group) newest() (at time.Time) {
	for _, f := range g.files {
		if f.Info.ModTime().After(at) {
			at = f.Info.ModTime()
		}
	}
	return at
}

// item lists the record first: without it the others are nothing.
func (g group) item(kind Kind, reason string) Item {
	item := Item{Kind: kind, Reason: reason}
	for _, f := range g.files {
		if f.Path == g.base+".json" {
			item.Paths = append([]string{f.Path}, item.Paths...)
		} else {
			item.Paths = append(item.Paths, f.Path)
		}
	}
	return item
}

// groups returns the files below a folder of the cache, so deep, by their keys.
func (s *survey) groups(folder string, deep int) []group {
	var all []group
	at := map[string]int{}
	for _, f := range s.under(folder) {
		if strings.Count(f.Path, "/") != deep || pipeline.IsTemp(f.Path) {
			continue
		}
		key, _, _ := strings.Cut(path.Base(f.Path), ".")
		base := path.Join(path.Dir(f.Path), key)
		i, there := at[base]
		if !there {
			i = len(all)
			at[base] = i
			all = append(all, group{base: base})
		}
		all[i].files = append(all[i].files, f)
	}
	return all
}

// stage lists decoded files of which neither the present state nor a snapshot that stays
// is made, as this program would decode them.
func (k Keeper) stage(s *survey, n named) ([]Item, error) {
	if len(n.unread) > 0 {
		return nil, nil // it is not known what they need
	}
	wanted := map[string]bool{}
	for _, source := range k.Sources {
		p := source.Publisher()
		for _, set := range p.DataSets {
			use := func(extract string) {
				wanted[(pipeline.Stage{Disk: k.Disk}).Base(pipeline.Extract{Source: p.ID, DataSet: set.ID, SHA256: extract}, set)] = true
			}
			state, err := (pipeline.FetchLog{Disk: k.Disk}).State(p.ID, set.ID)
			if err != nil {
				return nil, err
			}
			for _, serving := range state.Serving() {
				use(serving.Extract)
			}
			for extract := range n.extracts[p.ID+"/"+set.ID] {
				use(extract)
			}
		}
	}
	var items []Item
	for _, g := range s.groups("stage", 3) {
		if at := g.newest(); !wanted[g.base] && k.Now.Sub(at) > k.Rules.Cache {
			items = append(items, g.item(Stage, older("decoded, and used by nothing", at, k.Rules.Cache)))
		}
	}
	return items, nil
}

// models lists built tables that are neither in a snapshot that stays nor what a plan was
// last made with.
func (k Keeper) models(s *survey) (items []Item) {
	used := map[string]bool{}
	published := map[int]bool{}
	for _, snap := range s.snapshots {
		for _, name := range (pipeline.Used{Disk: k.Disk}).Read(snap.plan) {
			used[name] = true
		}
		if snap.kept == "" {
			continue
		}
		for _, f := range s.under((pipeline.Snapshots{Disk: k.Disk}).Folder(snap.plan, snap.id)) {
			published[f.Same] = true
		}
	}
	for _, g := range s.groups("models", 2) {
		wanted := used[g.base]
		for _, f := range g.files {
			wanted = wanted || published[f.Same]
		}
		if at := g.newest(); !wanted && k.Now.Sub(at) > k.Rules.Cache {
			items = append(items, g.item(Models, older("built, and used by nothing", at, k.Rules.Cache)))
		}
	}
	return items
}
