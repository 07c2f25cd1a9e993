package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"

	"github.com/spf13/cobra"

	"samkraft/pipeline"
	"samkraft/sinks/notice"
	"samkraft/sources/web"
)

// newTeller tells people what became of runs in a workspace. What it may not know of it
// finds in the environment.
func (s *settings) newTeller(disk pipeline.Disk, sample bool, log *slog.Logger) (*notice.Teller, error) {
	authorities, err := web.Authorities(s.getenv("SAMKRAFT_CA_FILE"))
	if err != nil {
		return nil, err
	}
	clock := s.waits
	if clock == nil {
		clock = web.NewClock(s.clock)
	}
	return &notice.Teller{
		Disk: disk, Clock: clock, Publishers: publishers(), Version: version, Lang: s.lang, Authorities: authorities,
		Lookup: func(name string) (string, error) {
			return web.Secret(func(name string) (string, bool) {
				value := s.getenv(name)
				return value, value != ""
			}, name)
		},
		News: func(ctx context.Context, o pipeline.PlanOutcome, lang string) (string, error) {
			return s.news(ctx, disk, o, lang, sample)
		},
		Fault: func(err error) { log.Error("telling people goes wrong", "error", err) },
	}, nil
}

// news is what a new snapshot says and what it changed, in a language: what a run tells
// the one who began it.
func (s *settings) news(ctx context.Context, disk pipeline.Disk, o pipeline.PlanOutcome, lang string, sample bool) (string, error) {
	var text bytes.Buffer
	to := *s
	to.out, to.lang = &text, lang
	t := summaryTexts[lang]
	err := to.headline(ctx, disk.Path((pipeline.Snapshots{Disk: disk}).Folder(o.Plan, o.Snapshot)), false, t)
	if err == nil && o.Previous != "" {
		err = to.revision(ctx, disk, o, t)
	}
	if sample {
		fmt.Fprintf(&text, "  %s\n", t.sample)
	}
	return text.String(), err
}

// tell tells people what became of plans in a run, and what waits of all plans. The log
// and the record of the run say what could not be told; the run goes by without it. Of
// a run that was told to end there is nothing to say.
func tell(ctx context.Context, teller *notice.Teller, log *slog.Logger, all, plans []pipeline.Plan, outcome pipeline.Outcome, err error) {
	if err != nil && ctx.Err() != nil {
		return
	}
	var untold []string
	for _, r := range teller.Tell(ctx, all, reports(teller.Disk, plans, outcome, err)) {
		log := log.With("plan", r.Plan, "event", r.Event, "to", r.To)
		if r.Fault == "" {
			log.Info("told")
			continue
		}
		log.Warn("not told", "tries", r.Tries, "error", r.Fault)
		untold = append(untold, fmt.Sprintf("%s: %s to %s: %s", r.Plan, r.Event, r.To, r.Fault))
	}
	if len(untold) > 0 && outcome.Run != "" {
		if err := (pipeline.Records{Disk: teller.Disk}).Untold(outcome.Run, untold); err != nil {
			log.Warn("the record of the run cannot say what was not told", "error", err)
		}
	}
}

// reports says of each plan what became of it. What stops a run stops all of its plans.
func reports(disk pipeline.FS, plans []pipeline.Plan, outcome pipeline.Outcome, err error) []notice.Report {
	var all []notice.Report
	for _, p := range plans {
		if err != nil {
			code := pipeline.Failed
			if e := (exit{}); errors.As(err, &e) {
				code = e.code
			}
			stands, _ := (pipeline.Snapshots{Disk: disk}).Latest(p.ID) // told where it is known
			all = append(all, notice.Report{Plan: p, Run: outcome.Run, Outcome: pipeline.PlanOutcome{Plan: p.ID, Code: code, Snapshot: stands, Problems: []string{err.Error()}}})
			continue
		}
		for _, o := range outcome.Plans {
			if o.Plan == p.ID {
				all = append(all, notice.Report{Plan: p, Run: outcome.Run, Outcome: o})
			}
		}
	}
	return all
}

func newNotices(s *settings) *cobra.Command {
	c := &cobra.Command{
		Use: "notices", Short: "Say what people were told of plans and what waits, or try it", Args: cobra.NoArgs,
		Long: `Lists, of each plan that a server or 'run --notify' tells of, the state that was told last, the data sets
that are too old, and the messages that could not be delivered; they are tried again with the next run.
What is told to whom stands in the plan, under 'notices'; docs/server.md has the rest.`,
	}
	format := formatFlag(c)
	c.RunE = func(*cobra.Command, []string) error {
		all, err := notice.Remembered(s.disk(false))
		if err != nil {
			fmt.Fprintln(s.err, "samkraft: "+err.Error())
		}
		var rows [][]string
		for _, told := range all {
			rows = append(rows, []string{told.Plan, told.State, told.Since.Format("2006-01-02 15:04Z"), strings.Join(told.Stale, ", ")})
			for _, w := range told.Waiting {
				rows = append(rows, []string{"", fmt.Sprintf("  ! %s waits for %s after %s: %s", w.Event, w.To, counted(w.Tries, "try", "tries"), w.Fault)})
			}
		}
		return s.list(*format, all, []string{"PLAN", "STATE", "SINCE", "TOO OLD"}, rows)
	}
	c.AddCommand(&cobra.Command{
		Use: "test PLAN", Short: "Send a message by each of a plan's ways", Args: cobra.ExactArgs(1),
		Long: "Sends a message by each way that the plan names under 'notices', and calls the address under 'alive'. It fails where one fails.",
		RunE: func(c *cobra.Command, args []string) error {
			p, err := readPlan(args[0])
			if err != nil {
				return err
			}
			teller, err := s.newTeller(s.disk(false), false, slog.New(slog.NewTextHandler(s.err, nil)))
			if err != nil {
				return exit{pipeline.Usage, err}
			}
			results := teller.Test(c.Context(), p)
			if len(results) == 0 {
				return exit{pipeline.Usage, fmt.Errorf("plan %s has neither 'notices' nor 'alive': it tells nobody", p.ID)}
			}
			good := true
			for _, r := range results {
				said := "taken"
				if r.Fault != "" {
					said, good = r.Fault, false
				}
				fmt.Fprintf(s.out, "%s to %s: %s\n", r.Event, r.To, said)
			}
			if !good {
				return exit{pipeline.Failed, errTold}
			}
			return nil
		},
	})
	return c
}
