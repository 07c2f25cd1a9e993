package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"samkraft/pipeline"
)

// findSnapshot finds the snapshot that a user means: a plan's newest when no id is
// given, the only plan's when no plan is.
func (s *settings) findSnapshot(plan, id string) (string, string, error) {
	disk, err := s.reading()
	if err != nil {
		return "", "", err
	}
	snapshots := pipeline.Snapshots{Disk: disk}
	plans, err := snapshots.Plans()
	if err != nil {
		return "", "", fails(err)
	}
	if len(plans) == 0 {
		return "", "", exit{pipeline.Usage, fmt.Errorf("the workspace %s has no snapshot yet: 'samkraft run' makes one", snapshots.Disk.Path("."))}
	}
	if plan == "" && len(plans) == 1 {
		plan = plans[0]
	}
	if plan == "" {
		return "", "", exit{pipeline.Usage, fmt.Errorf("several plans are published: say which with --plan (%s)", strings.Join(plans, ", "))}
	}
	if !slices.Contains(plans, plan) {
		return "", "", exit{pipeline.Usage, fmt.Errorf("no snapshot of plan %q; there are those of %s", plan, strings.Join(plans, ", "))}
	}
	if id == "" || id == "latest" {
		if id, err = snapshots.Latest(plan); err != nil {
			return "", "", fails(err)
		}
	}
	ids, err := snapshots.List(plan)
	if err != nil {
		return "", "", fails(err)
	}
	if !slices.Contains(ids, id) {
		return "", "", exit{pipeline.Usage, fmt.Errorf("plan %s has no snapshot %q; 'samkraft snapshots' lists them", plan, id)}
	}
	return plan, id, nil
}

type snapshotInfo struct {
	Plan   string `json:"plan"`
	ID     string `json:"id"`
	Latest bool   `json:"latest"`
	Tables int    `json:"tables"`
	Rows   int64  `json:"rows"`
	Bytes  int64  `json:"bytes"`
	Folder string `json:"folder"`
}

func newSnapshots(s *settings) *cobra.Command {
	c := &cobra.Command{Use: "snapshots", Short: "List the published snapshots", Args: cobra.NoArgs}
	format := formatFlag(c)
	c.RunE = func(*cobra.Command, []string) error {
		snapshots := pipeline.Snapshots{Disk: s.disk(false)}
		plans, err := snapshots.Plans()
		if err != nil {
			return fails(err)
		}
		all := []snapshotInfo{}
		var rows [][]string
		for _, plan := range plans {
			latest, err := snapshots.Latest(plan)
			if err != nil {
				return fails(err)
			}
			ids, err := snapshots.List(plan)
			if err != nil {
				return fails(err)
			}
			for _, id := range ids {
				m, err := snapshots.Manifest(plan, id)
				if err != nil {
					return fails(fmt.Errorf("%s: %w", snapshots.Folder(plan, id), err))
				}
				info := snapshotInfo{Plan: plan, ID: id, Latest: id == latest, Tables: len(m.Tables), Folder: snapshots.Disk.Path(snapshots.Folder(plan, id))}
				for _, t := range m.Tables {
					info.Rows += t.Rows
					info.Bytes += t.Bytes
				}
				all = append(all, info)
				mark := ""
				if info.Latest {
					mark = "latest"
				}
				rows = append(rows, []string{plan, id, mark, fmt.Sprint(info.Tables), fmt.Sprint(info.Rows), info.Folder})
			}
		}
		return s.list(*format, all, []string{"PLAN", "SNAPSHOT", "", "TABLES", "ROWS", "FOLDER"}, rows)
	}
	return c
}

type verdict struct {
	Plan     string   `json:"plan"`
	Snapshot string   `json:"snapshot"`
	Faults   []string `json:"faults"`
}

func newVerify(s *settings) *cobra.Command {
	c := &cobra.Command{
		Use:   "verify [PLAN[/ID]]",
		Short: "Check that every file of a snapshot is whole and unchanged",
		Long: `Compares every file of a snapshot with the hashes that were taken when it was published, and
fails when one bit has changed. Without an argument it takes the newest snapshot of every plan.`,
		Args: cobra.MaximumNArgs(1),
	}
	format := formatFlag(c)
	c.RunE = func(_ *cobra.Command, args []string) error {
		snapshots := pipeline.Snapshots{Disk: s.disk(false)}
		var wanted [][2]string
		if len(args) == 1 {
			plan, id, _ := strings.Cut(args[0], "/")
			plan, id, err := s.findSnapshot(plan, id)
			if err != nil {
				return err
			}
			wanted = append(wanted, [2]string{plan, id})
		} else {
			plans, err := snapshots.Plans()
			if err != nil {
				return fails(err)
			}
			if len(plans) == 0 {
				_, _, err := s.findSnapshot("", "")
				return err // there is nothing to verify, which must not pass for good
			}
			for _, plan := range plans {
				id, err := snapshots.Latest(plan)
				if err != nil {
					return fails(err)
				}
				wanted = append(wanted, [2]string{plan, id})
			}
		}
		verdicts := []verdict{}
		var rows [][]string
		sound := true
		for _, w := range wanted {
			faults, err := snapshots.Verify(w[0], w[1])
			if err != nil {
				return fails(err)
			}
			verdicts = append(verdicts, verdict{w[0], w[1], append([]string{}, faults...)})
			sound = sound && len(faults) == 0
			if len(faults) == 0 {
				rows = append(rows, []string{w[0], w[1], "whole and unchanged"})
			}
			for _, f := range faults {
				rows = append(rows, []string{w[0], w[1], f})
			}
		}
		if err := s.list(*format, verdicts, []string{"PLAN", "SNAPSHOT", "VERDICT"}, rows); err != nil {
			return err
		}
		if !sound {
			return exit{pipeline.Failed, errTold}
		}
		return nil
	}
	return c
}
