package notice

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"samkraft/pipeline"
)

// way is how a message gets to somebody.
type way struct {
	name  string // in the memory, logs and listings: it tells no secret
	lang  string
	on    []string
	limit time.Duration // of all that is sent in a run
	send  func(context.Context, Message) error
}

// ways are those of a plan, one for each webhook and e-mail address. What a way needs
// from the environment is looked up when it is used, so that a key may be exchanged
// while the server goes on.
func (t *Teller) ways(p pipeline.Plan) []way {
	var all []way
	for _, n := range p.Notices {
		lang := n.Lang
		if lang == "" {
			lang = t.Lang
		}
		if n.Webhook != "" {
			all = append(all, way{shown(n.Webhook), lang, n.On, webhookLimit, func(ctx context.Context, m Message) error { return t.post(ctx, n.Webhook, m) }})
		}
		for _, to := range n.Mail {
			all = append(all, way{to, lang, n.On, mailLimit, func(ctx context.Context, m Message) error { return t.mail(ctx, to, m) }})
		}
	}
	return all
}

// shown is an address as it may be told: its name, or scheme and host, with a few digits
// that tell it from another there.
func shown(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return address // a name: the plan was checked
	}
	return u.Scheme + "://" + u.Host + "/… " + pipeline.Hash(address)[:6]
}

// address finds what a plan says of an address. Errors do not tell it.
func (t *Teller) address(text string) (*url.URL, error) {
	place := "the plan"
	if name, named := strings.CutPrefix(text, "$"); named {
		var err error
		if text, err = t.Lookup(name); err != nil {
			return nil, err
		}
		if text == "" {
			return nil, fmt.Errorf("%s is not set; expected the address in the environment, or in a file that %s_FILE names", name, name)
		}
		place = name
	}
	u, err := url.Parse(text)
	if err != nil || u.Host == "" || !pipeline.Encrypted(u) {
		return nil, fmt.Errorf("%s has no usable address; expected https://HOST/PATH", place)
	}
	return u, nil
}

// hidden stands where a secret stood.
const hidden = "***"

// discreet takes secrets out of what went wrong, and puts it on one line.
func discreet(err error, secrets ...string) error {
	text := err.Error()
	for _, s := range secrets {
		for _, e := range []*base64.Encoding{base64.StdEncoding, base64.RawStdEncoding, base64.RawURLEncoding} {
			secrets = append(secrets, e.EncodeToString([]byte(s)))
		}
		secrets = append(secrets, url.QueryEscape(s), url.PathEscape(s))
	}
	secrets = slices.DeleteFunc(secrets, func(s string) bool { return len(s) < 2 })
	// The longest first: a short secret may be part of a long one.
	slices.SortFunc(secrets, func(a, b string) int { return len(b) - len(a) })
	for _, s := range secrets {
		text = strings.ReplaceAll(text, s, hidden)
	}
	return errors.New(clean(text, maxProblem))
}

// secretsOf lists the parts of an address that may be secret.
func secretsOf(u *url.URL) []string {
	all := []string{u.String(), u.RequestURI(), u.Path, u.RawQuery}
	all = append(all, strings.Split(u.Path, "/")...)
	for _, values := range u.Query() {
		all = append(all, values...)
	}
	if u.User != nil {
		password, _ := u.User.Password()
		all = append(all, password, u.User.Username(), u.User.String(), u.User.Username()+":"+password)
	}
	return slices.DeleteFunc(all, func(s string) bool { return len(s) < 4 }) // "v1" would hide half of every text
}
