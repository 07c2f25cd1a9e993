package portal

import (
	"context"
	"io/fs"
	"os"
	"path"

	"samkraft/pipeline"
	"samkraft/sinks/words"
)

// Files is a sink that writes the pages into the snapshot: pages/LANGUAGE/NAME.html.
// It reads datapackage.json, and comes after the sink that writes it.
type Files struct {
	// Papers says that the report and the workbooks are written into the snapshot too:
	// the pages lead to them.
	Papers bool
}

var _ pipeline.Sink = Files{}

// Write writes the pages. They hold no time of day and no id: the same tables give the
// same bytes.
func (f Files) Write(ctx context.Context, draft pipeline.Draft) error {
	b, err := open(folder(draft.Disk, draft.Folder), "")
	if err != nil {
		return err
	}
	b.papers = func(string) bool { return f.Papers }
	for _, l := range words.All {
		if err := ctx.Err(); err != nil {
			return err
		}
		pages, err := b.write(l, stage{tables: "../../"})
		if err != nil {
			return err
		}
		for _, p := range pages {
			if err := pipeline.WriteText(draft.Disk, draft.File(path.Join("pages", string(l), p.name)), p.text); err != nil {
				return err
			}
		}
	}
	return nil
}

// folder is a folder of the workspace, to be read.
func folder(disk pipeline.FS, name string) fs.FS { return os.DirFS(disk.Path(name)) }
