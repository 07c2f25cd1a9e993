package pipeline

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"time"
)

// FetchLog remembers, per data set, what was asked and what came, and which
// extracts make up its state: fetch/SOURCE/DATASET.jsonl, one line each, never
// rewritten. A run from the archive alone takes up where the last line left it,
// and a fetch that was interrupted goes on behind its last answer.
type FetchLog struct {
	Disk FS
}

// Fetched is one line of the log.
type Fetched struct {
	Time   time.Time `json:"time"`
	Run    string    `json:"run"`
	Origin Origin    `json:"origin"`
	Event  Event     `json:"event,omitempty"`

	// Extracts are the state as a whole, of an event Files.
	Extracts []string `json:"extracts,omitempty"`

	// The others are about a piece. Members and the period (yyyy-mm-dd, end
	// exclusive) are its own, of an event Whole.
	Piece   string      `json:"piece,omitempty"`
	Members []Member    `json:"members,omitempty"`
	From    string      `json:"from,omitempty"`
	To      string      `json:"to,omitempty"`
	Extract string      `json:"extract,omitempty"`
	Answer  *KeptAnswer `json:"answer,omitempty"`
	Fault   string      `json:"fault,omitempty"`
	Forget  bool        `json:"forget,omitempty"` // the answers so far are of no use
}

// Event is what a line of the log tells.
type Event string

// The events of the log.
const (
	Files    Event = ""         // files were handed in: they are the state
	Answered Event = "answer"   // a request of a piece was answered
	Whole    Event = "piece"    // a piece was fetched and could be read
	Nothing  Event = "nothing"  // the publisher has nothing for a piece
	Faulty   Event = "fault"    // a piece could not be fetched or read
	Complete Event = "complete" // every piece that is wanted was asked for
)

// KeptAnswer is an answer whose bytes the archive keeps.
type KeptAnswer struct {
	Request   string    `json:"request"`        // its hash
	Method    string    `json:"method"`         // GET or POST
	Asked     string    `json:"asked"`          // the address that was asked
	Body      string    `json:"body,omitempty"` // what was posted
	Address   string    `json:"address"`        // the final one, after redirects
	Status    int       `json:"status"`
	Type      string    `json:"type,omitempty"`
	SHA256    string    `json:"sha256,omitempty"`
	Bytes     int64     `json:"bytes,omitempty"`
	Validator Validator `json:"validator,omitzero"`
	Requests  int       `json:"requests"` // that were sent for it
	Time      time.Time `json:"-"`        // the line's
}

// FetchState is what the log adds up to.
type FetchState struct {
	Last     time.Time // of the last change of the state; zero: there was none
	Origin   Origin    // of the state
	Files    []string  // extracts of the files that were handed in last
	Pieces   map[string]PieceState
	Complete bool      // since those files, every piece that was wanted was asked for
	Asked    time.Time // the last answer of a publisher
	Requests int       // that were ever sent
}

// PieceState is what is known of a piece.
type PieceState struct {
	Members  []Member
	From, To string
	Extract  string // that serves; "": none yet
	Replaced string // the extract before it, if any
	Run      string // in which the extract came
	Changed  time.Time
	Asked    time.Time // when it was last fetched as a whole, or there was nothing
	Fault    string    // why the last try failed; "" when it did not
	// Open are the answers of a fetch under way, Kept those of the last whole one, by
	// request.
	Open, Kept map[string]KeptAnswer
}

// Serving is an extract of a data set's state.
type Serving struct {
	Extract string
	Members []Member // those that it is about; nil: whoever wants it
}

// Serving lists the extracts that make up the state. What publishers answered takes
// the place of files that were handed in as soon as all of it is there.
func (s FetchState) Serving() []Serving {
	var all []Serving
	if !s.Live() {
		for _, x := range s.Files {
			all = append(all, Serving{Extract: x})
		}
		return all
	}
	keys := make([]string, 0, len(s.Pieces))
	for key := range s.Pieces {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	at := map[string]int{}
	for _, key := range keys {
		p := s.Pieces[key]
		if p.Extract == "" {
			continue
		}
		i, there := at[p.Extract]
		if !there {
			at[p.Extract] = len(all)
			all = append(all, Serving{p.Extract, p.Members})
		} else if all[i].Members != nil && p.Members != nil {
			all[i].Members = append(slices.Clone(all[i].Members), p.Members...)
		} else {
			all[i].Members = nil
		}
	}
	return all
}

// Live reports whether the state is what publishers answered.
func (s FetchState) Live() bool { return s.Complete || len(s.Files) == 0 && len(s.Pieces) > 0 }

func (l FetchLog) name(source, dataSet string) string {
	return path.Join("fetch", source, dataSet+".jsonl")
}

// Stat describes the file of a data set's log, from which it is seen whether there is
// anything new in it.
func (l FetchLog) Stat(source, dataSet string) (fs.FileInfo, error) {
	return l.Disk.Stat(l.name(source, dataSet))
}

// State reads what the log adds up to. A line that a crash cut short does not
// count.
func (l FetchLog) State(source, dataSet string) (FetchState, error) {
	state := FetchState{Pieces: map[string]PieceState{}}
	text, err := ReadFile(l.Disk, l.name(source, dataSet))
	if errors.Is(err, fs.ErrNotExist) {
		return state, nil
	}
	if err != nil {
		return state, err
	}
	lines := bufio.NewScanner(bytes.NewReader(text))
	lines.Buffer(nil, 16<<20)
	for lines.Scan() {
		var f Fetched
		if json.Unmarshal(lines.Bytes(), &f) == nil {
			state.Add(f)
		}
	}
	return state, lines.Err()
}

// Add takes a line into the state.
func (s *FetchState) Add(f Fetched) {
	p := s.Pieces[f.Piece]
	switch f.Event {
	case Files:
		s.Files, s.Origin, s.Last, s.Complete = f.Extracts, f.Origin, f.Time, false
		return
	case Complete:
		s.Complete, s.Origin = true, f.Origin
		return
	case Answered:
		if f.Answer == nil {
			return
		}
		f.Answer.Time = f.Time
		if p.Open == nil {
			p.Open = map[string]KeptAnswer{}
		}
		p.Open[f.Answer.Request] = *f.Answer
		s.Asked, s.Requests = f.Time, s.Requests+f.Answer.Requests
	case Whole:
		if p.Extract != f.Extract {
			p.Replaced, p.Extract, p.Changed, p.Run = p.Extract, f.Extract, f.Time, f.Run
			s.Last = f.Time
			if len(s.Files) == 0 {
				s.Origin = f.Origin
			}
		}
		p.Members, p.From, p.To, p.Asked, p.Fault, p.Kept, p.Open = f.Members, f.From, f.To, f.Time, "", p.Open, nil
	case Nothing:
		p.Members, p.From, p.To, p.Asked, p.Fault, p.Kept, p.Open = f.Members, f.From, f.To, f.Time, "", p.Open, nil
	case Faulty:
		p.Fault = f.Fault
		if f.Forget {
			p.Open = nil
		}
	default:
		return
	}
	s.Pieces[f.Piece] = p
}

// Record appends the state of files that were handed in, unless it says the same as
// before.
func (l FetchLog) Record(source, dataSet string, f Fetched) error {
	last, err := l.State(source, dataSet)
	if err != nil {
		return err
	}
	if !last.Last.IsZero() && !last.Live() && last.Origin == f.Origin && slices.Equal(last.Files, f.Extracts) {
		return nil
	}
	w, err := l.Writer(source, dataSet)
	if err != nil {
		return err
	}
	return errors.Join(w.Write(f), w.Close())
}

// FetchWriter appends lines to the log of one data set.
type FetchWriter struct {
	name   string
	file   File
	broken bool // the last line was cut short
}

// Writer opens a data set's log for writing.
func (l FetchLog) Writer(source, dataSet string) (*FetchWriter, error) {
	w := &FetchWriter{name: l.name(source, dataSet)}
	if err := l.Disk.MkdirAll(path.Dir(w.name)); err != nil {
		return nil, err
	}
	// A line cut short by a crash must not swallow the next one.
	text, err := ReadFile(l.Disk, w.name)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	w.broken = len(text) > 0 && text[len(text)-1] != '\n'
	fresh := err != nil
	if w.file, err = l.Disk.Append(w.name); err != nil {
		return nil, err
	}
	if fresh {
		err = l.Disk.Commit(path.Dir(w.name))
	}
	return w, err
}

// Write appends a line and makes it last.
func (w *FetchWriter) Write(f Fetched) error {
	line, err := json.Marshal(f)
	if err != nil {
		return err
	}
	if w.broken {
		line = append([]byte{'\n'}, line...)
	}
	if _, err = w.file.Write(append(line, '\n')); err == nil {
		err = w.file.Sync()
	}
	if w.broken = err != nil; w.broken {
		return fmt.Errorf("%s: %w", w.name, err)
	}
	return nil
}

// Close ends the writing.
func (w *FetchWriter) Close() error { return w.file.Close() }
