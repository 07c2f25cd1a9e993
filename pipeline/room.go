package pipeline

import "fmt"

// workRoom is what a run wants to have free beside what it makes: records, logs, and
// what the engine puts aside where memory does not do.
const workRoom = 100 << 20

// roomForTables estimates what making the tables of plans anew takes: as much as
// those of their newest snapshots.
func (r *Runner) roomForTables(plans []Plan) (bytes int64) {
	s := Snapshots{r.Disk}
	for _, p := range plans {
		newest, err := s.Newest(p.ID)
		if err != nil || newest == "" {
			continue
		}
		m, err := s.Manifest(p.ID, newest)
		if err != nil {
			continue
		}
		for _, t := range m.Tables {
			bytes += t.Bytes
		}
	}
	return bytes
}

// enoughFor looks whether there is room for what is about to be decoded and built.
func (r *Runner) enoughFor(plans []Plan, work []bool, need map[*input]bool) error {
	var incoming int64
	for in := range need {
		if Exists(r.Disk, (Archive{r.Disk}).receipt(in.extract)) {
			continue
		}
		for _, p := range in.extract.Parts {
			incoming += p.Bytes
		}
	}
	var anew []Plan
	for i, plan := range plans {
		if work[i] {
			anew = append(anew, plan)
		}
	}
	if len(need) == 0 && len(anew) == 0 {
		return nil
	}
	return r.enough(r.roomForTables(anew), incoming)
}

// enough is an error when the disk has less free than a run is likely to need: the
// tables, and what comes in, which takes less in the archive and decoded together than it
// does plain.
func (r *Runner) enough(tables, incoming int64) error {
	if r.Free == nil {
		return nil
	}
	free, err := r.Free()
	if err != nil {
		return fmt.Errorf("the free space of %s cannot be told: %w", r.Disk.Path("."), err)
	}
	need := workRoom + tables + incoming
	if free >= need {
		return nil
	}
	what := fmt.Sprintf("its disk has %s free, and this run needs about %s (%s to work in, %s for tables as large as the last ones, %s for files that are new)",
		Size(free), Size(need), Size(workRoom), Size(tables), Size(incoming))
	return &Problem{File: r.Disk.Path("."), What: what, Remedy: "'samkraft prune --dry-run' lists what can go; readers keep what they have"}
}

// Size writes a number of bytes for people.
func Size(bytes int64) string {
	switch {
	case bytes < 1000:
		return fmt.Sprintf("%d B", bytes)
	case bytes < 1_000_000:
		return fmt.Sprintf("%.1f kB", float64(bytes)/1e3)
	case bytes < 1_000_000_000:
		return fmt.Sprintf("%.1f MB", float64(bytes)/1e6)
	}
	return fmt.Sprintf("%.1f GB", float64(bytes)/1e9)
}
