package main

import (
	"bufio"
	"context"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"samkraft/pipeline"
)

// childEnv turns the test binary into the program itself, so that it can be
// killed from outside.
const childEnv = "SAMKRAFT_TEST_CHILD"

func init() {
	if os.Getenv(childEnv) != "" {
		os.Exit(int(execute(context.Background(), program{
			args: os.Args[1:], out: io.Discard, err: os.Stderr, getenv: func(string) string { return "" },
			clock: time.Now, pid: os.Getpid(), terminal: true, // every step is drawn, and can be the last
			views: inLong(),
		})))
	}
}

// TestKilled kills real runs at steps drawn at random and looks at what readers
// see then: every snapshot that is there is whole. The run after it succeeds and
// ends where an undisturbed one does.
func TestKilled(t *testing.T) {
	t.Parallel()
	kills := 3
	if os.Getenv("SAMKRAFT_LONG") != "" {
		kills = 12
	}
	danish, swedish := fewDraws(t)
	undisturbed, workspace := t.TempDir(), t.TempDir()
	runSamkraft(t, pipeline.Done, "run", danish, swedish, "--sample", "--workspace", undisturbed)
	random := rand.New(rand.NewPCG(2026, 1))
	for range kills {
		steps := killAfter(t, 1+random.IntN(110), "run", danish, swedish, "--sample", "--workspace", workspace)
		snapshots := pipeline.Snapshots{Disk: pipeline.Disk(workspace)}
		plans, err := snapshots.Plans()
		if err != nil {
			t.Fatal(err)
		}
		for _, plan := range plans {
			ids, err := snapshots.List(plan)
			if err != nil {
				t.Fatal(err)
			}
			for _, id := range ids {
				if faults, err := snapshots.Verify(plan, id); err != nil || len(faults) > 0 {
					t.Errorf("killed after %d steps: %s/%s: %v %v", steps, plan, id, err, faults)
				}
			}
		}
	}
	runSamkraft(t, pipeline.Done, "run", danish, swedish, "--sample", "--workspace", workspace)
	for _, plan := range []string{"goda-grannar", "kobenhavn-syd"} {
		if got, want := latest(t, workspace, plan), latest(t, undisturbed, plan); got != want {
			t.Errorf("plan %s ends in snapshot %s, undisturbed in %s", plan, got, want)
		}
	}
	if out := runSamkraft(t, pipeline.Done, "verify", "--workspace", workspace); strings.Count(out, "whole and unchanged") != 2 {
		t.Error(out)
	}
}

// killAfter starts the program in a process of its own and kills it when it has
// drawn that many steps, or lets it end when it has fewer.
func killAfter(t *testing.T, steps int, args ...string) (seen int) {
	t.Helper()
	child := exec.Command(os.Args[0], args...)
	child.Env = append(os.Environ(), childEnv+"=1")
	progress, err := child.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	r := bufio.NewReader(progress)
	for seen < steps {
		if _, err := r.ReadString('\r'); err != nil {
			break
		}
		seen++
	}
	child.Process.Kill()
	io.Copy(io.Discard, r)
	child.Wait()
	return seen
}
