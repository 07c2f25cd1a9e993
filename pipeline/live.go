package pipeline

import (
	"context"
	"io"
	"time"
)

// Live is a source that can be asked over the network. It knows the publisher's
// dialect and no more: how requests travel, wait their turn, are kept and taken
// up again is the work of others. Like every source it is stateless and safe for
// concurrent use.
type Live interface {
	Source

	// Services lists the addresses at which the source is asked. The answer never
	// changes.
	Services() []Service

	// Pieces lists what there is to ask for so that a data set serves a want, in any
	// order. It is a pure function. Data sets that cannot be asked for have none.
	Pieces(dataSet string, w Want) []Piece

	// Fetch asks for all that a piece consists of. Answers to requests with a role
	// become the parts of the piece's extract, in the order in which they were asked
	// for; the others only lead on, such as a page on which an address is found.
	// Given the same answers it asks the same requests in the same order: so a fetch
	// that was interrupted is taken up again. An answer that cannot be what was asked
	// for is a *Problem; ErrNothing says that the publisher has nothing for the piece.
	Fetch(ctx context.Context, dataSet string, p Piece, ask Ask) error
}

// Service is an address of a publisher with its manners. A plan may put another
// address in its place: a stand-in, or a mirror of the service.
type Service struct {
	ID      string  // among the services of the source: "v2"
	Address string  // begins every request: "https://statistikdatabasen.scb.se/api/v2"
	Limits  []Limit // all hold
	Secret  *Secret // nil: the service wants none
}

// Limit says how many requests a service takes in any window of time.
type Limit struct {
	Requests int
	Window   time.Duration
	Scope    Scope
}

// Scope is what a limit counts.
type Scope string

const (
	// PerHost counts all requests to the service's host.
	PerHost Scope = "host"
	// PerDataSet counts the requests for one data set.
	PerDataSet Scope = "dataset"
)

// Secret says where a service wants its key. The key itself comes from the
// environment or a file, and is nowhere in a receipt, a log or an error.
type Secret struct {
	Header   string // the name of the header
	Required bool
}

// Want is what plans need of a data set.
type Want struct {
	Members  []Municipality // of all plans that want the data set; by country and code, each once
	Years    []int          // the base years of those plans, ascending
	From, To time.Time      // the period that is asked for, begin inclusive, end exclusive; midnights UTC
	Now      time.Time
	// Path is where a plan says that the data set's newest file lies, with or without
	// the service's address before it; "" where the source is to find it. It is for
	// publishers whose downloads move.
	Path string
}

// Piece is what is fetched, kept and replaced as one: it becomes one extract.
type Piece struct {
	// Key names the piece within its data set, for good: "253/2024-05". Letters,
	// digits and any of . _ / -
	Key string
	// Members are the municipalities that the piece is about; nil where it serves
	// whoever wants the data set.
	Members []Municipality
	// From and To are the period that it covers, end exclusive; zero where it has none.
	From, To time.Time
	// Again is the age from which the piece is asked for again, because publishers
	// revise; 0 where it does not change any more.
	Again time.Duration
	// Path is the want's, for a source that would else look for the file.
	Path string
}

// Request is one question to a service.
type Request struct {
	Service string   // an id of Services
	Role    string   // the part that the answer becomes; "" where it only leads on
	Method  string   // GET or POST; "" means GET
	Path    string   // behind the service's address, with its query, escaped: "/dataset/X?start=2024-05"
	Header  []Header // more than the client sends by itself; nothing secret
	Body    []byte   // of a POST
	Accept  []string // media types that the answer may have: "application/json"; others are refused
	Max     int64    // most bytes of the answer, decompressed; 0 means 64 MiB
	Absent  bool     // 404 is an answer: there is nothing
}

// Header is a header of a request.
type Header struct{ Name, Value string }

// Answer is what came back, and is kept.
type Answer struct {
	Part
	Absent  bool   // 404, where the request allows it; then there are no bytes
	Address string // the final one, after redirects
	Type    string // the media type, without parameters
}

// Ask gets the answer to a request: from what an interrupted fetch has left, from
// the publisher, or, where that says that nothing has changed, from what it gave
// before. An error that is not a *Problem is about this side: the disk is full, the
// budget is spent, the run is interrupted.
type Ask func(ctx context.Context, r Request) (Answer, error)

// Web carries requests to publishers, politely and with patience. Do may be called
// concurrently.
type Web interface {
	// Do waits for the request's turn, sends it, and hands the body of a good answer
	// to save, decompressed. What may pass (a refusal for now, a cut connection, a
	// server that fails) it tries again; save is then called anew and starts from
	// nothing. With a validator that the publisher still accepts, NotModified is set
	// and save is not called. An error of the exchange is a *Problem that names the
	// address; an error of save is returned as it is.
	Do(ctx context.Context, c Call, save func(body io.Reader) error) (Reply, error)
}

// Call is a request on its way: with the address that the configuration gives the
// service, and what is known from an earlier answer.
type Call struct {
	Request
	Source  string
	DataSet string
	Address string // whole
	Limits  []Limit
	Secret  *Secret
	Known   Validator
}

// Validator is what a publisher gave to ask with whether anything has changed.
type Validator struct {
	ETag         string `json:"etag,omitempty"`
	LastModified string `json:"last_modified,omitempty"`
}

// Reply is what is told about an answer.
type Reply struct {
	Status      int
	NotModified bool
	Address     string // the final one
	Type        string // the media type, without parameters
	Validator   Validator
	Requests    int // that were sent for it, redirects and retries included
	Retries     int
	Waited      time.Duration // for its turns, and after faults
}
