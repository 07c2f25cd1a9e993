package workbook

import (
	"context"
	"io"
	"os"

	"samkraft/pipeline"
	"samkraft/sinks/words"
)

// Files is a sink that writes the workbooks into the snapshot: PLAN-LANGUAGE.xlsx. It
// reads datapackage.json, and comes after the sink that writes it.
type Files struct{}

var _ pipeline.Sink = Files{}

// Write writes the workbooks. They hold no time of day: the same snapshot gives the
// same bytes.
func (Files) Write(ctx context.Context, draft pipeline.Draft) error {
	b, err := open(os.DirFS(draft.Disk.Path(draft.Folder)), draft.ID)
	if err != nil {
		return err
	}
	for _, l := range words.All {
		if err := ctx.Err(); err != nil {
			return err
		}
		name := draft.File(draft.Plan.ID + "-" + string(l) + ".xlsx")
		if err := pipeline.WriteFile(draft.Disk, name, func(w io.Writer) error { return b.write(w, l) }); err != nil {
			return err
		}
	}
	return nil
}
