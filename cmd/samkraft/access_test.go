package main

import (
	"bytes"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/crypto/bcrypt"

	"samkraft/pipeline"
)

// hashing runs 'access hash' with a text on standard input.
func hashing(t *testing.T, want pipeline.ExitCode, text string) (out, err string) {
	t.Helper()
	var o, e bytes.Buffer
	code := execute(t.Context(), program{args: []string{"access", "hash"}, in: strings.NewReader(text), out: &o, err: &e, getenv: func(string) string { return "" }, clock: time.Now, pid: 1})
	if code != want {
		t.Fatalf("ended with %d, want %d: %s", code, want, e.String())
	}
	return strings.TrimSpace(o.String()), e.String()
}

func TestAccessHash(t *testing.T) {
	hash, _ := hashing(t, pipeline.Done, "correct horse\r\nmore\n")
	if err := bcrypt.CompareHashAndPassword([]byte(hash), []byte("correct horse")); err != nil {
		t.Errorf("%s: %v", hash, err)
	}
	if cost, err := bcrypt.Cost([]byte(hash)); err != nil || cost != hashCost {
		t.Errorf("%d %v", cost, err)
	}
	for text, want := range map[string]string{"": "no password", "short\n": "5 bytes; expected 10 to 72", strings.Repeat("x", 73): "73 bytes"} {
		code := pipeline.Usage
		if text == "" {
			code = pipeline.Failed
		}
		if out, said := hashing(t, code, text); out != "" || !strings.Contains(said, want) {
			t.Errorf("%q: %s%s", text, out, said)
		}
	}
}

// TestServeAccess serves by an access file: who is not in it reads nothing, and a file that
// was read anew holds at once.
func TestServeAccess(t *testing.T) {
	hash, err := bcrypt.GenerateFromPassword([]byte("correct horse"), 10)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "access.yaml")
	write := func(text string) {
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("users: [{name: anna, password: " + string(hash) + "}]\n")
	if out := runSamkraft(t, pipeline.Done, "access", "check", file); !strings.Contains(out, "1 user may come in") {
		t.Error(out)
	}
	hangups := make(chan os.Signal)
	address, log, end := serving(t, hangups, "--access", file)
	ask := func(path, password string) int {
		r := request(t, address+path)
		if password != "" {
			r.SetBasicAuth("anna", password)
		}
		status, _ := asks(t, r)
		return status
	}
	for _, c := range []struct {
		path, password string
		want           int
	}{{"/healthz", "", 200}, {"/readyz", "", 401}, {"/metrics", "", 401}, {"/", "", 401}, {"/metrics", "battery staple", 401}, {"/metrics", "correct horse", 200}, {"/", "correct horse", 200}, {"/no-plan/da/index.html", "correct horse", 404}} {
		if got := ask(c.path, c.password); got != c.want {
			t.Errorf("%s with %q: %d, want %d", c.path, c.password, got, c.want)
		}
	}
	r := request(t, address+"/metrics")
	r.Host = "evil.example"
	if got, _ := asks(t, r); got != http.StatusMisdirectedRequest {
		t.Errorf("another host: %d", got)
	}
	write("user: []\n")
	hangups <- os.Interrupt
	hangups <- os.Interrupt // taken when the first has been dealt with
	if got := ask("/metrics", ""); got != 401 {
		t.Errorf("a wrong file opened the gate: %d", got)
	}
	write("open: true\n")
	hangups <- os.Interrupt
	hangups <- os.Interrupt
	if got := ask("/metrics", ""); got != 200 {
		t.Errorf("read anew: %d", got)
	}
	end()
	if !strings.Contains(log.text.String(), "who may read stays as it was") || !strings.Contains(log.text.String(), `unknown field`) {
		t.Error(log.text.String())
	}
}

// Nobody beyond this machine is served unasked.
func TestServeBeyond(t *testing.T) {
	file := filepath.Join(t.TempDir(), "access.yaml")
	if err := os.WriteFile(file, []byte("open: true\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	for want, args := range map[string][]string{
		"beyond_loopback: true": {"--listen", "0.0.0.0:0"}, "chmod 640 ": {"--listen", "127.0.0.1:0", "--access", file}, "expected an address and a port": {"--listen", "nonsense"},
	} {
		if out := runSamkraft(t, pipeline.Usage, append([]string{"serve", "--workspace", t.TempDir()}, args...)...); !strings.Contains(out, want) {
			t.Errorf("%v: %s", args, out)
		}
	}
}
