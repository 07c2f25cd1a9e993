package main

import (
	"fmt"
	"sort"
	"time"

	"github.com/spf13/cobra"

	"samkraft/pipeline"
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
	var late time.Duration
	c := &cobra.Command{
		Use:   "schedule [PLAN...]",
		Short: "Say when a server makes plans anew next, and why then",
		Long: `Lists the next times of the plans (all built-in ones, when none is named) and of their data sets that have
times of their own, in the plan's time zone. DUE is later than PLANNED by the plan's jitter. A time that has
passed was missed by the server of this workspace, or its run has not ended; it is caught up, or not, as the
plan says. With --late 3h the exit code is 1 when one passed more than three hours ago: whatever watches the
server can ask that.`,
	}
	format := formatFlag(c)
	c.Flags().IntVar(&times, "times", 1, "how many times to list of each job")
	c.Flags().DurationVar(&late, "late", 0, "fail when a time passed longer ago than this and was not dealt with, such as 3h")
	c.RunE = func(_ *cobra.Command, names []string) error {
		if late < 0 {
			return fmt.Errorf("--late %s: expected a time such as 3h", late)
		}
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
		if err := s.list(*format, all, []string{"DUE", "PLANNED", "JOB", "CRON", "WHY"}, rows); err != nil {
			return err
		}
		if overdue := now.Sub(all[0].Due); late > 0 && overdue > late {
			return exit{pipeline.Failed, fmt.Errorf("%s is late by %s; look at the server's log, or whether there is a server", all[0].Job, overdue.Round(time.Minute))}
		}
		return nil
	}
	return c
}
