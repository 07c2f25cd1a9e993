package pipeline

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"strconv"
	"strings"
)

// layout is the version of how a workspace is laid out. It is raised when an older
// program would misread what a newer one writes; what is only added does not count.
const layout = 1

// layoutFile holds it, relative to the workspace. Workspaces from before there was
// such a file are of version 1.
const layoutFile = "version"

// Restoring is the folder, relative to the workspace, in which a backup is unpacked. As
// long as it is there the workspace is not whole.
const Restoring = "restoring"

// ErrLayout says that a workspace is not one that this program can work with.
var ErrLayout = errors.New("the workspace cannot be used")

// CheckLayout is an error when a workspace was laid out by a newer program, or a restore
// into it was cut off. A workspace that is not there yet is fine.
func CheckLayout(disk FS) error {
	if Exists(disk, Restoring) {
		return fmt.Errorf("%w: a restore into %s did not come to its end; begin it anew with 'samkraft restore'", ErrLayout, disk.Path("."))
	}
	text, err := ReadFile(disk, layoutFile)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	version, err := strconv.Atoi(strings.TrimSuffix(string(text), "\n"))
	if err != nil || version < 1 {
		return fmt.Errorf("%w: %s holds %.20q; expected %d, or a higher number that a newer samkraft wrote", ErrLayout, disk.Path(layoutFile), text, layout)
	}
	if version > layout {
		return fmt.Errorf("%w: %s was laid out by a newer samkraft (version %d, this one knows %d); use that one, or name another workspace with --workspace", ErrLayout, disk.Path("."), version, layout)
	}
	return nil
}

// markLayout writes down by which layout a workspace is made.
func markLayout(disk FS) error {
	if Exists(disk, layoutFile) {
		return nil
	}
	return WriteFile(disk, layoutFile, func(w io.Writer) error { _, err := fmt.Fprintln(w, layout); return err })
}

// IsTemp reports whether a name is of something half made, or stands in it.
func IsTemp(name string) bool {
	for name != "." && name != "/" {
		if strings.HasPrefix(path.Base(name), tempPrefix) {
			return true
		}
		name = path.Dir(name)
	}
	return false
}
