package main

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"samkraft/pipeline"
	"samkraft/pipeline/keep"
)

// findSnapshot finds the snapshot that a user means: by its id or the name of a pin, the
// one that readers have when neither is given, the only plan's when no plan is.
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
		pins, err := (keep.Pins{Disk: disk}).List(plan)
		if err != nil {
			return "", "", fails(err)
		}
		if i := slices.IndexFunc(pins, func(p keep.Pin) bool { return p.Name == id }); i >= 0 {
			id = pins[i].Snapshot
		}
	}
	if !slices.Contains(ids, id) {
		return "", "", exit{pipeline.Usage, fmt.Errorf("plan %s has no snapshot %q; 'samkraft snapshots' lists them", plan, id)}
	}
	return plan, id, nil
}

type snapshotInfo struct {
	Plan   string         `json:"plan"`
	ID     string         `json:"id"`
	Made   string         `json:"made,omitempty"` // when it was published, as far as records of runs say
	Latest bool           `json:"latest"`         // readers have it
	Newest bool           `json:"newest"`         // runs made it last
	Held   *pipeline.Hold `json:"held,omitempty"` // readers are held on it
	Pins   []keep.Pin     `json:"pins"`
	Tables int            `json:"tables"`
	Rows   int64          `json:"rows"`
	Bytes  int64          `json:"bytes"`        // of its tables
	Own    int64          `json:"own_bytes"`    // of its files, that no other snapshot has
	Shared int64          `json:"shared_bytes"` // that others have, too, and that take room once
	Folder string         `json:"folder"`
}

func newSnapshots(s *settings) *cobra.Command {
	c := &cobra.Command{
		Use: "snapshots", Short: "List the published snapshots, pin one, or go back to one", Args: cobra.NoArgs,
		Long: `Lists the snapshots of every plan: which one readers have (latest), which one runs made last (newest, where
that is another), who holds readers on one, and by which names they are pinned. OWN is what no other snapshot
has, SHARED what several have as one file.`,
	}
	c.AddCommand(newPin(s), newUnpin(s), newUse(s))
	format := formatFlag(c)
	c.RunE = func(*cobra.Command, []string) error {
		disk, err := s.reading()
		if err != nil {
			return err
		}
		plans, err := (pipeline.Snapshots{Disk: disk}).Plans()
		if err != nil {
			return fails(err)
		}
		records, err := (pipeline.Records{Disk: disk}).List()
		if err != nil {
			return fails(err)
		}
		own, shared, err := keep.Sizes(disk)
		if err != nil {
			return fails(err)
		}
		made := keep.Made(records)
		all := []snapshotInfo{}
		var rows [][]string
		for _, plan := range plans {
			infos, err := snapshotsOf(disk, plan)
			if err != nil {
				return fails(err)
			}
			for _, info := range infos {
				if at := made[plan+"/"+info.ID]; !at.IsZero() {
					info.Made = at.Format(time.RFC3339)
				}
				info.Own, info.Shared = own[plan+"/"+info.ID], shared[plan+"/"+info.ID]
				all = append(all, info)
				rows = append(rows, []string{plan, info.ID, info.Made, strings.Join(info.marks(), ", "), fmt.Sprint(info.Tables), fmt.Sprint(info.Rows), pipeline.Size(info.Own), pipeline.Size(info.Shared), info.Folder})
			}
		}
		return s.list(*format, all, []string{"PLAN", "SNAPSHOT", "MADE", "", "TABLES", "ROWS", "OWN", "SHARED", "FOLDER"}, rows)
	}
	return c
}

// snapshotsOf describes the snapshots of a plan, by id.
func snapshotsOf(disk pipeline.Disk, plan string) ([]snapshotInfo, error) {
	snapshots := pipeline.Snapshots{Disk: disk}
	latest, err := snapshots.Latest(plan)
	if err != nil {
		return nil, err
	}
	newest, err := snapshots.Newest(plan)
	if err != nil {
		return nil, err
	}
	hold, held, err := snapshots.Held(plan)
	if err != nil {
		return nil, err
	}
	pins, err := (keep.Pins{Disk: disk}).List(plan)
	if err != nil {
		return nil, err
	}
	ids, err := snapshots.List(plan)
	if err != nil {
		return nil, err
	}
	var all []snapshotInfo
	for _, id := range ids {
		m, err := snapshots.Manifest(plan, id)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", snapshots.Folder(plan, id), err)
		}
		info := snapshotInfo{Plan: plan, ID: id, Latest: id == latest, Newest: id == newest, Pins: []keep.Pin{}, Tables: len(m.Tables), Folder: disk.Path(snapshots.Folder(plan, id))}
		if held && !hold.Over && hold.Snapshot == id {
			info.Held = &hold
		}
		for _, p := range pins {
			if p.Snapshot == id {
				info.Pins = append(info.Pins, p)
			}
		}
		for _, t := range m.Tables {
			info.Rows += t.Rows
			info.Bytes += t.Bytes
		}
		all = append(all, info)
	}
	return all, nil
}

// marks say what is special about a snapshot.
func (i snapshotInfo) marks() (marks []string) {
	if i.Latest {
		marks = append(marks, "latest")
	}
	if i.Newest && !i.Latest {
		marks = append(marks, "newest")
	}
	if h := i.Held; h != nil {
		text := "held since " + h.Since.Format(time.DateOnly)
		if h.By != "" {
			text += " by " + h.By
		}
		if h.Why != "" {
			text += " (" + h.Why + ")"
		}
		marks = append(marks, text)
	}
	for _, p := range i.Pins {
		marks = append(marks, "pinned as "+p.Name)
	}
	return marks
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
fails when one bit has changed. ID may be the name of a pin. Without an argument it takes what readers
have of every plan, and all that is pinned.`,
		Args: cobra.MaximumNArgs(1),
	}
	format := formatFlag(c)
	c.RunE = func(_ *cobra.Command, args []string) error {
		disk, err := s.reading()
		if err != nil {
			return err
		}
		snapshots := pipeline.Snapshots{Disk: disk}
		var wanted [][2]string
		verdicts := []verdict{}
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
				pins := keep.Pins{Disk: disk}
				if faults := pins.Verify(plan); len(faults) > 0 {
					verdicts = append(verdicts, verdict{plan, "pins", faults})
				}
				list, _ := pins.List(plan) // what is wrong with it has been said
				for _, p := range list {
					if w := [2]string{plan, p.Snapshot}; !slices.Contains(wanted, w) && pipeline.Exists(disk, snapshots.Folder(plan, p.Snapshot)) {
						wanted = append(wanted, w)
					}
				}
			}
		}
		var rows [][]string
		sound := true
		for _, w := range wanted {
			faults, err := snapshots.Verify(w[0], w[1])
			if err != nil {
				return fails(err)
			}
			verdicts = append(verdicts, verdict{w[0], w[1], append([]string{}, faults...)})
		}
		for _, v := range verdicts {
			sound = sound && len(v.Faults) == 0
			if len(v.Faults) == 0 {
				rows = append(rows, []string{v.Plan, v.Snapshot, "whole and unchanged"})
			}
			for _, f := range v.Faults {
				rows = append(rows, []string{v.Plan, v.Snapshot, f})
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
