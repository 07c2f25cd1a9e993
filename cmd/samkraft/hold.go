package main

import (
	"context"
	"errors"
	"fmt"
	"os/user"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"samkraft/pipeline"
	"samkraft/pipeline/keep"
)

// holding does something while no run and no other change of the workspace goes on.
func (s *settings) holding(ctx context.Context, disk pipeline.Disk, what string, wait time.Duration, do func() error) error {
	if !pipeline.Exists(disk, ".") {
		return exit{pipeline.Usage, fmt.Errorf("there is no workspace %s", disk.Path("."))}
	}
	release, err := pipeline.Lock(ctx, disk, pipeline.Holder{PID: s.pid, Run: what, Started: s.clock().UTC()}, wait)
	if err != nil {
		return coded(err)
	}
	defer release()
	if err := pipeline.CheckLayout(disk); err != nil {
		return exit{pipeline.Usage, err}
	}
	return fails(do())
}

// coded gives an error of a workspace its exit code.
func coded(err error) error {
	if errors.Is(err, pipeline.ErrBusy) {
		return exit{pipeline.Busy, err}
	}
	return fails(err)
}

// whoAmI names the user, for what is written down of a choice.
func whoAmI() string {
	u, err := user.Current()
	if err != nil {
		return ""
	}
	return u.Username
}

// because are the flags of a choice that is written down.
type because struct {
	by, why string
	wait    time.Duration
}

func becauseFlags(c *cobra.Command) *because {
	b := &because{}
	c.Flags().StringVar(&b.by, "by", whoAmI(), "who wants it")
	c.Flags().StringVar(&b.why, "why", "", "why, for those who wonder later")
	c.Flags().DurationVar(&b.wait, "wait", 0, "how long to wait when a run holds the workspace, such as 5m")
	return b
}

func newPin(s *settings) *cobra.Command {
	c := &cobra.Command{
		Use:   "pin PLAN/ID NAME",
		Short: "Name a snapshot that somebody cites; it is never pruned",
		Long: `Gives a snapshot a name by which 'samkraft query --snapshot NAME', 'samkraft verify PLAN/NAME' and
'samkraft diff' know it. A pinned snapshot is never pruned. A name stays with its snapshot until it is
taken away with 'samkraft snapshots unpin'. ID may be latest.`,
		Example: `  samkraft snapshots pin kobenhavn-syd/7aeb5794a6abdf05 council-2026-11 --why "agenda item 14"`,
		Args:    cobra.ExactArgs(2),
	}
	b := becauseFlags(c)
	c.RunE = func(c *cobra.Command, args []string) error {
		plan, id, err := s.named(args[0])
		if err != nil {
			return err
		}
		disk := s.disk(false)
		return s.holding(c.Context(), disk, "snapshots pin", b.wait, func() error {
			if err := (keep.Pins{Disk: disk}).Set(plan, keep.Pin{Name: args[1], Snapshot: id, Since: s.clock().UTC(), By: b.by, Why: b.why}); err != nil {
				return exit{pipeline.Usage, err}
			}
			fmt.Fprintf(s.out, "snapshot %s of plan %s is pinned as %s\n", id, plan, args[1])
			return nil
		})
	}
	return c
}

func newUnpin(s *settings) *cobra.Command {
	c := &cobra.Command{Use: "unpin PLAN NAME", Short: "Take the name of a pinned snapshot away", Args: cobra.ExactArgs(2)}
	wait := c.Flags().Duration("wait", 0, "how long to wait when a run holds the workspace, such as 5m")
	c.RunE = func(c *cobra.Command, args []string) error {
		disk := s.disk(false)
		return s.holding(c.Context(), disk, "snapshots unpin", *wait, func() error {
			pin, err := (keep.Pins{Disk: disk}).Remove(args[0], args[1])
			if err != nil {
				return exit{pipeline.Usage, err}
			}
			fmt.Fprintf(s.out, "%s no longer names snapshot %s of plan %s\n", pin.Name, pin.Snapshot, args[0])
			return nil
		})
	}
	return c
}

func newUse(s *settings) *cobra.Command {
	var untilNew bool
	c := &cobra.Command{
		Use:   "use PLAN/ID",
		Short: "Lead readers back to a snapshot, or with PLAN/newest to the newest again",
		Long: `Lets 'latest' name this snapshot, whatever runs make: they publish beside it and say so, and readers
stay. 'samkraft snapshots use PLAN/newest' ends that; with --until-new the first run that makes a new
snapshot does. ID may be the name of a pin.`,
		Example: `  samkraft snapshots use kobenhavn-syd/7aeb5794a6abdf05 --why "heat of 2024 is wrong in Greve"
  samkraft snapshots use kobenhavn-syd/newest`,
		Args: cobra.ExactArgs(1),
	}
	b := becauseFlags(c)
	c.Flags().BoolVar(&untilNew, "until-new", false, "only until a run makes a new snapshot")
	c.RunE = func(c *cobra.Command, args []string) error {
		disk := s.disk(false)
		snapshots := pipeline.Snapshots{Disk: disk}
		if plan, end := strings.CutSuffix(args[0], "/newest"); end {
			plan, _, err := s.findSnapshot(plan, "")
			if err != nil {
				return err
			}
			return s.holding(c.Context(), disk, "snapshots use", b.wait, func() error {
				id, err := snapshots.Release(plan)
				if err == nil {
					fmt.Fprintf(s.out, "readers of plan %s have the newest snapshot, %s\n", plan, id)
				}
				return err
			})
		}
		if strings.HasSuffix(args[0], "/latest") {
			return fmt.Errorf("%s is what readers have now: name a snapshot, or PLAN/newest", args[0])
		}
		plan, id, err := s.named(args[0])
		if err != nil {
			return err
		}
		return s.holding(c.Context(), disk, "snapshots use", b.wait, func() error {
			faults, err := snapshots.Verify(plan, id)
			if err != nil {
				return err
			}
			if len(faults) > 0 {
				return fmt.Errorf("readers stay where they are, for this snapshot is not whole: %s", strings.Join(faults, "; "))
			}
			h, err := snapshots.Use(plan, pipeline.Hold{Snapshot: id, Since: s.clock().UTC(), By: b.by, Why: b.why, UntilNew: untilNew})
			if err != nil {
				return err
			}
			until := fmt.Sprintf("until 'samkraft snapshots use %s/newest'", plan)
			if untilNew {
				until = "until a run makes a new one"
			}
			fmt.Fprintf(s.out, "readers of plan %s are held on snapshot %s (they had %s), %s\n", plan, id, h.Before, until)
			return nil
		})
	}
	return c
}

// named finds the snapshot that PLAN/ID names.
func (s *settings) named(text string) (plan, id string, err error) {
	plan, id, both := strings.Cut(text, "/")
	if !both || plan == "" || id == "" {
		return "", "", fmt.Errorf("%q: expected PLAN/ID", text)
	}
	return s.findSnapshot(plan, id)
}
