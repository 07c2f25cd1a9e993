package standin

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"samkraft/pipeline"
	"samkraft/sources/dmi"
	"samkraft/sources/dst"
	"samkraft/sources/sourcetest"
)

// fetchFrom fetches a piece from a stand-in and decodes it: its rows, sorted.
func fetchFrom(t *testing.T, s *Server, live pipeline.Live, set string, p pipeline.Piece) (parts []pipeline.Part, rows []string, err error) {
	t.Helper()
	if err := live.Fetch(context.Background(), set, p, s.Ask(&parts)); err != nil {
		return nil, nil, err
	}
	x := pipeline.Extract{Source: live.Publisher().ID, DataSet: set, Parts: parts}
	_, err = live.Decode(context.Background(), x, pipeline.Checked(x, sourcetest.Tables(live, set), func(table pipeline.Table, _ string, v []any) error {
		rows = append(rows, fmt.Sprint(table.Name, v))
		return nil
	}))
	slices.Sort(rows)
	return parts, rows, err
}

func serve(t *testing.T, d Dialect) *Server {
	t.Helper()
	s, err := Listen(d, Options{Clock: func() time.Time { return start }, NoLimits: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// greveAndStevns wants two municipalities of different size, the year before start.
func greveAndStevns(t *testing.T) pipeline.Want {
	w := pipeline.Want{Years: []int{2025}, Now: start}
	for _, code := range []string{"253", "336"} {
		m, err := pipeline.FindMunicipality("DK", code)
		if err != nil {
			t.Fatal(err)
		}
		w.Members = append(w.Members, m)
	}
	return w
}

// danishClients are the two clients with what a piece of each data set comes to.
var danishClients = []struct {
	name     string
	live     pipeline.Live
	dialect  func() Dialect
	set      string
	rows     []int // of each piece
	requests int
}{
	{"area", dst.Source{}, func() Dialect { return NewStatBank() }, "ARE207", []int{99 * 20}, 2},
	{"population", dst.Source{}, func() Dialect { return NewStatBank() }, "FOLK1A", []int{99 * 72}, 2},
	{"buildings", dst.Source{}, func() Dialect { return NewStatBank() }, "BYGB40", []int{10884}, 2},
	{"dwellings", dst.Source{}, func() Dialect { return NewStatBank() }, "BOL102", []int{2897}, 2},
	{"weather", dmi.Source{}, func() Dialect { return NewDMI(1000, "253", "336") }, "municipalityValue", []int{758, 379, 13, 758, 379, 13}, 14},
	{"weather by page", dmi.Source{}, func() Dialect { return NewDMI(100, "253", "336") }, "municipalityValue", []int{758, 379, 13, 758, 379, 13}, 50},
}

func TestDanishClients(t *testing.T) {
	for _, c := range danishClients {
		t.Run(c.name, func(t *testing.T) {
			s := serve(t, c.dialect())
			var got []int
			for _, p := range c.live.Pieces(c.set, greveAndStevns(t)) {
				_, rows, err := fetchFrom(t, s, c.live, c.set, p)
				if err != nil {
					t.Fatalf("%s: %v", p.Key, err)
				}
				got = append(got, len(rows))
			}
			if n := s.Requests(); n != c.requests {
				t.Errorf("%d requests, expected %d", n, c.requests)
			}
			if !slices.Equal(got, c.rows) {
				t.Errorf("rows of the pieces: %v, expected %v", got, c.rows)
			}
			for _, p := range c.live.Pieces(c.set, greveAndStevns(t))[:1] {
				parts, rows, err := fetchFrom(t, s, c.live, c.set, p)
				if err != nil {
					t.Fatal(err)
				}
				if _, again, err := fetchFrom(t, s, c.live, c.set, p); err != nil || !slices.Equal(rows, again) {
					t.Errorf("%s gives other rows the second time: %v", p.Key, err)
				}
				known(t, c.live, c.set, parts)
			}
		})
	}
}

// known puts the parts into a folder: their source takes them for what they are.
func known(t *testing.T, live pipeline.Live, set string, parts []pipeline.Part) {
	t.Helper()
	folder := t.TempDir()
	for i, part := range parts {
		body, err := part.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(body)
		if err == nil {
			err = os.WriteFile(filepath.Join(folder, fmt.Sprint(i)), content, 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	mirror, err := pipeline.ReadMirror(context.Background(), os.DirFS(folder), []pipeline.Source{live})
	if err != nil || len(mirror.SetAside)+len(mirror.Unrecognised) > 0 || len(mirror.Extracts) == 0 || mirror.Extracts[0].DataSet != set {
		t.Errorf("in a folder: %v, %v, %v", err, mirror.SetAside, mirror.Unrecognised)
	}
}

// TestDanishClientsAreNotMisled twists the answers: the rows are right, or there is a
// clear error and none.
func TestDanishClientsAreNotMisled(t *testing.T) {
	for _, c := range danishClients {
		d := c.dialect()
		p := c.live.Pieces(c.set, greveAndStevns(t))[0]
		_, truth, err := fetchFrom(t, serve(t, d), c.live, c.set, p)
		if err != nil {
			t.Fatal(err)
		}
		for _, twist := range d.Twists() {
			for _, number := range []int{1, 2} {
				s := serve(t, c.dialect())
				s.At(number, Twisted(twist))
				_, rows, err := fetchFrom(t, s, c.live, c.set, p)
				var problem *pipeline.Problem
				switch {
				case errors.As(err, &problem):
					if problem.File == "" || problem.What == "" {
						t.Errorf("%s, %s in answer %d: says too little: %v", c.name, twist, number, err)
					}
				case errors.Is(err, pipeline.ErrNothing):
				case err != nil || !slices.Equal(rows, truth):
					t.Errorf("%s, %s in answer %d: %d rows, %v; expected %d or an error", c.name, twist, number, len(rows), err, len(truth))
				}
			}
		}
	}
}

// TestMovingPagesAreSeen: a value that is withdrawn between two pages moves the rest,
// and without care one is missed.
func TestMovingPagesAreSeen(t *testing.T) {
	s := serve(t, NewDMI(100, "253"))
	s.At(2, Twisted(MovingRows))
	_, _, err := fetchFrom(t, s, dmi.Source{}, "municipalityValue", dmi.Source{}.Pieces("municipalityValue", greveAndStevns(t))[0])
	if err == nil || !strings.Contains(err.Error(), "the list changed while it was read") {
		t.Errorf("%v", err)
	}
}

func TestNothingFromDMI(t *testing.T) {
	s := serve(t, NewDMI(100, "253"))
	pieces := dmi.Source{}.Pieces("municipalityValue", greveAndStevns(t))
	_, _, err := fetchFrom(t, s, dmi.Source{}, "municipalityValue", pieces[len(pieces)-1])
	if !errors.Is(err, pipeline.ErrNothing) {
		t.Errorf("a municipality that has nothing, told by 404: %v", err)
	}
}

func TestStatBankRefuses(t *testing.T) {
	b := NewStatBank()
	s := serve(t, b)
	ask := func(body string) string {
		var parts []pipeline.Part
		_, err := s.Ask(&parts)(context.Background(), pipeline.Request{Method: "POST", Path: "/data", Body: []byte(body), Role: "data"})
		return fmt.Sprint(err)
	}
	many := strings.Repeat(`"120",`, 2000) + `"110"`
	for body, want := range map[string]string{
		`{"table":"BYGB40","format":"CSV","lang":"da","variables":[{"code":"OMRÅDE","values":["*"]},{"code":"MÆNGDE4","values":["*"]},{"code":"ANVEND","values":[` + many + `]},{"code":"OPVARM","values":["*"]},{"code":"Tid","values":["2026"]}]}`: "EXTRACT-TOOBIG",
		`{"table":"BYGB40","format":"BULK","lang":"da","variables":[{"code":"OMRÅDE","values":["*"]},{"code":"MÆNGDE4","values":["*"]},{"code":"Tid","values":["2026"]}]}`:                                                                           "EXTRACT-NOTALLOWED",
		`{"table":"BYGB40","format":"CSV","lang":"da","variables":[{"code":"OMRÅDE","values":["253"]},{"code":"Tid","values":["2026"]}]}`:                                                                                                            "MÆNGDE4 must be in",
		`{"table":"BYGB40","format":"CSV","lang":"da","variables":[{"code":"OMRÅDE","values":["999"]}]}`:                                                                                                                                             "999 of OMRÅDE is not there",
		`{"table":"SKOV9","format":"CSV"}`: "TABLE-NOTFOUND",
	} {
		if got := ask(body); !strings.Contains(got, want) {
			t.Errorf("%.80s: %s; expected %s", body, got, want)
		}
	}
	b.CloseTable("BYGB40")
	if _, _, err := fetchFrom(t, s, dst.Source{}, "BYGB40", pipeline.Piece{Key: "2025"}); err == nil || !strings.Contains(err.Error(), "BYGB40 is closed") {
		t.Errorf("a closed table: %v", err)
	}
}

// TestRevisionsComeThrough: what a publisher changes is changed in the rows.
func TestRevisionsComeThrough(t *testing.T) {
	bank, weather := NewStatBank(), NewDMI(1000, "253")
	for _, c := range []struct {
		live   pipeline.Live
		d      Dialect
		revise func()
		set    string
	}{{dst.Source{}, bank, bank.Revise, "FOLK1A"}, {dmi.Source{}, weather, weather.Revise, "municipalityValue"}} {
		s := serve(t, c.d)
		p := c.live.Pieces(c.set, greveAndStevns(t))[0]
		_, before, err := fetchFrom(t, s, c.live, c.set, p)
		if err != nil {
			t.Fatal(err)
		}
		c.revise()
		_, after, err := fetchFrom(t, s, c.live, c.set, p)
		if err != nil || len(before) != len(after) || slices.Equal(before, after) {
			t.Errorf("%s: %d rows, then %d, %v", c.set, len(before), len(after), err)
		}
	}
}
