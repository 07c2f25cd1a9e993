package main

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"samkraft/pipeline"
)

func newRuns(s *settings) *cobra.Command {
	c := &cobra.Command{
		Use: "runs [RUN]", Short: "List the runs of the workspace, or one in full with its log", Args: cobra.MaximumNArgs(1),
		Long: `Lists what ran, the oldest first: by whom it was started (a server's job and for which of its times, or by
hand), how long it took, and what came of each plan. With a run's id it shows that run: its steps with their
times, what was fetched, what came of each plan and why, and its log. With --format json it is all there is.`,
		Example: `  samkraft runs --since 7d --code 1,3,4
  samkraft runs --plan kobenhavn-syd --last 1
  samkraft runs 20261122T051500.000Z`,
	}
	format := formatFlag(c)
	var f runFilter
	c.Flags().StringSliceVar(&f.plans, "plan", nil, "only runs of these plans")
	c.Flags().StringSliceVar(&f.states, "state", nil, "only runs in these states: running, ended, \"cut off\" or damaged")
	c.Flags().IntSliceVar(&f.codes, "code", nil, "only runs that ended with these codes")
	c.Flags().StringVar(&f.since, "since", "", "only runs that began at this time or later: 2026-11-22, 2026-11-22T05:15:00Z, or 7d for seven days ago")
	c.Flags().StringVar(&f.until, "until", "", "only runs that began before this time, written in the same ways")
	c.Flags().StringVar(&f.by, "by", "", "only runs whose starter has this in its name; hand: those that were started by hand")
	c.Flags().IntVar(&f.last, "last", 0, "only this many, the newest")
	c.RunE = func(_ *cobra.Command, args []string) error {
		matches, err := f.compile(s.clock())
		if err != nil {
			return err
		}
		disk, err := s.reading()
		if err != nil {
			return err
		}
		records, err := (pipeline.Records{Disk: disk}).List()
		if err != nil {
			return fails(err)
		}
		if len(args) == 1 {
			for _, r := range records {
				if r.ID == args[0] {
					return s.showRun(*format, r)
				}
			}
			return exit{pipeline.Usage, fmt.Errorf("there is no run %q; 'samkraft runs' lists them", args[0])}
		}
		records = slices.DeleteFunc(records, func(r pipeline.Record) bool { return !matches(r) })
		if f.last > 0 {
			records = records[max(0, len(records)-f.last):]
		}
		var rows [][]string
		for _, r := range records {
			rows = append(rows, runRow(r))
		}
		return s.list(*format, append([]pipeline.Record{}, records...), []string{"RUN", "STATE", "TOOK", "CODE", "BY", "PLANS"}, rows)
	}
	return c
}

// runFilter says which runs are listed, as the flags say it.
type runFilter struct {
	plans, states    []string
	codes            []int
	since, until, by string
	last             int
}

// compile checks the flags, and returns whether a run is to be listed.
func (f runFilter) compile(now time.Time) (func(pipeline.Record) bool, error) {
	since, err := moment("--since", f.since, now)
	if err != nil {
		return nil, err
	}
	until, err := moment("--until", f.until, now)
	if err != nil {
		return nil, err
	}
	known := []string{string(pipeline.Running), string(pipeline.Ended), string(pipeline.CutOff), string(pipeline.Damaged)}
	for _, state := range f.states {
		if !slices.Contains(known, state) {
			return nil, fmt.Errorf("--state %q: expected one of %s", state, strings.Join(known, ", "))
		}
	}
	if f.last < 0 {
		return nil, fmt.Errorf("--last %d: expected a number of runs", f.last)
	}
	return func(r pipeline.Record) bool {
		return (f.plans == nil || slices.ContainsFunc(f.plans, func(p string) bool { return slices.Contains(r.Plans, p) })) &&
			(f.states == nil || slices.Contains(f.states, string(r.State))) &&
			(f.codes == nil || r.State == pipeline.Ended && slices.Contains(f.codes, int(r.Code))) &&
			(since.IsZero() || !r.Started.Before(since)) && (until.IsZero() || r.Started.Before(until)) &&
			(f.by == "" || f.by == "hand" && r.By == "" || r.By != "" && strings.Contains(r.By, f.by))
	}, nil
}

// moment reads a day, a time, or how long ago it is.
func moment(flag, text string, now time.Time) (time.Time, error) {
	if text == "" {
		return time.Time{}, nil
	}
	if ago := pipeline.Span(text); ago > 0 {
		return now.Add(-ago), nil
	}
	for _, layout := range []string{time.DateOnly, time.RFC3339} {
		if at, err := time.Parse(layout, text); err == nil {
			return at, nil
		}
	}
	return time.Time{}, fmt.Errorf("%s %q: expected a day such as 2026-11-22, a time such as 2026-11-22T05:15:00Z, or an age such as 7d or 36h", flag, text)
}

func runRow(r pipeline.Record) []string {
	took, code, by := "", "", r.By
	if r.State == pipeline.Ended {
		took = r.Ended.Sub(r.Started).Round(100 * time.Millisecond).String()
		code = fmt.Sprint(int(r.Code))
	}
	if by == "" && r.State != pipeline.Damaged {
		by = "hand"
	}
	what := []string{r.Error}
	if r.Error == "" {
		what = nil
		for _, p := range r.Outcome.Plans {
			what = append(what, p.Plan+" "+became(p))
		}
	}
	if n := len(r.Untold); n > 0 {
		what = append(what, counted(n, "message", "messages")+" not delivered")
	}
	return []string{r.ID, string(r.State), took, code, by, strings.Join(what, "; ")}
}

// became says in a few words what came of a plan.
func became(p pipeline.PlanOutcome) string {
	switch {
	case p.New:
		return "published " + p.Snapshot
	case p.Withheld != "":
		return "withheld"
	case len(p.Problems) > 0:
		return "not published"
	}
	return "nothing new"
}

// showRun shows a run in full.
func (s *settings) showRun(format string, r pipeline.Record) error {
	log, err := (pipeline.Records{Disk: s.disk(false)}).Log(r.ID)
	if err != nil {
		return fails(err)
	}
	if format == "json" {
		e := json.NewEncoder(s.out)
		e.SetIndent("", "  ")
		e.SetEscapeHTML(false)
		return e.Encode(struct {
			pipeline.Record
			Log []pipeline.LogLine `json:"log"`
		}{r, append([]pipeline.LogLine{}, log...)})
	}
	if format != "table" {
		return s.list(format, nil, nil, nil)
	}
	row := runRow(r)
	fmt.Fprintf(s.out, "run %s: %s", r.ID, r.State)
	if r.State == pipeline.Ended {
		fmt.Fprintf(s.out, " with code %s after %s", row[3], row[2])
	}
	fmt.Fprintln(s.out)
	if r.State != pipeline.Damaged {
		fmt.Fprintf(s.out, "began %s, by %s\n", r.Started.Format(time.RFC3339), row[4])
	}
	if r.Error != "" {
		fmt.Fprintf(s.out, "  ! %s\n", r.Error)
	}
	for _, text := range r.Untold {
		fmt.Fprintf(s.out, "  ! not delivered: %s\n", text)
	}
	var steps, fetched, plans, lines [][]string
	for _, step := range r.Steps {
		steps = append(steps, []string{step.Name, step.Plan, step.Started.Format("15:04:05"), step.Ended.Sub(step.Started).Round(time.Millisecond).String()})
	}
	for _, f := range r.Outcome.Fetched {
		fetched = append(fetched, []string{f.Source, f.DataSet, fmt.Sprint(f.Asked), fmt.Sprint(len(f.Changed)), fmt.Sprint(f.Waiting), fmt.Sprint(f.Requests), fmt.Sprint(f.Retries), fmt.Sprint(f.Bytes), fmt.Sprint(len(f.Faults))})
	}
	for _, p := range r.Outcome.Plans {
		plans = append(plans, []string{p.Plan, fmt.Sprint(int(p.Code)), fmt.Sprint(p.Rows), fmt.Sprint(p.Bytes), became(p)})
	}
	for _, l := range log {
		at := ""
		if !l.Time.IsZero() {
			at = l.Time.Format("15:04:05.000")
		}
		lines = append(lines, []string{at, l.Level, l.Text})
	}
	for _, part := range []struct {
		header []string
		rows   [][]string
	}{
		{[]string{"STEP", "PLAN", "BEGAN", "TOOK"}, steps},
		{[]string{"SOURCE", "DATASET", "ASKED", "CHANGED", "WAITING", "REQUESTS", "RETRIES", "BYTES", "FAULTS"}, fetched},
		{[]string{"PLAN", "CODE", "ROWS", "BYTES", "BECAME"}, plans},
		{[]string{"TIME", "LEVEL", "LOG"}, lines},
	} {
		if len(part.rows) == 0 {
			continue
		}
		fmt.Fprintln(s.out)
		if err := s.list(format, nil, part.header, part.rows); err != nil {
			return err
		}
	}
	return nil
}
