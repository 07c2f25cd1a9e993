// Package fetch asks publishers for what plans want: it decides which pieces are
// due, keeps every answer's bytes before anybody reads them, and takes a piece into
// the state of its data set only when all of it was fetched and could be decoded.
//
// How a request travels is behind pipeline.Web, what is asked behind pipeline.Live.
package fetch

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"samkraft/pipeline"
)

// Fetcher is the pipeline's Fetcher. Its fields are set before use and not changed
// after. Data sets are fetched side by side, the pieces of one after another.
type Fetcher struct {
	Disk    pipeline.FS
	Clock   func() time.Time
	Sources []pipeline.Source
	Web     pipeline.Web
	Used    Used
}

var _ pipeline.Fetcher = Fetcher{}

// sideBySide is how many data sets are fetched at a time: most of them wait for
// their turn with the publisher.
const sideBySide = 16

// maxFaults is how many pieces in a row may fail before a data set is left for a
// later run.
const maxFaults = 3

// errBudget says that the time for fetching is spent.
var errBudget = errors.New("the budget for fetching is spent")

// Fetch implements pipeline.Fetcher.
func (f Fetcher) Fetch(ctx context.Context, job pipeline.FetchJob) ([]pipeline.FetchReport, error) {
	var sets []*dataSet
	for _, source := range f.Sources {
		live, ok := source.(pipeline.Live)
		if !ok || job.Only != nil && !slices.Contains(job.Only, live.Publisher().ID) {
			continue
		}
		for _, set := range live.Publisher().DataSets {
			if job.Fetch != nil && !job.Fetch(live.Publisher().ID, set.ID) {
				continue
			}
			want, any := wanted(live.Publisher().ID, set, f.Used, job, f.Clock().UTC())
			if !any {
				continue
			}
			pieces := live.Pieces(set.ID, want)
			if len(pieces) == 0 {
				continue
			}
			addresses, err := addresses(live, job.Plans)
			if err != nil {
				return nil, err
			}
			sets = append(sets, &dataSet{Fetcher: f, live: live, set: set, job: job, want: want, pieces: pieces, addresses: addresses,
				report: pipeline.FetchReport{Source: live.Publisher().ID, DataSet: set.ID}})
		}
	}
	var report sync.Mutex
	done := 0
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(sideBySide)
	for _, s := range sets {
		s.tell = func(what string) {
			report.Lock()
			defer report.Unlock()
			job.Report.Step("fetch", done, len(sets), what)
		}
		group.Go(func() error {
			if err := s.fetch(ctx); err != nil {
				return fmt.Errorf("%s %s: %w", s.report.Source, s.report.DataSet, err)
			}
			report.Lock()
			done++
			report.Unlock()
			s.tell(s.report.Source + " " + s.report.DataSet)
			return nil
		})
	}
	err := group.Wait()
	var reports []pipeline.FetchReport
	for _, s := range sets {
		reports = append(reports, s.report)
	}
	return reports, err
}

// dataSet is the fetching of one data set.
type dataSet struct {
	Fetcher
	live      pipeline.Live
	set       pipeline.DataSet
	job       pipeline.FetchJob
	want      pipeline.Want
	pieces    []pipeline.Piece
	addresses map[string]string // of the services
	tell      func(what string)

	state  pipeline.FetchState
	log    *pipeline.FetchWriter
	report pipeline.FetchReport
}

func (s *dataSet) archive() pipeline.Archive { return pipeline.Archive{Disk: s.Disk} }

// spent reports whether the budget is.
func (s *dataSet) spent() bool {
	return !s.job.Until.IsZero() && !s.Clock().Before(s.job.Until)
}

// write adds a line to the log.
func (s *dataSet) write(line pipeline.Fetched) (err error) {
	if s.log == nil {
		if s.log, err = (pipeline.FetchLog{Disk: s.Disk}).Writer(s.report.Source, s.set.ID); err != nil {
			return err
		}
	}
	line.Time, line.Run, line.Origin = s.Clock().UTC(), s.job.Run, pipeline.FromLive
	if err := s.log.Write(line); err != nil {
		return err
	}
	s.state.Add(line)
	return nil
}

// fetch asks for the pieces that are due.
func (s *dataSet) fetch(ctx context.Context) (err error) {
	id := s.report.Source
	if s.state, err = (pipeline.FetchLog{Disk: s.Disk}).State(id, s.set.ID); err != nil {
		return err
	}
	defer func() {
		if s.log != nil {
			err = errors.Join(err, s.log.Close())
		}
	}()
	for _, p := range s.state.Pieces {
		if p.Asked.After(s.report.LastAsked) {
			s.report.LastAsked = p.Asked
		}
	}
	due := due(s.pieces, s.state, s.want, s.job)
	inRow := 0
	for i, p := range due {
		s.tell(fmt.Sprintf("%s %s %s (%d of %d)", id, s.set.ID, p.Key, i+1, len(due)))
		err := s.piece(ctx, p)
		if errors.Is(err, errBudget) {
			s.report.Waiting = len(due) - i
			break
		}
		var problem *pipeline.Problem
		if err != nil && (ctx.Err() != nil || !errors.As(err, &problem)) {
			return err
		}
		s.report.Asked++
		if err == nil {
			inRow = 0
			continue
		}
		s.report.Faults = append(s.report.Faults, fmt.Sprintf("%s %s %s: %v", id, s.set.ID, p.Key, err))
		if inRow++; inRow == maxFaults {
			s.report.Waiting = len(due) - i - 1
			break
		}
	}
	whole := true
	for _, p := range s.pieces {
		known := s.state.Pieces[p.Key]
		whole = whole && !known.Asked.IsZero()
		if known.Extract != "" {
			s.report.Have++
		}
	}
	if whole && !s.state.Complete {
		return s.write(pipeline.Fetched{Event: pipeline.Complete})
	}
	return nil
}
