package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"samkraft/pipeline"
	"samkraft/sinks/notice"
	"samkraft/sources/catalogue"
	"samkraft/sources/own"
	"samkraft/testdata"
	"samkraft/transforms"
)

func newRun(s *settings) *cobra.Command {
	var mirror string
	var sample, offline, acceptLoss, notify bool
	var only []string
	var wait, budget time.Duration
	var from, to string
	c := &cobra.Command{
		Use:   "run [PLAN...]",
		Short: "Take plans the whole way, from publishers' files to published tables",
		Long: `Reads publishers' files, decodes what is new, builds the tables of each plan, checks them and
publishes a snapshot. PLAN is a built-in plan or a plan file; none means every built-in plan.

By default the publishers are asked themselves, politely: what is missing first, and then what they
may have revised since. An answer is kept as it came. One that fails, or cannot be read, leaves the
last good one in place; the run then ends with code 4. A first run takes long, because some publishers
take one request a minute: it fetches for as long as --budget says, publishes what is there, and the
next run goes on. A plan says with 'contact' whom publishers can write to. A key that a service wants
stands in the environment (SAMKRAFT_KEY_ and the publisher's id in capitals, or the same with _FILE for
a file that only you can read), an authority that signs certificates of yours in SAMKRAFT_CA_FILE, a
proxy in HTTPS_PROXY.

Or say where files are:
  --mirror DIR   publishers' files below DIR, in any folder and under any name: what a file is, is
                 seen from its content; .zst and .gz are opened on the way
  --sample       the small data set inside the program, made up in part, in a workspace of its own
  --offline      what the last run left in the archive of the workspace

The folder is the whole truth of a run with --mirror. When a whole data set is gone from it that the
last snapshot was made with, the plan is not published unless you say --accept-loss. A run that finds nothing new does nothing. A file that cannot be read stops the plans that need it, and
their last good snapshot stands.`,
		Example: `  samkraft run --sample
  samkraft run mine.yaml --budget 1h
  samkraft run mine.yaml --only energidataservice --from 2023-01-01 --to 2024-01-01
  samkraft run kobenhavn-syd goda-grannar --mirror /data/publishers
  samkraft run mine.yaml --mirror /data/publishers --workspace /srv/samkraft`,
		RunE: func(c *cobra.Command, names []string) error {
			var err error
			order := pipeline.Order{Only: only, Wait: wait, AcceptLoss: acceptLoss}
			switch {
			case count(mirror != "", sample, offline) > 1:
				return errors.New("--mirror, --sample and --offline exclude each other")
			case mirror != "":
				root, err := os.OpenRoot(mirror)
				if err != nil {
					return exit{pipeline.Usage, fmt.Errorf("--mirror: %w", err)}
				}
				defer root.Close()
				order.Origin, order.Files = pipeline.FromMirror, root.FS()
			case sample:
				files, err := fs.Sub(testdata.Sample, "sample")
				if err != nil {
					return err
				}
				order.Origin, order.Files = pipeline.FromSample, files
			case !offline:
				order.Origin, order.Budget = pipeline.FromLive, budget
				if order.From, order.To, err = period(from, to); err != nil {
					return err
				}
			}
			if order.Origin != pipeline.FromLive && (from != "" || to != "" || c.Flags().Changed("budget")) {
				return errors.New("--from, --to and --budget are about asking publishers, and go with none of --mirror, --sample and --offline")
			}
			if err := checkOnly(only); err != nil {
				return err
			}
			plans, err := choosePlans(names)
			if err != nil {
				return err
			}
			order.Plans = plans
			return s.run(c.Context(), order, sample, notify)
		},
	}
	f := c.Flags()
	f.StringVar(&mirror, "mirror", "", "read publishers' files below this folder")
	f.BoolVar(&sample, "sample", false, "use the small data set inside the program")
	f.BoolVar(&offline, "offline", false, "use what the archive of the workspace holds")
	f.StringSliceVar(&only, "only", nil, "read only these publishers anew; the others as the archive has them")
	f.BoolVar(&acceptLoss, "accept-loss", false, "publish also when data sets are gone that the last snapshot was made with")
	f.StringVar(&from, "from", "", "ask publishers only for the period from this day on, yyyy-mm-dd, also for what is known")
	f.StringVar(&to, "to", "", "ask publishers only for the period before this day, yyyy-mm-dd, also for what is known")
	f.DurationVar(&budget, "budget", 15*time.Minute, "how long to ask publishers; what is left waits for the next run")
	f.BoolVar(&notify, "notify", false, "tell those whom the plans name under 'notices', as a server does")
	f.DurationVar(&wait, "wait", 0, "how long to wait when another run holds the workspace, such as 5m")
	return c
}

// period reads the days of --from and --to; an empty one is no bound.
func period(from, to string) (begin, end time.Time, err error) {
	for _, bound := range []struct {
		flag, text string
		day        *time.Time
	}{{"--from", from, &begin}, {"--to", to, &end}} {
		if bound.text == "" {
			continue
		}
		if *bound.day, err = time.Parse(time.DateOnly, bound.text); err != nil {
			return begin, end, fmt.Errorf("%s %q: expected a day such as 2023-01-01", bound.flag, bound.text)
		}
	}
	if !begin.IsZero() && !end.IsZero() && !begin.Before(end) {
		return begin, end, fmt.Errorf("--from %s --to %s: expected a period that begins before it ends", from, to)
	}
	return begin, end, nil
}

func count(flags ...bool) int {
	n := 0
	for _, f := range flags {
		if f {
			n++
		}
	}
	return n
}

func checkOnly(only []string) error {
	var known []string
	for _, source := range catalogue.Sources() {
		known = append(known, source.Publisher().ID)
	}
	for _, id := range only {
		if !slices.Contains(known, id) {
			return fmt.Errorf("--only %s: expected one of %s", id, strings.Join(known, ", "))
		}
	}
	return nil
}

// choosePlans reads the named plans, or all built-in ones. The order of the names
// does not matter.
func choosePlans(names []string) ([]pipeline.Plan, error) {
	if len(names) == 0 {
		return pipeline.BuiltinPlans(), nil
	}
	var plans []pipeline.Plan
	for _, name := range names {
		p, err := readPlan(name)
		if err != nil {
			return nil, err
		}
		if err := checkData(name, p); err != nil {
			return nil, err
		}
		if slices.ContainsFunc(plans, func(o pipeline.Plan) bool { return o.ID == p.ID }) {
			return nil, exit{pipeline.Usage, fmt.Errorf("two plans have the id %s", p.ID)}
		}
		plans = append(plans, p)
	}
	slices.SortFunc(plans, func(a, b pipeline.Plan) int { return strings.Compare(a.ID, b.ID) })
	return plans, nil
}

// checkData refuses a plan that asks for data sets, or names services, that no
// publisher has.
func checkData(name string, p pipeline.Plan) error {
	for i, at := range p.Services {
		found := slices.ContainsFunc(catalogue.Sources(), func(source pipeline.Source) bool {
			live, ok := source.(pipeline.Live)
			return ok && live.Publisher().ID == at.Source && (at.Service == "" || slices.ContainsFunc(live.Services(), func(s pipeline.Service) bool { return s.ID == at.Service }))
		})
		if !found {
			return exit{pipeline.Usage, &pipeline.Problem{File: name, Path: fmt.Sprintf("services[%d]", i), What: fmt.Sprintf("%s has no service %s", at.Source, at.Service), Expected: "a service that 'samkraft sources --format json' lists"}}
		}
	}
	for i, d := range p.Data {
		found := slices.ContainsFunc(catalogue.Sources(), func(source pipeline.Source) bool {
			pub := source.Publisher()
			return pub.ID == d.Source && (d.DataSet == "" || slices.ContainsFunc(pub.DataSets, func(set pipeline.DataSet) bool { return set.ID == d.DataSet }))
		})
		if !found {
			return exit{pipeline.Usage, &pipeline.Problem{File: name, Path: fmt.Sprintf("data[%d]", i), What: fmt.Sprintf("there is no data set %s of %s", d.DataSet, d.Source), Expected: "one that 'samkraft sources' lists"}}
		}
	}
	return nil
}

func (s *settings) run(ctx context.Context, order pipeline.Order, sample, notify bool) error {
	disk := s.disk(sample)
	report := newReporter(s.err, s.terminal)
	var teller *notice.Teller
	var log *slog.Logger
	if notify {
		var err error
		log = slog.New(slog.NewTextHandler(s.err, nil))
		if teller, err = s.newTeller(disk, sample, log); err != nil {
			return exit{pipeline.Usage, err}
		}
	}
	outcome, err := s.carryOut(ctx, disk, order, report, nil)
	report.done()
	if notify {
		tell(ctx, teller, log, order.Plans, order.Plans, outcome, err)
	}
	if err != nil {
		return err
	}
	if err := s.summarise(ctx, disk, order, outcome); err != nil {
		return exit{pipeline.Failed, err}
	}
	if code := outcome.Code(); code != pipeline.Done {
		return exit{code, errTold}
	}
	return nil
}

// carryOut does what an order says in a workspace. The error has its exit code. Before is
// what Runner.Before says, and may be nil.
func (s *settings) carryOut(ctx context.Context, disk pipeline.Disk, order pipeline.Order, report pipeline.Reporter, before func(ctx context.Context, plan, id string)) (pipeline.Outcome, error) {
	var none pipeline.Outcome
	if err := disk.MkdirAll("."); err != nil {
		return none, exit{pipeline.Failed, err}
	}
	sources := catalogue.Sources()
	warehouse, err := transforms.New(disk, declared(), s.threads, s.memory)
	if err != nil {
		return none, exit{pipeline.Failed, err}
	}
	runner := pipeline.Runner{
		Disk: disk, Clock: s.clock, PID: s.pid, Sources: sources, Own: own.Source{}, Transform: warehouse,
		Sinks: s.sinks(), Threads: s.threads, Report: report,
		Free: func() (int64, error) { return pipeline.FreeSpace(disk.Path(".")) }, Before: before,
	}
	if order.Origin == pipeline.FromLive {
		if runner.Fetcher, err = s.fetcher(disk, sources, warehouse.Reads, order.Plans, report); err != nil {
			return none, exit{pipeline.Usage, err}
		}
	}
	outcome, err := runner.Run(ctx, order)
	switch {
	case errors.Is(err, pipeline.ErrBusy):
		return outcome, exit{pipeline.Busy, err}
	case errors.Is(err, pipeline.ErrKind), errors.Is(err, pipeline.ErrLayout):
		return outcome, exit{pipeline.Usage, err}
	case err != nil:
		return outcome, exit{pipeline.Failed, err}
	}
	return outcome, nil
}
