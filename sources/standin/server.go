package standin

import (
	"crypto/tls"
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"sync"
	"time"

	"samkraft/pipeline"
)

// Options are how a server behaves apart from its faults.
type Options struct {
	Clock       func() time.Time // the time of the log, of limits and of the header Date; required
	Address     string           // to listen at; "" is any free port of 127.0.0.1
	Certificate Certificate      // what it shows; "" is no TLS
	Skew        time.Duration    // by which its clock, as it tells it, is ahead
	Hint        Hint             // how a refusal for a limit tells the time to wait
	NoLimits    bool             // limits are watched and not enforced
	NoETag      bool             // answers have no ETag
	NoModified  bool             // answers have no Last-Modified
	NoGzip      bool             // answers are never compressed
	Arrived     func(Entry)      // is called with every request before it is answered; may be nil
}

// Server is a stand-in of one service. Its methods may be called concurrently.
type Server struct {
	dialect Dialect
	limits  []pipeline.Limit
	options Options

	address   string
	plain     string // the address without TLS, for redirects that lead there
	authority []byte
	server    *http.Server
	closing   chan struct{}
	once      sync.Once

	mu    sync.Mutex
	log   []*Entry
	rules []*rule
	gates []gate // one for each limit
}

// Listen starts a server for a dialect. It answers until it is closed.
func Listen(d Dialect, o Options) (*Server, error) {
	if o.Clock == nil {
		return nil, errors.New("a stand-in needs a clock")
	}
	if o.Address == "" {
		o.Address = "127.0.0.1:0"
	}
	s := &Server{dialect: d, limits: d.Service().Limits, options: o, closing: make(chan struct{})}
	for _, l := range s.limits {
		s.gates = append(s.gates, gate{limit: l, times: map[string][]time.Time{}})
	}
	s.server = &http.Server{Handler: s, ErrorLog: log.New(io.Discard, "", 0)}
	listener, err := net.Listen("tcp", o.Address)
	if err != nil {
		return nil, err
	}
	s.address = "http://" + listener.Addr().String()
	s.plain = s.address
	if o.Certificate == "" {
		go s.server.Serve(listener) // ends with Close
		return s, nil
	}
	if err := s.secure(listener); err != nil {
		return nil, errors.Join(err, listener.Close())
	}
	return s, nil
}

// secure serves TLS on the listener, and without it on one more: a client that
// follows a redirect out of TLS is to be seen in the log.
func (s *Server) secure(listener net.Listener) error {
	shown, authority, err := s.options.Certificate.make()
	if err != nil {
		return err
	}
	plain, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	s.authority = authority
	s.address = "https://" + listener.Addr().String()
	s.plain = "http://" + plain.Addr().String()
	s.server.TLSConfig = &tls.Config{Certificates: []tls.Certificate{shown}, MinVersion: tls.VersionTLS12}
	go s.server.ServeTLS(listener, "", "")
	go s.server.Serve(plain)
	return nil
}

// Address takes the place of the service's address: "http://127.0.0.1:34567".
func (s *Server) Address() string { return s.address }

// Authority is the certificate, as PEM, of the authority that a client must trust
// to accept the server's; nil without TLS.
func (s *Server) Authority() []byte { return s.authority }

// Close cuts all connections.
func (s *Server) Close() error {
	s.once.Do(func() { close(s.closing) })
	return s.server.Close()
}
