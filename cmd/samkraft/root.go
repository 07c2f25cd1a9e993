package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"regexp"
	"runtime"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"samkraft/pipeline"
	"samkraft/sources/web"
)

// program is everything that a command may touch of the world.
type program struct {
	args     []string
	in       io.Reader
	out, err io.Writer
	getenv   func(string) string
	clock    func() time.Time
	waits    web.Clock // for waiting on publishers; nil: clock, and real time passes
	pid      int
	terminal bool // err is a terminal: progress is drawn there

	terminalOut bool // out is a terminal

	hangups func() <-chan os.Signal // signals to read plan files anew; nil: none come
	views   []pipeline.Sink         // what people read of a snapshot, made of its tables last
}

// settings are the flags that every command takes.
type settings struct {
	program
	workspace string
	threads   int
	memory    string
	lang      string
}

func isTerminal(f *os.File) bool { return term.IsTerminal(int(f.Fd())) }

// exit is an error that carries its exit code.
type exit struct {
	code pipeline.ExitCode
	err  error
}

func (e exit) Error() string { return e.err.Error() }
func (e exit) Unwrap() error { return e.err }

// silent is an exit whose reason has been told already.
var errTold = errors.New("")

// execute runs a command line and returns the exit code. Every error is told
// once, on the error stream.
func execute(ctx context.Context, p program) pipeline.ExitCode {
	root := newRoot(p)
	root.SetArgs(p.args)
	root.SetOut(p.out)
	root.SetErr(p.err)
	err := root.ExecuteContext(ctx)
	if err == nil {
		return pipeline.Done
	}
	code := pipeline.Usage // what cobra itself finds wrong is the command line
	var e exit
	if errors.As(err, &e) {
		code = e.code
	}
	if ctx.Err() != nil {
		code, err = pipeline.Interrupted, errors.New("interrupted")
	}
	if !errors.Is(err, errTold) {
		fmt.Fprintln(p.err, "samkraft: "+err.Error())
	}
	return code
}

func newRoot(p program) *cobra.Command {
	s := &settings{program: p}
	root := &cobra.Command{
		Use:   "samkraft",
		Short: "The shared energy plan of a group of municipalities, from open data",
		Long: `Samkraft turns open energy data into the shared energy plan of a group of municipalities:
where energy goes today, what renewable energy and savings are within reach, what the members
gain by planning together instead of each alone, and how that gain can be shared.

Begin here:
  samkraft run --sample                 a first plan from the small data set inside the program
  samkraft query --workspace samkraft-sample --plan kobenhavn-syd "FROM joint_savings"
  samkraft run --mirror DIR             the same from publishers' files that you have in DIR
  samkraft run                          the same from the publishers themselves, over the network
  samkraft plans new > mine.yaml        a plan of your own

Results go to standard output, everything else to standard error. Exit codes: 0 done (also when
nothing was new), 1 failed, 2 command line or plan file wrong, 3 publication withheld by a check
(the last good snapshot still stands), 4 published from a last good extract because a live source
failed, 5 another run holds the workspace, 130 interrupted.`,
		SilenceUsage:      true,
		SilenceErrors:     true,
		CompletionOptions: cobra.CompletionOptions{HiddenDefaultCmd: true},
	}
	root.PersistentFlags().StringVar(&s.workspace, "workspace", "", "folder of the workspace (default $SAMKRAFT_WORKSPACE, or ./samkraft-data)")
	root.PersistentFlags().IntVar(&s.threads, "threads", min(runtime.NumCPU(), 4), "processors to use; results do not depend on it")
	root.PersistentFlags().StringVar(&s.memory, "memory", "400MB", "memory for the SQL engine; what does not fit goes to disk")
	root.PersistentFlags().StringVar(&s.lang, "lang", "en", "language of summaries: da, sv or en")
	root.PersistentPreRunE = func(*cobra.Command, []string) error {
		if s.lang != "da" && s.lang != "sv" && s.lang != "en" {
			return fmt.Errorf("--lang %q: expected da, sv or en", s.lang)
		}
		if !memorySize.MatchString(s.memory) {
			return fmt.Errorf("--memory %q: expected a size such as 400MB or 2GB, from 50MB on", s.memory)
		}
		if s.threads < 1 {
			return fmt.Errorf("--threads %d: expected at least 1", s.threads)
		}
		return nil
	}
	root.AddCommand(newRun(s), newQuery(s), newAllocate(s), newTables(s), newPlans(s), newSources(s), newRuns(s), newSnapshots(s), newDiff(s), newServe(s), newSchedule(s), newNotices(s), newVerify(s), newPrune(s), newBackup(s), newRestore(s), newAccess(s), newVersion(s))
	return root
}

// memorySize is a size as DuckDB writes it, of at least 50 MB.
var memorySize = regexp.MustCompile(`^([5-9][0-9]|[1-9][0-9]{2,5})MB$|^[1-9][0-9]{0,3}GB$`)

// disk is the workspace. A sample goes to a workspace of its own unless one is
// named.
func (s *settings) disk(sample bool) pipeline.Disk {
	name := s.workspace
	if name == "" {
		name = s.getenv("SAMKRAFT_WORKSPACE")
	}
	if name == "" {
		name = "samkraft-data"
		if sample {
			name = "samkraft-sample"
		}
	}
	return pipeline.Disk(name)
}

// reading is the workspace for commands that only read it.
func (s *settings) reading() (pipeline.Disk, error) {
	disk := s.disk(false)
	if err := pipeline.CheckLayout(disk); err != nil {
		return disk, exit{pipeline.Usage, err}
	}
	return disk, nil
}

// readPlan takes the name of a built-in plan or a path to a plan file.
func readPlan(name string) (pipeline.Plan, error) {
	for _, p := range pipeline.BuiltinPlans() {
		if p.ID == name {
			return p, nil
		}
	}
	if info, err := os.Stat(name); err != nil || info.IsDir() {
		var ids []string
		for _, p := range pipeline.BuiltinPlans() {
			ids = append(ids, p.ID)
		}
		return pipeline.Plan{}, exit{pipeline.Usage, fmt.Errorf("%s is no built-in plan (%s) and no file that can be read", name, strings.Join(ids, ", "))}
	}
	p, err := readPlanFile(name)
	if err != nil {
		return p, exit{pipeline.Usage, err}
	}
	return p, nil
}
