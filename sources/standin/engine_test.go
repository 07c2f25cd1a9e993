package standin

import (
	"bytes"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"samkraft/pipeline"
)

// letters is a dialect for tests: a path such as "/a/1000" has a data set and so
// many lines of it.
type letters struct{}

func (letters) Source() string { return "letters" }
func (letters) Service() pipeline.Service {
	return pipeline.Service{ID: "api", Address: "https://letters.example", Limits: []pipeline.Limit{
		{Requests: 3, Window: 10 * time.Second, Scope: pipeline.PerHost}, {Requests: 1, Window: time.Minute, Scope: pipeline.PerDataSet}}}
}
func (letters) Twists() []Twist { return []Twist{ExtraColumn} }
func (letters) DataSet(r *Request) string {
	set, _, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
	return set
}
func (l letters) Answer(r *Request) Answer {
	lines := 0
	fmt.Sscanf(r.URL.Path, "/"+l.DataSet(r)+"/%d", &lines)
	return Answer{Type: "text/csv; charset=utf-8", ETag: `"one"`, Modified: start.AddDate(-1, 0, 0), Body: func(w io.Writer) error {
		for i := range lines {
			if _, err := fmt.Fprintf(w, "line %d;blåbær%s%s\n", i, map[bool]string{true: ";more"}[r.Twist == ExtraColumn], r.Content); err != nil {
				return err
			}
		}
		return nil
	}}
}
func (letters) Refusal(wait time.Duration) (Answer, bool) {
	return JSON(0, map[string]any{"wait": wait.Seconds()}), true
}

var start = time.Date(2026, 10, 24, 5, 0, 0, 0, time.UTC)

// clock is a clock that a test moves.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}
func (c *clock) pass(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

func listen(t *testing.T, o Options) (*Server, *clock) {
	t.Helper()
	c := &clock{now: start}
	o.Clock = c.Now
	s, err := Listen(letters{}, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s, c
}

// bare is a client that follows nothing and adds nothing.
func bare() *http.Client {
	return &http.Client{Transport: &http.Transport{DisableCompression: true}, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
}

func get(t *testing.T, client *http.Client, address string, headers ...string) (*http.Response, []byte, error) {
	t.Helper()
	r, err := http.NewRequest("GET", address, nil)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	response, err := client.Do(r)
	if err != nil {
		return nil, nil, err
	}
	defer response.Body.Close()
	content, err := io.ReadAll(response.Body)
	return response, content, err
}

func TestLimitsAreEnforcedAndTold(t *testing.T) {
	for _, c := range []struct {
		hint         Hint
		header, body string
	}{
		{Silent, "", "Too Many Requests"},
		{Seconds, "20", "Too Many Requests"},
		{Date, "Sat, 24 Oct 2026 08:01:00 GMT", "Too Many Requests"},
		{"", "", "{\"wait\":20}\n"},
	} {
		s, clock := listen(t, Options{Hint: c.hint, Skew: 3 * time.Hour})
		get(t, bare(), s.Address()+"/a/1")
		clock.pass(40 * time.Second)
		r, content, err := get(t, bare(), s.Address()+"/a/1")
		if err != nil || r.StatusCode != 429 || r.Header.Get("Retry-After") != c.header || string(content) != c.body {
			t.Errorf("%s: %v %v %q %q", c.hint, err, r.Status, r.Header.Get("Retry-After"), content)
		}
		if date := r.Header.Get("Date"); date != "Sat, 24 Oct 2026 08:00:40 GMT" {
			t.Errorf("the clock that is off shows %s", date)
		}
		if r, _, _ := get(t, bare(), s.Address()+"/b/1"); r.StatusCode != 200 {
			t.Errorf("%s: another data set is refused: %s", c.hint, r.Status)
		}
		clock.pass(20 * time.Second)
		if r, _, _ := get(t, bare(), s.Address()+"/a/1"); r.StatusCode != 200 {
			t.Errorf("%s: refused after the time: %s", c.hint, r.Status)
		}
		if len(s.Early()) != 0 {
			t.Errorf("%s: early: %v", c.hint, s.Early())
		}
	}
}

func TestExcessIsFound(t *testing.T) {
	s, clock := listen(t, Options{NoLimits: true})
	for _, set := range []string{"a", "b", "c"} {
		get(t, bare(), s.Address()+"/"+set+"/1")
	}
	if x := s.Excess(); len(x) != 0 {
		t.Fatalf("polite: %+v", x)
	}
	clock.pass(10 * time.Second)
	get(t, bare(), s.Address()+"/d/1")
	if x := s.Excess(); len(x) != 0 {
		t.Fatalf("a window excludes its end: %+v", x)
	}
	clock.pass(49 * time.Second)
	get(t, bare(), s.Address()+"/a/1")
	x := s.Excess()
	if len(x) != 1 || x[0].Limit.Scope != pipeline.PerDataSet || x[0].Requests != 2 || x[0].To.Sub(x[0].From) != 59*time.Second {
		t.Fatalf("%+v", x)
	}
	for range 6 {
		clock.pass(time.Second)
		get(t, bare(), s.Address()+"/e/1")
	}
	if x := s.Excess(); len(x) != 3 || x[0].Limit.Scope != pipeline.PerHost || x[0].Requests != 7 {
		t.Fatalf("%+v", x)
	}
}

func TestARequestThatComesBackTooEarlyIsFound(t *testing.T) {
	s, clock := listen(t, Options{})
	s.Next(1, "", Fail(503, Seconds, 90*time.Second))
	get(t, bare(), s.Address()+"/a/1")
	clock.pass(61 * time.Second)
	get(t, bare(), s.Address()+"/a/1")
	if early := s.Early(); len(early) != 1 || early[0].Number != 2 || len(s.Excess()) != 0 {
		t.Errorf("%+v %+v", early, s.Excess())
	}
}

func TestConditionalRequests(t *testing.T) {
	s, _ := listen(t, Options{NoLimits: true})
	r, _, _ := get(t, bare(), s.Address()+"/a/1")
	tag, modified := r.Header.Get("ETag"), r.Header.Get("Last-Modified")
	for _, headers := range [][]string{{"If-None-Match", tag}, {"If-Modified-Since", modified}} {
		r, content, err := get(t, bare(), s.Address()+"/a/1", headers...)
		if err != nil || r.StatusCode != 304 || len(content) != 0 {
			t.Errorf("%v: %v %s", headers, err, r.Status)
		}
	}
	if r, _, _ := get(t, bare(), s.Address()+"/a/1", "If-None-Match", `"two"`, "If-Modified-Since", modified); r.StatusCode != 200 {
		t.Errorf("another tag: %s", r.Status)
	}
	if s.Requests() != 4 || s.Bodies() != 2 || len(s.Twice()) != 3 {
		t.Errorf("%d requests, %d bodies, %d twice", s.Requests(), s.Bodies(), len(s.Twice()))
	}
	without, _ := listen(t, Options{NoETag: true, NoModified: true})
	if r, _, _ := get(t, bare(), without.Address()+"/a/1"); r.Header.Get("ETag")+r.Header.Get("Last-Modified") != "" {
		t.Error("validators where there are to be none")
	}
}

func TestFaultsOfAnAnswer(t *testing.T) {
	whole := "line 0;blåbær\nline 1;blåbær\n"
	for _, c := range []struct {
		fault         Fault
		kind, content string
		status        int
		fails         bool
	}{
		{Fault{}, "text/csv; charset=utf-8", whole, 200, false},
		{Fail(500, Silent, 0), "text/plain; charset=utf-8", "Internal Server Error", 500, false},
		{Cut(10), "text/csv; charset=utf-8", whole[:10], 200, true},
		{Cut(1000), "text/csv; charset=utf-8", whole, 200, true},
		{Short(10), "text/csv; charset=utf-8", whole[:10], 200, false},
		{TruncatedGzip(10), "text/csv; charset=utf-8", whole[:10], 200, true},
		{TruncatedGzip(1000), "text/csv; charset=utf-8", whole, 200, true},
		{WrongType("image/png"), "image/png", whole, 200, false},
		{HTMLAs(), "text/csv; charset=utf-8", "<!DOCTYPE", 200, false},
		{Empty(), "text/csv; charset=utf-8", "", 200, false},
		{Latin1(), "text/csv; charset=utf-8", "line 0;bl\xe5b\xe6r\n", 200, false},
		{UTF16(), "text/csv; charset=utf-8", "\xff\xfel\x00i\x00", 200, false},
		{Twisted(ExtraColumn), "text/csv; charset=utf-8", "line 0;blåbær;more\n", 200, false},
		{Twisted(MovingRows), "text/plain; charset=utf-8", "this dialect does not know", 501, false},
		{Redirect(SameHost), "", "", 302, false},
	} {
		for _, zipped := range []bool{false, true} {
			s, _ := listen(t, Options{NoGzip: !zipped})
			s.At(1, c.fault)
			client := &http.Client{CheckRedirect: bare().CheckRedirect} // asks for gzip, and undoes it
			r, content, err := get(t, client, s.Address()+"/a/2")
			if (err != nil) != c.fails || r.StatusCode != c.status || r.Header.Get("Content-Type") != c.kind || !bytes.HasPrefix(content, []byte(c.content)) {
				t.Errorf("%s, compressed %v: %v %s %q %q", c.fault.Name, zipped, err, r.Status, r.Header.Get("Content-Type"), content)
			}
			if log := s.Log(); log[0].Fault != c.fault.Name || log[0].Status != c.status {
				t.Errorf("%s: logged as %+v", c.fault.Name, log[0])
			}
		}
	}
}

func TestAStallEndsWhenItIsReleased(t *testing.T) {
	for _, after := range []int64{0, 20} {
		release := make(chan struct{})
		s, _ := listen(t, Options{Arrived: func(Entry) { close(release) }})
		s.Next(1, "/a", Stall(after, release))
		if _, content, err := get(t, bare(), s.Address()+"/a/3"); err != nil || strings.Count(string(content), "\n") != 3 {
			t.Errorf("after %d: %v %q", after, err, content)
		}
	}
	s, _ := listen(t, Options{})
	s.Next(1, "", Stall(20, nil))
	response, err := http.Get(s.Address() + "/a/3")
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	first := make([]byte, 20)
	if _, err := io.ReadFull(response.Body, first); err != nil {
		t.Error(err)
	}
	s.Close()
	if _, err := io.ReadAll(response.Body); err == nil {
		t.Error("an answer that stalled has ended well")
	}
}

func TestSomeRequestsFailBySeed(t *testing.T) {
	failed := func(seed uint64) (numbers []int) {
		s, _ := listen(t, Options{NoLimits: true})
		s.Often(0.25, seed, Fail(500, Silent, 0))
		for range 40 {
			get(t, bare(), s.Address()+"/a/1")
		}
		for _, e := range s.Log() {
			if e.Status == 500 {
				numbers = append(numbers, e.Number)
			}
		}
		return numbers
	}
	one, two := failed(1), failed(2)
	if len(one) < 4 || len(one) > 16 || fmt.Sprint(one) == fmt.Sprint(two) || fmt.Sprint(one) != fmt.Sprint(failed(1)) {
		t.Errorf("%v, %v", one, two)
	}
}

func TestCertificates(t *testing.T) {
	for _, c := range []struct {
		certificate Certificate
		fails       string
	}{{Trusted, ""}, {OtherName, "not 127.0.0.1"}, {SelfSigned, "unknown authority"}, {Expired, "expired"}} {
		s, _ := listen(t, Options{Certificate: c.certificate})
		pool := x509.NewCertPool()
		pool.AppendCertsFromPEM(s.Authority())
		client := &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: pool}}}
		_, _, err := get(t, client, s.Address()+"/a/1")
		if c.fails == "" && err != nil || c.fails != "" && (err == nil || !strings.Contains(err.Error(), c.fails)) {
			t.Errorf("%s: %v", c.certificate, err)
		}
		client.CloseIdleConnections()
	}
}

func TestRedirects(t *testing.T) {
	s, _ := listen(t, Options{Certificate: Trusted, NoLimits: true})
	pool := x509.NewCertPool()
	pool.AppendCertsFromPEM(s.Authority())
	client := &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: pool}}}
	defer client.CloseIdleConnections()
	for _, to := range []Place{SameHost, OtherHost, Insecure} {
		s.Next(1, "", Redirect(to))
		if _, content, err := get(t, client, s.Address()+"/a/1?x=%C3%A5"); err != nil || !strings.HasPrefix(string(content), "line 0") {
			t.Errorf("%s: %v %q", to, err, content)
		}
	}
	log := s.Log()
	if len(log) != 6 || !strings.HasPrefix(log[3].Host, "localhost:") || log[5].Secure || !log[3].Secure || log[5].Path != "/a/1?x=%C3%A5" {
		t.Errorf("%+v", log)
	}
}
