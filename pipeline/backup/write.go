package backup

import (
	"archive/tar"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/klauspost/compress/zstd"

	"samkraft/pipeline"
	"samkraft/pipeline/links"
)

// Summary is what a backup holds.
type Summary struct {
	Files int   `json:"files"` // names
	Bytes int64 `json:"bytes"` // of the files, each once
	Cache bool  `json:"cache"` // stage and models are in it
}

// Progress is told how far a backup has come: bytes of a stage.
type Progress func(stage string, done, total int64)

// maxSmall bounds files at the top of a workspace. They may be changed at any time, by a
// server, and are therefore read once.
const maxSmall = 16 << 20

// Write writes a workspace, with or without its cache. The caller holds it; what changes
// all the same is noticed.
func Write(ctx context.Context, disk pipeline.FS, w io.Writer, cache bool, tell Progress) (Summary, error) {
	if err := pipeline.CheckLayout(disk); err != nil {
		return Summary{}, err
	}
	l, small, err := survey(ctx, disk, cache, tell)
	if err != nil {
		return Summary{}, err
	}
	z, err := zstd.NewWriter(w, zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithEncoderConcurrency(1))
	if err != nil {
		return Summary{}, err
	}
	err = write(ctx, disk, tar.NewWriter(z), l, small, tell)
	return Summary{len(l.Files), l.bytes(), l.Cache}, errors.Join(err, z.Close())
}

// survey lists the files, and returns those that may change.
func survey(ctx context.Context, disk pipeline.FS, cache bool, tell Progress) (l list, small map[string][]byte, err error) {
	found, err := links.Walk(disk, func(name string) bool { return left(name, cache) })
	if err != nil {
		return l, nil, err
	}
	l, small = list{Format: format, Cache: cache, Files: []file{}}, map[string][]byte{}
	var done, total int64
	for _, f := range found {
		total += f.Info.Size()
	}
	first := map[int]string{}
	for _, f := range found {
		if ctx.Err() != nil {
			return l, nil, ctx.Err()
		}
		if !f.Info.Mode().IsRegular() {
			return l, nil, fmt.Errorf("%s is no file and no folder: it cannot be backed up", disk.Path(f.Path))
		}
		done += f.Info.Size()
		if original, there := first[f.Same]; there {
			l.Files = append(l.Files, file{Path: f.Path, Link: original})
			continue
		}
		first[f.Same] = f.Path
		entry := file{Path: f.Path, Frozen: f.Info.Mode().Perm()&0o222 == 0}
		if strings.Contains(f.Path, "/") {
			entry.SHA256, entry.Bytes, err = pipeline.HashFile(disk, f.Path)
		} else {
			small[f.Path], err = readSmall(disk, f.Path)
			sum := sha256.Sum256(small[f.Path])
			entry.SHA256, entry.Bytes = hex.EncodeToString(sum[:]), int64(len(small[f.Path]))
		}
		if err != nil {
			return l, nil, err
		}
		l.Files = append(l.Files, entry)
		tell("hash", done, total)
	}
	return l, small, nil
}

func readSmall(disk pipeline.FS, name string) ([]byte, error) {
	r, err := disk.Open(name)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	text, err := io.ReadAll(io.LimitReader(r, maxSmall+1))
	if err == nil && len(text) > maxSmall {
		err = fmt.Errorf("%s is larger than %d bytes, which nothing at the top of a workspace is", disk.Path(name), maxSmall)
	}
	return text, err
}

func write(ctx context.Context, disk pipeline.FS, t *tar.Writer, l list, small map[string][]byte, tell Progress) error {
	text, err := json.Marshal(l)
	if err != nil {
		return err
	}
	if err := t.WriteHeader(header(listName, int64(len(text)), true)); err != nil {
		return err
	}
	if _, err := t.Write(text); err != nil {
		return err
	}
	var done int64
	total := l.bytes()
	for _, f := range l.Files {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		h := header(f.Path, f.Bytes, f.Frozen)
		if f.Link != "" {
			h.Typeflag, h.Linkname = tar.TypeLink, f.Link
		}
		if err := t.WriteHeader(h); err != nil {
			return err
		}
		if f.Link != "" {
			continue
		}
		var r io.ReadCloser = io.NopCloser(bytes.NewReader(small[f.Path]))
		if _, known := small[f.Path]; !known {
			if r, err = disk.Open(f.Path); err != nil {
				return err
			}
		}
		sum := sha256.New()
		n, err := io.Copy(t, io.TeeReader(io.LimitReader(r, f.Bytes), sum))
		if err := errors.Join(err, r.Close()); err != nil {
			return err
		}
		if n != f.Bytes || hex.EncodeToString(sum.Sum(nil)) != f.SHA256 {
			return fmt.Errorf("%s was changed while it was read: begin the backup anew", disk.Path(f.Path))
		}
		done += n
		tell("write", done, total)
	}
	return t.Close()
}

// header is of an entry that belongs to nobody and is of no time.
func header(name string, bytes int64, frozen bool) *tar.Header {
	mode := int64(0o644)
	if frozen {
		mode = 0o444
	}
	return &tar.Header{Typeflag: tar.TypeReg, Name: name, Size: bytes, Mode: mode, ModTime: time.Unix(0, 0), Format: tar.FormatPAX}
}
