package pipeline

import (
	"io/fs"
	"syscall"
)

// FreeSpace returns how many bytes a user may still write to the disk of a folder.
func FreeSpace(folder string) (int64, error) {
	var s syscall.Statfs_t
	if err := syscall.Statfs(folder, &s); err != nil {
		return 0, err
	}
	return int64(s.Bavail) * int64(s.Bsize), nil
}

// owner returns the number of the user whom a file belongs to, where the system has such.
func owner(info fs.FileInfo) (uid int, known bool) {
	s, known := info.Sys().(*syscall.Stat_t)
	if !known {
		return 0, false
	}
	return int(s.Uid), true
}
