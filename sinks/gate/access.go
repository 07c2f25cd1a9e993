package gate

import (
	"errors"
	"fmt"
	"io"
	"math"
	"net/netip"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/parser"
	"golang.org/x/crypto/bcrypt"

	"samkraft/pipeline"
)

// Access says who may read. What [Read] returns agrees with itself.
type Access struct {
	BeyondLoopback bool                `yaml:"beyond_loopback"` // other machines reach the address
	Hosts          []string            `yaml:"hosts"`           // names by which the server is asked, beside those of this machine
	TLS            *Certificate        `yaml:"tls"`
	Proxy          *Proxy              `yaml:"behind_proxy"`
	Open           bool                `yaml:"open"` // nobody needs a name
	Users          []User              `yaml:"users"`
	Readers        map[string][]string `yaml:"readers"`  // by plan; nil: who has a name reads all plans
	Watchers       []string            `yaml:"watchers"` // who may see metrics; nil: who has a name
	Limit          *Limit              `yaml:"limit"`    // nil: none; what an access file leaves out is 50 and 200
}

// Certificate is with what the server encrypts: names of files in PEM.
type Certificate struct {
	Certificate string `yaml:"certificate"`
	Key         string `yaml:"key"`
}

// Proxy is a reverse proxy before the server. It encrypts, and what it tells is believed.
type Proxy struct {
	From     []string `yaml:"from"`     // its addresses, such as 127.0.0.1/32
	Identity string   `yaml:"identity"` // the header in which it tells who asks; "": it does not know
	from     []netip.Prefix
}

// User is somebody with a password.
type User struct {
	Name     string `yaml:"name"`
	Password string `yaml:"password"` // its bcrypt hash
}

// Limit is how many requests one client may send.
type Limit struct {
	PerSecond float64 `yaml:"per_second"`
	Burst     int     `yaml:"burst"`
}

// Bounds of the access file. A hash that costs less is guessed too soon, one that costs
// more keeps a processor for seconds.
const (
	mostText            = 64 << 10
	leastCost, mostCost = 10, 15
	longestName         = 64
	mostPerSecond       = 100_000
	everybody           = "*"
)

// Read reads an access file. It holds what guessing passwords begins with, so a file that
// others can read is refused.
func Read(file string) (Access, error) {
	if err := private(file); err != nil {
		return Access{}, err
	}
	f, err := os.Open(file)
	if err != nil {
		return Access{}, err
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, mostText+1))
	if err != nil {
		return Access{}, err
	}
	a, err := Parse(file, text)
	if err == nil && a.TLS != nil {
		for _, name := range []*string{&a.TLS.Certificate, &a.TLS.Key} {
			if !filepath.IsAbs(*name) {
				*name = filepath.Join(filepath.Dir(file), *name)
			}
		}
		err = private(a.TLS.Key)
	}
	return a, err
}

// private is an error where others than a file's owner and group can read it, or others
// than its owner write it. Windows does not tell in this way, and is not asked.
func private(file string) error {
	info, err := os.Stat(file)
	if err != nil {
		return err
	}
	const expected = "a file that its owner and at most its group may read, and its owner alone may write"
	if !info.Mode().IsRegular() {
		return &pipeline.Problem{File: file, What: "it is no regular file", Expected: expected}
	}
	if mode := info.Mode().Perm(); mode&0o037 != 0 && runtime.GOOS != "windows" {
		return &pipeline.Problem{File: file, What: fmt.Sprintf("it is open to others (%#o)", mode), Expected: expected, Remedy: "chmod 640 " + file}
	}
	return nil
}

// Parse reads the text of an access file. It is strict: what it does not know, and what
// does not agree with itself, is a *pipeline.Problem.
func Parse(name string, text []byte) (Access, error) {
	var a Access
	if len(text) > mostText {
		return a, &pipeline.Problem{File: name, What: "the file is larger than 64 KiB", Expected: "an access file"}
	}
	if err := pipeline.DecodeYAML(text, &a); err != nil {
		return Access{}, problemOf(name, err)
	}
	if file, err := parser.ParseBytes(text, 0); err != nil || len(file.Docs) > 1 {
		return Access{}, &pipeline.Problem{File: name, What: "there is more behind the document", Expected: "one document"}
	}
	if p := a.check(); p != nil {
		p.File = name
		return Access{}, p
	}
	if a.Limit == nil {
		a.Limit = &Limit{PerSecond: 50, Burst: 200}
	}
	return a, nil
}

func problemOf(name string, err error) *pipeline.Problem {
	p := &pipeline.Problem{File: name, What: err.Error()}
	var at yaml.Error
	if errors.As(err, &at) { // its whole message shows lines of the file, which may hold a hash
		p.What = at.GetMessage()
		if token := at.GetToken(); token != nil {
			p.Row = token.Position.Line
		}
	}
	return p
}

// headerName is a header that a proxy may tell a name in.
var headerName = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9-]{0,63}$`)

// taken are headers that mean something else.
var taken = []string{"authorization", "host", "cookie", "connection", "content-length", "content-type", "transfer-encoding", "x-forwarded-for", "x-forwarded-proto", "x-forwarded-host", "forwarded", "user-agent", "referer", "origin"}

// hashShape is how bcrypt writes a hash.
var hashShape = regexp.MustCompile(`^\$2[aby]\$[0-9]{2}\$[./A-Za-z0-9]{53}$`)

// check returns the first fault.
func (a *Access) check() *pipeline.Problem {
	bad := func(path, what, expected, remedy string) *pipeline.Problem {
		return &pipeline.Problem{Path: path, What: what, Expected: expected, Remedy: remedy}
	}
	for i, host := range a.Hosts {
		if host != hostOf(host) || host == "" || strings.ContainsAny(host, "*/ ") {
			return bad(fmt.Sprintf("hosts[%d]", i), fmt.Sprintf("%.80q", host), "a name or address in small letters and without a port, such as energi.example.dk", "")
		}
	}
	if a.TLS != nil && (a.TLS.Certificate == "" || a.TLS.Key == "") {
		return bad("tls", "a name of a file is missing", "certificate and key", "")
	}
	if p := a.checkProxy(bad); p != nil {
		return p
	}
	if p := a.checkUsers(bad); p != nil {
		return p
	}
	identity := a.Proxy != nil && a.Proxy.Identity != ""
	switch {
	case a.Open && (len(a.Users) > 0 || identity || a.Readers != nil || a.Watchers != nil):
		return bad("open", "it is open, and there are names", "one of both", "leave out 'open', or users, identity, readers and watchers")
	case !a.Open && len(a.Users) == 0 && !identity:
		return bad("", "nobody could come in", "users, the identity that a proxy tells, or open: true", "see 'Who may read' in docs/server.md")
	case a.BeyondLoopback && len(a.Users) > 0 && a.TLS == nil && a.Proxy == nil:
		return bad("users", "passwords would travel unencrypted", "tls with a certificate and its key, or behind_proxy with the addresses of a proxy that encrypts", "add one of them, or leave out beyond_loopback")
	}
	plans := make([]string, 0, len(a.Readers))
	for plan := range a.Readers {
		plans = append(plans, plan)
	}
	slices.Sort(plans)
	lists := map[string][]string{"watchers": a.Watchers}
	order := []string{"watchers"}
	for _, plan := range plans {
		at := fmt.Sprintf("readers[%.80q]", plan)
		lists[at], order = a.Readers[plan], append(order, at)
		if len(a.Readers[plan]) == 0 {
			return bad(at, "nobody may read it", `names, or "*" for everybody who has one`, "")
		}
	}
	for _, at := range order {
		for _, name := range lists[at] {
			known := slices.ContainsFunc(a.Users, func(u User) bool { return u.Name == name })
			if name != everybody && !known && (!identity || !isName(name)) {
				return bad(at, fmt.Sprintf("there is no user %.80q", name), `the name of a user, or "*" in quotes for everybody who has one`, "")
			}
		}
	}
	if l := a.Limit; l != nil && (math.IsNaN(l.PerSecond) || l.PerSecond <= 0 || l.PerSecond > mostPerSecond || l.Burst < 1 || l.Burst > mostPerSecond) {
		return bad("limit", fmt.Sprintf("%v per second, %d at once", l.PerSecond, l.Burst), "per_second above 0, and burst of at least 1", "")
	}
	return nil
}

func (a *Access) checkProxy(bad func(path, what, expected, remedy string) *pipeline.Problem) *pipeline.Problem {
	if a.Proxy == nil {
		return nil
	}
	if len(a.Proxy.From) == 0 {
		return bad("behind_proxy.from", "the proxy has no address", "its addresses, such as [127.0.0.1/32]", "")
	}
	for i, text := range a.Proxy.From {
		prefix, err := netip.ParsePrefix(text)
		if address, single := netip.ParseAddr(text); single == nil {
			prefix, err = address.Prefix(address.BitLen())
		}
		if err != nil || prefix.Bits() == 0 || prefix.Addr().Is4In6() {
			return bad(fmt.Sprintf("behind_proxy.from[%d]", i), fmt.Sprintf("%.80q", text), "an address or a range of them, such as 127.0.0.1/32, but not everybody's", "")
		}
		a.Proxy.from = append(a.Proxy.from, prefix.Masked())
	}
	if id := a.Proxy.Identity; id != "" && (!headerName.MatchString(id) || slices.Contains(taken, strings.ToLower(id))) {
		return bad("behind_proxy.identity", fmt.Sprintf("%.80q", id), "a header that nothing else uses, such as X-Forwarded-User", "")
	}
	return nil
}

func (a *Access) checkUsers(bad func(path, what, expected, remedy string) *pipeline.Problem) *pipeline.Problem {
	seen := map[string]bool{}
	for i, u := range a.Users {
		at := fmt.Sprintf("users[%d]", i)
		if !isName(u.Name) {
			return bad(at+".name", fmt.Sprintf("%.80q cannot be a name", u.Name), "1 to 64 letters, digits and signs, without a colon, and not * alone", "")
		}
		if seen[u.Name] {
			return bad(at+".name", fmt.Sprintf("there are two users %s", u.Name), "each once", "")
		}
		seen[u.Name] = true
		cost, err := bcrypt.Cost([]byte(u.Password))
		if err != nil || !hashShape.MatchString(u.Password) || cost < leastCost || cost > mostCost {
			return bad(at+".password", "it is no hash of a password that can be used", fmt.Sprintf("a bcrypt hash of cost %d to %d", leastCost, mostCost), "'samkraft access hash' makes one")
		}
	}
	return nil
}

// isName reports whether a text can be somebody's name.
func isName(text string) bool {
	return text != "" && text != everybody && len(text) <= longestName && text == strings.TrimSpace(text) && strings.ToValidUTF8(text, "") == text &&
		!strings.ContainsFunc(text, func(r rune) bool { return r < ' ' || r == 0x7f || r == ':' })
}
