package main

import (
	"fmt"
	"sort"
	"time"

	"github.com/spf13/cobra"

	"samkraft/pipeline/schedule"
)

// nextRun is a line of 'samkraft schedule'.
type nextRun struct {
	Job     string    `json:"job"`
	Due     time.Time `json:"due"`
	Planned time.Time `json:"planned"`
	Cron    string    `json:"cron"`
	Why     string    `json:"why"`
}

func newSchedule(s *settings) *cobra.Command {
	var times int
	c := &cobra.Command{
		Use:   "schedule [PLAN...]",
		Short: "Say when a server makes plans anew next, and why then",
		Long: `Lists the next times of the plans (all built-in ones, when none is named) and of their data sets that have
times of their own, in the plan's time zone. DUE is later than PLANNED by the plan's jitter. A time that has
passed was missed by the server of this workspace; it is caught up, or not, as the plan says.`,
	}
	format := formatFlag(c)
	c.Flags().IntVar(&times, "times", 1, "how many times to list of each job")
	c.RunE = func(_ *cobra.Command, names []string) error {
		if times < 1 || times > 1000 {
			return fmt.Errorf("--times %d: expected 1 to 1000", times)
		}
		plans, err := choosePlans(names)
		if err != nil {
			return err
		}
		jobs, _, err := jobsOf(plans)
		if err != nil {
			return err
		}
		now, seen := s.clock(), schedule.Remembered(s.disk(false))
		all := []nextRun{}
		for _, j := range jobs {
			at, known := seen[j.Name]
			if !known || at.After(now) {
				at = now
			}
			for range times {
				due, planned := j.Next(at)
				why := "at its time"
				switch {
				case due.Before(now):
					why = "missed: catch_up " + string(j.CatchUp)
				case due.After(planned):
					why = "its time and " + due.Sub(planned).String() + " of jitter"
				}
				all = append(all, nextRun{j.Name, due, planned, j.Times.String(), why})
				at = due
			}
		}
		sort.SliceStable(all, func(i, k int) bool { return all[i].Due.Before(all[k].Due) })
		var rows [][]string
		for _, n := range all {
			rows = append(rows, []string{n.Due.Format("2006-01-02 15:04:05 MST"), n.Planned.Format("15:04"), n.Job, n.Cron, n.Why})
		}
		return s.list(*format, all, []string{"DUE", "PLANNED", "JOB", "CRON", "WHY"}, rows)
	}
	return c
}
