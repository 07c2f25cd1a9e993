package backup

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"

	"samkraft/pipeline"
)

// Restore makes a workspace of a backup. The folder is empty, but for a lock, or holds a
// restore that was cut off, which is begun anew; the caller holds it. Files are unpacked
// aside and stand in their places when all of them are what was saved. Free says how many
// bytes the disk has left; nil: it is not asked.
func Restore(ctx context.Context, disk pipeline.FS, r io.Reader, free func() (int64, error), tell Progress) (Summary, error) {
	to := &workspace{disk: disk, free: free, folders: map[string]bool{}}
	sum, err := read(ctx, r, to, tell)
	if err != nil {
		return sum, errors.Join(err, to.giveUp())
	}
	return sum, to.settle()
}

// workspace is where the files of a backup go.
type workspace struct {
	disk    pipeline.FS
	free    func() (int64, error)
	tops    []string        // names at the top
	folders map[string]bool // that were written to
	begun   bool
}

func aside(name string) string { return path.Join(pipeline.Restoring, name) }

// begin makes sure that nobody's files are in the way, and that there is room.
func (w *workspace) begin(l list) error {
	for _, f := range l.Files {
		if top, _, _ := strings.Cut(f.Path, "/"); !slices.Contains(w.tops, top) {
			w.tops = append(w.tops, top)
		}
	}
	again := pipeline.Exists(w.disk, pipeline.Restoring)
	entries, err := w.disk.ReadDir(".")
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	for _, e := range entries {
		switch name := e.Name(); {
		case name == "lock" || name == pipeline.Restoring:
		case !again:
			return fmt.Errorf("%s is not empty (%s): a backup is restored into an empty folder", w.disk.Path("."), name)
		case !slices.Contains(w.tops, name):
			return fmt.Errorf("%s holds %s, which is not of the restore that was cut off: move it away", w.disk.Path("."), name)
		}
	}
	// The folder aside goes last: as long as it is there, this is no workspace.
	if again {
		for _, top := range w.tops {
			if err := w.disk.RemoveAll(top); err != nil {
				return err
			}
		}
		if err := w.disk.Commit("."); err != nil {
			return err
		}
		if err := w.disk.RemoveAll(pipeline.Restoring); err != nil {
			return err
		}
	}
	if w.free != nil {
		left, err := w.free()
		if err != nil {
			return err
		}
		if need := l.bytes(); need > left {
			return fmt.Errorf("the disk of %s has %s free, and the backup takes %s", w.disk.Path("."), pipeline.Size(left), pipeline.Size(need))
		}
	}
	w.begun = true
	return errors.Join(w.disk.MkdirAll(pipeline.Restoring), w.disk.Commit("."))
}

func (w *workspace) file(f file, content io.Reader) error {
	name := aside(f.Path)
	folder := path.Dir(name)
	if !w.folders[folder] {
		if err := w.disk.MkdirAll(folder); err != nil {
			return err
		}
		for ; folder != "."; folder = path.Dir(folder) {
			w.folders[folder] = true
		}
	}
	if f.Link != "" {
		return w.disk.Link(aside(f.Link), name)
	}
	out, err := w.disk.Create(name)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, content)
	if err := errors.Join(err, out.Sync(), out.Close()); err != nil {
		return err
	}
	if f.Frozen {
		return w.disk.Freeze(name)
	}
	return nil
}

// settle puts everything in its place.
func (w *workspace) settle() error {
	folders := make([]string, 0, len(w.folders))
	for folder := range w.folders {
		folders = append(folders, folder)
	}
	slices.Sort(folders)
	for _, folder := range folders {
		if err := w.disk.Commit(folder); err != nil {
			return err
		}
	}
	for _, top := range w.tops {
		if err := w.disk.Rename(aside(top), top); err != nil {
			return err
		}
	}
	if err := w.disk.Commit("."); err != nil {
		return err
	}
	return errors.Join(w.disk.RemoveAll(pipeline.Restoring), w.disk.Commit("."))
}

// giveUp takes away what was unpacked of a backup that is no good.
func (w *workspace) giveUp() error {
	if !w.begun {
		return nil
	}
	return w.disk.RemoveAll(pipeline.Restoring)
}
