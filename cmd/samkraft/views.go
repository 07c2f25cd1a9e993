package main

import (
	"context"

	"golang.org/x/sync/errgroup"

	"samkraft/pipeline"
	"samkraft/sinks/portal"
	"samkraft/sinks/workbook"
)

// views are what people read of a snapshot without a program of their own.
func views() []pipeline.Sink { return []pipeline.Sink{portal.Files{}, workbook.Files{}} }

// together is a sink of sinks that do not build on each other: they write side by side.
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
