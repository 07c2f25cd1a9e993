package standin

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"mime"
	"net/http"
	"slices"

	"samkraft/pipeline"
)

// Ask asks the server with none of the manners and the patience of a real client,
// and appends the answers that have a role to parts: for tests of a dialect, and of
// a source's Fetch against it. An answer that the request does not accept is an
// error.
func (s *Server) Ask(parts *[]pipeline.Part) pipeline.Ask {
	return func(ctx context.Context, r pipeline.Request) (pipeline.Answer, error) {
		q, err := http.NewRequestWithContext(ctx, r.Method, s.address+r.Path, bytes.NewReader(r.Body))
		if err != nil {
			return pipeline.Answer{}, err
		}
		for _, h := range r.Header {
			q.Header.Set(h.Name, h.Value)
		}
		response, err := http.DefaultClient.Do(q)
		if err != nil {
			return pipeline.Answer{}, err
		}
		defer response.Body.Close()
		contents, err := io.ReadAll(response.Body)
		if err != nil {
			return pipeline.Answer{}, err
		}
		address := response.Request.URL.String()
		if response.StatusCode == http.StatusNotFound && r.Absent {
			return pipeline.Answer{Absent: true, Address: address}, nil
		}
		problem := func(what, expected string) error {
			return &pipeline.Problem{File: address, What: what, Expected: expected}
		}
		if response.StatusCode != http.StatusOK {
			return pipeline.Answer{}, problem(fmt.Sprintf("%s: %.200s", response.Status, contents), "200")
		}
		media, _, err := mime.ParseMediaType(response.Header.Get("Content-Type"))
		if len(r.Accept) > 0 && (err != nil || !slices.Contains(r.Accept, media)) {
			return pipeline.Answer{}, problem("the answer is "+media, fmt.Sprint(r.Accept))
		}
		if limit := cmp.Or(r.Max, 64<<20); int64(len(contents)) > limit {
			return pipeline.Answer{}, problem(fmt.Sprintf("the answer has %d bytes", len(contents)), "fewer")
		}
		sum := sha256.Sum256(contents)
		part := pipeline.Part{Role: r.Role, Name: address, SHA256: hex.EncodeToString(sum[:]), Bytes: int64(len(contents)),
			Open: func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(contents)), nil }}
		if r.Role != "" {
			*parts = append(*parts, part)
		}
		return pipeline.Answer{Part: part, Address: address, Type: media}, nil
	}
}
