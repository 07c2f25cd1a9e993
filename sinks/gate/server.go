package gate

import (
	"crypto/tls"
	"log/slog"
	"net"
	"net/http"
	"time"

	"golang.org/x/net/netutil"
)

// What one reader may take of the server. An answer may be large, and take long as a
// whole; but some of it has to get through.
const (
	mostConnections = 512
	longestHeader   = 16 << 10
	slowHeader      = 10 * time.Second
	idle            = 30 * time.Second
	stalled         = time.Minute
)

// Server is a server of what the gate stands before.
func (g *Gate) Server(next http.Handler) *http.Server {
	return &http.Server{
		Handler: g.Wrap(next), ReadHeaderTimeout: slowHeader, IdleTimeout: idle, MaxHeaderBytes: longestHeader,
		ErrorLog: slog.NewLogLogger(g.Log.Handler(), slog.LevelWarn),
	}
}

// Listener bounds how many connections are open, and lets those go on which nothing moves.
// With a certificate it encrypts. It speaks the first version of HTTP alone: what a
// connection may do is bounded by what is above.
func (g *Gate) Listener(l net.Listener) net.Listener {
	l = netutil.LimitListener(moving{l, g.Clock}, mostConnections)
	if g.rules.Load().TLS == nil {
		return l
	}
	return tls.NewListener(l, &tls.Config{MinVersion: tls.VersionTLS12, NextProtos: []string{"http/1.1"}, GetCertificate: func(*tls.ClientHelloInfo) (*tls.Certificate, error) {
		return g.rules.Load().certificate, nil
	}})
}

// moving is a listener with connections on which something has to move.
type moving struct {
	net.Listener
	clock func() time.Time
}

// Accept implements net.Listener.
func (m moving) Accept() (net.Conn, error) {
	c, err := m.Listener.Accept()
	if err != nil {
		return nil, err
	}
	return movingConn{c, m.clock}, nil
}

type movingConn struct {
	net.Conn
	clock func() time.Time
}

// Write implements net.Conn.
func (c movingConn) Write(p []byte) (int, error) {
	if err := c.SetWriteDeadline(c.clock().Add(stalled)); err != nil {
		return 0, err
	}
	return c.Conn.Write(p)
}
