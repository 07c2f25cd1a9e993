package web

import (
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"time"
)

// fault is what went wrong in one attempt.
type fault struct {
	what     string
	expected string
	remedy   string
	passing  bool          // another attempt may succeed
	busy     bool          // the publisher wants to be left alone by everybody for a while
	asked    time.Duration // how long, where it says so
}

func (f *fault) Error() string { return f.what }

// Why an exchange is broken off by this side.
var (
	errStalled = errors.New("the answer came to a standstill")
	errTooLong = errors.New("the answer took too long")
)

// broken tells an error of the network. Only a certificate that is wrong and a proxy
// that refuses stay as they are when tried again.
func broken(err error) *fault {
	var certificate *tls.CertificateVerificationError
	var dns *net.DNSError
	var proxy *proxyRefusal
	switch {
	case errors.As(err, &certificate):
		return &fault{
			what:     "the certificate of the server is not accepted: " + certificate.Err.Error(),
			expected: "a certificate for this address, in force, from an authority that is known here",
			remedy: "check this machine's clock and the address; where the network looks into traffic, " +
				"configure the certificate of its authority",
		}
	case errors.As(err, &proxy):
		return &fault{
			what:   fmt.Sprintf("the proxy refuses: %v", proxy),
			remedy: "check HTTPS_PROXY and NO_PROXY in the environment, and what the proxy lets through",
		}
	case errors.As(err, &dns):
		return &fault{
			what:    "the host is not found: " + err.Error(),
			remedy:  "check the connection of this machine, HTTPS_PROXY in the environment, and the address",
			passing: true,
		}
	case errors.Is(err, errStalled), errors.Is(err, errTooLong):
		return &fault{what: err.Error(), passing: true}
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
		return &fault{what: "the connection was cut before the answer was whole", passing: true}
	}
	return &fault{what: "the connection failed: " + err.Error(), passing: true}
}
