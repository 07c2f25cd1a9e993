// Package backup writes a whole workspace to one file and makes a workspace of it again.
//
// The file is a tar archive, compressed with zstd, that any tar unpacks. Its first entry
// lists all others in their order, with size and SHA-256, so that what is read is held to
// what was said before it is put in place. A file with several names stands there once; the
// other names are links to it. The same workspace gives the same bytes.
package backup

import (
	"encoding/hex"
	"fmt"
	"io/fs"
	"path"
	"strings"

	"samkraft/pipeline"
)

// listName is the first entry's.
const listName = "samkraft-backup.json"

// format is the version of the file's form.
const format = 1

// Bounds of what is read of a stranger's file.
const (
	maxList  = 256 << 20 // bytes of the list: some million files
	maxBytes = 1 << 50   // of all files
	maxDeep  = 32        // folders in each other
)

// list is the first entry.
type list struct {
	Format int    `json:"format"`
	Cache  bool   `json:"cache"` // stage and models are in it
	Files  []file `json:"files"` // by path
}

// file is a file of a workspace, or another name of one before it.
type file struct {
	Path   string `json:"path"`
	Bytes  int64  `json:"bytes,omitempty"`
	SHA256 string `json:"sha256,omitempty"`
	Frozen bool   `json:"frozen,omitempty"` // it is not to be written
	Link   string `json:"link,omitempty"`   // path of the file that it is another name of
}

// bytes is what the files take, each once.
func (l list) bytes() (sum int64) {
	for _, f := range l.Files {
		sum += f.Bytes
	}
	return sum
}

// left reports whether a name is no part of a backup: locks, what is half made, and the
// cache where it is not asked for.
func left(name string, cache bool) bool {
	top, _, _ := strings.Cut(name, "/")
	return top == "lock" || strings.HasPrefix(top, "lock.") || top == pipeline.Restoring || pipeline.IsTemp(name) ||
		!cache && (top == "stage" || top == "models")
}

// check is an error when a list says what no list of a workspace says.
func (l list) check() error {
	if l.Format != format {
		return fmt.Errorf("the backup has the form %d; this program knows %d", l.Format, format)
	}
	files := map[string]bool{} // true: a file of its own
	alike := map[string]bool{} // some disks do not tell capitals from small letters
	before := ""
	var sum int64
	for _, f := range l.Files {
		wrong := func(what string) error { return fmt.Errorf("the backup's list names %.200q, %s", f.Path, what) }
		switch {
		case !fs.ValidPath(f.Path) || f.Path == "." || strings.ContainsAny(f.Path, "\\:\x00") || strings.Count(f.Path, "/") >= maxDeep:
			return wrong("which is no path in a workspace")
		case left(f.Path, true) || f.Path == listName:
			return wrong("which is never in a backup")
		case f.Path <= before:
			return wrong("out of order")
		}
		before = f.Path
		if alike[strings.ToLower(f.Path)] {
			return wrong("twice but for capitals")
		}
		alike[strings.ToLower(f.Path)] = true
		for folder := path.Dir(f.Path); folder != "."; folder = path.Dir(folder) {
			if _, isFile := files[folder]; isFile {
				return wrong("below what is a file")
			}
		}
		if f.Link != "" {
			if original, there := files[f.Link]; !there || !original || f.Bytes != 0 || f.SHA256 != "" {
				return wrong("as another name of what is no file before it")
			}
		} else if hash, err := hex.DecodeString(f.SHA256); err != nil || len(hash) != 32 || f.Bytes < 0 || f.Bytes > maxBytes {
			return wrong("without a size and a hash")
		}
		files[f.Path] = f.Link == ""
		if sum += f.Bytes; sum > maxBytes {
			return wrong("beyond what any disk holds")
		}
	}
	return nil
}
