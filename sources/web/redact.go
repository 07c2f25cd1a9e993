package web

import (
	"encoding/base64"
	"encoding/json"
	"net/url"
	"regexp"
	"slices"
	"strings"
)

// hidden stands where a secret stood.
const hidden = "***"

// discreet takes out of texts what must not be told: secrets that are known, however
// somebody echoes them, and whatever looks like one in an address.
type discreet struct{ secrets *strings.Replacer }

// newDiscreet knows secrets, and those in addresses: user and password, and the values
// of parameters whose names say that they are secret. Addresses may be nil.
func newDiscreet(secret string, addresses ...*url.URL) discreet {
	secrets := []string{secret}
	for _, u := range addresses {
		if u == nil {
			continue
		}
		if u.User != nil {
			password, _ := u.User.Password()
			secrets = append(secrets, password, u.User.String())
			if len(u.User.Username()) > 3 { // a shorter one would hide half of every text
				secrets = append(secrets, u.User.Username())
			}
		}
		for name, values := range u.Query() {
			for _, value := range values {
				if secretName.MatchString(name) && len(value) > 3 {
					secrets = append(secrets, value)
				}
			}
		}
	}
	var spellings []string
	for _, s := range secrets {
		if s == "" {
			continue
		}
		quoted, _ := json.Marshal(s) // of a string: cannot fail
		spellings = append(spellings, s, url.QueryEscape(s), url.PathEscape(s), strings.Trim(string(quoted), `"`),
			base64.StdEncoding.EncodeToString([]byte(s)), base64.URLEncoding.EncodeToString([]byte(s)))
	}
	// The longest first: a short secret may be part of a long one.
	slices.SortFunc(spellings, func(a, b string) int {
		if len(a) != len(b) {
			return len(b) - len(a)
		}
		return strings.Compare(a, b)
	})
	var pairs []string
	for _, s := range slices.Compact(spellings) {
		pairs = append(pairs, s, hidden)
	}
	return discreet{strings.NewReplacer(pairs...)}
}

var (
	secretName  = regexp.MustCompile(`(?i)key|token|secret|passw|signature|^sig$|credential|^auth`)
	inQuery     = regexp.MustCompile(`(?i)([?&;][^=&;\s"'<>]*(?:key|token|secret|passw|signature|credential)[^=&;\s"'<>]*=|[?&;](?:sig|auth[^=&;\s"'<>]*)=)[^&;#\s"'<>]+`)
	inAuthority = regexp.MustCompile(`//[^/?#\s"'<>@]*(?:@[^/?#\s"'<>@]*)*@`)
)

// text returns a text without secrets.
func (d discreet) text(s string) string {
	s = d.secrets.Replace(s)
	s = inAuthority.ReplaceAllString(s, "//"+hidden+"@")
	return inQuery.ReplaceAllString(s, "${1}"+hidden)
}

// words returns the beginning of what a publisher wrote, without secrets. They are
// taken out before the text is cut, so that no half of one is left.
func (d discreet) words(body []byte) string { return short(d.text(words(body)), shortText) }
