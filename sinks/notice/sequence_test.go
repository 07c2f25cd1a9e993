package notice

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"samkraft/pipeline"
)

// days is a clock of whole days: who sleeps has slept.
type days struct{ now time.Time }

func (d *days) Now() time.Time                                   { return d.now }
func (d *days) Sleep(ctx context.Context, _ time.Duration) error { return ctx.Err() }

// firstDay is the day before the first.
var firstDay = time.Date(2026, 3, 27, 4, 15, 0, 0, time.UTC)

func (d *days) number(at time.Time) int { return int(at.Sub(firstDay) / (24 * time.Hour)) }

// receivers are webhooks by the path of their address.
type receivers struct {
	mu   sync.Mutex
	down []string
	got  map[string][]Message
}

func (r *receivers) RoundTrip(request *http.Request) (*http.Response, error) {
	name := strings.TrimPrefix(request.URL.Path, "/")
	r.mu.Lock()
	defer r.mu.Unlock()
	if slices.Contains(r.down, name) {
		return nil, errors.New("connection refused")
	}
	var m Message
	if err := json.NewDecoder(request.Body).Decode(&m); err != nil {
		return nil, err
	}
	r.got[name] = append(r.got[name], m)
	return &http.Response{StatusCode: http.StatusNoContent, Body: http.NoBody}, nil
}

// fullDisk is one on which no file can be made while it is full. It loses all when the
// power goes, which here it does not: waiting for the disk is most of the test else.
type fullDisk struct {
	pipeline.Disk
	full bool
}

func (d *fullDisk) Create(name string) (pipeline.File, error) {
	if d.full {
		return nil, errors.New("no space left on device")
	}
	f, err := d.Disk.Create(name)
	return hasty{f}, err
}

func (d *fullDisk) Append(name string) (pipeline.File, error) {
	f, err := d.Disk.Append(name)
	return hasty{f}, err
}

func (d *fullDisk) Commit(string) error { return nil }

type hasty struct{ pipeline.File }

func (hasty) Sync() error { return nil }

var publishersOfTest = []pipeline.Publisher{{ID: "p", DataSets: []pipeline.DataSet{{ID: "a", Countries: []string{"DK"}}, {ID: "b", Countries: []string{"DK"}}}}}

// course is a plan whose runs go a course.
type course struct {
	*testing.T
	disk   *fullDisk
	clock  *days
	hooks  *receivers
	plan   pipeline.Plan
	names  map[string]string // of ways, by what they are shown as
	teller *Teller
	faults []string
	ids    int // of snapshots
}

func newCourse(t *testing.T, ways []string) *course {
	c := &course{T: t, disk: &fullDisk{Disk: pipeline.Disk(t.TempDir())}, clock: &days{firstDay}, hooks: &receivers{got: map[string][]Message{}}, names: map[string]string{}}
	c.plan = pipeline.Plan{ID: "plan", Name: pipeline.Texts{DA: "Plan", SV: "Plan", EN: "Plan"}, Members: []pipeline.Member{{Country: "DK", Code: "253"}},
		Data: []pipeline.DataRef{{Source: "p", MaxAge: "2d"}}}
	for _, line := range ways {
		name, on, _ := strings.Cut(line, ": ")
		address := "https://hooks.example.org/" + name
		c.plan.Notices = append(c.plan.Notices, pipeline.Notice{Webhook: address, On: strings.Fields(on)})
		c.names[shown(address)] = name
	}
	c.begin()
	return c
}

// begin begins a server.
func (c *course) begin() {
	c.teller = &Teller{Disk: c.disk, Clock: c.clock, Publishers: publishersOfTest, Lang: "en", transport: c.hooks,
		News: func(_ context.Context, o pipeline.PlanOutcome, _ string) (string, error) {
			return fmt.Sprintf("news of %s since %s.", o.Snapshot, o.Previous), nil
		},
		Fault: func(err error) { c.faults = append(c.faults, err.Error()) }}
}

// day lets a day pass with a run, and says what was told.
func (c *course) day(words []string) string {
	c.clock.now = c.clock.now.Add(24 * time.Hour)
	c.disk.full, c.hooks.down, c.faults = false, nil, nil
	o := pipeline.PlanOutcome{Plan: "plan", New: words[0] == "new"}
	if o.New || slices.Contains(words, "moved") {
		c.ids++
	}
	code, known := map[string]pipeline.ExitCode{"well": pipeline.Done, "new": pipeline.Done, "old": pipeline.Stale, "failed": pipeline.Failed, "withheld": pipeline.Withheld, "busy": pipeline.Busy}[words[0]]
	if !known {
		c.Fatalf("%q is no outcome", words[0])
	}
	o.Code, o.Snapshot = code, fmt.Sprint("snapshot ", c.ids)
	troubles := 0
	for i := 1; i < len(words); i++ {
		switch words[i] {
		case "got":
			for ; i+1 < len(words) && len(words[i+1]) == 1; i++ {
				c.fetched(words[i+1])
			}
		case "down":
			i++
			c.hooks.down = []string{words[i]}
		case "moved":
		case "restart":
			c.begin()
		case "lost":
			c.must(c.disk.Remove(memoryFile))
			c.begin()
		case "damaged":
			c.must(os.WriteFile(c.disk.Path(memoryFile), []byte(`{"hash":"00","record":{}}`), 0o644))
			c.begin()
			troubles++
		case "full":
			c.disk.full = true
			troubles++
		default:
			c.Fatalf("what is %q?", words[i])
		}
	}
	results := c.teller.Tell(c.Context(), []pipeline.Plan{c.plan}, []Report{{c.plan, "run", o}})
	if (len(c.faults) > 0) != (troubles > 0) {
		c.Errorf("the server said %q of its memory", c.faults)
	}
	var told []string
	for _, r := range results {
		told = append(told, c.tell(r))
	}
	if left := slices.Concat(slices.Collect(maps.Values(c.hooks.got))...); len(left) > 0 {
		c.Errorf("sent, and not in the results: %v", left)
	}
	return strings.Join(told, "; ")
}

// tell writes a result with what was in its message.
func (c *course) tell(r Result) string {
	name := c.names[r.To]
	text := name
	m := c.teller.memory["plan"].waitingFor(r)
	if r.Fault != "" {
		text += "!"
	} else {
		m, c.hooks.got[name] = &c.hooks.got[name][0], c.hooks.got[name][1:]
	}
	if r.Tries > 1 {
		text += fmt.Sprintf("(%d)", r.Tries)
	}
	text += " " + r.Event
	if m.Event != r.Event || m.Plan != "plan" || !strings.Contains(m.Text, "Plan: ") {
		c.Errorf("%+v is no message of %s", m, r.Event)
	}
	for _, f := range m.Fresh {
		text += strings.TrimPrefix(f, "p")
	}
	if len(m.Fresh) > 0 && len(m.Stale) > 0 {
		text += " still"
	}
	for _, o := range m.Stale {
		text += " " + o.DataSet
	}
	if len(m.Over) > 0 && m.Over[0] != pipeline.OnStale {
		text += " from " + strings.Join(m.Over, " ")
	}
	if _, since, is := strings.Cut(m.Text, " since snapshot "); is && m.Event == pipeline.OnPublished {
		text += " since " + strings.TrimSuffix(since, ".\n")
	}
	if !m.Trouble.IsZero() {
		text += fmt.Sprintf(" since day %d", c.clock.number(m.Trouble))
	}
	return text
}

// waitingFor finds the message of a result that was not delivered.
func (s *state) waitingFor(r Result) *Message {
	for _, w := range s.Waiting {
		if w.To == r.To && w.Message.Event == r.Event {
			return &w.Message
		}
	}
	return nil
}

// fetched writes that a data set was asked for and answered.
func (c *course) fetched(set string) {
	w, err := (pipeline.FetchLog{Disk: c.disk}).Writer("p", set)
	c.must(err)
	c.must(w.Write(pipeline.Fetched{Time: c.clock.now, Origin: pipeline.FromLive, Event: pipeline.Whole, Piece: "all", Extract: "x"}))
	c.must(w.Close())
}

func (c *course) must(err error) {
	c.Helper()
	if err != nil {
		c.Fatal(err)
	}
}

// TestSequences runs the courses of testdata/sequences.txt: what became of runs, and
// what is told of each.
func TestSequences(t *testing.T) {
	text, err := os.ReadFile("testdata/sequences.txt")
	if err != nil {
		t.Fatal(err)
	}
	blocks := strings.Split(string(text), "\n== ")
	if len(blocks) < 10 {
		t.Fatalf("%d courses", len(blocks)-1)
	}
	for _, block := range blocks[1:] {
		title, rest, _ := strings.Cut(strings.TrimSpace(block), "\n")
		t.Run(title, func(t *testing.T) {
			var ways, lines []string
			for line := range strings.Lines(rest) {
				if way, is := strings.CutPrefix(strings.TrimSpace(line), "way "); is {
					ways = append(ways, way)
				} else {
					lines = append(lines, line)
				}
			}
			c := newCourse(t, ways)
			for i, line := range lines {
				run, want, _ := strings.Cut(line, "->")
				if got := c.day(strings.Fields(run)); got != strings.TrimSpace(want) {
					t.Errorf("day %d, %s\ntold %s\nwant %s", i+1, strings.TrimSpace(run), got, strings.TrimSpace(want))
				}
			}
		})
	}
}
