package web

import (
	"net"
	"net/url"
	"strings"
)

// badAddress says why an address may not be asked, or nothing. Requests go over https.
// To this machine itself they may also go over http, as to a stand-in in a test; and
// elsewhere only where unencrypted http is allowed in so many words, and never with a
// key or password.
func badAddress(u *url.URL, unencrypted, secret bool) string {
	escaped := func(r rune) bool { return r > ' ' && r <= '~' }
	switch {
	case u.Scheme != "https" && u.Scheme != "http":
		return "the address begins with neither https:// nor http://"
	case u.Hostname() == "":
		return "the address has no host"
	case strings.TrimFunc(u.RawQuery, escaped) != "":
		return "the address has characters in its query that are not escaped"
	case u.Scheme == "http" && (secret || u.User != nil) && !loopback(u):
		return "the key would travel unencrypted over http"
	case u.Scheme == "http" && !unencrypted && !loopback(u):
		return "the address is not encrypted"
	}
	return ""
}

// host is the host of an address as limits and secrets know it, with its port.
func host(u *url.URL) string {
	port := u.Port()
	if port == "" {
		port = map[string]string{"http": "80", "https": "443"}[u.Scheme]
	}
	return net.JoinHostPort(strings.TrimSuffix(strings.ToLower(u.Hostname()), "."), port)
}

// loopback reports whether an address is on this machine, by what it says.
func loopback(u *url.URL) bool {
	host := strings.ToLower(u.Hostname())
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// badRedirect says why a redirect may not be followed, or nothing.
func badRedirect(method string, status int, from, to *url.URL) string {
	switch {
	case from.Scheme == "https" && to.Scheme != "https":
		return "it leads away from https"
	case loopback(to) && !loopback(from):
		return "it leads to this machine itself"
	case method != "GET" && status != 307 && status != 308:
		// Followed as browsers do it becomes a GET, which PxWeb answers with metadata.
		return "it would turn the question into another one"
	}
	return ""
}
