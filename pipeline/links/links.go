// Package links lists the files of a workspace and tells which of them are one file
// under several names, as snapshots and the cache of tables have them.
package links

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"time"

	"samkraft/pipeline"
)

// File is a name in a workspace that is no folder.
type File struct {
	Path string // relative to the workspace
	Info fs.FileInfo
	Same int // equal for names of one file
}

// Walk lists what stands in a workspace, by path, but for what skip says: a folder is
// then left out as a whole. What vanishes meanwhile is not listed.
func Walk(disk pipeline.FS, skip func(name string) bool) ([]File, error) {
	files, err := walk(disk, ".", skip, nil)
	if err != nil {
		return nil, err
	}
	slices.SortFunc(files, func(a, b File) int { return strings.Compare(a.Path, b.Path) })
	number(files)
	return files, nil
}

func walk(disk pipeline.FS, folder string, skip func(string) bool, files []File) ([]File, error) {
	entries, err := disk.ReadDir(folder)
	if errors.Is(err, fs.ErrNotExist) {
		return files, nil
	}
	if err != nil {
		return nil, err
	}
	for _, e := range entries {
		name := path.Join(folder, e.Name())
		if skip(name) {
			continue
		}
		if e.IsDir() {
			if files, err = walk(disk, name, skip, files); err != nil {
				return nil, err
			}
			continue
		}
		info, err := e.Info()
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, err
		}
		files = append(files, File{Path: name, Info: info})
	}
	return files, nil
}

// number gives names of one file one number: only those of equal size and time are
// compared, for there may be very many.
func number(files []File) {
	type alike struct {
		size int64
		time time.Time
	}
	first := map[alike][]int{}
	for i := range files {
		a := alike{files[i].Info.Size(), files[i].Info.ModTime().UTC()}
		files[i].Same = i
		for _, j := range first[a] {
			if os.SameFile(files[j].Info, files[i].Info) {
				files[i].Same = j
				break
			}
		}
		if files[i].Same == i {
			first[a] = append(first[a], i)
		}
	}
}
