package main

import (
	"context"

	"golang.org/x/sync/errgroup"

	"samkraft/pipeline"
	"samkraft/sinks/parquet"
	"samkraft/sinks/portal"
	"samkraft/sinks/report"
	"samkraft/sinks/workbook"
)

// views are what people read of a snapshot without a program of their own. None reads
// what another writes.
func views() []pipeline.Sink {
	return []pipeline.Sink{portal.Files{Papers: true}, report.Files{}, workbook.Files{}}
}

// sinks are what a plan's tables go to: what all readers need first.
func (s *settings) sinks() []pipeline.Sink {
	return []pipeline.Sink{parquet.ReadBack{}, parquet.DataPackage{}, together{s.views, s.threads}}
}

// together is a sink of sinks that write side by side.
type together struct {
	sinks   []pipeline.Sink
	threads int
}

func (t together) Write(ctx context.Context, draft pipeline.Draft) error {
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(t.threads)
	for _, sink := range t.sinks {
		group.Go(func() error { return sink.Write(ctx, draft) })
	}
	return group.Wait()
}
