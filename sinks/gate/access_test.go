package gate_test

import (
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"samkraft/pipeline"
	"samkraft/sinks/gate"
)

// Hashes of "correct horse" and "battery staple", of the least cost that is taken.
const (
	horse  = "$2a$10$yz1747sKGV.1iYkdBCbuiezmz/IwdfDtw05w1Y9xHcT0BlRFvHyya"
	staple = "$2a$10$xeIOKaO/dJrbfZrBSskn4OT4giiD5zu068RWbF3H4uBwm0JYtBlvC"
)

// anna is a user with the password "correct horse", erik one with "battery staple".
const anna, erik = "{name: anna, password: " + horse + "}", "{name: erik, password: " + staple + "}"

func TestParse(t *testing.T) {
	got, err := gate.Parse("access.yaml", []byte("beyond_loopback: true\nhosts: [energi.example.dk, \"::1\"]\ntls: {certificate: c.pem, key: k.pem}\nusers: ["+anna+", "+erik+"]\n"+
		"readers: {south: [anna], north: [\"*\"]}\nwatchers: [erik]\nlimit: {per_second: 0.5, burst: 3}\n"))
	want := gate.Access{BeyondLoopback: true, Hosts: []string{"energi.example.dk", "::1"}, TLS: &gate.Certificate{Certificate: "c.pem", Key: "k.pem"},
		Users:   []gate.User{{Name: "anna", Password: horse}, {Name: "erik", Password: staple}},
		Readers: map[string][]string{"south": {"anna"}, "north": {"*"}}, Watchers: []string{"erik"}, Limit: &gate.Limit{PerSecond: 0.5, Burst: 3}}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%+v %v", got, err)
	}
}

// badAccess is what an access file may have wrong, and what is said of it.
var badAccess = []struct{ name, text, want string }{
	{"empty", "", "nobody could come in"},
	{"unknown key", "open: true\nuser: []\n", `line 2: unknown field "user"`},
	{"not YAML", "open: [true\n", "line 1"},
	{"two documents", "open: true\n---\nopen: false\n", "more behind the document"},
	{"open with users", "open: true\nusers: [" + anna + "]\n", "at open: it is open, and there are names"},
	{"open with readers", "open: true\nreaders: {south: [\"*\"]}\n", "at open"},
	{"no way in", "hosts: [a.example]\n", "nobody could come in"},
	{"unencrypted passwords", "beyond_loopback: true\nhosts: [a.example]\nusers: [" + anna + "]\n", "at users: passwords would travel unencrypted"},
	{"a password itself", "users: [{name: anna, password: correct horse}]\n", "at users[0].password: it is no hash"},
	{"cheap hash", "users: [{name: anna, password: " + strings.Replace(horse, "$10$", "$04$", 1) + "}]\n", "cost 10 to 15"},
	{"dear hash", "users: [{name: anna, password: " + strings.Replace(horse, "$10$", "$31$", 1) + "}]\n", "cost 10 to 15"},
	{"cut hash", "users: [{name: anna, password: " + horse[:50] + "}]\n", "'samkraft access hash' makes one"},
	{"two of a name", "users: [" + anna + ", " + anna + "]\n", "two users anna"},
	{"name with a colon", "users: [{name: \"an:na\", password: " + horse + "}]\n", "cannot be a name"},
	{"name of everybody", "users: [{name: \"*\", password: " + horse + "}]\n", "cannot be a name"},
	{"unknown reader", "users: [" + anna + "]\nreaders: {south: [erik]}\n", `at readers["south"]: there is no user "erik"`},
	{"no reader", "users: [" + anna + "]\nreaders: {south: []}\n", `at readers["south"]: nobody may read it`},
	{"unknown watcher", "users: [" + anna + "]\nwatchers: [erik]\n", "at watchers"},
	{"host with a port", "open: true\nhosts: [\"a.example:8080\"]\n", "at hosts[0]"},
	{"any host", "open: true\nhosts: [\"*\"]\n", "at hosts[0]"},
	{"half a certificate", "open: true\ntls: {certificate: c.pem}\n", "certificate and key"},
	{"proxy without address", "behind_proxy: {identity: X-User}\n", "at behind_proxy.from"},
	{"everybody is the proxy", "behind_proxy: {from: [0.0.0.0/0], identity: X-User}\n", "not everybody's"},
	{"a name as proxy", "behind_proxy: {from: [proxy.example], identity: X-User}\n", "at behind_proxy.from[0]"},
	{"identity in a header of its own", "behind_proxy: {from: [127.0.0.1], identity: Authorization}\n", "at behind_proxy.identity"},
	{"identity of no header", "behind_proxy: {from: [127.0.0.1], identity: \"X User\"}\n", "at behind_proxy.identity"},
	{"no limit", "open: true\nlimit: {per_second: 0, burst: 1}\n", "at limit"},
	{"limit of nothing", "open: true\nlimit: {per_second: .nan, burst: 1}\n", "at limit"},
	{"a panic of the library", "users: !00000 0000", "no YAML that can be read"},
	{"too large", strings.Repeat("# nothing\n", 10_000), "larger than 64 KiB"},
}

func TestParseRefuses(t *testing.T) {
	for _, c := range badAccess {
		a, err := gate.Parse("access.yaml", []byte(c.text))
		var p *pipeline.Problem
		if !errors.As(err, &p) || !strings.HasPrefix(err.Error(), "access.yaml") || !strings.Contains(err.Error(), c.want) || !reflect.DeepEqual(a, gate.Access{}) {
			t.Errorf("%s: %v; want %q", c.name, err, c.want)
		}
		if err != nil && (strings.Contains(err.Error(), "correct horse") || strings.Contains(err.Error(), horse[10:20])) {
			t.Errorf("%s tells a secret: %v", c.name, err)
		}
	}
}

// The file is refused where others can read it, and so is the key of a certificate.
func TestRead(t *testing.T) {
	folder := t.TempDir()
	write := func(name, text string, mode os.FileMode) string {
		file := filepath.Join(folder, name)
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chmod(file, mode); err != nil {
			t.Fatal(err)
		}
		return file
	}
	for mode, good := range map[os.FileMode]bool{0o600: true, 0o400: true, 0o640: true, 0o644: false, 0o660: false, 0o604: false} {
		if _, err := gate.Read(write("access.yaml", "open: true\n", mode)); (err == nil) != good || err != nil && !strings.Contains(err.Error(), "chmod 640 ") {
			t.Errorf("%#o: %v", mode, err)
		}
	}
	write("key.pem", "", 0o644)
	if _, err := gate.Read(write("tls.yaml", "open: true\ntls: {certificate: c.pem, key: key.pem}\n", 0o600)); err == nil || !strings.Contains(err.Error(), filepath.Join(folder, "key.pem")) {
		t.Errorf("%v", err)
	}
	for _, file := range []string{folder, filepath.Join(folder, "none.yaml")} {
		if _, err := gate.Read(file); err == nil {
			t.Errorf("%s could be read", file)
		}
	}
}

// FuzzParse: whatever a file holds, it is refused or agrees with itself, and the second
// look says the same.
func FuzzParse(f *testing.F) {
	for _, c := range badAccess {
		f.Add([]byte(c.text))
	}
	f.Add([]byte("beyond_loopback: true\nhosts: [a.example]\nbehind_proxy: {from: [10.0.0.0/8], identity: X-User}\nusers: [" + anna + "]\nreaders: {south: [anna]}\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		a, err := gate.Parse("access.yaml", text)
		again, failed := gate.Parse("access.yaml", text)
		if !reflect.DeepEqual(a, again) || (err == nil) != (failed == nil) {
			t.Fatalf("%+v, then %+v: %v, %v", a, again, err, failed)
		}
		if err != nil {
			if strings.ContainsAny(err.Error(), "\n") {
				t.Errorf("%q", err)
			}
			return
		}
		named := len(a.Users) > 0 || a.Proxy != nil && a.Proxy.Identity != ""
		if a.Open == named || a.Limit == nil || a.BeyondLoopback && len(a.Users) > 0 && a.TLS == nil && a.Proxy == nil {
			t.Errorf("%+v", a)
		}
	})
}
