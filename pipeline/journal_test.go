package pipeline_test

import (
	"context"
	"fmt"
	"os"
	"strings"
	"testing"

	"samkraft/pipeline"
)

// steps names the steps of a run in order, and checks their times.
func steps(t *testing.T, r pipeline.Record) string {
	t.Helper()
	var names []string
	for _, s := range r.Steps {
		if s.Started.Before(r.Started) || !s.Ended.After(s.Started) || s.Ended.After(r.Ended) {
			t.Errorf("a step out of time: %+v of %v to %v", s, r.Started, r.Ended)
		}
		names = append(names, strings.TrimSpace(s.Name+" "+s.Plan))
	}
	return strings.Join(names, ", ")
}

// logged is the log of a run, a line each.
func logged(t *testing.T, disk pipeline.FS, run string) string {
	t.Helper()
	lines, err := pipeline.Records{Disk: disk}.Log(run)
	if err != nil {
		t.Fatal(err)
	}
	var text strings.Builder
	for _, l := range lines {
		fmt.Fprintln(&text, l.Level, l.Text)
	}
	return text.String()
}

// A record has the steps and what went through them, the log what came of them.
func TestJournal(t *testing.T) {
	disk := workspace(t)
	o := good(t, run(t, disk, published, south(t)))
	good(t, run(t, disk, published, south(t)))
	all, err := pipeline.Records{Disk: disk}.List()
	if err != nil || len(all) != 2 {
		t.Fatalf("%v %v", all, err)
	}
	if got, want := steps(t, all[0]), "recognise, decode, archive, build south, check south, publish south"; got != want {
		t.Errorf("steps %s, want %s", got, want)
	}
	if got, want := steps(t, all[1]), "recognise, decode, archive"; got != want {
		t.Errorf("with nothing new the steps are %s, want %s", got, want)
	}
	first := all[0].Outcome
	if first.Rows != 6 || first.Bytes == 0 || first.Plans[0].Rows == 0 || first.Plans[0].Bytes == 0 {
		t.Errorf("%+v", first)
	}
	log := logged(t, disk, o.Run)
	for _, want := range []string{"INFO build south begins\nINFO build south took ", "INFO south: published " + o.Plans[0].Snapshot + "\nINFO ended with code 0\n"} {
		if !strings.Contains(log, want) {
			t.Errorf("the log lacks %q:\n%s", want, log)
		}
	}
}

// What stopped plans and the run, and what was withheld, stands in the log.
func TestJournalOfFaults(t *testing.T) {
	disk := workspace(t)
	bad := run(t, disk, published.with("energy.csv", "#alpha energy 2023-12-31\n253;HOUS;1\n259;HOUS;x\n"), south(t))
	if log := logged(t, disk, bad.Run); !strings.Contains(log, "ERROR south: not published: "+bad.Plans[0].Problems[0]) || !strings.Contains(log, "ended with code 1") {
		t.Errorf("%s", log)
	}
	r := newRunner(disk)
	r.Transform = &fakeTransform{disk: disk, version: "2", failing: "error"}
	held := order(t, r, pipeline.Order{Plans: []pipeline.Plan{south(t)}, Origin: pipeline.FromMirror, Files: published.FS()})
	if log := logged(t, disk, held.Run); !strings.Contains(log, "WARN south: check adds_up (error) found 1: it does not\nERROR south: withheld, see withheld/south/"+held.Run) {
		t.Errorf("%s", log)
	}
	r = newRunner(disk)
	r.Sources = append(r.Sources, alpha)
	_, err := r.Run(context.Background(), pipeline.Order{Run: "mine", Plans: []pipeline.Plan{south(t)}, Origin: pipeline.FromMirror, Files: published.FS()})
	if log := logged(t, disk, "mine"); err == nil || !strings.Contains(log, "ERROR "+err.Error()) {
		t.Errorf("%v:\n%s", err, log)
	}
}

// The log of a run is there while it goes on, and so after it was killed.
func TestJournalOfRunUnderWay(t *testing.T) {
	disk := workspace(t)
	goOn, done := occupied(t, disk)
	records, err := pipeline.Records{Disk: disk}.List()
	if err != nil || len(records) != 1 {
		t.Fatalf("%v %v", records, err)
	}
	if log := logged(t, disk, records[0].ID); log != "INFO recognise begins\n" {
		t.Errorf("%q", log)
	}
	goOn()
	if err := <-done; err != nil {
		t.Error(err)
	}
}

// chatty is a fetcher that fills the log.
type chatty struct{}

func (chatty) Fetch(_ context.Context, job pipeline.FetchJob) ([]pipeline.FetchReport, error) {
	for i := range 100_000 {
		job.Report.Note("line %d of æøå", i)
	}
	job.Report.Note("%s", strings.Repeat("å", 1<<20))
	return []pipeline.FetchReport{{Source: "alpha", DataSet: "energy", Faults: []string{strings.Repeat("æ", 10_000)}}}, nil
}

// A log is bounded, and the warnings at its end are in it all the same; what damaged
// it is shown, and stops nobody.
func TestJournalIsBounded(t *testing.T) {
	disk := workspace(t)
	good(t, run(t, disk, published, south(t)))
	r := newRunner(disk)
	r.Fetcher = chatty{}
	if _, err := r.Run(context.Background(), pipeline.Order{Run: "mine", Plans: []pipeline.Plan{south(t)}, Origin: pipeline.FromLive}); err != nil {
		t.Fatal(err)
	}
	info, err := disk.Stat("runs/mine.log")
	if err != nil || info.Size() > 1<<20 || info.Size() < 1<<19 {
		t.Errorf("%v %v", info.Size(), err)
	}
	log := logged(t, disk, "mine")
	if strings.Count(log, "the log is full") != 1 || !strings.Contains(log, "WARN "+strings.Repeat("æ", 2048)+" …") || !strings.Contains(log, "INFO line 0 of æøå\n") {
		t.Errorf("%.200s … %s", log, log[len(log)-200:])
	}
	file, err := os.OpenFile(disk.Path("runs/mine.log"), os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	fmt.Fprintf(file, "\x00\xff{\n{\"msg\":\"half")
	file.Close()
	if log = logged(t, disk, "mine"); strings.Count(log, "\nDAMAGED ") != 2 {
		t.Errorf("%s", log[len(log)-200:])
	}
}
