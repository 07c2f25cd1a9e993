package pipeline_test

import (
	"context"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"

	"samkraft/pipeline"
)

// fakeTransform makes one table per data set: a text file with the origin and
// the rows of every extract. With a severity in failing it reports a failed
// check.
type fakeTransform struct {
	disk    pipeline.FS
	version string
	failing string
}

func (f *fakeTransform) Hash() string { return pipeline.Hash([]string{"fake", f.version, f.failing}) }

func (f *fakeTransform) Build(ctx context.Context, job pipeline.Job) (pipeline.Built, error) {
	built := pipeline.Built{Checks: []pipeline.Check{{ID: "fine", Severity: "error", State: "passed"}}}
	if f.failing != "" {
		built.Checks = append(built.Checks, pipeline.Check{ID: "adds_up", Severity: f.failing, State: "failed", Offences: 1, Messages: []string{"it does not"}})
	}
	for i, state := range job.DataSets {
		if ctx.Err() != nil {
			return built, ctx.Err()
		}
		job.Progress(i, len(job.DataSets), state.DataSet.ID)
		text := fmt.Sprintf("model %s\n", f.version)
		if job.Origin == pipeline.FromSample {
			text += "made up\n"
		}
		for _, x := range state.Extracts {
			rows, err := stagedText(f.disk, x.Files[state.DataSet.ID])
			if err != nil {
				return built, err
			}
			text += x.AsOf + "\n" + rows
		}
		t := pipeline.BuiltTable{Name: state.DataSet.ID, Rows: int64(strings.Count(text, "\n")), File: path.Join("models", state.DataSet.ID, pipeline.Hash([]string{job.Plan.ID, text})+".parquet")}
		if t.Fresh = !pipeline.Exists(f.disk, t.File); t.Fresh {
			if err := pipeline.WriteFile(f.disk, t.File, func(w io.Writer) error { _, err := io.WriteString(w, text); return err }); err != nil {
				return built, err
			}
			if err := f.disk.Freeze(t.File); err != nil {
				return built, err
			}
		}
		var err error
		if t.SHA256, t.Bytes, err = pipeline.HashFile(f.disk, t.File); err != nil {
			return built, err
		}
		built.Tables = append(built.Tables, t)
	}
	job.Progress(len(job.DataSets), len(job.DataSets), "checks")
	slices.SortFunc(built.Tables, func(a, b pipeline.BuiltTable) int { return strings.Compare(a.Name, b.Name) })
	return built, nil
}

// fakeSink reads the tables back and describes them.
type fakeSink struct{}

func (fakeSink) Write(_ context.Context, draft pipeline.Draft) error {
	text := draft.Plan.ID + "\n"
	for _, t := range draft.Tables {
		sum, _, err := pipeline.HashFile(draft.Disk, draft.File(t.Name+".parquet"))
		if err != nil {
			return err
		}
		if sum != t.SHA256 {
			return fmt.Errorf("table %s was not written as it was made", t.Name)
		}
		text += t.Name + "\n"
	}
	return pipeline.WriteFile(draft.Disk, draft.File("about.txt"), func(w io.Writer) error { _, err := io.WriteString(w, text); return err })
}
