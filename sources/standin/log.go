package standin

import (
	"net/http"
	"time"
)

// Entry is a request in the log.
type Entry struct {
	Number  int       // from 1, in the order of arrival
	Time    time.Time // of arrival
	Method  string
	Host    string // that the client asked, with its port
	Path    string // with its query, as sent
	Content []byte // of a POST
	Header  http.Header
	Secure  bool   // came over TLS
	DataSet string // that limits count it for

	Status    int       // of the answer; 0 while there is none
	Fault     string    // that befell the answer: its name; "limit" for a refusal for cause
	NotBefore time.Time // the answer told the client not to ask this again before
	Bytes     int64     // of contents that were sent, before compression; counted when the answer ends
}

// question tells whether two requests ask the same.
func (e Entry) question() string { return e.Method + " " + e.Host + e.Path + "\n" + string(e.Content) }

// enter begins an entry.
func (s *Server) enter(r *Request) *Entry {
	s.mu.Lock()
	defer s.mu.Unlock()
	e := &Entry{Number: len(s.log) + 1, Time: r.Now, Method: r.Method, Host: r.Host, Path: r.RequestURI, Content: r.Content,
		Header: r.Header.Clone(), Secure: r.TLS != nil, DataSet: s.dialect.DataSet(r)}
	s.log = append(s.log, e)
	return e
}

// note changes an entry.
func (s *Server) note(change func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	change()
}

// Log returns all requests since the start, in the order of arrival.
func (s *Server) Log() []Entry {
	s.mu.Lock()
	defer s.mu.Unlock()
	entries := make([]Entry, len(s.log))
	for i, e := range s.log {
		entries[i] = *e
	}
	return entries
}

// Requests counts the requests since the start.
func (s *Server) Requests() int { return len(s.Log()) }

// Bodies counts the answers with status 200: those that a client with good
// validators needs only for what has changed.
func (s *Server) Bodies() int {
	n := 0
	for _, e := range s.Log() {
		if e.Status == http.StatusOK {
			n++
		}
	}
	return n
}

// Early returns the requests that were sent again before the time that a refusal
// had named.
func (s *Server) Early() []Entry {
	var early []Entry
	told := map[string]time.Time{}
	for _, e := range s.Log() {
		if e.Time.Before(told[e.question()]) {
			early = append(early, e)
		}
		if !e.NotBefore.IsZero() {
			told[e.question()] = e.NotBefore
		}
	}
	return early
}

// Twice returns the requests that had been answered with status 200, whole, before
// they were sent: an interrupted fetch that is taken up again has none.
func (s *Server) Twice() []Entry {
	var twice []Entry
	answered := map[string]bool{}
	for _, e := range s.Log() {
		if answered[e.question()] {
			twice = append(twice, e)
		}
		if e.Status == http.StatusOK && e.Fault == "" {
			answered[e.question()] = true
		}
	}
	return twice
}
