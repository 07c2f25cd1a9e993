package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"slices"
	"sync"
	"time"

	"github.com/spf13/cobra"

	"samkraft/pipeline"
	"samkraft/pipeline/keep"
	"samkraft/pipeline/schedule"
	"samkraft/sinks/notice"
	"samkraft/sources/web"
	"samkraft/testdata"
)

// waitForOther is how long a run of the server waits for another that holds the
// workspace, such as one that somebody began by hand.
const waitForOther = 30 * time.Minute

func newServe(s *settings) *cobra.Command {
	var mirror, log string
	var at listening
	var sample, offline bool
	var grace time.Duration
	c := &cobra.Command{
		Use:   "serve [PLAN...]",
		Short: "Make plans anew at the times that they say, for years",
		Long: `Stays, and makes each plan anew at the times of its key 'schedule': asks publishers, or reads the folder
that --mirror names, builds, checks and publishes. Data sets with a schedule of their own are fetched at
their own times. One run goes on at a time; the workspace is held only during a run.

When clocks go forward, what is due in the hour that they leave out is due at its end; when they go back,
what is due in the hour that they show twice is due once. Times that pass while a run is on its way, or
while the server is down, are dealt with as the plan says (overlap, catch_up, window): 'samkraft schedule'
shows what comes next and why. A server that begins for the first time waits for the first time that is due.

At the address of --listen it answers /healthz, /readyz and /metrics for those who watch it. Other machines
reach it only where the file of --access says so, and who may read.
Those whom a plan names under 'notices' are told, by webhook or mail, when its state changes; 'samkraft
notices test PLAN' tries it.

SIGHUP reads the plan files and the access file anew; a wrong file is refused and what it says stays as it was. SIGTERM ends
the server; a run on its way has --grace to end, and is otherwise taken up by the next server.`,
	}
	f := c.Flags()
	f.StringVar(&mirror, "mirror", "", "read publishers' files below this folder instead of asking publishers")
	f.BoolVar(&sample, "sample", false, "use the small data set inside the program")
	f.BoolVar(&offline, "offline", false, "use what the archive of the workspace holds")
	f.StringVar(&at.address, "listen", usualAddress, "address to answer at; empty for none")
	f.StringVar(&at.access, "access", "", "file that says who may read; without it everybody on this machine")
	f.StringVar(&log, "log", "text", "lines of the log: text or json")
	prune := f.Bool("prune", false, "once a day, at 03:45 UTC, take away what 'samkraft prune' would")
	rules := keepFlags(f)
	f.DurationVar(&grace, "grace", 2*time.Minute, "how long a run may go on when the server is told to end")
	c.RunE = func(c *cobra.Command, names []string) error {
		if count(mirror != "", sample, offline) > 1 {
			return errors.New("--mirror, --sample and --offline exclude each other")
		}
		var handler slog.Handler
		switch log {
		case "text":
			handler = slog.NewTextHandler(s.err, nil)
		case "json":
			handler = slog.NewJSONHandler(s.err, nil)
		default:
			return fmt.Errorf("--log %q: expected text or json", log)
		}
		if err := checkRules(*rules); err != nil {
			return err
		}
		k := &keeper{settings: s, names: names, mirror: mirror, sample: sample, offline: offline, log: slog.New(handler)}
		if *prune {
			k.rules = rules
		}
		var err error
		if k.teller, err = s.newTeller(s.disk(sample), sample, k.log); err != nil {
			return exit{pipeline.Usage, err}
		}
		jobs, err := k.load()
		if err != nil {
			return err
		}
		if err := s.disk(sample).MkdirAll("."); err != nil {
			return exit{pipeline.Failed, err}
		}
		if err := pipeline.CheckLayout(s.disk(sample)); err != nil {
			return exit{pipeline.Usage, err}
		}
		ctx, end := context.WithCancel(c.Context())
		defer end()
		at.named = c.Flags().Changed("listen")
		site, err := k.open(at, end)
		if err != nil {
			return err
		}
		clock := s.waits
		if clock == nil {
			clock = web.NewClock(s.clock)
		}
		server := schedule.Server{Disk: s.disk(sample), Clock: clock, Run: k.run, Passed: k.passed, Grace: grace, Turn: site.Turn,
			Fault: func(err error) { k.log.Error("the server cannot remember its times", "error", err) }}
		k.log.Info("serving", "jobs", len(jobs))
		server.Serve(ctx, jobs, k.reloads(ctx, site))
		err = site.close()
		k.log.Info("ended")
		return err
	}
	return c
}

// keeper runs the jobs of a server.
type keeper struct {
	*settings
	names           []string
	mirror          string
	sample, offline bool
	log             *slog.Logger
	rules           *keep.Rules // by which is pruned; nil: nothing is
	teller          *notice.Teller
	refresh         func(context.Context) // of the pages, beside; nil where none are served, as is
	prepare         func(ctx context.Context, plan, id string)

	mu    sync.Mutex
	plans map[string]pipeline.Plan // by job; replaced as a whole, as are the others
	jobs  []schedule.Job
	made  []pipeline.Plan
}

// load reads the plans and makes their jobs.
func (k *keeper) load() ([]schedule.Job, error) {
	plans, err := choosePlans(k.names)
	if err != nil {
		return nil, err
	}
	jobs, by, err := jobsOf(plans)
	if err == nil && k.rules != nil {
		var job schedule.Job
		job, err = jobOfPruning()
		jobs = append(jobs, job)
	}
	if err == nil {
		k.mu.Lock()
		k.plans, k.jobs, k.made = by, jobs, plans
		k.mu.Unlock()
	}
	return jobs, err
}

// served are the plans that are made now.
func (k *keeper) served() []pipeline.Plan {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.made
}

// next says when each job is due next.
func (k *keeper) next() map[string]time.Time {
	k.mu.Lock()
	defer k.mu.Unlock()
	next := map[string]time.Time{}
	for _, j := range k.jobs {
		if due, _ := j.Next(k.clock()); !due.IsZero() {
			next[j.Name] = due
		}
	}
	return next
}

// jobsOf makes a job of each plan, and of each of its data sets with times of its own.
func jobsOf(plans []pipeline.Plan) (jobs []schedule.Job, by map[string]pipeline.Plan, err error) {
	by = map[string]pipeline.Plan{}
	for _, p := range plans {
		zone, err := time.LoadLocation(p.TimeZone)
		if err != nil {
			return nil, nil, exit{pipeline.Usage, err}
		}
		add := func(name, times string) error {
			parsed, err := schedule.Parse(times, zone)
			if err != nil {
				return exit{pipeline.Usage, fmt.Errorf("plan %s: %w", p.ID, err)}
			}
			jobs = append(jobs, schedule.Job{
				Name: name, Times: parsed, Jitter: pipeline.Span(p.Schedule.Jitter), Overlap: schedule.Overlap(p.Schedule.Overlap),
				CatchUp: schedule.CatchUp(p.Schedule.CatchUp), Window: pipeline.Span(p.Schedule.Window),
			})
			by[name] = p
			return nil
		}
		if err := add(p.ID, p.Schedule.Run); err != nil {
			return nil, nil, err
		}
		for _, d := range p.Data {
			if d.Schedule != "" {
				if err := add(dataJob(p, d), d.Schedule); err != nil {
					return nil, nil, err
				}
			}
		}
	}
	return jobs, by, nil
}

// dataJob names the job of a data set with times of its own.
func dataJob(p pipeline.Plan, d pipeline.DataRef) string {
	name := p.ID + " " + d.Source
	if d.DataSet != "" {
		name += " " + d.DataSet
	}
	return name
}

// fetches says which data sets a job of a plan asks for: its own, or, of the plan's
// job, those that have no times of their own.
func fetches(p pipeline.Plan, job string) func(source, dataSet string) bool {
	return func(source, dataSet string) bool {
		own := slices.ContainsFunc(p.Data, func(d pipeline.DataRef) bool {
			return d.Schedule != "" && d.Source == source && (d.DataSet == "" || d.DataSet == dataSet) && (job == p.ID || dataJob(p, d) == job)
		})
		return own != (job == p.ID)
	}
}

// order is what a job is asked to do.
func (k *keeper) order(start schedule.Start) (pipeline.Order, func(), error) {
	k.mu.Lock()
	p, there := k.plans[start.Job]
	k.mu.Unlock()
	if !there {
		return pipeline.Order{}, nil, errors.New("the plans that were read anew do not have this job")
	}
	order := pipeline.Order{Plans: []pipeline.Plan{p}, Wait: waitForOther, By: start.Job + " for " + start.Planned.Format(time.RFC3339)}
	switch {
	case k.mirror != "":
		root, err := os.OpenRoot(k.mirror)
		if err != nil {
			return order, nil, fmt.Errorf("--mirror: %w", err)
		}
		order.Origin, order.Files = pipeline.FromMirror, root.FS()
		return order, func() { root.Close() }, nil
	case k.sample:
		files, err := fs.Sub(testdata.Sample, "sample")
		order.Origin, order.Files = pipeline.FromSample, files
		return order, func() {}, err
	case !k.offline:
		order.Origin, order.Budget, order.Fetch = pipeline.FromLive, pipeline.Span(p.Schedule.Budget), fetches(p, start.Job)
	}
	return order, func() {}, nil
}

// run runs a job and writes to the log what came of it.
func (k *keeper) run(ctx context.Context, start schedule.Start) {
	id := pipeline.RunID(k.clock())
	log := k.log.With("job", start.Job, "planned", start.Planned.Format(time.RFC3339), "run", id)
	log.Info("begins", "why", string(start.Reason))
	if start.Job == pruning {
		k.prune(ctx, log)
		return
	}
	order, done, err := k.order(start)
	if err != nil {
		log.Error("failed", "code", int(pipeline.Failed), "error", err)
		k.tell(ctx, log, order, pipeline.Outcome{}, err)
		return
	}
	defer done()
	order.Run = id
	outcome, err := k.carryOut(ctx, k.disk(k.sample), order, logReporter{log}, k.prepare)
	if err != nil {
		code := pipeline.Failed
		if e := (exit{}); errors.As(err, &e) {
			code = e.code
		}
		if ctx.Err() != nil {
			code = pipeline.Interrupted
		}
		log.Error("failed", "code", int(code), "error", err)
		k.tell(ctx, log, order, outcome, err)
		return
	}
	for _, p := range outcome.Plans {
		switch {
		case p.New:
			log.Info("published", "snapshot", p.Snapshot)
		case p.Code == pipeline.Done:
			log.Info("nothing new", "snapshot", p.Snapshot)
		}
		if p.Held != "" && p.Held != p.Snapshot {
			log.Warn("readers stay on a snapshot that somebody went back to", "snapshot", p.Held)
		}
		for _, text := range p.Stale {
			log.Warn("not up to date", "problem", text)
		}
		for _, text := range p.Problems {
			log.Error("not published", "problem", text)
		}
		if p.Withheld != "" {
			log.Error("withheld", "folder", p.Withheld)
		}
	}
	k.tell(ctx, log, order, outcome, nil)
	log.Info("ended", "code", int(outcome.Code()))
	if k.refresh != nil && slices.ContainsFunc(outcome.Plans, func(p pipeline.PlanOutcome) bool { return p.New }) {
		k.refresh(ctx)
	}
}

// tell tells people what became of a run.
func (k *keeper) tell(ctx context.Context, log *slog.Logger, order pipeline.Order, outcome pipeline.Outcome, err error) {
	tell(ctx, k.teller, log, k.served(), order.Plans, outcome, err)
}

func (k *keeper) passed(p schedule.Passed) {
	k.log.Warn("not run", "job", p.Job, "first", p.First.Format(time.RFC3339), "last", p.Last.Format(time.RFC3339), "times", p.Count, "why", string(p.Reason))
}

// reloads sends the jobs of plan files that were read anew.
func (k *keeper) reloads(ctx context.Context, site *site) <-chan []schedule.Job {
	if k.hangups == nil {
		return nil
	}
	signals, jobs := k.hangups(), make(chan []schedule.Job)
	go func() {
		for {
			select {
			case <-ctx.Done():
				return
			case <-signals:
			}
			if err := site.reload(); err != nil {
				k.log.Error("who may read stays as it was", "error", err)
			}
			fresh, err := k.load()
			if err != nil {
				k.log.Error("the plans stay as they were", "error", err)
				continue
			}
			k.log.Info("plans read anew", "jobs", len(fresh))
			select {
			case jobs <- fresh:
			case <-ctx.Done():
				return
			}
		}
	}()
	return jobs
}

// logReporter tells the steps of a run to the log.
type logReporter struct{ log *slog.Logger }

// Step implements pipeline.Reporter: the log has the begin of each stage.
func (r logReporter) Step(stage string, done, total int, what string) {
	if done == 0 {
		r.log.Debug("step", "stage", stage, "of", total, "what", what)
	}
}

// Note implements pipeline.Reporter.
func (r logReporter) Note(format string, args ...any) { r.log.Info(fmt.Sprintf(format, args...)) }
