package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"samkraft/pipeline"
	"samkraft/pipeline/keep"
	"samkraft/pipeline/schedule"
	"samkraft/sources/catalogue"
	"samkraft/sources/own"
)

// days is a flag's length of time in whole days.
type days time.Duration

var wholeDays = regexp.MustCompile(`^(0|[1-9][0-9]{0,4})d$`)

func (d *days) String() string {
	return fmt.Sprintf("%dd", time.Duration(*d)/(24*time.Hour))
}

func (d *days) Type() string { return "days" }

func (d *days) Set(text string) error {
	if !wholeDays.MatchString(text) {
		return errors.New("expected a number of days, such as 90d")
	}
	n, err := strconv.Atoi(strings.TrimSuffix(text, "d"))
	*d = days(time.Duration(n) * 24 * time.Hour)
	return err
}

// keepFlags are the rules by which a workspace is pruned.
func keepFlags(f *pflag.FlagSet) *keep.Rules {
	r := keep.Default()
	f.IntVar(&r.Snapshots, "keep-snapshots", r.Snapshots, "keep so many snapshots of each plan, the newest")
	f.IntVar(&r.Months, "keep-months", r.Months, "and the newest of each of the last so many months")
	for _, rule := range []struct {
		name string
		span *time.Duration
		what string
	}{
		{"keep-grace", &r.Grace, "and what readers had less than so long ago"},
		{"keep-runs", &r.Runs, "keep records and logs of runs so long"},
		{"keep-withheld", &r.Withheld, "keep what checks withheld so long; the newest of each plan always"},
		{"keep-cache", &r.Cache, "keep decoded files and built tables so long that nothing uses"},
	} {
		f.Var((*days)(rule.span), rule.name, rule.what)
	}
	return &r
}

func checkRules(r keep.Rules) error {
	if r.Snapshots < 1 || r.Months < 0 {
		return fmt.Errorf("--keep-snapshots %d --keep-months %d: expected at least 1 snapshot and no negative number of months", r.Snapshots, r.Months)
	}
	return nil
}

func (s *settings) pruner(disk pipeline.Disk, rules keep.Rules) keep.Keeper {
	return keep.Keeper{Disk: disk, Sources: append(catalogue.Sources(), own.Source{}), Rules: rules, Now: s.clock().UTC()}
}

func newPrune(s *settings) *cobra.Command {
	var dryRun, archive bool
	var agreed string
	var wait time.Duration
	c := &cobra.Command{
		Use:   "prune",
		Short: "Take away what is older than the rules say",
		Long: `Takes away old snapshots, records of runs, withheld sets, decoded files and built tables that nothing uses,
and what was left half made. --dry-run lists it, with the bytes that become free: a file that has another
name elsewhere in the workspace takes no room of its own. Pinned snapshots, what readers have, the newest
snapshots and whatever cannot be read stay.

The archive is never pruned unless --archive asks for it, and for nothing else: that lists what neither a
snapshot that stays nor the present state of a data set names, and a word; --confirm WORD takes exactly
that away. Publishers may not have it any more.`,
		Example: `  samkraft prune --dry-run
  samkraft prune --keep-snapshots 10 --keep-withheld 30d
  samkraft prune --archive --keep-archive 1095d`,
		Args: cobra.NoArgs,
	}
	f := c.Flags()
	format := formatFlag(c)
	rules := keepFlags(f)
	f.BoolVar(&dryRun, "dry-run", false, "list, and take nothing away")
	f.BoolVar(&archive, "archive", false, "list what nothing needs of the archive, and nothing else")
	f.Var((*days)(&rules.Archive), "keep-archive", "of the archive keep so long what nothing needs")
	f.StringVar(&agreed, "confirm", "", "take away what --archive listed with this word")
	f.DurationVar(&wait, "wait", 0, "how long to wait when a run holds the workspace, such as 5m")
	c.RunE = func(c *cobra.Command, _ []string) error {
		if err := checkRules(*rules); err != nil {
			return err
		}
		if !archive && (agreed != "" || f.Changed("keep-archive")) {
			return errors.New("--confirm and --keep-archive go with --archive")
		}
		disk, err := s.reading()
		if err != nil {
			return err
		}
		k := s.pruner(disk, *rules)
		list := k.List
		if archive {
			list = k.ArchiveItems
		}
		if dryRun || archive && agreed == "" {
			items, err := list()
			if err != nil {
				return fails(err)
			}
			if err := s.listItems(*format, items, "would become free"); err != nil {
				return err
			}
			if archive && len(items) > 0 {
				fmt.Fprintf(s.err, "samkraft: to take exactly this away: samkraft prune --archive --keep-archive %v --confirm %s\n", (*days)(&rules.Archive), keep.Agreed(items))
			}
			return nil
		}
		return s.holding(c.Context(), disk, "prune", wait, func() error {
			items, err := list()
			if err != nil {
				return err
			}
			if archive && agreed != keep.Agreed(items) {
				return exit{pipeline.Usage, fmt.Errorf("--confirm %s: that was another list; 'samkraft prune --archive' makes a new one", agreed)}
			}
			gone := []keep.Item{}
			err = k.Remove(c.Context(), items, func(i keep.Item) { gone = append(gone, i) })
			return errors.Join(err, s.listItems(*format, gone, "became free"))
		})
	}
	return c
}

func (s *settings) listItems(format string, items []keep.Item, what string) error {
	var rows [][]string
	var free int64
	for _, i := range items {
		free += i.Frees
		rows = append(rows, []string{string(i.Kind), strings.Join(i.Paths, " "), pipeline.Size(i.Bytes), pipeline.Size(i.Frees), i.Reason})
	}
	if err := s.list(format, append([]keep.Item{}, items...), []string{"KIND", "WHAT", "SIZE", "FREES", "WHY"}, rows); err != nil {
		return err
	}
	if format == "table" {
		fmt.Fprintf(s.out, "%s, %s %s\n", counted(len(items), "thing", "things"), pipeline.Size(free), what)
	}
	return nil
}

// pruning names the job of a server that prunes. No plan is called so.
const pruning = "(prune)"

func jobOfPruning() (schedule.Job, error) {
	times, err := schedule.Parse("45 3 * * *", time.UTC)
	return schedule.Job{Name: pruning, Times: times, Overlap: schedule.Skip, CatchUp: schedule.Once, Window: 2 * 24 * time.Hour}, err
}

// prune takes away what is too old, for a server.
func (k *keeper) prune(ctx context.Context, log *slog.Logger) {
	disk := k.disk(k.sample)
	things, free := 0, int64(0)
	err := k.holding(ctx, disk, "prune", waitForOther, func() error {
		prunes := k.pruner(disk, *k.rules)
		items, err := prunes.List()
		if err != nil {
			return err
		}
		return prunes.Remove(ctx, items, func(i keep.Item) { things, free = things+1, free+i.Frees })
	})
	log = log.With("things", things, "freed_bytes", free)
	if err != nil {
		log.Error("not pruned to the end", "error", err)
		return
	}
	log.Info("pruned")
}
