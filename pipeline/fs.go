package pipeline

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
)

// FS is what the pipeline needs of a disk, below one root. Names are slash
// separated and relative to the root. Every way of changing the disk is one
// method, so that a test can stop the program after each of them. The operations
// of one FS may be called concurrently.
type FS interface {
	// Path returns the real path of a name, for engines that open files themselves.
	Path(name string) string
	Open(name string) (io.ReadCloser, error)
	ReadDir(name string) ([]fs.DirEntry, error)
	Stat(name string) (fs.FileInfo, error)
	// Create opens a file for writing; an existing one is emptied.
	Create(name string) (File, error)
	// Append opens a file for writing behind what it holds.
	Append(name string) (File, error)
	MkdirAll(name string) error
	// Sync makes a file's content last, Commit a folder's entries.
	Sync(name string) error
	Commit(folder string) error
	Rename(from, to string) error
	// Link gives a file a second name, or copies it where the disk cannot.
	Link(from, to string) error
	Remove(name string) error
	RemoveAll(name string) error
	// Freeze takes away the right to write a file.
	Freeze(name string) error
}

// File is a file open for writing.
type File interface {
	io.WriteCloser
	Sync() error
}

// Disk is the FS below a folder of the operating system.
type Disk string

var _ FS = Disk("")

func (d Disk) Path(name string) string                    { return filepath.Join(string(d), filepath.FromSlash(name)) }
func (d Disk) Open(name string) (io.ReadCloser, error)    { return os.Open(d.Path(name)) }
func (d Disk) ReadDir(name string) ([]fs.DirEntry, error) { return os.ReadDir(d.Path(name)) }
func (d Disk) Stat(name string) (fs.FileInfo, error)      { return os.Stat(d.Path(name)) }
func (d Disk) Create(name string) (File, error)           { return os.Create(d.Path(name)) }
func (d Disk) MkdirAll(name string) error                 { return os.MkdirAll(d.Path(name), 0o755) }
func (d Disk) Rename(from, to string) error               { return os.Rename(d.Path(from), d.Path(to)) }
func (d Disk) Remove(name string) error                   { return os.Remove(d.Path(name)) }
func (d Disk) RemoveAll(name string) error                { return os.RemoveAll(d.Path(name)) }
func (d Disk) Freeze(name string) error                   { return os.Chmod(d.Path(name), 0o444) }
func (d Disk) Append(name string) (File, error) {
	return os.OpenFile(d.Path(name), os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o644)
}

func (d Disk) Sync(name string) error   { return syncPath(d.Path(name)) }
func (d Disk) Commit(name string) error { return syncPath(d.Path(name)) }

func syncPath(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

func (d Disk) Link(from, to string) error {
	if os.Link(d.Path(from), d.Path(to)) == nil {
		return nil
	}
	r, err := os.Open(d.Path(from))
	if err != nil {
		return err
	}
	defer r.Close()
	w, err := os.Create(d.Path(to))
	if err != nil {
		return err
	}
	_, err = io.Copy(w, r)
	return errors.Join(err, w.Sync(), w.Close(), os.Chmod(d.Path(to), 0o444))
}

// Exists reports whether a name is there.
func Exists(disk FS, name string) bool {
	_, err := disk.Stat(name)
	return err == nil
}

// ReadFile reads a whole file.
func ReadFile(disk FS, name string) ([]byte, error) {
	r, err := disk.Open(name)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	return io.ReadAll(r)
}

// tempPrefix marks files and folders that are being made.
const tempPrefix = ".new-"

// Temp returns the name under which a file or folder is made before it is
// renamed: in the same folder, so that renaming is atomic.
func Temp(name string) string { return path.Join(path.Dir(name), tempPrefix+path.Base(name)) }

// WriteFile makes a file so that it is there whole or not at all, and lasts: a
// temporary name, sync, rename, sync of the folder.
func WriteFile(disk FS, name string, write func(io.Writer) error) (err error) {
	if err := disk.MkdirAll(path.Dir(name)); err != nil {
		return err
	}
	f, err := disk.Create(Temp(name))
	if err != nil {
		return err
	}
	if err := errors.Join(write(f), f.Sync(), f.Close()); err != nil {
		return errors.Join(err, disk.Remove(Temp(name)))
	}
	return Settle(disk, name)
}

// WriteText is WriteFile of a text that is at hand.
func WriteText(disk FS, name string, text []byte) error {
	return WriteFile(disk, name, func(w io.Writer) error { _, err := w.Write(text); return err })
}

// Settle gives the file made under Temp(name) its name.
func Settle(disk FS, name string) error {
	if err := disk.Rename(Temp(name), name); err != nil {
		return err
	}
	return disk.Commit(path.Dir(name))
}

// Sweep removes what earlier runs left half made.
func Sweep(disk FS, folder string) error {
	entries, err := disk.ReadDir(folder)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	for _, e := range entries {
		name := path.Join(folder, e.Name())
		switch {
		case strings.HasPrefix(e.Name(), tempPrefix):
			err = disk.RemoveAll(name)
		case e.IsDir():
			err = Sweep(disk, name)
		}
		if err != nil {
			return err
		}
	}
	return nil
}
