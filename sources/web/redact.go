package web

import (
	"encoding/base64"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"
)

// hidden stands where a secret stood.
const hidden = "***"

// discreet takes out of texts what must not be told: secrets that are known, however
// somebody echoes them, and whatever looks like one in an address.
type discreet struct{ secrets *regexp.Regexp }

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
			secrets = append(secrets, password, u.User.Username()+":"+password)
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
	secrets = slices.DeleteFunc(secrets, func(s string) bool { return s == "" })
	if len(secrets) == 0 {
		return discreet{}
	}
	// The longest first: a short secret may be part of a long one.
	slices.SortStableFunc(secrets, func(a, b string) int { return len(b) - len(a) })
	var spellings []string
	for _, s := range secrets {
		spellings = append(spellings, spelling(s))
	}
	return discreet{regexp.MustCompile("(?i)" + strings.Join(spellings, "|"))}
}

// spelling is a pattern that finds a text as it is, and as addresses, JSON, HTML and
// base64 write it.
func spelling(text string) string {
	var pattern strings.Builder
	for _, r := range text {
		same, escaped := fmt.Sprintf(`\x{%x}`, r), ""
		for _, b := range []byte(string(r)) {
			escaped += fmt.Sprintf(`%%(?:25)*%02x`, b)
		}
		fmt.Fprintf(&pattern, `(?:%s|%s|\\u%04x|\\%s|&#%d;|&#x%x;`, same, escaped, r, same, r, r)
		switch r {
		case ' ':
			pattern.WriteString(`|\+`)
		case '&':
			pattern.WriteString(`|&amp;`)
		case '<':
			pattern.WriteString(`|&lt;`)
		case '>':
			pattern.WriteString(`|&gt;`)
		case '"':
			pattern.WriteString(`|&quot;`)
		}
		pattern.WriteString(")")
	}
	for _, e := range []*base64.Encoding{base64.RawStdEncoding, base64.RawURLEncoding} {
		pattern.WriteString("|" + regexp.QuoteMeta(e.EncodeToString([]byte(text))) + "={0,2}")
	}
	return pattern.String()
}

var (
	secretName  = regexp.MustCompile(`(?i)key|token|secret|passw|signature|^sig$|credential|^auth`)
	inQuery     = regexp.MustCompile(`(?i)([?&;][^=&;\s"'<>]*(?:key|token|secret|passw|signature|credential)[^=&;\s"'<>]*=|[?&;](?:sig|auth[^=&;\s"'<>]*)=)[^&;#\s"'<>]+`)
	inAuthority = regexp.MustCompile(`//[^/?#\s"'<>@]*(?:@[^/?#\s"'<>@]*)*@`)
)

// text returns a text without secrets.
func (d discreet) text(s string) string {
	if d.secrets != nil {
		s = d.secrets.ReplaceAllLiteralString(s, hidden)
	}
	s = inAuthority.ReplaceAllString(s, "//"+hidden+"@")
	return inQuery.ReplaceAllString(s, "${1}"+hidden)
}

// margin is more than the longest secret is, however it is written.
const margin = 1 << 10

// words returns the beginning of what a publisher wrote, of which at most limit bytes
// were read, without secrets. They are taken out before the text is cut; and where
// reading stopped may be half of one, which is left out.
func (d discreet) words(body []byte, limit int) string {
	text := d.text(string(body))
	if len(body) >= limit {
		text = text[:max(0, len(text)-margin)]
	}
	return short(d.text(words([]byte(text))), shortText)
}
