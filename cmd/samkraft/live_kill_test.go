package main

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"samkraft/pipeline"
	"samkraft/sources/standin"
)

// quickPublishers are stand-ins of publishers that may be asked several times in a
// second, since processes ask them by the real clock. Theirs stands still, so that an
// answer with the time in it is always the same. No question to them serves two pieces.
// Each request that arrives is told.
func quickPublishers(t *testing.T) (s *stageOfPublishers, arrived chan standin.Entry) {
	t.Helper()
	arrived = make(chan standin.Entry, 1000)
	turbines := standin.NewVindbrukskollen(60)
	turbines.Page = 12
	now := time.Now()
	options := standin.Options{Clock: func() time.Time { return now }, NoLimits: true, Arrived: func(e standin.Entry) { arrived <- e }}
	return publishersWith(t, options, standin.NewDMI(1000, "253", "336"), standin.NewPVGIS().FirstDays(10), turbines, standin.NewEurostat(2022)), arrived
}

// process is the program in a process of its own.
type process struct {
	*exec.Cmd
	said bytes.Buffer
	done chan struct{}
}

// start starts a run of the plan in a workspace.
func (s *stageOfPublishers) start(t *testing.T, workspace string) *process {
	t.Helper()
	p := &process{Cmd: exec.Command(os.Args[0], "run", s.plan, "--workspace", workspace), done: make(chan struct{})}
	p.Env = append(os.Environ(), childEnv+"=1")
	p.Stderr = &p.said
	if err := p.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { p.Process.Kill(); <-p.done })
	go func() {
		p.Wait()
		close(p.done)
	}()
	return p
}

// ends waits for the process and checks how it ended.
func (p *process) ends(t *testing.T, want pipeline.ExitCode) {
	t.Helper()
	<-p.done
	if code := p.ProcessState.ExitCode(); code != int(want) {
		t.Fatalf("ended with %d, want %d:\n%s", code, want, p.said.String())
	}
}

// TestFetchKilled kills runs that fetch, at moments drawn at random, and starts them
// again until one is done. What an earlier run has kept is not asked for again, what
// is in the archive is whole at any time, and the snapshot is that of a fetch that
// nobody disturbed, but for a run that was started beside it.
func TestFetchKilled(t *testing.T) {
	kills, stride := 4, 14
	if os.Getenv("SAMKRAFT_LONG") != "" {
		kills, stride = 12, 3
	}
	s, arrived := quickPublishers(t)
	undisturbed := t.TempDir()
	s.twoRuns(t, undisturbed, arrived)

	random := rand.New(rand.NewPCG(2026, 2))
	killed := 0
	for done := false; !done; {
		for len(arrived) > 0 {
			<-arrived
		}
		had, before := kept(t, s.workspace), s.logs()
		p := s.start(t, s.workspace)
		requests := 1 + random.IntN(stride)
		moment := time.Duration(random.IntN(40)) * time.Millisecond
		for killed < kills && requests > 0 && !done {
			select {
			case <-arrived:
				requests--
			case <-p.done:
				done = true
			}
		}
		if killed < kills && !done {
			time.Sleep(moment) // the answer is under way, is being kept, or the next is asked for
			p.Process.Kill()
			<-p.done
			killed++
		} else {
			p.ends(t, pipeline.Done)
			done = true
		}
		for name, log := range s.logs() {
			for _, e := range log[len(before[name]):] {
				question := e.Method + " http://" + e.Host + e.Path
				if had[question] > 0 {
					t.Errorf("after %d kills: asked again for what was kept: %s", killed, question)
				}
			}
		}
		archiveIsWhole(t, s.workspace)
	}
	if killed < kills {
		t.Errorf("killed %d times, expected %d", killed, kills)
	}
	keptOnce(t, s.workspace)
	if got, want := latest(t, s.workspace, "asking"), latest(t, undisturbed, "asking"); got != want {
		t.Errorf("ends in snapshot %s, undisturbed in %s", got, want)
	}
	if got, want := extracts(t, s.workspace), extracts(t, undisturbed); !maps.Equal(got, want) {
		t.Errorf("the archive has %v, undisturbed %v", got, want)
	}
}

// twoRuns starts two runs at once. While the first waits for a publisher, the second
// ends at once, says who holds the workspace, and has asked and written nothing.
func (s *stageOfPublishers) twoRuns(t *testing.T, workspace string, arrived chan standin.Entry) {
	t.Helper()
	release := make(chan struct{})
	for _, server := range s.servers {
		server.Next(1, "", standin.Stall(0, release))
	}
	first := s.start(t, workspace)
	<-arrived
	second := s.start(t, workspace)
	second.ends(t, pipeline.Busy)
	if !strings.Contains(second.said.String(), fmt.Sprint(first.Process.Pid)) {
		t.Errorf("does not say who holds the workspace:\n%s", second.said.String())
	}
	close(release)
	first.ends(t, pipeline.Done)
	for name, server := range s.servers {
		for _, e := range server.Twice() {
			t.Errorf("%s: asked twice: %s", name, e.Path)
		}
	}
	keptOnce(t, workspace)
	archiveIsWhole(t, workspace)
}

// keptOnce checks that no question was answered and kept twice.
func keptOnce(t *testing.T, workspace string) {
	t.Helper()
	for question, n := range kept(t, workspace) {
		if n != 1 {
			t.Errorf("kept %d answers to %s", n, question)
		}
	}
}

// logs are the requests that each server has had.
func (s *stageOfPublishers) logs() map[string][]standin.Entry {
	all := map[string][]standin.Entry{}
	for name, server := range s.servers {
		all[name] = server.Log()
	}
	return all
}

// kept counts the answers that the fetch logs say are kept, by question.
func kept(t *testing.T, workspace string) map[string]int {
	t.Helper()
	all := map[string]int{}
	eachFetched(t, workspace, func(_, _ string, f pipeline.Fetched) {
		if f.Event == pipeline.Answered {
			all[f.Answer.Method+" "+f.Answer.Asked]++
		}
	})
	return all
}

// eachFetched visits the lines of all fetch logs. The last line of a log may be cut, and
// does not count.
func eachFetched(t *testing.T, workspace string, visit func(source, dataSet string, f pipeline.Fetched)) {
	t.Helper()
	logs, err := filepath.Glob(filepath.Join(workspace, "fetch", "*", "*.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range logs {
		file, err := os.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		defer file.Close()
		for lines := bufio.NewReader(file); ; {
			line, err := lines.ReadBytes('\n')
			if err != nil {
				break
			}
			var f pipeline.Fetched
			if json.Unmarshal(line, &f) == nil {
				visit(filepath.Base(filepath.Dir(name)), strings.TrimSuffix(filepath.Base(name), ".jsonl"), f)
			}
		}
	}
}

// archiveIsWhole checks that every file of the archive has the contents that its name
// promises, and every receipt its parts.
func archiveIsWhole(t *testing.T, workspace string) {
	t.Helper()
	archive := pipeline.Archive{Disk: pipeline.Disk(workspace)}
	check := func(p pipeline.Part, there bool) {
		t.Helper()
		if !there {
			t.Errorf("%s: is missing", p.Name)
			return
		}
		body, err := p.Open()
		if err != nil {
			t.Error(err)
			return
		}
		defer body.Close()
		sum := sha256.New()
		if n, err := io.Copy(sum, body); err != nil || hex.EncodeToString(sum.Sum(nil)) != p.SHA256 || n != p.Bytes && p.Bytes != 0 {
			t.Errorf("%s: %d bytes that are not %s: %v", p.Name, n, p.SHA256, err)
		}
	}
	err := fs.WalkDir(os.DirFS(workspace), "archive", func(name string, e fs.DirEntry, err error) error {
		if sha, ok := strings.CutSuffix(filepath.Base(name), ".zst"); ok {
			at := strings.Split(name, "/")
			check(archive.Answer(at[1], at[2], "data", pipeline.KeptAnswer{SHA256: sha, Asked: name}))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	receipts, err := archive.Receipts()
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range receipts {
		x, err := archive.Extract(r.Source, r.DataSet, r.Extract)
		if err != nil {
			t.Error(err)
			continue
		}
		for _, p := range x.Parts {
			check(p, true)
		}
	}
}

// extracts lists what the archive of a workspace has of each data set.
func extracts(t *testing.T, workspace string) map[string]string {
	t.Helper()
	receipts, err := pipeline.Archive{Disk: pipeline.Disk(workspace)}.Receipts()
	if err != nil {
		t.Fatal(err)
	}
	byDataSet := map[string][]string{}
	for _, r := range receipts {
		byDataSet[r.Source+" "+r.DataSet] = append(byDataSet[r.Source+" "+r.DataSet], r.Extract)
	}
	all := map[string]string{}
	for name, hashes := range byDataSet {
		slices.Sort(hashes)
		all[name] = fmt.Sprint(hashes)
	}
	return all
}
