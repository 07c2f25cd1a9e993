package main

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"samkraft/pipeline"
)

// untilListening is a log that tells the address at which a server listens.
type untilListening struct {
	address chan string
	text    bytes.Buffer
}

func (l *untilListening) Write(p []byte) (int, error) {
	if _, address, found := strings.Cut(string(p), "msg=listening address="); found {
		l.address <- strings.TrimSpace(address)
	}
	return l.text.Write(p)
}

// serving runs a server of a plan of two municipalities that is never due, with its
// clock held, until end is called. A signal from hangups lets it read its files anew.
func serving(t *testing.T, hangups chan os.Signal, args ...string) (address string, log *untilListening, end func() pipeline.ExitCode) {
	t.Helper()
	plan := filepath.Join(t.TempDir(), "two.yaml")
	text := "id: two\nname: {da: To}\nmembers: [{country: DK, code: \"253\"}, {country: DK, code: \"259\"}]\n"
	if err := os.WriteFile(plan, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	clock := &patient{now: time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)}
	clock.hold()
	log = &untilListening{address: make(chan string, 1)}
	ended := make(chan pipeline.ExitCode, 1)
	go func() {
		ended <- execute(ctx, program{args: append([]string{"serve", plan, "--workspace", t.TempDir(), "--listen", "127.0.0.1:0"}, args...), out: log, err: log,
			getenv: func(string) string { return "" }, clock: clock.Now, waits: clock, pid: 1, hangups: func() <-chan os.Signal { return hangups }})
	}()
	end = func() pipeline.ExitCode { stop(); return <-ended }
	select {
	case address = <-log.address:
	case code := <-ended:
		stop()
		t.Fatalf("the server ended with %d: %s", code, log.text.String())
	}
	return address, log, end
}

// asks gets a page and returns its status and text.
func asks(t *testing.T, r *http.Request) (int, string) {
	t.Helper()
	a, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		t.Fatal(err)
	}
	defer a.Body.Close()
	text, err := io.ReadAll(a.Body)
	if err != nil {
		t.Fatal(err)
	}
	return a.StatusCode, string(text)
}

func request(t *testing.T, address string) *http.Request {
	t.Helper()
	r, err := http.NewRequest("GET", "http://"+address, nil)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// TestListen asks a server how it is, and ends it.
func TestListen(t *testing.T) {
	address, _, end := serving(t, nil)
	for path, want := range map[string]string{
		"/healthz": "well\n", "/readyz": "plan two has no snapshot yet\n", "/metrics": "samkraft_next_run_timestamp_seconds{job=\"two\"} 1.7725", "/elsewhere": "",
	} {
		if _, text := asks(t, request(t, address+path)); !strings.Contains(text, want) {
			t.Errorf("%s: %s", path, text)
		}
	}
	if code := end(); code != pipeline.Interrupted && code != pipeline.Done {
		t.Errorf("ended with %d", code)
	}
	if c, err := net.Dial("tcp", address); err == nil {
		c.Close()
		t.Error("it listens after its end")
	}
}

// A port that is taken is an error where it was asked for by name.
func TestListenTaken(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	out := runSamkraft(t, pipeline.Failed, "serve", "--listen", taken.Addr().String(), "--workspace", t.TempDir())
	if !strings.Contains(out, "--listen: ") || !strings.Contains(out, taken.Addr().String()) {
		t.Error(out)
	}
	var log bytes.Buffer
	k := &keeper{settings: &settings{program: program{clock: time.Now}, workspace: t.TempDir(), threads: 1, memory: "400MB"}, log: slog.New(slog.NewTextHandler(&log, nil))}
	site, err := k.open(listening{address: taken.Addr().String()}, func() { t.Error("failed") })
	if err != nil || !strings.Contains(log.String(), "no pages are served") {
		t.Errorf("%v %s", err, log.String())
	}
	if err := site.close(); err != nil {
		t.Error(err)
	}
}
