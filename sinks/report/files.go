package report

import (
	"context"
	"os"

	"samkraft/pipeline"
	"samkraft/sinks/portal"
	"samkraft/sinks/words"
)

// Files is a sink that writes the reports into the snapshot: report-LANGUAGE.html. It
// reads datapackage.json, and comes after the sink that writes it.
type Files struct{}

var _ pipeline.Sink = Files{}

// Write writes the reports. They hold no time of day: the same tables give the same
// bytes.
func (Files) Write(ctx context.Context, draft pipeline.Draft) error {
	book, err := portal.Open(os.DirFS(draft.Disk.Path(draft.Folder)))
	if err != nil {
		return err
	}
	for _, l := range words.All {
		if err := ctx.Err(); err != nil {
			return err
		}
		text, err := write(book, l)
		if err != nil {
			return err
		}
		if err := pipeline.WriteText(draft.Disk, draft.File(portal.ReportFile(l)), text); err != nil {
			return err
		}
	}
	return nil
}
