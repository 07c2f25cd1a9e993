package gate

import (
	"fmt"
	"net"
	"net/http"
	"strings"
)

// longestTarget is how long the target of a request may be.
const longestTarget = 4096

// refusal is an answer to who may not come in, or who asks in a way that is not taken.
type refusal struct {
	status int
	text   string
}

// misshapen refuses requests that a proxy, the server and the pages could read in
// different ways. Nothing that a browser or a notebook sends is among them.
func misshapen(r *http.Request) *refusal {
	bad := func(text string) *refusal { return &refusal{http.StatusBadRequest, text} }
	target := r.RequestURI
	escaped := strings.ToLower(r.URL.EscapedPath())
	switch {
	case len(target) > longestTarget:
		return &refusal{http.StatusRequestURITooLong, "the address is too long"}
	case !strings.HasPrefix(target, "/") || r.URL.IsAbs() || r.URL.Host != "" || r.URL.User != nil:
		return bad("the address has to begin with /")
	case strings.Contains(escaped, "%2f") || strings.Contains(escaped, "%5c") || strings.Contains(escaped, "%25"):
		return bad("the address hides a part of its path")
	case len(r.TransferEncoding) > 0:
		return &refusal{http.StatusLengthRequired, "a body has to come with its length"}
	case r.Header.Get("Upgrade") != "":
		return bad("nothing else is spoken here")
	}
	segments := strings.Split(r.URL.Path, "/")[1:]
	for i, s := range segments {
		if s == "." || s == ".." || s == "" && i < len(segments)-1 {
			return bad("the address leads out of its path")
		}
	}
	if strings.ContainsFunc(r.URL.Path, func(c rune) bool { return c < ' ' || c == 0x7f || c == '\\' || c == '\uFFFD' }) {
		return bad("the address has characters that no page has")
	}
	if len(r.Header.Values("Authorization")) > 1 {
		return bad("the header Authorization is there twice")
	}
	return nil
}

// hostOf is the name in a Host header, without its port, in small letters.
func hostOf(header string) string {
	host := header
	if name, _, err := net.SplitHostPort(header); err == nil {
		host = name
	}
	return strings.ToLower(strings.TrimSuffix(strings.Trim(host, "[]"), "."))
}

// foreign refuses a request for a name that is not the server's: a page of somebody else
// may have let its own name lead here.
func (r *rules) foreign(header string) *refusal {
	if host := hostOf(header); !r.hosts[host] {
		return &refusal{http.StatusMisdirectedRequest, fmt.Sprintf("this server is not %.100q; its names are the key hosts of the access file", host)}
	}
	return nil
}
