package fetch

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"time"

	"samkraft/pipeline"
)

// piece fetches one piece. A *Problem is the publisher's, and was written to the
// log; what served before goes on serving.
func (s *dataSet) piece(ctx context.Context, p pipeline.Piece) error {
	a := &asker{dataSet: s, piece: p}
	extract, err := s.read(ctx, a)
	line := pipeline.Fetched{Piece: p.Key, From: date(p.From), To: date(p.To), Event: pipeline.Whole, Extract: extract}
	for _, m := range p.Members {
		line.Members = append(line.Members, pipeline.Member{Country: m.Country, Code: m.Code})
	}
	var problem *pipeline.Problem
	switch {
	case err == nil:
		if old := s.state.Pieces[p.Key].Extract; old != extract {
			s.report.Changed = append(s.report.Changed, pipeline.Changed{Piece: p.Key, Old: old, New: extract})
		}
		return s.write(line)
	case errors.Is(err, pipeline.ErrNothing):
		s.report.Nothing++
		line.Event = pipeline.Nothing
		return s.write(line)
	case errors.As(err, &problem):
		// A fault on the way leaves the answers before it good; one in the answers does not.
		return errors.Join(err, s.write(pipeline.Fetched{Event: pipeline.Faulty, Piece: p.Key, Fault: err.Error(), Forget: !a.failed}))
	}
	return err
}

// read asks for a piece and decodes it. What it returns can serve.
func (s *dataSet) read(ctx context.Context, a *asker) (extract string, err error) {
	known := s.state.Pieces[a.piece.Key]
	err = s.live.Fetch(ctx, s.set.ID, a.piece, a.ask)
	if errors.Is(err, pipeline.ErrNothing) && known.Extract != "" {
		err = &pipeline.Problem{File: a.last, What: "the publisher has nothing any more for what it had figures of before", Expected: "figures, or a note of the publisher that they are withdrawn",
			Remedy: "what it gave before goes on serving; look at the address, and hand in files with --mirror if the data set has moved"}
	}
	if err != nil {
		return "", err
	}
	if len(a.parts) == 0 {
		return "", fmt.Errorf("%s: no answer has a role, so there is nothing to decode", a.piece.Key)
	}
	x := pipeline.NewExtract(s.live.Publisher().ID, s.set.ID, a.parts)
	if x.SHA256 == known.Extract {
		return x.SHA256, nil
	}
	staged, err := (pipeline.Stage{Disk: s.Disk}).Decode(ctx, s.live, s.set, x)
	if err != nil {
		return "", err
	}
	if staged.Decoded {
		s.report.Rows += staged.Count()
	}
	same, err := s.compare(ctx, x, staged, known)
	if err != nil {
		return "", err
	}
	if same {
		return known.Extract, nil
	}
	return x.SHA256, s.archive().Keep(x, pipeline.FromLive, s.live.Publisher().Licence, s.Clock())
}

// compare holds what came against what serves. The same rows in other bytes (an
// answer with the time of day in it) are nothing new. An edition that the publisher
// dates before the one that is kept is refused: old addresses go on answering with old
// files.
func (s *dataSet) compare(ctx context.Context, x pipeline.Extract, staged pipeline.Staged, known pipeline.PieceState) (same bool, err error) {
	if known.Extract == "" {
		return false, nil
	}
	old, err := s.archive().Extract(x.Source, x.DataSet, known.Extract)
	if err != nil {
		return false, err
	}
	before, err := (pipeline.Stage{Disk: s.Disk}).Decode(ctx, s.live, s.set, old)
	if err != nil {
		return false, ctx.Err() // it could be read once and cannot now: the new one is better
	}
	if s.set.Mode == pipeline.Replace && staged.AsOf != "" && staged.AsOf < before.AsOf {
		return false, &pipeline.Problem{File: x.Parts[0].Name, What: "the edition is of " + staged.AsOf + ", and one of " + before.AsOf + " is kept", Expected: "a newer one",
			Remedy: "the address may be an old one: look on the publisher's page for where the data are now"}
	}
	return staged.AsOf == before.AsOf && maps.Equal(staged.SHA256, before.SHA256), nil
}

func date(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.DateOnly)
}
