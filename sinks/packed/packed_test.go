package packed_test

import (
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"samkraft/sinks/packed"
)

func ask(text *packed.Text, headers ...string) *http.Response {
	r, w := httptest.NewRequest(http.MethodGet, "/", nil), httptest.NewRecorder()
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	text.Serve(w, r, "text/html; charset=utf-8")
	return w.Result()
}

func read(t *testing.T, r io.Reader) string {
	t.Helper()
	text, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestServe(t *testing.T) {
	want := strings.Repeat("En side. ", 100)
	text := packed.New([]byte(want))
	if other := packed.New([]byte(want + "!")); other.Tag() == text.Tag() {
		t.Error("two texts have one tag")
	}
	tags := map[string]bool{}
	for header, takes := range map[string]bool{"": false, "gzip": true, "br, gzip;q=0.8": true, "*": true, "gzip;q=0": false, "gzip; q=0.0": false, "br": false} {
		r := ask(text, "Accept-Encoding", header)
		if got := r.Header.Get("Content-Encoding") == "gzip"; got != takes || r.Header.Get("Vary") != "Accept-Encoding" {
			t.Errorf("Accept-Encoding %q: %v", header, r.Header)
			continue
		}
		var body io.Reader = r.Body
		if takes {
			z, err := gzip.NewReader(r.Body)
			if err != nil {
				t.Fatal(err)
			}
			body = z
		}
		if got := read(t, body); got != want {
			t.Errorf("Accept-Encoding %q: %.60q", header, got)
		}
		tag := r.Header.Get("ETag")
		tags[tag] = true
		if again := ask(text, "Accept-Encoding", header, "If-None-Match", tag); again.StatusCode != http.StatusNotModified {
			t.Errorf("asked again for %s: %d", tag, again.StatusCode)
		}
	}
	if len(tags) != 2 {
		t.Errorf("the tags of the two encodings are %v", tags)
	}
}
