package portal

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"strings"
	"time"
)

// kept is a text that is served as it is, or packed.
type kept struct {
	text, packed []byte
	tag          string // of its content
}

func keep(text []byte) *kept {
	sum := sha256.Sum256(text)
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	// Writing to memory does not fail.
	z.Write(text)
	z.Close()
	return &kept{text, packed.Bytes(), hex.EncodeToString(sum[:8])}
}

// serve answers with the text, packed for those who take that.
func (k *kept) serve(w http.ResponseWriter, r *http.Request, kind string) {
	h := w.Header()
	h.Set("Content-Type", kind)
	h.Add("Vary", "Accept-Encoding")
	text, tag := k.text, k.tag
	if takesGzip(r.Header.Get("Accept-Encoding")) {
		h.Set("Content-Encoding", "gzip")
		text, tag = k.packed, tag+"-gzip"
	}
	h.Set("ETag", `"`+tag+`"`)
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(text))
}

// takesGzip reports whether an Accept-Encoding takes gzip.
func takesGzip(header string) bool {
	for _, one := range strings.Split(header, ",") {
		name, weight, _ := strings.Cut(strings.TrimSpace(one), ";")
		if name = strings.TrimSpace(name); name == "gzip" || name == "*" {
			return !strings.HasPrefix(strings.ReplaceAll(weight, " ", ""), "q=0") || strings.Trim(strings.ReplaceAll(weight, " ", ""), "q=0.") != ""
		}
	}
	return false
}

// The style is served apart, at an address that changes with it.
var (
	styleKept    = keep([]byte(styleSheet()))
	styleAddress = "/style-" + styleKept.tag + ".css"
)

// StyleAddress is where a Handler serves the style of its pages, for pages beside them.
func StyleAddress() string { return styleAddress }

// styleAt returns the style where an address is its own.
func styleAt(address string) (*kept, bool) { return styleKept, address == styleAddress }
