package keep

import (
	"encoding/json"
	"fmt"
	"path"
	"slices"
	"strings"

	"samkraft/pipeline"
	"samkraft/pipeline/links"
)

// ArchiveItems lists the extracts, and answers of publishers, that no snapshot that stays
// and no present state names, and that are older than the rules say. Nothing lists them
// unasked: they are not to be had again.
func (k Keeper) ArchiveItems() ([]Item, error) {
	s, err := k.survey()
	if err != nil {
		return nil, err
	}
	n := k.named(s.snapshots)
	if len(n.unread) > 0 {
		return nil, fmt.Errorf("%s cannot be read, so it is not known which extracts it needs; nothing of the archive goes", strings.Join(n.unread, ", "))
	}
	files, err := links.Walk(k.Disk, func(name string) bool { return name != "archive" && !strings.HasPrefix(name, "archive/") })
	if err != nil {
		return nil, err
	}
	s.files = files
	var items []Item
	for _, set := range dataSets(files) {
		some, err := k.unnamed(set, n)
		if err != nil {
			return nil, err
		}
		items = append(items, some...)
	}
	slices.SortFunc(items, func(a, b Item) int { return strings.Compare(a.Paths[0], b.Paths[0]) })
	for i := range items {
		for _, name := range items[i].Paths {
			for _, f := range s.under(name) {
				items[i].Bytes += f.Info.Size()
				items[i].Frees += f.Info.Size()
			}
		}
	}
	return items, nil
}

// kept is what the archive has of one data set.
type kept struct {
	source, dataSet string
	files           map[string]links.File // by name
}

func dataSets(files []links.File) []kept {
	var all []kept
	for _, f := range files {
		parts := strings.Split(f.Path, "/")
		if len(parts) != 4 || pipeline.IsTemp(f.Path) {
			continue
		}
		if n := len(all) - 1; n < 0 || all[n].source != parts[1] || all[n].dataSet != parts[2] {
			all = append(all, kept{parts[1], parts[2], map[string]links.File{}})
		}
		all[len(all)-1].files[parts[3]] = f
	}
	return all
}

// unnamed lists what nothing names of a data set.
func (k Keeper) unnamed(set kept, n named) ([]Item, error) {
	state, err := (pipeline.FetchLog{Disk: k.Disk}).State(set.source, set.dataSet)
	if err != nil {
		return nil, err
	}
	for _, extract := range state.Files {
		n.add(set.source, set.dataSet, extract)
	}
	wanted := map[string]bool{} // bytes, by their hash
	for _, p := range state.Pieces {
		n.add(set.source, set.dataSet, p.Extract)
		n.add(set.source, set.dataSet, p.Replaced)
		for _, answers := range []map[string]pipeline.KeptAnswer{p.Open, p.Kept} {
			for _, a := range answers {
				wanted[a.SHA256] = true
			}
		}
	}
	var old []pipeline.Receipt
	for name, f := range set.files {
		if path.Ext(name) != ".json" {
			continue
		}
		var r pipeline.Receipt
		text, err := pipeline.ReadFile(k.Disk, f.Path)
		if err == nil {
			err = json.Unmarshal(text, &r)
		}
		if err != nil {
			return nil, fmt.Errorf("%s cannot be read, so it is not known which bytes it needs; nothing of the archive goes: %w", f.Path, err)
		}
		if !n.extracts[set.source+"/"+set.dataSet][r.Extract] && k.Now.Sub(r.FirstSeen) > k.Rules.Archive {
			old = append(old, r)
			continue
		}
		for _, p := range r.Parts {
			wanted[p.SHA256] = true
		}
	}
	slices.SortFunc(old, func(a, b pipeline.Receipt) int { return strings.Compare(a.Extract, b.Extract) })
	folder := path.Join("archive", set.source, set.dataSet)
	const what = "an extract that no snapshot and no present state names"
	var items []Item
	for _, r := range slices.Backward(old) { // bytes go with the last extract that has them
		item := Item{Kind: Archive, Paths: []string{path.Join(folder, r.Extract+".json")}, Reason: older(what, r.FirstSeen, k.Rules.Archive)}
		for _, p := range r.Parts {
			if _, there := set.files[p.SHA256+".zst"]; there && !wanted[p.SHA256] {
				item.Paths = append(item.Paths, path.Join(folder, p.SHA256+".zst"))
				wanted[p.SHA256] = true
			}
		}
		items = append(items, item)
	}
	for name, f := range set.files {
		sha, answer := strings.CutSuffix(name, ".zst")
		if at := f.Info.ModTime(); answer && !wanted[sha] && k.Now.Sub(at) > k.Rules.Archive {
			items = append(items, Item{Kind: Archive, Paths: []string{f.Path}, Reason: older("an answer that is part of no extract", at, k.Rules.Archive)})
		}
	}
	return items, nil
}

// Agreed is a word for exactly these items: who says it has seen the list of them.
func Agreed(items []Item) string {
	var paths [][]string
	for _, i := range items {
		paths = append(paths, i.Paths)
	}
	return pipeline.Hash(paths)[:8]
}
