package keep

import (
	"fmt"
	"time"
)

// Rules say how long things stay.
type Rules struct {
	Snapshots int           // so many of each plan, the newest
	Months    int           // and the newest of each of the last so many months
	Grace     time.Duration // and what readers had less than this ago
	Runs      time.Duration // records and logs of runs
	Withheld  time.Duration // what checks kept from being published; the newest of each plan stays
	Cache     time.Duration // decoded files and tables that nothing uses
	Archive   time.Duration // extracts that nothing uses, where the archive is asked for by name
}

const day = 24 * time.Hour

// Default are the rules where nobody says otherwise.
func Default() Rules {
	return Rules{Snapshots: 30, Months: 36, Grace: day, Runs: 730 * day, Withheld: 90 * day, Cache: 30 * day, Archive: 1095 * day}
}

// snapshot is one of a plan's.
type snapshot struct {
	plan, id string
	made     time.Time
	kept     string // why it stays; "": it goes
}

// choose says of the snapshots of one plan, the newest first, which ones stay by their
// age. What stays for another reason has it already.
func (r Rules) choose(all []snapshot, now time.Time) {
	month := ""
	for i := range all {
		s := &all[i]
		first := s.made.UTC().Format("2006-01") != month
		month = s.made.UTC().Format("2006-01")
		switch {
		case s.kept != "":
		case i < r.Snapshots:
			s.kept = fmt.Sprintf("among the newest %d", r.Snapshots)
		case first && s.made.After(now.AddDate(0, -r.Months, 0)):
			s.kept = "the newest of its month"
		case i > 0 && now.Sub(all[i-1].made) < r.Grace:
			s.kept = "may still be read"
		}
	}
}

// why says why a snapshot goes.
func (r Rules) why(s snapshot) string {
	return fmt.Sprintf("made %s: not among the newest %d, nor the newest of one of the last %d months", s.made.UTC().Format(time.DateOnly), r.Snapshots, r.Months)
}

func older(what string, made time.Time, than time.Duration) string {
	return fmt.Sprintf("%s, of %s: older than %d days", what, made.UTC().Format(time.DateOnly), than/day)
}
