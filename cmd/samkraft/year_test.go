package main

import (
	"bufio"
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"samkraft/pipeline"
	"samkraft/sources/standin"
)

// hastyEnv turns the test binary into the program itself, by a clock that hastes: it
// holds when that began on the wall.
const hastyEnv = "SAMKRAFT_TEST_HASTY"

// hasty is a clock by which a minute passes in a millisecond. Two processes that
// know its begin see the same time.
type hasty struct{ begin time.Time }

const haste = 60_000

func (h hasty) Now() time.Time {
	return time.Date(2026, 3, 2, 5, 15, 0, 0, time.UTC).Add(time.Since(h.begin) * haste)
}

func (h hasty) Sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d/haste + 1)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return context.Cause(ctx)
	case <-timer.C:
		return nil
	}
}

func init() {
	text := os.Getenv(hastyEnv)
	if text == "" {
		return
	}
	begin, err := time.Parse(time.RFC3339Nano, text)
	if err != nil {
		panic(err)
	}
	clock := hasty{begin}
	keepSmall()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	code := execute(ctx, program{
		args: os.Args[1:], out: os.Stdout, err: os.Stderr, getenv: func(string) string { return "" }, clock: clock.Now, waits: clock, pid: os.Getpid(), views: views(),
	})
	// What the system tells of an ended child counts the memory of the parent, of which it is a copy at first.
	status, _ := os.ReadFile("/proc/self/status")
	for line := range strings.Lines(string(status)) {
		if strings.HasPrefix(line, "VmHWM:") {
			fmt.Fprint(os.Stderr, line)
		}
	}
	os.Exit(int(code))
}

// nation is Energi Data Service as a stand-in, and plans that cover municipalities
// and ask it for the hours of 2024.
type nation struct {
	service   *standin.EnergiDataService
	server    *standin.Server
	begin     time.Time // of the clock
	plans     []string  // files
	workspace string
}

func newNation(tb testing.TB, dataSets []string, members ...[]string) *nation {
	tb.Helper()
	n := &nation{service: standin.NewEnergiDataService(slices.Concat(members...)...), begin: time.Now(), workspace: tb.TempDir()}
	var err error
	if n.server, err = standin.Listen(n.service, standin.Options{Clock: hasty{n.begin}.Now}); err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { n.server.Close() })
	folder := tb.TempDir()
	for i, codes := range members {
		text := fmt.Sprintf("id: part-%d\nname: {en: Part %d}\nbase_year: 2024\ncontact: energy@example.org\nuncertainty: {draws: 0}\nmembers:\n", i+1, i+1)
		for _, code := range codes {
			text += fmt.Sprintf("  - {country: DK, code: %q}\n", code)
		}
		text += fmt.Sprintf("services: [{source: energidataservice, address: %q}]\ndata:\n", n.server.Address())
		for _, set := range dataSets {
			text += fmt.Sprintf("  - {source: energidataservice, dataset: %s}\n", set)
		}
		name := filepath.Join(folder, fmt.Sprintf("part-%d.yaml", i+1))
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			tb.Fatal(err)
		}
		n.plans = append(n.plans, name)
	}
	return n
}

// cost is what a run took.
type cost struct {
	out                          string
	fetch, stage, model, publish time.Duration // on the wall; what is fetched is staged at once
	all, processor               time.Duration
	memory                       int64 // bytes, at most; 0 where the system does not tell
	asked                        []standin.Entry
	bytes                        int64 // of answers, unpacked
	decoded                      int   // extracts
	rows                         int64 // of the tables of new snapshots
}

// run runs the program on all plans, in a process of its own, on two processors.
func (n *nation) run(tb testing.TB, args ...string) cost {
	tb.Helper()
	before, staged := n.server.Requests(), n.staged(tb)
	child := exec.Command(os.Args[0], slices.Concat([]string{"run"}, n.plans, []string{"--threads", "2", "--workspace", n.workspace}, args)...)
	child.Env = append(os.Environ(), hastyEnv+"="+n.begin.Format(time.RFC3339Nano), "GOMAXPROCS=2")
	var out, told bytes.Buffer
	child.Stdout = &out
	log, err := child.StderrPipe()
	if err != nil {
		tb.Fatal(err)
	}
	begin := time.Now()
	if err := child.Start(); err != nil {
		tb.Fatal(err)
	}
	var c cost
	unread := c.follow(io.TeeReader(log, &told), begin)
	if err := errors.Join(child.Wait(), unread); err != nil {
		tb.Fatalf("%v: %v\n%s%s", args, err, told.String(), out.String())
	}
	c.out, c.all = out.String(), time.Since(begin)
	c.processor = child.ProcessState.UserTime() + child.ProcessState.SystemTime()
	c.asked, c.decoded = n.server.Log()[before:], n.staged(tb)-staged
	for _, e := range c.asked {
		c.bytes += e.Bytes
	}
	for _, x := range n.server.Excess() {
		tb.Errorf("impolite: %+v", x)
	}
	records, err := (pipeline.Records{Disk: pipeline.Disk(n.workspace)}).List()
	if err != nil {
		tb.Fatal(err)
	}
	for _, p := range records[len(records)-1].Outcome.Plans {
		m, err := (pipeline.Snapshots{Disk: pipeline.Disk(n.workspace)}).Manifest(p.Plan, p.Snapshot)
		if err != nil || !p.New {
			tb.Fatalf("%s: %v\n%s", p.Plan, err, out.String())
		}
		for _, t := range m.Tables {
			c.rows += t.Rows
		}
	}
	return c
}

// follow reads the program's log, in which every step of the work has a line where
// it begins.
func (c *cost) follow(log io.Reader, begin time.Time) error {
	var step *time.Duration
	lines := bufio.NewScanner(log)
	for lines.Scan() {
		now, next := time.Now(), step
		switch word, _, _ := strings.Cut(lines.Text(), " "); word {
		case "fetch:":
			next = &c.fetch
		case "decode:":
			next = &c.stage
		case "build":
			next = &c.model
		case "publish":
			next = &c.publish
		}
		if _, err := fmt.Sscanf(lines.Text(), "VmHWM: %d kB", &c.memory); err == nil {
			c.memory, next = c.memory<<10, nil
		}
		if step != nil {
			*step += now.Sub(begin)
		}
		begin, step = now, next
	}
	return lines.Err()
}

// staged counts the extracts that are staged.
func (n *nation) staged(tb testing.TB) int {
	names, err := filepath.Glob(filepath.Join(n.workspace, "stage", "*", "*", "*.json"))
	if err != nil {
		tb.Fatal(err)
	}
	return len(names)
}

// count asks for a number with SQL, in which stage/ and snapshots/ are the workspace's.
func (n *nation) count(tb testing.TB, query string) (number int64) {
	tb.Helper()
	db, err := sql.Open("duckdb", "")
	if err != nil {
		tb.Fatal(err)
	}
	defer db.Close()
	if err := db.QueryRow(strings.NewReplacer("'stage/", "'"+n.workspace+"/stage/", "'snapshots/", "'"+n.workspace+"/snapshots/").Replace(query)).Scan(&number); err != nil {
		tb.Fatal(err)
	}
	return number
}

// TestYearShort: two months of six municipalities, of which one is revised.
// BenchmarkYear is all of it.
func TestYearShort(t *testing.T) {
	const patience = "1000000h"
	n := newNation(t, []string{"ConsumptionIndustry", "ProductionMunicipalityHour"}, []string{"101", "147", "825"}, []string{"253", "259", "336"})
	first := n.run(t, "--from", "2024-04-01", "--to", "2024-06-01", "--budget", patience)
	if len(first.asked) != 24 || first.decoded != 24 {
		t.Errorf("%d requests, %d extracts decoded; want a month of a municipality and data set with each", len(first.asked), first.decoded)
	}
	const hours = 61 * 24 * 3 * 6 // of days, kinds of use, municipalities
	if staged, modelled := n.count(t, "SELECT count(*) FROM 'stage/*/ConsumptionIndustry/*.parquet'"),
		n.count(t, "SELECT count(*) FROM 'snapshots/*/*/hourly.parquet' WHERE series_id = 'consumption' AND value_status <> 'not_available'"); staged != hours || modelled != hours {
		t.Errorf("%d rows of consumption are staged and %d published, want %d", staged, modelled, hours)
	}

	n.service.Revise("2024-05")
	again := n.run(t, "--from", "2024-05-01", "--to", "2024-06-01", "--budget", patience)
	if len(again.asked) != 12 || again.decoded != 12 {
		t.Errorf("%d requests, %d extracts decoded; want those of the month", len(again.asked), again.decoded)
	}
	for _, e := range again.asked {
		if !strings.Contains(e.Path, "start=2024-04-30T22%3A00") {
			t.Errorf("%s was asked, which is not of the month", e.Path)
		}
	}
	if !strings.Contains(again.out, "energidataservice ConsumptionIndustry: ") {
		t.Errorf("the revision is not told:\n%s", again.out)
	}
	t.Logf("at first %s and at most %d MiB, for a revised month %s and %d MiB", first.processor, first.memory>>20, again.processor, again.memory>>20)
	for _, c := range []cost{first, again} {
		if runtime.GOOS == "linux" && c.memory == 0 || c.memory > 1<<30 {
			t.Errorf("at most %d bytes of memory", c.memory)
		}
	}
}
