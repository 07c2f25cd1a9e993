package keep

import (
	"cmp"
	"path"
	"slices"
	"strings"
	"time"

	"samkraft/pipeline"
	"samkraft/pipeline/links"
)

// switched is how much later than the newest snapshot was made readers must have been led
// elsewhere for somebody to have done that by hand.
const switched = 15 * time.Minute

// snapshots lists those of all plans, and says which stay.
func (k Keeper) snapshots(records []pipeline.Record) ([]snapshot, error) {
	store := pipeline.Snapshots{Disk: k.Disk}
	plans, err := store.Plans()
	if err != nil {
		return nil, err
	}
	made := Made(records)
	var all []snapshot
	for _, plan := range plans {
		ids, err := store.List(plan)
		if err != nil {
			return nil, err
		}
		var own []snapshot
		for _, id := range ids {
			if snapshotID.MatchString(id) {
				own = append(own, snapshot{plan: plan, id: id, made: k.made(made, plan, id), kept: ""})
			}
		}
		slices.SortFunc(own, func(a, b snapshot) int { return cmp.Or(b.made.Compare(a.made), strings.Compare(a.id, b.id)) })
		k.chosen(plan, own)
		k.Rules.choose(own, k.Now)
		all = append(all, own...)
	}
	return all, nil
}

// Made returns when runs published snapshots, by "PLAN/ID", for the first time.
func Made(records []pipeline.Record) map[string]time.Time {
	made := map[string]time.Time{}
	for _, r := range records {
		for _, p := range r.Outcome.Plans {
			if at := p.Plan + "/" + p.Snapshot; p.New && made[at].IsZero() {
				made[at] = r.Ended
			}
		}
	}
	return made
}

// made is when a snapshot was published: as the record of its run says, or else its file.
func (k Keeper) made(made map[string]time.Time, plan, id string) time.Time {
	if at := made[plan+"/"+id]; !at.IsZero() {
		return at
	}
	return k.changed(path.Join((pipeline.Snapshots{Disk: k.Disk}).Folder(plan, id), "manifest.json"))
}

// changed is when a file was written; now, where that cannot be seen, so that it is young.
func (k Keeper) changed(name string) time.Time {
	info, err := k.Disk.Stat(name)
	if err != nil {
		return k.Now
	}
	return info.ModTime()
}

// chosen marks the snapshots of a plan, the newest first, that stay because somebody
// wants them, or cannot be asked.
func (k Keeper) chosen(plan string, own []snapshot) {
	store := pipeline.Snapshots{Disk: k.Disk}
	because := map[string]string{}
	everything := ""
	pins, err := (Pins{k.Disk}).List(plan)
	if err != nil {
		everything = "the plan's pins cannot be read"
	}
	h, was, err := store.Held(plan)
	if err != nil {
		everything = "it cannot be read where readers are held"
	}
	latest, err := store.Latest(plan)
	if err != nil || latest == "" {
		everything = "it cannot be read what readers have"
	}
	if moved := k.changed(path.Join("snapshots", plan, "latest")); len(own) > 0 && moved.Sub(own[0].made) > switched && k.Now.Sub(moved) < k.Rules.Grace {
		everything = "readers were led elsewhere lately, and may still read it"
	}
	if was {
		// Over or not: what readers had may still be read.
		because[h.Before], because[h.Snapshot], because[h.Newest] = "readers had it", "readers were held on it", "the newest"
	}
	for _, p := range pins {
		because[p.Snapshot] = "pinned as " + p.Name
	}
	because[latest] = "latest"
	for i := range own {
		own[i].kept = cmp.Or(because[own[i].id], everything)
	}
	if len(own) > 0 && own[0].kept == "" {
		own[0].kept = "the newest"
	}
}

func (k Keeper) oldSnapshots(s *survey) (items []Item) {
	for _, snap := range s.snapshots {
		if snap.kept == "" {
			items = append(items, Item{Kind: Snapshot, Paths: []string{(pipeline.Snapshots{Disk: k.Disk}).Folder(snap.plan, snap.id)}, Reason: k.Rules.why(snap)})
		}
	}
	return items
}

// runStamp is how a run's id is written.
const runStamp = "20060102T150405.000Z"

// begun is when a run began, which its id says.
func begun(name string) (at time.Time, known bool) {
	if len(name) < len(runStamp) {
		return at, false
	}
	at, err := time.Parse(runStamp, name[:len(runStamp)])
	return at, err == nil
}

// withheld lists old sets, but never the newest of a plan.
func (k Keeper) withheld(s *survey) (items []Item) {
	newest := map[string]string{}
	made := map[string]time.Time{}
	for _, f := range s.files {
		parts := strings.SplitN(f.Path, "/", 4)
		if len(parts) < 4 || parts[0] != "withheld" || pipeline.IsTemp(f.Path) {
			continue
		}
		at, known := begun(parts[2])
		if !known {
			continue
		}
		folder := path.Join(parts[:3]...)
		made[folder] = at
		newest[parts[1]] = max(newest[parts[1]], folder)
	}
	for folder, at := range made {
		if k.Now.Sub(at) > k.Rules.Withheld && newest[path.Base(path.Dir(folder))] != folder {
			items = append(items, Item{Kind: Withheld, Paths: []string{folder}, Reason: older("what checks withheld", at, k.Rules.Withheld)})
		}
	}
	return items
}

// runs lists old records with all that stands beside them under their id, but never the
// newest, nor the one that says when a snapshot was made that stays.
func (k Keeper) runs(s *survey) (items []Item) {
	wanted := map[string]bool{}
	stays := map[string]bool{}
	for _, snap := range s.snapshots {
		stays[snap.plan+"/"+snap.id] = snap.kept != ""
	}
	for _, r := range s.records {
		wanted[r.ID] = r.State == pipeline.Damaged // it may be of one that stays
		for _, p := range r.Outcome.Plans {
			wanted[r.ID] = wanted[r.ID] || p.New && stays[p.Plan+"/"+p.Snapshot]
		}
	}
	at := map[string]int{}
	newest := ""
	for _, f := range s.files {
		name, inRuns := strings.CutPrefix(f.Path, "runs/")
		begun, known := begun(name)
		if !inRuns || !known {
			continue
		}
		id := name[:len(runStamp)]
		newest = max(newest, id)
		if wanted[id] || k.Now.Sub(begun) <= k.Rules.Runs {
			continue
		}
		top := path.Join("runs", strings.SplitN(name, "/", 2)[0])
		i, there := at[id]
		if !there {
			i = len(items)
			at[id] = i
			items = append(items, Item{Kind: Run, Reason: older("a run", begun, k.Rules.Runs)})
		}
		if !slices.Contains(items[i].Paths, top) {
			items[i].Paths = append(items[i].Paths, top)
		}
	}
	return slices.DeleteFunc(items, func(i Item) bool { return strings.Contains(i.Paths[0], newest) })
}

// leftovers lists what was left half made. A run sweeps it, too: what is young may be
// somebody's work.
func (k Keeper) leftovers(s *survey) (items []Item) {
	newest := map[string]time.Time{}
	for _, f := range s.files {
		if !pipeline.IsTemp(f.Path) {
			continue
		}
		top := f.Path
		for pipeline.IsTemp(path.Dir(top)) {
			top = path.Dir(top)
		}
		if at := f.Info.ModTime(); at.After(newest[top]) {
			newest[top] = at
		}
	}
	for top, at := range newest {
		if k.Now.Sub(at) > day {
			items = append(items, Item{Kind: Leftover, Paths: []string{top}, Reason: older("half made and left over", at, day)})
		}
	}
	return items
}

// Sizes returns, by "PLAN/ID", the bytes of each snapshot's files that no other snapshot
// has, and of those that several have as one file.
func Sizes(disk pipeline.FS) (own, shared map[string]int64, err error) {
	files, err := links.Walk(disk, func(name string) bool {
		return name != "snapshots" && !strings.HasPrefix(name, "snapshots/") || pipeline.IsTemp(name)
	})
	if err != nil {
		return nil, nil, err
	}
	names := map[int]int{}
	for _, f := range files {
		names[f.Same]++
	}
	own, shared = map[string]int64{}, map[string]int64{}
	for _, f := range files {
		at := strings.TrimPrefix(path.Dir(f.Path), "snapshots/")
		if names[f.Same] == 1 {
			own[at] += f.Info.Size()
		} else {
			shared[at] += f.Info.Size()
		}
	}
	return own, shared, nil
}
