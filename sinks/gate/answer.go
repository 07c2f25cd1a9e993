package gate

import (
	"log/slog"
	"net/http"
	"slices"
)

// secure sets the headers that every answer has. Nothing comes from elsewhere, no script
// stands in a page, nobody shows a page inside of theirs, and nobody hears from which page
// a reader comes.
func secure(h http.Header, encrypted bool) {
	h.Set("Content-Security-Policy", "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("X-Frame-Options", "DENY")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Permissions-Policy", "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), microphone=(), payment=(), usb=()")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	if encrypted {
		h.Set("Strict-Transport-Security", "max-age=31536000")
	}
}

// answer knows what was answered.
type answer struct {
	http.ResponseWriter
	status int
	bytes  int64
}

// WriteHeader implements http.ResponseWriter.
func (a *answer) WriteHeader(status int) {
	if a.status == 0 || a.status < 200 { // an information may come before
		a.status = status
	}
	a.ResponseWriter.WriteHeader(status)
}

// Write implements http.ResponseWriter.
func (a *answer) Write(p []byte) (int, error) {
	if a.status == 0 {
		a.status = http.StatusOK
	}
	n, err := a.ResponseWriter.Write(p)
	a.bytes += int64(n)
	return n, err
}

// Unwrap lets http.ResponseController find what is behind.
func (a *answer) Unwrap() http.ResponseWriter { return a.ResponseWriter }

// first is the beginning of a text that may be long.
func first(text string, n int) string { return text[:min(n, len(text))] }

// log writes a line of the request. Those who ask whether the server is well do it all the
// time, and are told of only where it is not.
func (v *visit) log(r *http.Request) {
	level := slog.LevelInfo
	if v.answer.status < 300 && (slices.Contains(v.Public, r.URL.Path) || slices.Contains(v.Watched, r.URL.Path)) {
		level = slog.LevelDebug
	}
	v.Log.Log(r.Context(), level, "request", "method", first(r.Method, 10), "path", first(r.URL.Path, 200), "status", v.answer.status, "bytes", v.answer.bytes,
		"took", v.Clock().Sub(v.began), "client", v.client.String(), "name", v.name)
}
