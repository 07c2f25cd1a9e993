package schedule_test

import (
	"context"
	"testing"
	"time"

	"samkraft/pipeline"
	"samkraft/pipeline/schedule"
)

// The server looks at its jobs every minute, also while one of them is running, and so can
// be seen to go on.
func TestTurn(t *testing.T) {
	times, err := schedule.Parse("0 * * * *", time.UTC)
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	c := &clock{now: time.Date(2025, 6, 1, 11, 55, 0, 0, time.UTC)}
	turns, running, goOn, ended := make(chan time.Time), make(chan struct{}), make(chan struct{}), make(chan struct{})
	server := schedule.Server{Disk: pipeline.Disk(t.TempDir()), Clock: c, Grace: time.Minute,
		Fault: func(err error) { t.Error(err) },
		Turn: func() {
			select {
			case turns <- c.Now():
			case <-ctx.Done():
			}
		},
		Run: func(context.Context, schedule.Start) { close(running); <-goOn }}
	go func() {
		server.Serve(ctx, []schedule.Job{{Name: "hourly", Times: times, Overlap: schedule.Wait, CatchUp: schedule.Once}}, nil)
		close(ended)
	}()
	last := <-turns
	turn := func() {
		now := <-turns
		if now.Sub(last) > time.Minute {
			t.Errorf("no turn between %v and %v", last, now)
		}
		last = now
	}
	for last.Before(time.Date(2025, 6, 1, 12, 0, 0, 0, time.UTC)) {
		turn()
	}
	<-running
	for range 5 {
		turn()
	}
	close(goOn)
	stop()
	<-ended
}
