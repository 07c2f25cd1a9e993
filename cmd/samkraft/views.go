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

// views are what people read of a snapshot without a program of their own. Those of a
// stage are written side by side; the pages come last, for they lead to what is there.
func views() [][]pipeline.Sink {
	return [][]pipeline.Sink{{workbook.Files{}, report.Files{}}, {portal.Files{}}}
}

// sinks are what a plan's tables go to: readers of tables first.
func (s *settings) sinks() []pipeline.Sink {
	all := []pipeline.Sink{parquet.ReadBack{}, parquet.DataPackage{}}
	for _, stage := range s.views {
		all = append(all, together{stage, s.threads})
	}
	return all
}

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
