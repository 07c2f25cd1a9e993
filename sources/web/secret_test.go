package web_test

import (
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"samkraft/pipeline"
	"samkraft/sources/web"
)

// key has characters that addresses and JSON write otherwise.
const key = `s3cr+t/"key &9`

func withKey(o *web.Options) { o.Secret = func(string) (string, error) { return key, nil } }

// spellings are how the key may be echoed.
var spellings = []string{key, url.QueryEscape(key), url.PathEscape(key), `s3cr+t/\"key &9`, `s3cr+t/\"key \u00269`, "s3cr%2bt/%22key%20%269", "S3CR%252Bt%252F%2522KEY%2520%25269", "s3cr+t/&quot;key &amp;9", "s3cr&#43;t/&#x22;key &#38;9", "czNjcit0LyJrZXkgJjk="}

// echo is a fault that repeats, in every header and at the beginning of its text, what
// it was asked with.
func echo(name string, fault http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		said := strings.Join(spellings, " ") + " " + r.Header.Get("X-Api-Key") + " " + r.URL.RawQuery + " "
		if strings.Contains(name, "page") {
			said = "<!-- " + said + " -->" // so that it stays one
		}
		if strings.Contains(name, "status 200") && !strings.Contains(name, "page") {
			said = " " // or it is no refusal any more
		}
		w.Header().Set("X-Echo", r.Header.Get("X-Api-Key"))
		fault(echoing{w, said}, r)
	}
}

// echoing begins every text with what was said; connections can be taken over.
type echoing struct {
	http.ResponseWriter
	said string
}

func (e echoing) Write(p []byte) (int, error) {
	_, err := e.ResponseWriter.Write([]byte(e.said))
	if err != nil {
		return 0, err
	}
	return e.ResponseWriter.Write(p)
}

func (e echoing) Unwrap() http.ResponseWriter { return e.ResponseWriter }

func (e echoing) Flush() { http.NewResponseController(e.ResponseWriter).Flush() }

// No error, notice or reply tells a secret: neither the key, nor what an address holds,
// whatever goes wrong and whoever repeats it.
func TestSecretIsNeverTold(t *testing.T) {
	faults := map[string]http.HandlerFunc{
		"400": answer(400, "bad"), "401": answer(401, "bad"), "404": answer(404, "bad"), "json": answer(400, `{"x":"y"}`, jsonType...),
		"page": answer(403, "<html><title>"+key+" token=q0w9e8</title>"),
		"type": answer(200, "x", "Content-Type", "text/"+url.QueryEscape(key)), "packing": answer(200, "x", "Content-Encoding", key),
		"redirect":         redirect(302, "ftp://anna:pa55word@example.org/?token=q0w9e8&x="+url.QueryEscape(key)),
		"redirect to http": redirect(302, "http://example.org/"+url.PathEscape(key)),
		"no redirect":      redirect(302, "http://[::1"+key),
		"password":         answer(500, "anna:pa55word@ and //anna:pa55word@host/?api-key=q0w9e8&sig=q0w9e8"),
		"address":          answer(500, "token q0w9e8 of anna pa55word"),
		"halves":           answer(500, strings.Repeat("x", 120)+key),
		"half of an error": answer(500, strings.Repeat(" ", 16<<10-20-len(strings.Join(spellings, " "))-len(key+" limit=0&token=q0w9e8&api-key=q0w9e8 "))+strings.Repeat(key, 9)),
		"half of a head":   answer(200, strings.Repeat(" ", 4<<10-20-len(strings.Join(spellings, " "))-len(key+" limit=0&token=q0w9e8&api-key=q0w9e8 "))+strings.Repeat(key, 9), "Content-Type", "text/csv"),
	}
	for _, f := range passing {
		faults[f.name] = func(w http.ResponseWriter, r *http.Request) {
			if e, ok := w.(echoing); ok && (strings.HasPrefix(f.name, "cut") || f.name == "no answer") {
				w = e.ResponseWriter // they need the connection
			}
			f.fault(w, r)
		}
	}
	for name, fault := range maps.All(faults) {
		t.Run(name, func(t *testing.T) {
			p, s := newPublisher(t, echo(name, fault)), newSide(t, hastyWith(name, func(o *web.Options) {
				withKey(o)
				o.Patience.Attempts = 2
			}))
			c := call(strings.Replace(p.URL, "http://", "http://anna:pa55word@", 1) + "/data?limit=0&token=q0w9e8&api-key=q0w9e8")
			c.Secret = &pipeline.Secret{Header: "x-api-key", Required: true}
			reply, _, _, err := s.get(t, c)
			if err == nil || len(p.seen()) == 0 || p.seen()[0].Header.Get("X-Api-Key") != key || p.seen()[0].URL.Query().Get("token") != "q0w9e8" {
				t.Fatalf("%v", err)
			}
			told := fmt.Sprintf("%v %+v %+v %s", err, problem(t, err), reply, s.notices.lines)
			for _, secret := range append(spellings, "pa55", "q0w9", "s3cr", "S3CR", "czNj") {
				if strings.Contains(told, secret) {
					t.Errorf("tells %q: %s", secret, told)
				}
			}
			if !strings.Contains(err.Error(), p.URL[len("http://"):]+"/data?limit=0&token=***&api-key=***") {
				t.Errorf("does not name the address: %v", err)
			}
		})
	}
}

// What leads nowhere tells no secret of its address either.
func TestSecretOfBadAddress(t *testing.T) {
	for _, address := range []string{
		"https://anna:pa55word@[::1/?token=q0w9e8", "http://anna:pa55word@example.org/?token=q0w9e8",
		"ftp://anna:pa55word@example.org/?token=q0w9e8", "http://anna:pa55word@127.0.0.1:1/?token=q0w9e8", "http://127.0.0.1/%zz?token=q0w9e8",
	} {
		s := newSide(t, func(o *web.Options) { o.Patience.Attempts = 2 })
		_, _, _, err := s.get(t, call(address))
		problem(t, err)
		if told := fmt.Sprintf("%v %q", err, s.notices.lines); strings.Contains(told, "pa55") || strings.Contains(told, "q0w9") {
			t.Errorf("%s", told)
		}
	}
}

// The key goes to the service alone: not where it redirects to, and nowhere
// unencrypted. With Unencrypted other requests do.
func TestSecretStaysHome(t *testing.T) {
	other := newPublisher(t, good)
	p := newPublisher(t, redirect(307, "/here"), redirect(307, other.URL))
	s := newSide(t, withKey)
	c := call(p.URL)
	c.Secret = &pipeline.Secret{Header: "x-api-key"}
	if _, _, _, err := s.get(t, c); err != nil {
		t.Fatal(err)
	}
	if p.seen()[1].Header.Get("x-api-key") != key || other.seen()[0].Header.Get("x-api-key") != "" {
		t.Errorf("%v, %v", p.seen()[1].Header, other.seen()[0].Header)
	}
	c.Address = "http://192.0.2.1/"
	s = newSide(t, func(o *web.Options) { withKey(o); o.Unencrypted = true })
	_, _, _, err := s.get(t, c)
	if told := problem(t, err); !strings.Contains(told.What, "would travel unencrypted") {
		t.Errorf("%v", told)
	}
}

// Without its key a service that wants one is not asked.
func TestSecretRequired(t *testing.T) {
	p := httptest.NewServer(http.HandlerFunc(good))
	t.Cleanup(p.Close)
	s, c := newSide(t, nil), call(p.URL)
	c.Secret = &pipeline.Secret{Header: "x-api-key", Required: true}
	reply, _, _, err := s.get(t, c)
	if told := problem(t, err); !strings.Contains(told.Remedy, "SAMKRAFT_KEY_ENERGIDATASERVICE") || reply.Requests != 0 {
		t.Errorf("%v", told)
	}
	c.Secret.Required = false
	if _, _, _, err := s.get(t, c); err != nil {
		t.Error(err)
	}
}

func TestSecrets(t *testing.T) {
	folder := t.TempDir()
	file := func(name, text string, mode os.FileMode) string {
		name = filepath.Join(folder, name)
		if err := os.WriteFile(name, []byte(text), mode); err != nil {
			t.Fatal(err)
		}
		if err := os.Chmod(name, mode); err != nil {
			t.Fatal(err)
		}
		return name
	}
	const variable = "SAMKRAFT_KEY_KLIMA_2"
	for _, c := range []struct {
		name string
		env  map[string]string
		want string
		bad  string
	}{
		{"none", nil, "", ""},
		{"empty", map[string]string{variable: ""}, "", ""},
		{"in the environment", map[string]string{variable: " abc123 "}, "abc123", ""},
		{"in a file", map[string]string{variable + "_FILE": file("good", "abc123\n", 0o600)}, "abc123", ""},
		{"in a file that is only read", map[string]string{variable + "_FILE": file("tight", "abc123\n", 0o400)}, "abc123", ""},
		{"open to the group", map[string]string{variable + "_FILE": file("group", "abc123", 0o640)}, "", "open to its group or to others (0640)"},
		{"open to others", map[string]string{variable + "_FILE": file("others", "abc123", 0o604)}, "", "chmod 600"},
		{"empty file", map[string]string{variable + "_FILE": file("empty", "\n", 0o600)}, "", "holds no key"},
		{"two lines", map[string]string{variable + "_FILE": file("two", "abc123\nabc124\n", 0o600)}, "", "holds no key"},
		{"no file", map[string]string{variable + "_FILE": filepath.Join(folder, "none")}, "", "cannot be read"},
		{"folder", map[string]string{variable + "_FILE": folder}, "", "no regular file"},
		{"both", map[string]string{variable: "abc123", variable + "_FILE": "x"}, "", "unset the other"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := web.Secrets(func(name string) (string, bool) { v, ok := c.env[name]; return v, ok })("klima-2")
			if c.bad == "" && (err != nil || got != c.want) {
				t.Errorf("%q, %v", got, err)
			}
			if c.bad != "" && (got != "" || !strings.Contains(problem(t, err).Error(), c.bad) || strings.Contains(err.Error(), "abc12")) {
				t.Errorf("%q, %v", got, err)
			}
		})
	}
}
