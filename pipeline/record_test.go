package pipeline_test

import (
	"context"
	"os"
	"strings"
	"testing"

	"samkraft/pipeline"
)

func TestRecords(t *testing.T) {
	disk := workspace(t)
	r := pipeline.Records{Disk: disk}
	if all, err := r.List(); err != nil || len(all) != 0 {
		t.Errorf("%v %v", all, err)
	}
	good(t, run(t, disk, published, south(t), north(t)))
	bad := run(t, disk, published.with("energy.csv", "#alpha energy 2023-12-31\n253;HOUS;1\n259;HOUS;x\n"), south(t))
	all, err := r.List()
	if err != nil || len(all) != 2 {
		t.Fatalf("%v %v", all, err)
	}
	first, second := all[0], all[1]
	if first.State != pipeline.Ended || first.Origin != pipeline.FromMirror || strings.Join(first.Plans, " ") != "south north" ||
		!first.Ended.After(first.Started) || len(first.Outcome.Plans) != 2 || !first.Outcome.Plans[1].New || first.Outcome.Run != first.ID || first.Outcome.Decoded != 3 {
		t.Errorf("%+v", first)
	}
	if second.ID != bad.Run || second.Outcome.Code() != pipeline.Failed || second.Outcome.Plans[0].Problems[0] != bad.Plans[0].Problems[0] {
		t.Errorf("%+v", second)
	}
}

// A run that stops for an error leaves it in its record.
func TestRecordOfError(t *testing.T) {
	disk := workspace(t)
	r := newRunner(disk)
	r.Sources = append(r.Sources, alpha)
	_, err := r.Run(context.Background(), pipeline.Order{Plans: []pipeline.Plan{south(t)}, Origin: pipeline.FromMirror, Files: published.FS()})
	if err == nil {
		t.Fatal("two sources take one file")
	}
	all, listed := pipeline.Records{Disk: disk}.List()
	if listed != nil || len(all) != 1 || all[0].State != pipeline.Ended || all[0].Error != err.Error() {
		t.Errorf("%v %+v", listed, all)
	}
}

func TestRecordDamaged(t *testing.T) {
	disk := workspace(t)
	o := run(t, disk, published, south(t))
	if err := os.WriteFile(disk.Path("runs/"+o.Run+".json"), []byte(`{"id":`), 0o644); err != nil {
		t.Fatal(err)
	}
	all, err := (pipeline.Records{Disk: disk}).List()
	if err != nil || len(all) != 1 || all[0].State != pipeline.Damaged || !strings.Contains(all[0].Error, o.Run) {
		t.Errorf("%v", err)
	}
}
