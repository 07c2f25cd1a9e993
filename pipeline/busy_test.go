package pipeline_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"samkraft/pipeline"
)

// occupied starts a run and returns when it holds the workspace; it goes on
// when the channel is closed.
func occupied(t *testing.T, disk pipeline.FS) (goOn func(), done chan error) {
	held, on := make(chan bool), make(chan bool)
	r := newRunner(disk)
	r.PID = 1234
	r.Report = at{stage: "recognise", do: func() { held <- true; <-on }}
	done = make(chan error, 1)
	o := pipeline.Order{Plans: []pipeline.Plan{south(t)}, Origin: pipeline.FromMirror, Files: published.FS()}
	go func() {
		_, err := r.Run(context.Background(), o)
		done <- err
	}()
	<-held
	return func() { close(on) }, done
}

func TestBusy(t *testing.T) {
	disk := workspace(t)
	goOn, done := occupied(t, disk)
	records, err := pipeline.Records{Disk: disk}.List()
	if err != nil || len(records) != 1 || records[0].State != pipeline.Running {
		t.Fatalf("%v %+v", err, records)
	}
	o := pipeline.Order{Plans: []pipeline.Plan{south(t)}, Origin: pipeline.FromMirror, Files: later.FS()}
	for _, o.Wait = range []time.Duration{0, 1} {
		_, err = newRunner(disk).Run(context.Background(), o)
		if !errors.Is(err, pipeline.ErrBusy) || !strings.Contains(err.Error(), "process 1234") || !strings.Contains(err.Error(), records[0].ID) {
			t.Errorf("waiting %v: %v", o.Wait, err)
		}
	}
	goOn()
	if err := <-done; err != nil {
		t.Error(err)
	}
	if records, err = (pipeline.Records{Disk: disk}).List(); err != nil || len(records) != 1 || records[0].State != pipeline.Ended {
		t.Errorf("a run that was refused left its mark: %v %+v", err, records)
	}
	good(t, order(t, newRunner(disk), o))
}

func TestBusyWait(t *testing.T) {
	disk := workspace(t)
	goOn, first := occupied(t, disk)
	started := make(chan bool, 1)
	r := newRunner(disk)
	r.Clock = func() time.Time {
		select {
		case started <- true:
		default:
		}
		return fakeClock()
	}
	second := make(chan error, 1)
	o := pipeline.Order{Plans: []pipeline.Plan{south(t)}, Origin: pipeline.FromMirror, Files: later.FS(), Wait: time.Hour}
	go func() {
		_, err := r.Run(context.Background(), o)
		second <- err
	}()
	<-started
	goOn()
	if err := errors.Join(<-first, <-second); err != nil {
		t.Fatal(err)
	}
	if _, held := seen(t, disk, "south"); !strings.Contains(held["energy.parquet"], "2024-12-31") {
		t.Error("the run that waited published nothing")
	}
}

// One who gives up waiting is told that he did, not that the lock is broken.
func TestBusyInterrupted(t *testing.T) {
	disk := workspace(t)
	goOn, done := occupied(t, disk)
	ctx, stop := context.WithCancel(context.Background())
	stop()
	_, err := newRunner(disk).Run(ctx, pipeline.Order{Plans: []pipeline.Plan{south(t)}, Wait: time.Hour})
	if !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	goOn()
	if err := <-done; err != nil {
		t.Error(err)
	}
}

// Readers need no lock.
func TestReadWhileBusy(t *testing.T) {
	disk := workspace(t)
	old := good(t, run(t, disk, later, south(t))).Plans[0].Snapshot
	goOn, done := occupied(t, disk)
	if id, _ := seen(t, disk, "south"); id != old {
		t.Errorf("latest is %s", id)
	}
	goOn()
	if err := <-done; err != nil {
		t.Error(err)
	}
}
