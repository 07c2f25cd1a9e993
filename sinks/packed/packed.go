// Package packed keeps texts packed in memory and serves them so, which is how nearly
// everybody takes them.
package packed

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/klauspost/compress/gzip"
)

// Text is a text that is kept. It is not changed, and may be served concurrently.
type Text struct {
	packed []byte
	tag    string
}

// New packs a text.
func New(text []byte) *Text {
	sum := sha256.Sum256(text)
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	// Writing to memory does not fail.
	z.Write(text)
	z.Close()
	return &Text{bytes.Clone(packed.Bytes()), hex.EncodeToString(sum[:8])}
}

// Tag differs between texts that differ.
func (t *Text) Tag() string { return t.tag }

// Serve answers with the text, packed for those who take that. The ETag is another one
// when the text is.
func (t *Text) Serve(w http.ResponseWriter, r *http.Request, kind string) {
	h := w.Header()
	h.Set("Content-Type", kind)
	h.Add("Vary", "Accept-Encoding")
	text, tag := t.packed, t.tag+"-gzip"
	if takesGzip(r.Header.Get("Accept-Encoding")) {
		h.Set("Content-Encoding", "gzip")
	} else {
		var err error
		if text, err = t.unpacked(); err != nil {
			http.Error(w, "The server cannot unpack the page.", http.StatusInternalServerError)
			return
		}
		tag = t.tag
	}
	h.Set("ETag", `"`+tag+`"`)
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(text))
}

func (t *Text) unpacked() ([]byte, error) {
	z, err := gzip.NewReader(bytes.NewReader(t.packed))
	if err != nil {
		return nil, err
	}
	return io.ReadAll(z)
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
