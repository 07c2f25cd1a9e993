package main

import (
	"bufio"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"samkraft/pipeline"
)

// These turn the test binary into the program as main runs it, and into a server of
// the files below a folder.
const (
	programEnv = "SAMKRAFT_TEST_PROGRAM"
	filesEnv   = "SAMKRAFT_TEST_FILES"
)

func init() {
	if os.Getenv(programEnv) != "" {
		main()
	}
	if folder := os.Getenv(filesEnv); folder != "" {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err == nil {
			fmt.Fprintln(os.Stderr, "msg=listening address="+l.Addr().String())
			err = http.Serve(l, http.FileServer(http.Dir(folder)))
		}
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// BenchmarkReaders has fifty readers walk over all pages of both plans of the sample,
// each with a pause of a second between pages, on two processors that they share with
// the server: right after its start, while nothing else goes on, while the server makes
// both plans anew from the decoding on, and while somebody does so by hand. It tells how
// long answers took, whether each was of one snapshot, and how long readers still saw the
// snapshot before. Another twenty-five have the same pages of net/http's FileServer
// at the same time, so that what else the machine does is hard on both.
//
//	go test ./cmd/samkraft -run '^$' -bench Readers -benchtime 1x -timeout 1h
func BenchmarkReaders(b *testing.B) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(2))
	for b.Loop() {
		s := newStand(b)
		files := start(b, filesEnv+"="+filepath.Join(s.workspace, "snapshots"))
		server := s.serve(b)
		readers, others := s.read(50, server.address, s.walk(b)), s.read(25, files.address, s.filed(b))
		readers.during("start", func() { time.Sleep(20 * time.Second) })
		readers.during("quiet", func() { time.Sleep(40 * time.Second) })
		readers.during("run", func() {
			s.makeAnew(b, server, 10_001)
			readers.leadTo(b, s, "run")
		})
		readers.during("hand", func() {
			s.forget(b)
			s.write(b, 10_002, never)
			s.program(b, append([]string{"run", "--sample"}, s.plans...)...)
			readers.leadTo(b, s, "hand")
		})
		b.ReportMetric(float64(server.most())/1024, "MiB")
		readers.end(b, "")
		others.spans = readers.spans
		others.end(b, "-fileserver")
		server.end()
		files.end()
	}
	b.ReportMetric(0, "ns/op")
}

// stand is a workspace of both plans, and the files of the plans.
type stand struct {
	workspace, folder string
	plans             []string // files
	access            string
}

// Times of the plans: never while the benchmark goes on, or at once.
const (
	never  = "15 5 29 2 *"
	always = "* * * * *"
)

func newStand(b *testing.B) *stand {
	b.Helper()
	s := &stand{workspace: b.TempDir(), folder: b.TempDir()}
	s.access = filepath.Join(s.folder, "access.yaml")
	access := "behind_proxy: {from: [127.0.0.1/32], identity: X-Reader}\n" // each reader is somebody
	if err := os.WriteFile(s.access, []byte(access), 0o600); err != nil {
		b.Fatal(err)
	}
	for _, id := range []string{"goda-grannar", "kobenhavn-syd"} {
		s.plans = append(s.plans, filepath.Join(s.folder, id+".yaml"))
	}
	s.write(b, 10_000, never)
	s.program(b, append([]string{"run", "--sample"}, s.plans...)...)
	return s
}

// write writes the plans, with so many draws and to be made at such times.
func (s *stand) write(b *testing.B, draws int, times string) {
	b.Helper()
	for _, file := range s.plans {
		text, _ := pipeline.BuiltinPlanText(strings.TrimSuffix(filepath.Base(file), ".yaml"))
		drawn := strings.Replace(string(text), "draws: 10000", fmt.Sprintf("draws: %d", draws), 1)
		drawn = fmt.Sprintf("replaces: builtin\nschedule: {run: %q, jitter: 0m, catch_up: none}\n%s", times, drawn)
		if err := os.WriteFile(file, []byte(drawn), 0o644); err != nil {
			b.Fatal(err)
		}
	}
}

// program runs a command to its end.
func (s *stand) program(b *testing.B, args ...string) {
	b.Helper()
	c := exec.Command(os.Args[0], append(args, "--workspace", s.workspace)...)
	c.Env = append(os.Environ(), programEnv+"=1", "GOMAXPROCS=2")
	if out, err := c.CombinedOutput(); err != nil {
		b.Fatalf("%q: %v\n%s", args, err, out)
	}
}

// serve starts a server.
func (s *stand) serve(b *testing.B) *beside {
	b.Helper()
	return start(b, programEnv+"=1", append([]string{"serve", "--sample", "--workspace", s.workspace, "--listen", "127.0.0.1:0", "--access", s.access}, s.plans...)...)
}

// makeAnew has the server make both plans anew, with all that goes before.
func (s *stand) makeAnew(b *testing.B, server *beside, draws int) {
	b.Helper()
	s.forget(b)
	s.write(b, draws, always)
	server.Process.Signal(syscall.SIGHUP)
	server.wait(b, "msg=begins")
	s.write(b, draws, never)
	server.Process.Signal(syscall.SIGHUP)
	for range s.plans {
		server.wait(b, "msg=published")
		server.wait(b, "msg=ended")
	}
}

// forget takes away what was decoded and built before.
func (s *stand) forget(b *testing.B) {
	b.Helper()
	for _, name := range []string{"stage", "models"} {
		if err := os.RemoveAll(filepath.Join(s.workspace, name)); err != nil {
			b.Fatal(err)
		}
	}
}

// beside is a server in a process of its own.
type beside struct {
	*exec.Cmd
	address string
	lines   chan string // of its log, without those of requests
}

func start(b *testing.B, env string, args ...string) *beside {
	b.Helper()
	p := &beside{Cmd: exec.Command(os.Args[0], args...), lines: make(chan string, 1000)}
	p.Env = append(os.Environ(), env, "GOMAXPROCS=2")
	log, err := p.StderrPipe()
	if err != nil {
		b.Fatal(err)
	}
	if err := p.Start(); err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { p.Process.Kill() })
	go func() {
		defer close(p.lines)
		for r := bufio.NewReader(log); ; {
			line, err := r.ReadString('\n')
			if err != nil {
				return
			}
			if !strings.Contains(line, "msg=request") {
				p.lines <- line
			}
		}
	}()
	_, p.address, _ = strings.Cut(strings.TrimSpace(p.wait(b, "msg=listening address=")), "address=")
	return p
}

// wait reads the log up to a line with a text.
func (p *beside) wait(b *testing.B, text string) string {
	b.Helper()
	for line := range p.lines {
		if strings.Contains(line, "level=ERROR") {
			b.Error(line)
		}
		if strings.Contains(line, text) {
			return line
		}
	}
	b.Fatalf("the server ended before it said %s", text)
	return ""
}

// most is the most memory that the process had, in KiB, where the system tells.
func (p *beside) most() (peak int) {
	text, _ := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.Process.Pid))
	for line := range strings.Lines(string(text)) {
		fmt.Sscanf(line, "VmHWM: %d kB", &peak)
	}
	return peak
}

func (p *beside) end() {
	p.Process.Signal(syscall.SIGTERM)
	go func() {
		for range p.lines {
		}
	}()
	p.Wait()
}
