package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"time"

	"golang.org/x/net/netutil"

	"samkraft/pipeline"
	"samkraft/sinks/watch"
	"samkraft/sources/catalogue"
	"samkraft/transforms"
)

// usualAddress is where a server listens when nobody says otherwise.
const usualAddress = "127.0.0.1:8080"

// What one reader may take of the server. A body is small, an answer may be large: so
// there is no limit to how long it takes as a whole, but one to how long nothing of it
// gets through.
const (
	mostConnections = 512
	stalled         = time.Minute
	farewell        = 10 * time.Second // for answers under way when the server ends
)

// site is the address at which a server answers. A nil site answers nothing.
type site struct {
	*watch.Watch
	http *http.Server
	done chan error
}

// open begins to answer at an address. One that was not asked for by name may be taken by
// another server: then this one goes on without. When it can answer no more, failed is
// called.
func (k *keeper) open(address string, named bool, failed func()) (*site, error) {
	warehouse, err := transforms.New(k.disk(k.sample), declared(), k.threads, k.memory)
	if err != nil {
		return nil, exit{pipeline.Failed, err}
	}
	s := &site{done: make(chan error, 1), Watch: watch.New(watch.Options{
		Disk: k.disk(k.sample), Clock: k.clock, Version: version, Sources: catalogue.Sources(), Used: warehouse.Reads,
		Plans: k.served, Next: k.next, Log: k.log,
	})}
	if address == "" {
		return s, nil
	}
	listener, err := net.Listen("tcp", address)
	if err != nil && !named {
		k.log.Warn("no pages are served: name an address with --listen", "error", err)
		return s, nil
	}
	if err != nil {
		return nil, exit{pipeline.Failed, fmt.Errorf("--listen: %w", err)}
	}
	mux := http.NewServeMux()
	mux.Handle("GET /healthz", s.Health())
	mux.Handle("GET /readyz", s.Ready())
	mux.Handle("GET /metrics", s.Metrics())
	mux.Handle("/", k.pages())
	s.http = &http.Server{Handler: mux, ReadHeaderTimeout: 10 * time.Second, IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 16 << 10}
	k.log.Info("listening", "address", listener.Addr().String())
	go func() {
		err := s.http.Serve(netutil.LimitListener(moving{listener}, mostConnections))
		if errors.Is(err, http.ErrServerClosed) {
			err = nil
		} else {
			k.log.Error("the server answers no more", "error", err)
			failed()
		}
		s.done <- err
	}()
	return s, nil
}

// pages is what is served beside what watches the server. Pages of plans have their place
// here.
func (k *keeper) pages() http.Handler { return http.NotFoundHandler() }

// close lets answers under way come to their end. Its error is why the server could answer
// no more before.
func (s *site) close() error {
	if s.http == nil {
		return nil
	}
	ctx, cancel := context.WithTimeout(context.Background(), farewell)
	defer cancel()
	if s.http.Shutdown(ctx) != nil {
		s.http.Close()
	}
	if err := <-s.done; err != nil {
		return exit{pipeline.Failed, err}
	}
	return nil
}

// moving is a listener on whose connections something has to move: a reader who takes
// nothing of an answer is let go.
type moving struct{ net.Listener }

func (m moving) Accept() (net.Conn, error) {
	c, err := m.Listener.Accept()
	if err != nil {
		return nil, err
	}
	return movingConn{c}, nil
}

type movingConn struct{ net.Conn }

func (c movingConn) Write(p []byte) (int, error) {
	if err := c.SetWriteDeadline(time.Now().Add(stalled)); err != nil {
		return 0, err
	}
	return c.Conn.Write(p)
}
