package gate_test

import (
	"bufio"
	"errors"
	"io"
	"net"
	"net/http"
	"os"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// served serves a house over connections that are no wires, and returns a new one to it.
func served(t *testing.T, h *house, next http.Handler) (dial func() net.Conn) {
	t.Helper()
	l := &listener{conns: make(chan net.Conn), closed: make(chan struct{})}
	server := h.Server(next)
	go server.Serve(h.Listener(l))
	t.Cleanup(func() { server.Close() })
	return func() net.Conn {
		ours, theirs := net.Pipe()
		select {
		case l.conns <- wire{theirs}:
		case <-l.closed:
		}
		return ours
	}
}

// listener accepts pipes.
type listener struct {
	conns  chan net.Conn
	closed chan struct{}
}

func (l *listener) Accept() (net.Conn, error) {
	select {
	case c := <-l.conns:
		return c, nil
	case <-l.closed:
		return nil, net.ErrClosed
	}
}

func (l *listener) Close() error { close(l.closed); return nil }

func (l *listener) Addr() net.Addr { return &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 8080} }

// wire is a pipe with an address.
type wire struct{ net.Conn }

func (wire) RemoteAddr() net.Addr { return &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 5555} }

// TestSmuggling sends what a proxy and the server could cut into requests in different
// ways. None of it is answered as a page, and nothing behind it is taken for a request.
func TestSmuggling(t *testing.T) {
	const hidden = "GET /hidden HTTP/1.1\r\nHost: localhost\r\n\r\n"
	for name, text := range map[string]string{
		"two hosts":                        "GET /a HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n",
		"no host":                          "GET /a HTTP/1.1\r\n\r\n",
		"host in the target":               "GET http://evil.example/a HTTP/1.1\r\nHost: localhost\r\n\r\n",
		"two lengths":                      "POST /south/query HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\nContent-Length: 43\r\n\r\n" + hidden,
		"a length and chunks":              "POST /south/query HTTP/1.1\r\nHost: localhost\r\nContent-Length: 48\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + hidden,
		"chunks":                           "POST /south/query HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + hidden,
		"chunks with get":                  "GET /a HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + hidden,
		"an encoding that nobody knows":    "POST /south/query HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: xchunked\r\nContent-Length: 4\r\n\r\nabcd" + hidden,
		"two encodings":                    "POST /south/query HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n" + hidden,
		"an encoding with a tab before":    "POST /south/query HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding:\tchunked\r\nContent-Length: 48\r\n\r\n0\r\n\r\n" + hidden,
		"a space before the colon":         "POST /south/query HTTP/1.1\r\nHost: localhost\r\nContent-Length : 43\r\n\r\n" + hidden,
		"a folded line":                    "POST /south/query HTTP/1.1\r\nHost: localhost\r\nX: a\r\n Content-Length: 43\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + hidden,
		"a length with a sign":             "POST /south/query HTTP/1.1\r\nHost: localhost\r\nContent-Length: +43\r\n\r\n" + hidden,
		"a length below zero":              "POST /south/query HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n" + hidden,
		"a length in words":                "POST /south/query HTTP/1.1\r\nHost: localhost\r\nContent-Length: many\r\n\r\n" + hidden,
		"a length beyond all":              "POST /south/query HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999999999999999\r\n\r\n" + hidden,
		"a body that is too large":         "POST /south/query HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000\r\n\r\n" + hidden,
		"an old protocol":                  "GET /a HTTP/0.9\r\n\r\n" + hidden,
		"no protocol":                      "GET /a\r\n\r\n" + hidden,
		"a header of the next protocol":    "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
		"a zero in a header":               "GET /a HTTP/1.1\r\nHost: localhost\r\nX: a\x00b\r\n\r\n" + hidden,
		"a line feed in the target":        "GET /a\nX: y HTTP/1.1\r\nHost: localhost\r\n\r\n",
		"a header that is too large":       "GET /a HTTP/1.1\r\nHost: localhost\r\nX: " + strings.Repeat("x", 40_000) + "\r\n\r\n",
		"too many headers":                 "GET /a HTTP/1.1\r\nHost: localhost\r\n" + strings.Repeat("X: y\r\n", 10_000) + "\r\n",
		"a tunnel":                         "CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example:443\r\n\r\n" + hidden,
		"another protocol":                 "GET /a HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA\r\n\r\n" + hidden,
		"a host that hides behind another": "GET /a HTTP/1.1\r\nHost: localhost@evil.example\r\n\r\n",
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				h := newHouse(t, "127.0.0.1:8080", "")
				h.now = time.Now()
				conn := served(t, h, &h.behind)()
				go func() { // the server may answer before it has read all
					io.WriteString(conn, text)
				}()
				answers, refused := bufio.NewReader(conn), 0
				conn.SetReadDeadline(time.Now().Add(time.Minute))
				for {
					a, err := http.ReadResponse(answers, nil)
					if err != nil {
						break // the connection has ended, or waits for a request that does not come
					}
					io.Copy(io.Discard, a.Body)
					if a.StatusCode < 400 {
						t.Errorf("answered with %s", a.Status)
					}
					refused++
				}
				conn.Close()
				if len(h.behind.asked) > 0 || refused != 1 {
					t.Errorf("%d refused; behind the gate is asked for %v", refused, h.behind.asked)
				}
			})
		})
	}
}

// Requests one after another on a connection are fine, also with a body between.
func TestKeepsConnection(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHouse(t, "127.0.0.1:8080", "")
		h.now = time.Now()
		conn := served(t, h, &h.behind)()
		defer conn.Close()
		go io.WriteString(conn, "POST /south/query HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\n\r\nabcGET /south/ HTTP/1.1\r\nHost: localhost\r\n\r\n")
		answers := bufio.NewReader(conn)
		for _, want := range []string{"asks for /south/query, body 3,", "asks for /south/, body 0,"} {
			a, err := http.ReadResponse(answers, nil)
			if err != nil {
				t.Fatal(err)
			}
			if text, err := io.ReadAll(a.Body); err != nil || !strings.Contains(string(text), want) {
				t.Errorf("%v %s", err, text)
			}
		}
	})
}

// Who is slow is let go: with the header, with a body, between requests, and with taking
// the answer.
func TestSlow(t *testing.T) {
	for _, c := range []struct {
		name, sends string
		takes       int // bytes of the answer
		within      time.Duration
	}{
		{"says nothing", "", 0, 11 * time.Second},
		{"says half a header", "GET /south/ HTTP/1.1\r\nHost: local", 0, 11 * time.Second},
		{"says half a body", "POST /south/query HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\nabc", 1 << 20, 21 * time.Second},
		{"stays after an answer", "GET /south/ HTTP/1.1\r\nHost: localhost\r\n\r\n", 1 << 20, 31 * time.Second},
		{"takes nothing of an answer", "GET /large/ HTTP/1.1\r\nHost: localhost\r\n\r\n", 100, 61 * time.Second},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				h := newHouse(t, "127.0.0.1:8080", "")
				ended := make(chan error, 1)
				mux := http.NewServeMux()
				mux.Handle("/", &h.behind)
				mux.HandleFunc("/large/", func(w http.ResponseWriter, _ *http.Request) {
					for range 1000 {
						if _, err := w.Write(make([]byte, 64<<10)); err != nil {
							ended <- err
							return
						}
					}
					ended <- errors.New("all of it got through")
				})
				h.now = time.Now()
				conn := served(t, h, mux)()
				defer conn.Close()
				began := time.Now()
				if c.sends != "" {
					if _, err := io.WriteString(conn, c.sends); err != nil {
						t.Fatal(err)
					}
				}
				var err error
				if c.takes == 100 {
					_, err = io.ReadFull(conn, make([]byte, c.takes))
					if late := <-ended; err != nil || !errors.Is(late, os.ErrDeadlineExceeded) {
						t.Errorf("%v, %v", err, late)
					}
				} else {
					_, err = io.Copy(io.Discard, conn) // until the server ends it
				}
				if took := time.Since(began); err != nil || took > c.within {
					t.Errorf("was let go after %v: %v", took, err)
				}
			})
		})
	}
}
