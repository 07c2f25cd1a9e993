package pipeline

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"syscall"
	"time"

	"github.com/gofrs/flock"
)

// ErrBusy says that another run holds the workspace.
var ErrBusy = errors.New("another run holds the workspace")

// ErrReadOnly says that this program may not write to a workspace.
var ErrReadOnly = errors.New("the workspace cannot be written")

// Holder says who holds a lock.
type Holder struct {
	PID     int       `json:"pid"`
	Run     string    `json:"run"`
	Started time.Time `json:"started"`
}

// Lock takes the workspace for one run. The operating system gives it free when
// the process ends, however it ends. With wait above zero it tries that long; then, or
// at once, it fails with ErrBusy and names the holder.
func Lock(ctx context.Context, disk FS, holder Holder, wait time.Duration) (release func() error, err error) {
	if err := writable(disk); err != nil {
		return nil, err
	}
	lock := flock.New(disk.Path("lock"))
	held, err := lock.TryLock()
	if err == nil && !held && wait > 0 {
		waiting, cancel := context.WithTimeout(ctx, wait)
		held, err = lock.TryLockContext(waiting, 100*time.Millisecond)
		cancel()
		if errors.Is(err, context.DeadlineExceeded) {
			err = nil
		}
	}
	if err != nil {
		return nil, fmt.Errorf("lock: %w", err)
	}
	if !held {
		var h Holder
		if text, err := ReadFile(disk, "lock"); err == nil && json.Unmarshal(text, &h) == nil {
			return nil, fmt.Errorf("%w: run %s, process %d, since %s", ErrBusy, h.Run, h.PID, h.Started.Format(time.RFC3339))
		}
		return nil, ErrBusy
	}
	text, err := json.Marshal(holder)
	if err == nil {
		err = os.WriteFile(disk.Path("lock"), text, 0o644) // truncates: the inode that is locked stays
	}
	if err != nil {
		return nil, errors.Join(err, lock.Unlock())
	}
	return lock.Unlock, nil
}

// writable is an error that says whom the workspace belongs to when it cannot be written.
func writable(disk FS) error {
	err := disk.MkdirAll(".")
	if err == nil {
		var f File
		if f, err = disk.Append("lock"); err == nil {
			return f.Close()
		}
	}
	if !errors.Is(err, fs.ErrPermission) && !errors.Is(err, syscall.EROFS) {
		return err
	}
	p := &Problem{File: disk.Path("."), What: err.Error(), Expected: "a folder that this user may write",
		Remedy: "run as the user whom it belongs to, give it to this one, or name another with --workspace"}
	if errors.Is(err, syscall.EROFS) {
		p.Expected, p.Remedy = "a disk that can be written", "mount it for writing, or name another workspace with --workspace"
	}
	if info, err := disk.Stat("."); err == nil {
		if uid, known := owner(info); known {
			p.What += fmt.Sprintf("; it belongs to user %d with mode %v, and this is user %d", uid, info.Mode(), os.Getuid())
		}
	}
	return fmt.Errorf("%w: %w", ErrReadOnly, p)
}
