package standin

import (
	"encoding/json"
	"io"
	"net/http"
	"time"

	"samkraft/pipeline"
)

// Dialect is how a service answers. Its methods may be called concurrently.
type Dialect interface {
	// Source is the id of the publisher.
	Source() string

	// Service is the service as its publisher describes it: its id among those of
	// the source, its real address, and its limits. The answer never changes.
	Service() pipeline.Service

	// Twists lists the faults of contents that the dialect can do.
	Twists() []Twist

	// DataSet is what limits per data set count a request for; "" for none.
	DataSet(r *Request) string

	// Answer answers a request, whatever it is: with 404 what there is not.
	Answer(r *Request) Answer
}

// Refuser is a dialect that words its refusals itself.
type Refuser interface {
	// Refusal is the answer to a request that came too early by so much, and whether
	// it tells so. The engine sets its status and nothing else.
	Refusal(wait time.Duration) (a Answer, tells bool)
}

// Request is a request as a dialect sees it. Its path begins behind the address
// of the service.
type Request struct {
	*http.Request
	Content []byte    // the body, which has been read
	Now     time.Time // by the clock of the server
	Twist   Twist     // what is to be wrong with the answer's contents; "" is nothing
}

// Answer is what a dialect answers.
type Answer struct {
	Status   int    // 0 means 200
	Type     string // of the contents, with a charset where the service names one
	Header   http.Header
	ETag     string    // with its quotes; "" for none
	Modified time.Time // zero for none
	// Body writes the contents; nil for none. An error of w ends it, and is
	// returned.
	Body func(w io.Writer) error
}

// Bytes is an answer with contents that stand in memory.
func Bytes(status int, contentType string, contents []byte) Answer {
	return Answer{Status: status, Type: contentType, Body: func(w io.Writer) error {
		_, err := w.Write(contents)
		return err
	}}
}

// Text is Bytes of a text.
func Text(status int, contentType, text string) Answer {
	return Bytes(status, contentType, []byte(text))
}

// JSON is an answer with a value as JSON. It is for values that can be written
// as such, as all do that a dialect makes up.
func JSON(status int, value any) Answer {
	return Answer{Status: status, Type: "application/json; charset=utf-8", Body: func(w io.Writer) error {
		e := json.NewEncoder(w)
		e.SetEscapeHTML(false)
		return e.Encode(value)
	}}
}

// Twist is a fault of an answer's contents: only the dialect knows what it means
// for them. The answer is otherwise whole and well-formed.
type Twist string

const (
	ChangedHeader Twist = "changed header" // the head of a table is another: its columns' order, its row, its title
	ExtraColumn   Twist = "extra column"   // a column that was not there before
	RenamedColumn Twist = "renamed column" // a column with values goes by another name
	DuplicateRows Twist = "duplicate rows" // rows of the page before, or of this one, are there again
	MovingRows    Twist = "moving rows"    // the publisher changed its figures between two pages
	NoRows        Twist = "no rows"        // the form is right and there is nothing in it
)
