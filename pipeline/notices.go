package pipeline

import (
	"fmt"
	"net/mail"
	"net/netip"
	"net/url"
	"regexp"
	"slices"
	"strings"
)

// Notice is a way of telling people what became of a plan: a webhook or mail, with
// what they want to hear. What a plan does not say is complete before anybody reads it.
type Notice struct {
	Webhook string   `yaml:"webhook,omitempty" doc:"an address to which each message is posted as JSON; one that is secret by its name, $SAMKRAFT_ADDRESS_ and more"`
	Mail    []string `yaml:"mail,omitempty" doc:"e-mail addresses, instead of a webhook"`
	On      []string `yaml:"on,omitempty" doc:"what is told: failed, withheld, stale, recovered, published" default:"failed, withheld, stale and recovered"`
	Lang    string   `yaml:"lang,omitempty" doc:"language of the messages: da, sv or en" default:"that of the server"`
}

// What a notice can be about. The first four are changes of state.
const (
	OnFailed    = "failed"    // the plan could not be made anew
	OnWithheld  = "withheld"  // a check failed
	OnStale     = "stale"     // a data set is older than the plan allows
	OnRecovered = "recovered" // one of these is over
	OnPublished = "published" // there is a new snapshot
)

// maxNotices is how many addresses a plan may name: telling has a time limit.
const maxNotices = 20

func (n *Notice) complete() {
	if n.On == nil {
		n.On = []string{OnFailed, OnWithheld, OnStale, OnRecovered}
	}
}

// addressName is how a plan names an address that stands in the environment. The prefix
// keeps a plan from having other secrets posted somewhere.
var addressName = regexp.MustCompile(`^\$SAMKRAFT_ADDRESS_[A-Z0-9_]{1,60}$`)

const noticeAddress = "https://HOST/PATH, http://127.0.0.1:PORT, or for an address that is secret a name such as $SAMKRAFT_ADDRESS_TEAM, which stands in the environment"

// checkNotices returns where the first fault of what a plan says of telling people is,
// what it is and what was expected.
func (p Plan) checkNotices() (at, what, expected string) {
	var seen []string
	for i, n := range p.Notices {
		at := fmt.Sprintf("$.notices[%d]", i)
		if (n.Webhook == "") == (len(n.Mail) == 0) {
			return at, "it has both or neither of webhook and mail", "a webhook, or a list of e-mail addresses"
		}
		if what := badNoticeAddress(n.Webhook); n.Webhook != "" && what != "" {
			return at + ".webhook", what, noticeAddress
		}
		for _, m := range n.Mail {
			if !isMailAddress(m) {
				return at + ".mail", fmt.Sprintf("%.80q is no e-mail address", m), "an address such as anna@example.org, without a name"
			}
		}
		for _, to := range append(slices.Clone(n.Mail), n.Webhook) {
			if to != "" && slices.Contains(seen, to) {
				return at, "an address is there twice", "each address once, with all that it is told"
			}
			seen = append(seen, to)
		}
		if at, what, expected := n.checkOn(at); what != "" {
			return at, what, expected
		}
		if n.Lang != "" && !slices.Contains([]string{"da", "sv", "en"}, n.Lang) {
			return at + ".lang", fmt.Sprintf("%q", n.Lang), "da, sv or en"
		}
	}
	if seen = slices.DeleteFunc(seen, func(to string) bool { return to == "" }); len(seen) > maxNotices {
		return "$.notices", fmt.Sprintf("%d addresses", len(seen)), fmt.Sprintf("up to %d; a mailing list has room for more", maxNotices)
	}
	if what := badNoticeAddress(p.Alive); p.Alive != "" && what != "" {
		return "$.alive", what, noticeAddress
	}
	return "", "", ""
}

func (n Notice) checkOn(at string) (_, what, expected string) {
	events := []string{OnFailed, OnWithheld, OnStale, OnRecovered, OnPublished}
	for i, word := range n.On {
		if !slices.Contains(events, word) || slices.Contains(n.On[:i], word) {
			return at + ".on", fmt.Sprintf("%q", word), "each once of " + strings.Join(events, ", ")
		}
	}
	if len(n.On) == 0 || len(n.On) == 1 && n.On[0] == OnRecovered {
		return at + ".on", "nothing is told", "at least one of failed, withheld, stale, published"
	}
	return "", "", ""
}

// badNoticeAddress says what is wrong with an address or its name, or nothing. It does
// not repeat the address, which may be a secret in the wrong place.
func badNoticeAddress(address string) string {
	if strings.HasPrefix(address, "$") {
		if !addressName.MatchString(address) {
			return fmt.Sprintf("%.80q is no name of an address", address)
		}
		return ""
	}
	u, err := url.Parse(address)
	switch {
	case err != nil || u.Host == "":
		return "it is no address"
	case u.User != nil || u.RawQuery != "" || u.Fragment != "":
		return "the address has a name, a key or a query in it"
	case !Encrypted(u):
		return "the address is not encrypted"
	}
	return ""
}

// Encrypted reports whether nobody on the way can read what goes to an address: it is
// https, or http to this machine.
func Encrypted(u *url.URL) bool {
	return u.Scheme == "https" || u.Scheme == "http" && IsThisMachine(u.Hostname())
}

// IsThisMachine reports whether a host is reached without leaving the machine.
func IsThisMachine(host string) bool {
	ip, err := netip.ParseAddr(host)
	return host == "localhost" || err == nil && ip.IsLoopback()
}

// isMailAddress reports whether a text is an e-mail address and no more: no name, no
// list, nothing that could end a line of a mail's head.
func isMailAddress(text string) bool {
	if strings.ContainsFunc(text, func(r rune) bool { return r <= ' ' || r > '~' }) || len(text) > 254 {
		return false
	}
	a, err := mail.ParseAddress(text)
	return err == nil && a.Name == "" && a.Address == text
}
