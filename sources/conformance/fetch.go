package conformance

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"samkraft/pipeline"
	"samkraft/sources/sourcetest"
)

// answer is what was kept.
type answer struct {
	contents  []byte
	kind      string
	address   string
	absent    bool
	validator pipeline.Validator
}

// fetch fetches the client's pieces one after the other, up to the first error, and
// decodes them.
func (s *stage) fetch(ctx context.Context) outcome {
	var o outcome
	for _, p := range s.client.pieces() {
		f := fetched{key: p.Key}
		err := s.client.Live.Fetch(ctx, s.client.DataSet, p, s.ask(&f.parts))
		if errors.Is(err, pipeline.ErrNothing) {
			o.nothing++
			continue
		}
		if err == nil {
			f.rows, err = s.client.decode(ctx, f.parts)
		}
		if err != nil {
			o.err = err
			return o
		}
		o.pieces = append(o.pieces, f)
	}
	return o
}

// ask carries requests through the web, and collects the answers that have a role.
func (s *stage) ask(parts *[]pipeline.Part) pipeline.Ask {
	return func(ctx context.Context, r pipeline.Request) (pipeline.Answer, error) {
		service, address, err := s.service(r.Service)
		if err != nil {
			return pipeline.Answer{}, err
		}
		// One question may be asked twice, before and after another: then in another role.
		question := strings.Join([]string{r.Service, r.Method, r.Path, string(r.Body), r.Role}, "\n")
		a, left := s.answers[question]
		if left && s.known && a.validator == (pipeline.Validator{}) && !a.absent {
			s.anew++
		}
		if !left || s.known {
			call := pipeline.Call{Request: r, Source: s.client.Live.Publisher().ID, DataSet: s.client.DataSet, Address: address + r.Path,
				Limits: service.Limits, Secret: service.Secret, Known: a.validator}
			if a, err = s.carry(ctx, call, a); err != nil {
				return pipeline.Answer{}, err
			}
			s.answers[question] = a
		}
		sum := sha256.Sum256(a.contents)
		part := pipeline.Part{Role: r.Role, Name: r.Path, SHA256: hex.EncodeToString(sum[:]), Bytes: int64(len(a.contents)),
			Open: func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(a.contents)), nil }}
		if r.Role != "" && !a.absent {
			*parts = append(*parts, part)
		}
		return pipeline.Answer{Part: part, Absent: a.absent, Address: a.address, Type: a.kind}, nil
	}
}

// carry sends a call, and returns what came, or what was known where that has not
// changed.
func (s *stage) carry(ctx context.Context, c pipeline.Call, known answer) (answer, error) {
	var contents []byte
	reply, err := s.web.Do(ctx, c, func(body io.Reader) (err error) {
		contents, err = io.ReadAll(body)
		return err
	})
	if err != nil {
		return answer{}, err
	}
	if reply.NotModified {
		return known, nil
	}
	return answer{contents: contents, kind: reply.Type, address: reply.Address, absent: reply.Status == 404, validator: reply.Validator}, nil
}

// decode returns the rows that the parts hold, without their places.
func (c Client) decode(ctx context.Context, parts []pipeline.Part) ([]string, error) {
	for _, d := range c.Live.Publisher().DataSets {
		if d.ID == c.DataSet {
			slices.SortStableFunc(parts, func(a, b pipeline.Part) int { return slices.Index(d.Roles, a.Role) - slices.Index(d.Roles, b.Role) })
		}
	}
	x := pipeline.Extract{Source: c.Live.Publisher().ID, DataSet: c.DataSet, Parts: parts}
	var rows []string
	_, err := c.Live.Decode(ctx, x, pipeline.Checked(x, sourcetest.Tables(c.Live, c.DataSet), func(table pipeline.Table, _ string, values []any) error {
		rows = append(rows, table.Name+" "+fmt.Sprint(values))
		return nil
	}))
	slices.Sort(rows)
	return rows, err
}

// fitsMirror checks that the answers, put into a mirror folder, are known for what
// they are, and give the same rows.
func (f fetched) fitsMirror(t testing.TB, c Client) {
	t.Helper()
	folder := fstest.MapFS{}
	for i, p := range f.parts {
		body, err := p.Open()
		if err != nil {
			t.Fatal(err)
		}
		contents, err := io.ReadAll(body)
		if err != nil {
			t.Fatal(err)
		}
		folder[fmt.Sprintf("answer-%03d", i)] = &fstest.MapFile{Data: contents}
	}
	mirror, err := pipeline.ReadMirror(t.Context(), folder, []pipeline.Source{c.Live})
	if err != nil {
		t.Fatal(err)
	}
	var rows []string
	for _, x := range mirror.Extracts {
		if x.DataSet != c.DataSet {
			t.Errorf("%s: in a mirror folder it is taken for %s", f.key, x.DataSet)
			return
		}
		decoded, err := c.decode(t.Context(), x.Parts)
		if err != nil {
			t.Errorf("%s: from a mirror folder: %v", f.key, err)
		}
		rows = append(rows, decoded...)
	}
	slices.Sort(rows)
	if len(mirror.Unrecognised)+len(mirror.SetAside) > 0 || !slices.Equal(rows, f.rows) {
		t.Errorf("%s: of %d answers a mirror folder makes %d rows and not %d; not recognised: %v, set aside: %v", f.key, len(f.parts), len(rows), len(f.rows),
			mirror.Unrecognised, mirror.SetAside)
	}
}
