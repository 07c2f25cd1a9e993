package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"time"

	"samkraft/pipeline"
	"samkraft/sinks/gate"
	"samkraft/sinks/watch"
	"samkraft/sources/catalogue"
	"samkraft/transforms"
)

// usualAddress is where a server listens when nobody says otherwise.
const usualAddress = "127.0.0.1:8080"

// farewell is how long answers under way may take when the server ends.
const farewell = 10 * time.Second

// listening is at which address a server answers, and to whom, as its flags say it.
type listening struct {
	address string
	named   bool   // and not the usual one
	access  string // the access file; "": none
}

// site is what a server answers with.
type site struct {
	*watch.Watch
	file string
	gate *gate.Gate   // nil: it does not listen
	http *http.Server // nil as well
	done chan error
}

// open begins to answer. When it can answer no more, failed is called.
func (k *keeper) open(l listening, failed func()) (*site, error) {
	warehouse, err := transforms.New(k.disk(k.sample), declared(), k.threads, k.memory)
	if err != nil {
		return nil, exit{pipeline.Failed, err}
	}
	s := &site{file: l.access, done: make(chan error, 1), Watch: watch.New(watch.Options{
		Disk: k.disk(k.sample), Clock: k.clock, Version: version, Sources: catalogue.Sources(), Used: warehouse.Reads,
		Plans: k.served, Next: k.next, Log: k.log,
		Free: func() (int64, error) { return pipeline.FreeSpace(string(k.disk(k.sample))) },
	})}
	if l.address == "" {
		return s, nil
	}
	listener, err := s.listen(k, l)
	if err != nil || listener == nil {
		return s, err
	}
	report := func(err error) { k.log.Error("pages", "problem", err) }
	pages, served := k.readable(k.disk(k.sample), report)
	k.refresh = pages.RefreshBeside
	k.prepare = func(ctx context.Context, plan, id string) {
		if err := pages.Prepare(ctx, plan, id); err != nil {
			report(err) // readers see what they had until the pages can be made
		}
	}
	s.gate.Plan = planOf
	mux := http.NewServeMux()
	mux.Handle("/healthz", s.Health())
	mux.Handle("/readyz", s.Ready())
	mux.Handle("/metrics", s.Metrics())
	mux.Handle("/", served)
	s.http = s.gate.Server(mux)
	k.log.Info("listening", "address", listener.Addr().String())
	pages.RefreshBeside(context.Background()) // readers will come
	go func() {
		err := s.http.Serve(s.gate.Listener(listener))
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

// listen takes the address, when the access allows it. One that was not named may be
// taken by another server: then this one goes on without, and there is no listener.
func (s *site) listen(k *keeper, l listening) (net.Listener, error) {
	access, err := s.access()
	if err != nil {
		return nil, exit{pipeline.Usage, err}
	}
	address, err := net.ResolveTCPAddr("tcp", l.address)
	if err != nil {
		return nil, exit{pipeline.Usage, fmt.Errorf("--listen %q: expected an address and a port, such as %s: %w", l.address, usualAddress, err)}
	}
	// Connections live in real time, whatever clock plans are made by.
	s.gate, err = gate.New(access, gate.Options{Address: address, Clock: time.Now, Log: k.log, Public: []string{"/healthz"}, Watched: []string{"/readyz", "/metrics"}})
	if err != nil {
		return nil, exit{pipeline.Usage, fmt.Errorf("--listen: %w", err)}
	}
	listener, err := net.ListenTCP("tcp", address)
	switch {
	case err == nil:
		return listener, nil
	case l.named:
		return nil, exit{pipeline.Failed, fmt.Errorf("--listen: %w", err)}
	}
	k.log.Warn("no pages are served: name an address with --listen", "error", err)
	return nil, nil
}

func (s *site) access() (gate.Access, error) {
	if s.file == "" {
		return gate.Everybody(), nil
	}
	return gate.Read(s.file)
}

// reload reads the access file anew. One that is wrong is refused, and the access stays
// as it was.
func (s *site) reload() error {
	if s.gate == nil {
		return nil
	}
	access, err := s.access()
	if err != nil {
		return err
	}
	return s.gate.Replace(access)
}

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
