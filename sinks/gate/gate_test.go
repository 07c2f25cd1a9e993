package gate_test

import (
	"bytes"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"samkraft/sinks/gate"
)

// behind is what is served behind a gate: it says who asks for what, and how often it
// was asked at all.
type behind struct {
	mu    sync.Mutex
	asked []string
}

func (b *behind) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	reader := gate.From(r.Context())
	b.mu.Lock()
	defer b.mu.Unlock()
	b.asked = append(b.asked, r.URL.Path)
	fmt.Fprintf(w, "%s asks for %s, body %d, may south %v, identity %q, authorization %q", reader.Name, r.URL.Path, len(body), reader.May("south"),
		r.Header.Get("X-Forwarded-User"), r.Header.Get("Authorization"))
}

func (b *behind) times() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return len(b.asked)
}

// house is a gate with a clock, and what stands behind it.
type house struct {
	*gate.Gate
	behind  behind
	handler http.Handler
	now     time.Time
	log     bytes.Buffer
}

func (h *house) clock() time.Time { return h.now }

// newHouse builds a house whose plans are the first part of a path.
func newHouse(t *testing.T, address, access string) *house {
	t.Helper()
	h := &house{now: time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)}
	at, err := net.ResolveTCPAddr("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	a := gate.Everybody()
	if access != "" {
		if a, err = gate.Parse("access.yaml", []byte(access)); err != nil {
			t.Fatal(err)
		}
	}
	h.Gate, err = gate.New(a, gate.Options{
		Address: at, Clock: h.clock, Log: slog.New(slog.NewTextHandler(&h.log, nil)), Public: []string{"/healthz"}, Watched: []string{"/metrics"},
		Plan: func(path string) string {
			if plan, _, inPlan := strings.Cut(path[1:], "/"); inPlan {
				return plan
			}
			return ""
		},
		Posts: func(path string) bool { return path == "/south/query" },
	})
	if err != nil {
		t.Fatal(err)
	}
	h.handler = h.Wrap(&h.behind)
	return h
}

// ask asks for a path; each change makes the request another one.
func (h *house) ask(path string, changes ...func(*http.Request)) *httptest.ResponseRecorder {
	r := httptest.NewRequest("GET", path, nil)
	r.Host, r.RemoteAddr = "localhost:8080", "127.0.0.1:5555"
	for _, change := range changes {
		change(r)
	}
	out := httptest.NewRecorder()
	h.handler.ServeHTTP(out, r)
	return out
}

func from(address string) func(*http.Request) {
	return func(r *http.Request) { r.RemoteAddr = net.JoinHostPort(address, "5555") }
}
func host(name string) func(*http.Request)   { return func(r *http.Request) { r.Host = name } }
func method(name string) func(*http.Request) { return func(r *http.Request) { r.Method = name } }
func header(name, value string) func(*http.Request) {
	return func(r *http.Request) { r.Header.Add(name, value) }
}
func as(name, password string) func(*http.Request) {
	return func(r *http.Request) { r.SetBasicAuth(name, password) }
}
func body(n int) func(*http.Request) {
	return func(r *http.Request) {
		r.Method, r.Body, r.ContentLength = "POST", io.NopCloser(strings.NewReader(strings.Repeat("x", n))), int64(n)
	}
}

// Requests that are not as a browser or a notebook sends them do not come in.
func TestShapes(t *testing.T) {
	h := newHouse(t, "127.0.0.1:8080", "")
	for _, c := range []struct {
		name   string
		path   string
		change func(*http.Request)
		want   int
	}{
		{"a page", "/south/", nil, 200},
		{"escaped letters", "/k%C3%B8benhavn/", nil, 200},
		{"a query", "/south/?sql=..%2F..%2Fetc", nil, 200},
		{"up", "/south/../secret", nil, 400},
		{"up at the end", "/south/..", nil, 400},
		{"here", "/./south", nil, 400},
		{"up, escaped", "/south/%2e%2e/secret", nil, 400},
		{"slash, escaped", "/south%2f..%2fsecret", nil, 400},
		{"slash, escaped twice", "/south%252f..%252fsecret", nil, 400},
		{"backslash", `/south\..\secret`, nil, 400},
		{"backslash, escaped", "/south/..%5c..%5csecret", nil, 400},
		{"zero byte", "/south%00.parquet", nil, 400},
		{"end of line", "/south%0d%0aSet-Cookie:x", nil, 400},
		{"no UTF-8", "/south%ff", nil, 400},
		{"empty part", "/south//query", nil, 400},
		{"empty beginning", "//evil.example/south", nil, 400},
		{"absolute form", "http://evil.example/south", nil, 400},
		{"absolute form of the server", "http://localhost/south", nil, 400},
		{"a star", "/", func(r *http.Request) { r.RequestURI = "*" }, 400},
		{"an authority", "/", func(r *http.Request) { r.RequestURI, r.Method = "evil.example:443", "CONNECT" }, 400},
		{"a long address", "/" + strings.Repeat("x", 5000), nil, 414},
		{"another host", "/south/", host("evil.example"), 421},
		{"another host with the port", "/south/", host("evil.example:8080"), 421},
		{"a host that begins so", "/south/", host("localhost.evil.example"), 421},
		{"no host", "/south/", host(""), 421},
		{"two hosts in one", "/south/", host("localhost, evil.example"), 421},
		{"an address of the machine", "/south/", host("[::1]:8080"), 200},
		{"the name in capitals with a dot", "/south/", host("LOCALHOST.:8080"), 200},
		{"forwarded host", "/south/", header("X-Forwarded-Host", "evil.example"), 200},
		{"delete", "/south/", method("DELETE"), 405},
		{"options", "/south/", method("OPTIONS"), 405},
		{"trace", "/south/", method("TRACE"), 405},
		{"a method of its own", "/south/", method("PROPFIND"), 405},
		{"post where nothing is posted", "/south/", body(3), 405},
		{"post", "/south/query", body(3), 200},
		{"post from another page", "/south/query", func(r *http.Request) { body(3)(r); r.Header.Set("Origin", "https://evil.example") }, 403},
		{"post from another site", "/south/query", func(r *http.Request) { body(3)(r); r.Header.Set("Sec-Fetch-Site", "cross-site") }, 403},
		{"the largest body", "/south/query", body(64 << 10), 200},
		{"a larger body", "/south/query", body(64<<10 + 1), 413},
		{"a body that is larger than it says", "/south/query", func(r *http.Request) { body(70 << 10)(r); r.ContentLength = 10 }, 400},
		{"a body without a length", "/south/query", func(r *http.Request) { body(3)(r); r.ContentLength, r.TransferEncoding = -1, []string{"chunked"} }, 411},
		{"a body with get", "/south/", func(r *http.Request) { body(70 << 10)(r); r.Method = "GET" }, 413},
		{"another protocol", "/south/", header("Upgrade", "h2c"), 400},
		{"two authorizations", "/south/", func(r *http.Request) { r.Header["Authorization"] = []string{"Basic eDp5", "Basic eDp6"} }, 400},
		{"health under another host", "/healthz", host("10.0.0.7:8080"), 200},
	} {
		before := h.behind.times()
		change := c.change
		if change == nil {
			change = func(*http.Request) {}
		}
		got := h.ask(c.path, change)
		if got.Code != c.want || (h.behind.times() > before) != (c.want == 200) {
			t.Errorf("%s: %d, want %d: %s", c.name, got.Code, c.want, got.Body)
		}
		if csp := got.Header().Get("Content-Security-Policy"); !strings.Contains(csp, "default-src 'self'") || !strings.Contains(csp, "frame-ancestors 'none'") || strings.Contains(csp, "unsafe") ||
			got.Header().Get("X-Content-Type-Options") != "nosniff" || got.Header().Get("Referrer-Policy") != "no-referrer" || got.Header().Get("Permissions-Policy") == "" || got.Header().Get("Set-Cookie") != "" {
			t.Errorf("%s: headers %v", c.name, got.Header())
		}
	}
}

const named = "users: [" + anna + ", " + erik + "]\nreaders: {south: [anna], north: [\"*\"]}\nwatchers: [erik]\n"

// Names come in with their passwords, and read what is theirs.
func TestUsers(t *testing.T) {
	h := newHouse(t, "127.0.0.1:8080", named)
	right, wrong := as("anna", "correct horse"), as("anna", "battery staple")
	for _, c := range []struct {
		name, path string
		change     func(*http.Request)
		want       int
	}{
		{"nobody", "/south/", host("localhost"), 401},
		{"wrong password", "/south/", wrong, 401},
		{"a name that nobody has", "/south/", as("eve", "correct horse"), 401},
		{"no name", "/south/", as("", ""), 401},
		{"a long password", "/south/", as("anna", "correct horse"+strings.Repeat("\x00", 100)), 401},
		{"another scheme", "/south/", header("Authorization", "Bearer correct horse"), 401},
		{"no base64", "/south/", header("Authorization", "Basic ????"), 401},
		{"anna", "/south/", right, 200},
		{"anna again", "/south/", right, 200},
		{"then a wrong password", "/south/", wrong, 401},
		{"everybody's plan", "/north/", right, 200},
		{"a plan of nobody", "/west/", right, 403},
		{"another's plan", "/south/", as("erik", "battery staple"), 403},
		{"index", "/", as("erik", "battery staple"), 200},
		{"metrics of a watcher", "/metrics", as("erik", "battery staple"), 200},
		{"metrics of a reader", "/metrics", right, 403},
		{"metrics of nobody", "/metrics", host("localhost"), 401},
		{"health of nobody", "/healthz", host("localhost"), 200},
		{"an identity that nobody told", "/south/", header("X-Forwarded-User", "anna"), 401},
		{"by another machine, unencrypted", "/south/", func(r *http.Request) { right(r); from("192.0.2.7")(r) }, 403},
	} {
		h.now = h.now.Add(time.Minute)
		got := h.ask(c.path, c.change)
		if got.Code != c.want {
			t.Errorf("%s: %d, want %d: %s", c.name, got.Code, c.want, got.Body)
		}
		if asks := strings.HasPrefix(got.Header().Get("WWW-Authenticate"), "Basic realm="); asks != (c.want == 401) {
			t.Errorf("%s: asks for a name: %v", c.name, asks)
		}
	}
	said := h.ask("/south/", right).Body.String()
	if said != `anna asks for /south/, body 0, may south true, identity "", authorization ""` {
		t.Errorf("%s", said)
	}
	if got := h.ask("/", as("erik", "battery staple")).Body.String(); !strings.Contains(got, "erik asks for /, body 0, may south false") {
		t.Errorf("%s", got)
	}
	for _, secret := range []string{"correct horse", "battery staple", horse, "Basic "} {
		if strings.Contains(h.log.String(), secret) {
			t.Errorf("the log tells %q", secret)
		}
	}
	if !strings.Contains(h.log.String(), "path=/south/ status=200 ") || !strings.Contains(h.log.String(), "client=127.0.0.1 name=anna") {
		t.Errorf("%s", h.log.String())
	}
	// Whoever has no name and whoever has a wrong password hear the same.
	eve, mallory := h.ask("/south/", as("eve", "correct horse")), h.ask("/south/", wrong)
	if eve.Body.String() != mallory.Body.String() || eve.Code != mallory.Code {
		t.Errorf("%d %s, %d %s", eve.Code, eve.Body, mallory.Code, mallory.Body)
	}
}

// Guessing is held up by client; whoever is in stays in.
func TestGuessing(t *testing.T) {
	h := newHouse(t, "127.0.0.1:8080", named)
	if got := h.ask("/south/", as("anna", "correct horse")); got.Code != 200 {
		t.Fatalf("%d", got.Code)
	}
	codes := map[int]int{}
	for i := range 7 {
		codes[h.ask("/south/", as("anna", fmt.Sprint("guess ", i))).Code]++
	}
	if codes[401] != 4 || codes[429] != 3 {
		t.Errorf("%v", codes)
	}
	if got := h.ask("/south/", as("anna", "correct horse")); got.Code != 200 {
		t.Errorf("whoever is in: %d", got.Code)
	}
	if got := h.ask("/south/", as("erik", "battery staple")); got.Code != 429 || got.Header().Get("Retry-After") == "" {
		t.Errorf("whoever comes from the same address: %d", got.Code)
	}
	h.now = h.now.Add(7 * time.Second)
	if got := h.ask("/north/", as("erik", "battery staple")); got.Code != 200 {
		t.Errorf("after a while: %d", got.Code)
	}
}

// A proxy's word counts, and nobody else's.
func TestProxy(t *testing.T) {
	const access = "beyond_loopback: true\nhosts: [energi.example.dk]\nbehind_proxy: {from: [10.1.0.0/16, \"fd00::1\"], identity: X-Forwarded-User}\nreaders: {south: [anna]}\n"
	h := newHouse(t, "0.0.0.0:8080", access)
	by := func(changes ...func(*http.Request)) []func(*http.Request) {
		return append([]func(*http.Request){host("energi.example.dk"), from("10.1.2.3")}, changes...)
	}
	for _, c := range []struct {
		name    string
		changes []func(*http.Request)
		want    int
	}{
		{"told", by(header("X-Forwarded-User", "anna")), 200},
		{"told in small letters", by(header("x-forwarded-user", "anna")), 200},
		{"told by its other address", by(from("fd00::1"), header("X-Forwarded-User", "anna")), 200},
		{"told by its address written otherwise", by(from("::ffff:10.1.2.3"), header("X-Forwarded-User", "anna")), 200},
		{"not told", by(), 403},
		{"told twice", by(header("X-Forwarded-User", "erik"), header("X-Forwarded-User", "anna")), 400},
		{"told with a line within", by(header("X-Forwarded-User", "anna\r\nx")), 403},
		{"told somebody else", by(header("X-Forwarded-User", "erik")), 403},
		{"told by another machine", by(from("10.2.0.1"), header("X-Forwarded-User", "anna")), 403},
		{"told by this machine", by(from("127.0.0.1"), header("X-Forwarded-User", "anna")), 403},
		{"told by another machine that names the proxy", by(from("192.0.2.7"), header("X-Forwarded-For", "10.1.2.3"), header("X-Forwarded-User", "anna")), 403},
		{"told with an underscore", by(func(r *http.Request) { r.Header["X_Forwarded_User"] = []string{"anna"} }), 403},
	} {
		if got := h.ask("/south/", c.changes...); got.Code != c.want {
			t.Errorf("%s: %d, want %d: %s", c.name, got.Code, c.want, got.Body)
		}
	}
	if got := h.ask("/south/", by(header("X-Forwarded-User", "anna"))...).Body.String(); !strings.HasPrefix(got, "anna asks for /south/") || !strings.Contains(got, `identity "",`) {
		t.Errorf("%s", got)
	}
	// An open server does not hand on what anybody may have made up, either.
	h = newHouse(t, "0.0.0.0:8080", "open: true\nbeyond_loopback: true\nhosts: [energi.example.dk]\n")
	if got := h.ask("/south/", host("energi.example.dk"), from("192.0.2.7"), header("Authorization", "Basic eDp5")).Body.String(); !strings.Contains(got, `may south true, identity "", authorization ""`) {
		t.Errorf("%s", got)
	}
}

// A limit counts by client: by address, by network of the sixth version, and behind a proxy by whom
// it names, which others cannot make up.
func TestLimit(t *testing.T) {
	h := newHouse(t, "0.0.0.0:8080", "open: true\nbeyond_loopback: true\nhosts: [energi.example.dk]\nlimit: {per_second: 1, burst: 2}\nbehind_proxy: {from: [10.1.0.0/16]}\n")
	ask := func(peer, forwarded string) int {
		changes := []func(*http.Request){host("energi.example.dk"), from(peer)}
		if forwarded != "" {
			changes = append(changes, header("X-Forwarded-For", forwarded))
		}
		return h.ask("/south/", changes...).Code
	}
	for i, c := range []struct {
		peer, forwarded string
		want            int
	}{
		{"192.0.2.7", "", 200}, {"192.0.2.7", "198.51.100.1", 200}, {"192.0.2.7", "198.51.100.2", 429}, {"192.0.2.8", "", 200},
		{"2001:db8:0:1::1", "", 200}, {"2001:db8:0:1::2", "", 200}, {"2001:db8:0:1::3", "", 429}, {"2001:db8:0:2::1", "", 200},
		{"10.1.0.1", "198.51.100.1", 200}, {"10.1.0.1", "203.0.113.1, 198.51.100.1", 200}, {"10.1.0.1", "203.0.113.2, 198.51.100.1, 10.1.0.9", 429}, {"10.1.0.1", "198.51.100.2", 200},
		{"10.1.0.2", "rubbish", 200}, {"10.1.0.2", "", 200}, {"10.1.0.2", "more, rubbish", 429},
	} {
		if got := ask(c.peer, c.forwarded); got != c.want {
			t.Errorf("%d: %s for %s: %d, want %d", i, c.peer, c.forwarded, got, c.want)
		}
	}
	h.now = h.now.Add(time.Second)
	if got := ask("192.0.2.7", ""); got != 200 {
		t.Errorf("a second later: %d", got)
	}
	// However many clients there are, few are remembered; one that goes on is not forgotten.
	for i := range 20_000 {
		ask(fmt.Sprintf("100.%d.%d.%d", 64+i>>16, i>>8&255, i&255), "")
		if i%1000 == 0 && ask("192.0.2.7", "") != 429 {
			t.Errorf("forgotten after %d others", i)
		}
	}
	if n := h.Clients(); n > 4096 {
		t.Errorf("%d clients are remembered", n)
	}
}

// An address beyond this machine is served only where the access file says so.
func TestAddress(t *testing.T) {
	const open = "open: true\n"
	for _, c := range []struct{ address, access, want string }{
		{"127.0.0.1:8080", "", ""}, {"[::1]:8080", "", ""}, {"127.0.0.2:8080", open, ""},
		{":8080", "", "beyond_loopback: true"}, {"0.0.0.0:8080", open, "beyond_loopback: true"}, {"192.0.2.1:8080", open, "beyond_loopback: true"},
		{"192.0.2.1:8080", open + "beyond_loopback: true\n", ""}, {":8080", open + "beyond_loopback: true\n", "hosts: [energi.example.dk]"},
		{":8080", open + "beyond_loopback: true\nhosts: [a.example]\n", ""},
		{"127.0.0.1:8080", open + "tls: {certificate: none.pem, key: none.pem}\n", "none.pem"},
	} {
		a := gate.Everybody()
		var err error
		if c.access != "" {
			if a, err = gate.Parse("access.yaml", []byte(c.access)); err != nil {
				t.Fatal(err)
			}
		}
		at, err := net.ResolveTCPAddr("tcp", c.address)
		if err != nil {
			t.Fatal(err)
		}
		_, err = gate.New(a, gate.Options{Address: at, Clock: time.Now, Log: slog.New(slog.DiscardHandler)})
		if c.want == "" && err != nil || c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)) {
			t.Errorf("%s with %q: %v, want %q", c.address, c.access, err, c.want)
		}
	}
}

// Another access holds from the next request on; one that does not fit changes nothing.
func TestReplace(t *testing.T) {
	h := newHouse(t, "127.0.0.1:8080", named)
	if got := h.ask("/south/", as("anna", "correct horse")); got.Code != 200 {
		t.Fatalf("%d", got.Code)
	}
	for _, bad := range []string{"open: true\ntls: {certificate: c.pem, key: k.pem}\n"} {
		a, err := gate.Parse("access.yaml", []byte(bad))
		if err != nil {
			t.Fatal(err)
		}
		if err := h.Replace(a); err == nil || !strings.Contains(err.Error(), "restart the server") {
			t.Errorf("%v", err)
		}
	}
	if got := h.ask("/south/"); got.Code != 401 {
		t.Errorf("an access that does not fit opened the gate: %d", got.Code)
	}
	a, err := gate.Parse("access.yaml", []byte("users: ["+erik+"]\n"))
	if err != nil {
		t.Fatal(err)
	}
	if err := h.Replace(a); err != nil {
		t.Fatal(err)
	}
	if got := h.ask("/south/", as("anna", "correct horse")); got.Code != 401 {
		t.Errorf("anna is gone and reads: %d", got.Code)
	}
	if got := h.ask("/south/", as("erik", "battery staple")); got.Code != 200 {
		t.Errorf("erik: %d", got.Code)
	}
}

// Without a gate nobody may read anything.
func TestNoGate(t *testing.T) {
	if r := gate.From(t.Context()); r.Name != "" || r.May("south") {
		t.Errorf("%+v", r)
	}
}
