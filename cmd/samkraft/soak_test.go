package main

import (
	"context"
	"flag"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"samkraft/pipeline"
	"samkraft/sources/standin"
)

// How long a soak is. testdata/soak/run.sh has the longest.
var (
	soakRuns  = flag.Int("soak.runs", form(12, 30), "runs of the soak that end by themselves")
	soakKills = flag.Int("soak.kills", form(4, 8), "kills of the soak")
	soakCalm  = flag.Int("soak.calm", form(3, 8), "runs of the soak before the first kill, and at least after the last")
	soakSeed  = flag.Uint64("soak.seed", 1, "what the soak draws its kills and faults from")
)

// form is a number for the tests' short form, or for their long one.
func form(short, long int) int {
	if os.Getenv("SAMKRAFT_LONG") != "" {
		return long
	}
	return short
}

// soak is a server with publishers that fail at random, who mend their figures, and a
// reader.
type soak struct {
	*stageOfPublishers
	clock   hasty
	random  *rand.Rand
	arrived chan standin.Entry
	revise  []func()

	lives  []*life
	killed int
	known  map[archived]bool // extracts that were ever named
}

// newSoak serves four publishers in a plan of two municipalities.
func newSoak(t *testing.T) *soak {
	s := &soak{clock: hasty{time.Now()},
		random: rand.New(rand.NewPCG(*soakSeed, 6)), arrived: make(chan standin.Entry, 1), known: map[archived]bool{}}
	arrived := func(e standin.Entry) {
		select {
		case s.arrived <- e:
		default: // nobody waits for one
		}
	}
	bank, scb := standin.NewStatBank().Small(), standin.NewSCB(2024, "1315", "1380")
	turbines := standin.NewVindbrukskollen(60)
	turbines.Page = 12
	s.revise = []func(){bank.Revise, scb.Revise}
	s.stageOfPublishers = publishersWith(t, standin.Options{Clock: s.clock.Now, NoLimits: true, Arrived: arrived},
		bank, scb, standin.NewPVGIS().FirstDays(10), turbines)
	text, err := os.ReadFile(s.plan)
	if err != nil {
		t.Fatal(err)
	}
	members := regexp.MustCompile(`(?m)^members: .*$`)
	text = members.ReplaceAll(text, []byte(`members: [{country: DK, code: "253"}, {country: SE, code: "1315"}]`))
	text = append(text, "time_zone: Europe/Copenhagen\nschedule: {run: \"0 */6 * * *\", jitter: 0m, window: 30d, budget: 30d}\n"...)
	if err := os.WriteFile(s.plan, text, 0o644); err != nil {
		t.Fatal(err)
	}
	return s
}

// trouble lets publishers fail now and then, in ways that pass and in ways that do not.
func (s *soak) trouble() {
	for i, f := range []standin.Fault{
		standin.Fail(503, standin.Silent, 0), standin.Fail(429, standin.Seconds, 5*time.Second), standin.Cut(150), standin.Short(150), standin.Empty(),
		standin.TruncatedGzip(100), standin.HTMLPage(), standin.HTMLAs(), standin.Twisted(standin.RenamedColumn), standin.Twisted(standin.NoRows),
	} {
		for _, server := range s.servers {
			server.Often(0.02, *soakSeed+uint64(i), f)
		}
	}
}

func (s *soak) well() {
	for _, server := range s.servers {
		server.Well()
	}
}

// TestSoak lets a server make a plan anew a few times in a second, kills it at moments
// drawn at random and starts it again, while publishers fail and mend their figures. A
// reader that looks all the time sees whole snapshots, each newer than the one before;
// nothing that was fetched is lost; a server that goes on for long needs no more memory
// and no more files; and nothing half made is left behind.
func TestSoak(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("no signal there tells a server to end")
	}
	t.Parallel()
	began := time.Now()
	s := newSoak(t)
	db := openDuckDB(t)
	db.SetMaxOpenConns(1)
	for _, setting := range []string{"SET threads = 1", "SET memory_limit = '200MB'"} {
		if _, err := db.Exec(setting); err != nil {
			t.Fatal(err)
		}
	}
	reader := &pollingReader{disk: pipeline.Disk(s.workspace), plan: "asking", db: db}
	ctx, leave := context.WithCancel(t.Context())
	var reading sync.WaitGroup
	reading.Go(func() {
		if err := reader.read(ctx); err != nil {
			t.Errorf("the reader saw: %v", err)
		}
	})
	stop := func() { leave(); reading.Wait() }
	defer stop()

	s.calm(t, *soakCalm)
	s.trouble()
	for s.killed < *soakKills && !t.Failed() {
		s.kill(t)
	}
	s.calm(t, max(*soakCalm, *soakRuns-s.runs()))
	s.well()
	s.clean(t)
	stop()
	if t.Failed() {
		return
	}
	s.looksAfter(t, reader)
	t.Logf("%d runs ended, %d kills, %d servers, %d requests; %d snapshots seen in %d polls, with %d tables read, in %s",
		s.runs(), s.killed, len(s.lives), s.requests(), len(reader.seen), reader.polls, reader.tables, time.Since(began).Round(time.Second))
}

func (s *soak) runs() (n int) {
	for _, l := range s.lives {
		n += l.runs
	}
	return n
}

func (s *soak) requests() int { n, _ := s.counts(); return n }

// begin starts a server.
func (s *soak) begin(t *testing.T) *life {
	t.Helper()
	l := live(t, s.clock, "serve", s.plan, "--log", "json", "--workspace", s.workspace, "--grace", "1000h")
	s.lives = append(s.lives, l)
	return l
}

// until lets a server go on until so many runs have ended. Publishers mend figures
// meanwhile.
func (s *soak) until(t *testing.T, l *life, runs int) {
	t.Helper()
	for l.runs < runs {
		line, ok := <-l.lines
		if !ok {
			t.Fatalf("the server ended by itself after %d runs: %v: %s", l.runs, l.Wait(), l.last)
		}
		before := l.runs
		if l.hear(line); l.runs > before && s.random.IntN(6) == 0 {
			s.revise[s.random.IntN(len(s.revise))]()
		}
	}
}

// calm lets a server make so many runs without a kill, and then ends it as an
// operator does.
func (s *soak) calm(t *testing.T, runs int) {
	t.Helper()
	l := s.begin(t)
	s.until(t, l, runs)
	if err := l.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	for line := range l.lines {
		l.hear(line)
	}
	if err := l.Wait(); l.ProcessState.ExitCode() != int(pipeline.Interrupted) && l.ProcessState.ExitCode() != int(pipeline.Done) {
		t.Errorf("told to end, the server ended with %v", err)
	}
	s.remember(t)
	t.Logf("a server with %d runs%s", l.runs, l.holds())
	if len(l.weights) >= 100 {
		l.grows(t)
	}
}

// moments are the kinds of moments at which a server is killed.
var moments = []string{"at the start", "at any time", "when a publisher is asked", "when a snapshot is about to be published"}

// kill starts a server and kills it after a few runs, or none, at a moment of a kind
// that is drawn.
func (s *soak) kill(t *testing.T) {
	t.Helper()
	l := s.begin(t)
	kind := s.random.IntN(len(moments))
	if kind > 0 {
		s.until(t, l, s.random.IntN(4))
	}
	soon := time.Duration(s.random.IntN(40)) * time.Millisecond
	if s.random.IntN(2) == 0 {
		s.revise[s.random.IntN(len(s.revise))]()
	}
	late := time.After(4 * time.Second)
	switch kind {
	case 0, 1:
		s.wait(l, time.After(time.Duration(s.random.IntN(1200))*time.Millisecond), nil)
	case 2:
		select {
		case <-s.arrived: // of before
		default:
		}
		s.wait(l, late, func() bool { return len(s.arrived) > 0 })
		s.wait(l, time.After(soon), nil)
	case 3:
		s.wait(l, late, func() bool {
			drafts, _ := filepath.Glob(filepath.Join(s.workspace, "snapshots", "*", ".new-*"))
			return len(drafts) > 0
		})
		s.wait(l, time.After(soon), nil)
	}
	l.Process.Kill()
	for line := range l.lines {
		l.hear(line)
	}
	l.Wait()
	if how := l.ProcessState.String(); how != "signal: killed" {
		t.Errorf("before it was killed, the server ended with %s: %s", how, l.last)
	}
	s.killed++
	s.remember(t)
	t.Logf("kill %d, %s, after %d runs%s", s.killed, moments[kind], l.runs, l.holds())
}

// wait lets a server go on until a time, or until what is looked for has come.
func (s *soak) wait(l *life, until <-chan time.Time, come func() bool) {
	look := time.NewTicker(2 * time.Millisecond)
	defer look.Stop()
	for {
		select {
		case <-until:
			return
		case line, ok := <-l.lines:
			if !ok {
				return
			}
			l.hear(line)
		case <-look.C:
			if come != nil && come() {
				return
			}
		}
	}
}

// clean makes one run with publishers that are well, of whom all is asked that they have
// mended.
func (s *soak) clean(t *testing.T) {
	t.Helper()
	for _, revise := range s.revise {
		revise()
	}
	l := live(t, s.clock, "run", s.plan, "--workspace", s.workspace, "--budget", "10000h", "--from", "2024-01-01")
	var all []string
	for line := range l.lines {
		all = append(all, line.Message)
	}
	if err := l.Wait(); err != nil {
		t.Errorf("the last run: %v\n%s", err, strings.Join(all, ""))
	}
	s.remember(t)
}

// archived is an extract, or an answer, of a data set in the archive.
type archived struct{ source, dataSet, sha string }

// remember notes every extract that receipts and logs name.
func (s *soak) remember(t *testing.T) {
	t.Helper()
	for _, x := range receipts(t, s.workspace) {
		s.known[x] = true
	}
	eachFetched(t, s.workspace, func(source, dataSet string, f pipeline.Fetched) {
		if f.Extract != "" {
			s.known[archived{source, dataSet, f.Extract}] = true
		}
	})
}

// receipts lists the extracts of which the archive has one.
func receipts(t *testing.T, workspace string) (all []archived) {
	t.Helper()
	kept, err := pipeline.Archive{Disk: pipeline.Disk(workspace)}.Receipts()
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range kept {
		all = append(all, archived{r.Source, r.DataSet, r.Extract})
	}
	return all
}

// looksAfter looks at what all of it has left behind.
func (s *soak) looksAfter(t *testing.T, reader *pollingReader) {
	t.Helper()
	archiveIsWhole(t, s.workspace)
	there := receipts(t, s.workspace)
	for x := range s.known {
		if !slices.Contains(there, x) {
			t.Errorf("the extract %v is lost", x)
		}
	}
	if len(s.known) < 4 {
		t.Errorf("only %d extracts in all", len(s.known))
	}
	archive := pipeline.Archive{Disk: pipeline.Disk(s.workspace)}
	eachFetched(t, s.workspace, func(source, dataSet string, f pipeline.Fetched) {
		if f.Event != pipeline.Answered {
			return
		}
		if _, kept := archive.Answer(source, dataSet, "data", *f.Answer); !kept {
			t.Errorf("%s %s: the answer to %s is lost", source, dataSet, f.Answer.Asked)
		}
	})
	snapshots := pipeline.Snapshots{Disk: pipeline.Disk(s.workspace)}
	for _, id := range reader.seen {
		if faults, err := snapshots.Verify(reader.plan, id); err != nil || len(faults) > 0 {
			t.Errorf("snapshot %s: %v %v", id, err, faults)
		}
	}
	if len(reader.seen) < 2 {
		t.Errorf("only %d snapshots: nothing was mended by publishers", len(reader.seen))
	}
	err := filepath.WalkDir(s.workspace, func(name string, _ fs.DirEntry, err error) error {
		if strings.HasPrefix(filepath.Base(name), ".") {
			t.Errorf("%s is left", name)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
	s.recordsAgree(t, snapshots, reader.plan)
}

// recordsAgree checks that the records tell one story: each run has an end, or was
// killed; one time is dealt with once, but for that of a run that was killed; each
// snapshot takes the place of the one before.
func (s *soak) recordsAgree(t *testing.T, snapshots pipeline.Snapshots, plan string) {
	t.Helper()
	records, err := pipeline.Records{Disk: pipeline.Disk(s.workspace)}.List()
	if err != nil {
		t.Fatal(err)
	}
	var ended, cut int
	var before pipeline.Record
	stands := "" // as far as a record says; what a run published that was cut off is not in one
	for _, r := range records {
		switch r.State {
		case pipeline.Ended:
			ended++
		case pipeline.CutOff:
			cut++
		default:
			t.Errorf("run %s is %s", r.ID, r.State)
		}
		if r.State == pipeline.Ended && r.Code != pipeline.Done && r.Code != pipeline.Stale {
			t.Errorf("run %s ended with %d: %s %+v", r.ID, r.Code, r.Error, r.Outcome.Plans)
		}
		if r.By != "" && (r.By < before.By || r.By == before.By && before.State == pipeline.Ended && before.Code != pipeline.Interrupted) {
			t.Errorf("run %s is %s, after %s", r.ID, r.By, before.By)
		}
		for _, p := range r.Outcome.Plans {
			if p.New && stands != "" && before.State == pipeline.Ended && p.Previous != stands {
				t.Errorf("run %s took the place of %s, and %s stood", r.ID, p.Previous, stands)
			}
			if p.Snapshot != "" {
				stands = p.Snapshot
			}
		}
		before = r
	}
	if latest, err := snapshots.Latest(plan); err != nil || latest != stands {
		t.Errorf("latest is %s, the records end with %s: %v", latest, stands, err)
	}
	if runs := s.runs() + 1; ended < runs || cut > s.killed {
		t.Errorf("%d records of runs that ended and %d of runs that were cut off, of %d runs and %d kills", ended, cut, runs, s.killed)
	}
}

// holds says in words what a server held at the ends of its runs, where that is known.
func (l *life) holds() string {
	if len(l.weights) == 0 {
		return ""
	}
	first, last := l.weights[0], l.weights[len(l.weights)-1]
	return fmt.Sprintf(": %d MiB and %d files after the first, %d MiB and %d files after the last", first.memory>>10, first.files, last.memory>>10, last.files)
}

// grows fails where a server holds more after many runs than after a part of them. The
// memory of a run that finds something new is taken for some runs after it: what is
// compared are the middle values of quarters.
func (l *life) grows(t *testing.T) {
	t.Helper()
	var quarters []weight
	n := len(l.weights)
	for q := range 4 {
		quarters = append(quarters, median(l.weights[q*n/4:(q+1)*n/4]))
		t.Logf("in quarter %d of its runs: %d MiB and %d files (medians)", q+1, quarters[q].memory>>10, quarters[q].files)
	}
	early, late := quarters[1], quarters[3]
	if late.memory > early.memory*115/100 {
		t.Errorf("memory grows from %d to %d KiB", early.memory, late.memory)
	}
	if late.files > early.files+1 {
		t.Errorf("open files grow from %d to %d", early.files, late.files)
	}
}

func median(all []weight) weight {
	var memory, files []int
	for _, s := range all {
		memory, files = append(memory, s.memory), append(files, s.files)
	}
	slices.Sort(memory)
	slices.Sort(files)
	return weight{memory[len(memory)/2], files[len(files)/2]}
}
