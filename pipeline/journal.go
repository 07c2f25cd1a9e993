package pipeline

import (
	"bufio"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"strings"
	"sync"
	"time"
)

// Step is a part of the work of a run.
type Step struct {
	Name    string    `json:"step"`           // fetch, recognise, decode, archive, build, check or publish
	Plan    string    `json:"plan,omitempty"` // empty: for all plans of the run
	Started time.Time `json:"started"`
	Ended   time.Time `json:"ended"`
}

// LogLine is a line of a run's log: runs/ID.log, as JSON, written as the run goes, so
// that one that was killed has left it.
type LogLine struct {
	Time  time.Time `json:"time"`
	Level string    `json:"level"` // INFO, WARN or ERROR; DAMAGED where the line cannot be read
	Text  string    `json:"msg"`
}

// A log is bounded. What is worth a warning may go on behind the others.
const (
	mostLog  = 1 << 20
	mostInfo = mostLog - 64<<10
	mostLine = 4 << 10
)

// journal hears how a run goes, and tells it on. It keeps the times of the steps and
// writes the log. A log that cannot be written stops nothing: the record has what counts.
type journal struct {
	Reporter
	clock func() time.Time

	mu      sync.Mutex
	steps   []Step
	file    File // nil: there is none, or no more
	written int
	full    bool
}

func newJournal(disk FS, clock func() time.Time, run string, report Reporter) *journal {
	j := &journal{Reporter: report, clock: clock}
	file, err := disk.Append(logName(run))
	if err != nil {
		report.Note("the run goes on without a log: %v", err)
		return j
	}
	j.file = file
	return j
}

func logName(run string) string { return path.Join("runs", run+".log") }

// Note implements Reporter.
func (j *journal) Note(format string, args ...any) {
	j.Reporter.Note(format, args...)
	j.write("INFO", fmt.Sprintf(format, args...))
}

// begin begins a step; the function that it returns ends it.
func (j *journal) begin(step, plan string) (end func()) {
	started := j.clock().UTC()
	what := strings.TrimSpace(step + " " + plan)
	j.write("INFO", what+" begins")
	return func() {
		s := Step{step, plan, started, j.clock().UTC()}
		j.mu.Lock()
		j.steps = append(j.steps, s)
		j.mu.Unlock()
		j.write("INFO", fmt.Sprintf("%s took %s", what, s.Ended.Sub(s.Started).Round(time.Millisecond)))
	}
}

func (j *journal) write(level, text string) {
	if len(text) > mostLine {
		text = strings.ToValidUTF8(text[:mostLine], "") + " …"
	}
	line, err := json.Marshal(LogLine{j.clock().UTC(), level, text})
	j.mu.Lock()
	defer j.mu.Unlock()
	if err != nil || j.file == nil {
		return
	}
	room := mostLog
	if level == "INFO" {
		room = mostInfo
	}
	if j.written+len(line) >= room {
		if j.full {
			return
		}
		j.full = true
		line = fmt.Appendf(nil, `{"time":%q,"level":"WARN","msg":"the log is full: lines are left out"}`, j.clock().UTC().Format(time.RFC3339Nano))
	}
	n, err := j.file.Write(append(line, '\n'))
	if j.written += n; err != nil {
		j.file.Close()
		j.file = nil
	}
}

// end writes what came of the run and returns its steps.
func (j *journal) end(o Outcome, code ExitCode, err error) []Step {
	for _, f := range o.Fetched {
		j.write("INFO", fmt.Sprintf("%s %s: %d pieces asked for with %d requests, %d changed, %d have nothing, %d wait", f.Source, f.DataSet, f.Asked, f.Requests, len(f.Changed), f.Nothing, f.Waiting))
		for _, fault := range f.Faults {
			j.write("WARN", fault)
		}
	}
	for _, text := range o.SetAside {
		j.write("WARN", text)
	}
	for _, p := range o.Plans {
		for _, text := range p.Stale {
			j.write("WARN", p.Plan+": not up to date: "+text)
		}
		for _, c := range p.Checks {
			j.write("WARN", fmt.Sprintf("%s: check %s (%s) found %d: %s", p.Plan, c.ID, c.Severity, c.Offences, strings.Join(c.Messages, "; ")))
		}
		switch {
		case p.New:
			j.write("INFO", p.Plan+": published "+p.Snapshot)
		case p.Withheld != "":
			j.write("ERROR", p.Plan+": withheld, see "+p.Withheld)
		case p.Code == Done || p.Code == Stale:
			j.write("INFO", p.Plan+": nothing new, "+p.Snapshot+" stands")
		}
		for _, text := range p.Problems {
			j.write("ERROR", p.Plan+": not published: "+text)
		}
	}
	if err != nil {
		j.write("ERROR", err.Error())
	}
	j.write("INFO", fmt.Sprintf("ended with code %d", code))
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.file != nil {
		j.file.Sync()
		j.file.Close()
		j.file = nil
	}
	return j.steps
}

// Log reads the log of a run. What cannot be read of it is there as damaged; a run
// without one, such as of an older program, has no lines.
func (r Records) Log(run string) ([]LogLine, error) {
	file, err := r.Disk.Open(logName(run))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	defer file.Close()
	var lines []LogLine
	text := bufio.NewScanner(io.LimitReader(file, 2*mostLog))
	text.Buffer(nil, 2*mostLog+1)
	for text.Scan() {
		var line LogLine
		if json.Unmarshal(text.Bytes(), &line) != nil {
			line = LogLine{Level: "DAMAGED", Text: strings.ToValidUTF8(text.Text()[:min(mostLine, len(text.Text()))], "")}
		}
		line.Level = cmp.Or(line.Level, "INFO")
		lines = append(lines, line)
	}
	return lines, text.Err()
}
