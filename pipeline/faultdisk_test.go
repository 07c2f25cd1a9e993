package pipeline_test

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"

	"samkraft/pipeline"
)

// faultMode says what happens from operation number at on.
type faultMode int

const (
	crash faultMode = iota // that operation and all later ones fail, and what was not synced is lost
	full                   // whatever takes room fails with ENOSPC, everything else works
	once                   // that operation alone fails
)

var errFault = errors.New("the disk does not answer")

// faultDisk counts the operations on a real disk (of a full one only those that
// take room) and lets one of them fail. It
// leaves the slow syncing of the real disk out and remembers instead which files
// were not synced.
type faultDisk struct {
	pipeline.Disk
	mode faultMode
	at   int

	mu    sync.Mutex
	n     int
	dirty map[string]bool
}

func (d *faultDisk) reached() bool { return d.n >= d.at }

// op is one operation. The function does it, and returns what is unsynced then.
func (d *faultDisk) op(takesRoom bool, do func() error) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.mode == full && !takesRoom {
		return do()
	}
	d.n++
	switch {
	case d.n < d.at, d.mode == once && d.n > d.at:
		return do()
	case d.mode == full:
		return syscall.ENOSPC
	case d.mode == crash && d.n == d.at:
		for name := range d.dirty {
			if err := os.Truncate(d.Path(name), 0); err != nil && !errors.Is(err, fs.ErrNotExist) {
				return err
			}
		}
	}
	return errFault
}

func (d *faultDisk) Open(name string) (r io.ReadCloser, err error) {
	err = d.op(false, func() error { r, err = d.Disk.Open(name); return err })
	return r, err
}

func (d *faultDisk) ReadDir(name string) (e []fs.DirEntry, err error) {
	err = d.op(false, func() error { e, err = d.Disk.ReadDir(name); return err })
	return e, err
}

func (d *faultDisk) Stat(name string) (i fs.FileInfo, err error) {
	err = d.op(false, func() error { i, err = d.Disk.Stat(name); return err })
	return i, err
}

func (d *faultDisk) Create(name string) (pipeline.File, error) { return d.file(name, d.Disk.Create) }
func (d *faultDisk) Append(name string) (pipeline.File, error) { return d.file(name, d.Disk.Append) }

func (d *faultDisk) file(name string, open func(string) (pipeline.File, error)) (pipeline.File, error) {
	f := &faultFile{disk: d, name: name}
	err := d.op(true, func() (err error) { f.File, err = open(name); return err })
	if err != nil {
		return nil, err
	}
	return f, nil
}

func (d *faultDisk) MkdirAll(name string) error {
	return d.op(true, func() error { return d.Disk.MkdirAll(name) })
}

func (d *faultDisk) Sync(name string) error {
	return d.op(true, func() error { delete(d.dirty, name); return nil })
}

func (d *faultDisk) Commit(string) error { return d.op(true, func() error { return nil }) }

func (d *faultDisk) Rename(from, to string) error {
	return d.op(false, func() error {
		for name := range d.dirty {
			if name == from || strings.HasPrefix(name, from+"/") {
				delete(d.dirty, name)
				d.dirty[to+strings.TrimPrefix(name, from)] = true
			}
		}
		return d.Disk.Rename(from, to)
	})
}

func (d *faultDisk) Link(from, to string) error {
	return d.op(true, func() error {
		if d.dirty[from] {
			d.dirty[to] = true
		}
		return d.Disk.Link(from, to)
	})
}

func (d *faultDisk) Remove(name string) error {
	return d.op(false, func() error { delete(d.dirty, name); return d.Disk.Remove(name) })
}

func (d *faultDisk) RemoveAll(name string) error {
	return d.op(false, func() error { return d.Disk.RemoveAll(name) })
}

func (d *faultDisk) Freeze(name string) error {
	return d.op(false, func() error { return d.Disk.Freeze(name) })
}

// faultFile is a file of a faultDisk. A write that fails has written half.
type faultFile struct {
	pipeline.File
	disk *faultDisk
	name string
}

func (f *faultFile) Write(p []byte) (n int, err error) {
	before := f.disk.n
	err = f.disk.op(true, func() error {
		f.disk.dirty[f.name] = true
		n, err = f.File.Write(p)
		return err
	})
	if err != nil && before < f.disk.at {
		n, _ = f.File.Write(p[:len(p)/2])
	}
	return n, err
}

func (f *faultFile) Sync() error {
	return f.disk.op(true, func() error { delete(f.disk.dirty, f.name); return nil })
}

func (f *faultFile) Close() error {
	closed := false
	err := f.disk.op(false, func() error { closed = true; return f.File.Close() })
	if !closed {
		f.File.Close()
	}
	return err
}

// newFaultDisk returns a disk of a folder that lets operation number at fail.
func newFaultDisk(folder string, mode faultMode, at int) *faultDisk {
	return &faultDisk{Disk: pipeline.Disk(folder), mode: mode, at: at, dirty: map[string]bool{}}
}

// never is the number of an operation that no run comes to.
const never = 1 << 30

// copyFolder copies a workspace, since the files of one that was linked would
// be changed in both.
func copyFolder(from, to string) error {
	return filepath.WalkDir(from, func(name string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		relative, _ := filepath.Rel(from, name)
		if e.IsDir() {
			return os.MkdirAll(filepath.Join(to, relative), 0o755)
		}
		text, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		return os.WriteFile(filepath.Join(to, relative), text, 0o644)
	})
}
