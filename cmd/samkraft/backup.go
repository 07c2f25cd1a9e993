package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"samkraft/pipeline"
	"samkraft/pipeline/backup"
)

func newBackup(s *settings) *cobra.Command {
	var cache bool
	var wait time.Duration
	c := &cobra.Command{
		Use:   "backup FILE",
		Short: "Write the whole workspace to one file",
		Long: `Writes archive, fetch logs, snapshots with their pins, withheld sets, records of runs and the server's memory
to one file, as they are at one moment: runs wait meanwhile. Decoded files and built tables (stage, models)
are left out unless --cache asks for them; the next run that needs them makes them anew. FILE takes the place
of an older one only when it is whole. - is standard output.

The file is a tar archive, compressed with zstd; its first entry lists all others with their hashes. A file
that several snapshots share stands in it once. 'samkraft restore' makes a workspace of it again.`,
		Example: `  samkraft backup /backup/samkraft.tar.zst --wait 2h
  samkraft backup - | ssh elsewhere 'cat > samkraft.tar.zst'`,
		Args: cobra.ExactArgs(1),
	}
	c.Flags().BoolVar(&cache, "cache", false, "with decoded files and built tables")
	c.Flags().DurationVar(&wait, "wait", 0, "how long to wait when a run holds the workspace, such as 2h")
	c.RunE = func(c *cobra.Command, args []string) error {
		disk, err := s.reading()
		if err != nil {
			return err
		}
		if err := s.fits(args[0], disk); err != nil {
			return err
		}
		var sum backup.Summary
		save := func() error {
			return s.deliverStream(args[0], func(w io.Writer) error {
				sum, err = backup.Write(c.Context(), disk, w, cache, s.told())
				return err
			})
		}
		err = s.holding(c.Context(), disk, "backup", wait, save)
		if errors.Is(err, pipeline.ErrReadOnly) {
			err = fails(save()) // nobody else writes there, either
		}
		if err != nil {
			return err
		}
		fmt.Fprintf(s.notes(args[0]), "saved %s, %s%s\n", counted(sum.Files, "file", "files"), pipeline.Size(sum.Bytes), withoutCache(sum))
		return nil
	}
	return c
}

func newRestore(s *settings) *cobra.Command {
	var check bool
	c := &cobra.Command{
		Use:   "restore FILE",
		Short: "Make a workspace of a backup, or check a backup",
		Long: `Unpacks what 'samkraft backup' wrote into the workspace that --workspace names, which is empty or not there
yet. Every file is compared with the hash that was taken when it was saved before anything stands in its
place. A restore that is cut off is noticed by every other command, and begun anew by the next restore.
--check compares, and writes nothing. - is standard input.`,
		Example: `  samkraft restore --check /backup/samkraft.tar.zst
  samkraft restore /backup/samkraft.tar.zst --workspace /var/lib/samkraft`,
		Args: cobra.ExactArgs(1),
	}
	c.Flags().BoolVar(&check, "check", false, "only compare the backup with its hashes")
	c.RunE = func(c *cobra.Command, args []string) error {
		in := s.in
		if args[0] != "-" {
			f, err := os.Open(args[0])
			if err != nil {
				return fails(err)
			}
			defer f.Close()
			in = f
		}
		if check {
			sum, err := backup.Check(c.Context(), in, s.told())
			if err != nil {
				return fails(err)
			}
			fmt.Fprintf(s.out, "%s, %s%s: all as they were saved\n", counted(sum.Files, "file", "files"), pipeline.Size(sum.Bytes), withoutCache(sum))
			return nil
		}
		return s.restore(c.Context(), in)
	}
	return c
}

func (s *settings) restore(ctx context.Context, in io.Reader) error {
	disk := s.disk(false)
	release, err := pipeline.Lock(ctx, disk, pipeline.Holder{PID: s.pid, Run: "restore", Started: s.clock().UTC()}, 0)
	if err != nil {
		return coded(err)
	}
	defer release()
	sum, err := backup.Restore(ctx, disk, in, func() (int64, error) { return pipeline.FreeSpace(disk.Path(".")) }, s.told())
	if err != nil {
		return fails(err)
	}
	fmt.Fprintf(s.out, "restored %s, %s%s, all as they were saved, to %s\n", counted(sum.Files, "file", "files"), pipeline.Size(sum.Bytes), withoutCache(sum), disk.Path("."))
	return nil
}

func withoutCache(sum backup.Summary) string {
	if sum.Cache {
		return ""
	}
	return ", without what is made anew"
}

// notes is where a command that may write its result to standard output says what it did.
func (s *settings) notes(file string) io.Writer {
	if file == "-" {
		return s.err
	}
	return s.out
}

// told draws how far a backup has come, on a terminal.
func (s *settings) told() backup.Progress {
	report := newReporter(s.err, s.terminal)
	return func(stage string, done, total int64) {
		switch {
		case !s.terminal:
		case done < total:
			report.Step(stage, int(done/1000), int(total/1000), "kB")
		default:
			report.done()
		}
	}
}

// fits is an error when a backup of a workspace cannot go to a file.
func (s *settings) fits(file string, disk pipeline.Disk) error {
	if file == "-" {
		if s.terminalOut {
			return errors.New("a backup is not for a terminal: name a file")
		}
		return nil
	}
	folder, err := filepath.Abs(filepath.Dir(file))
	if err == nil {
		folder, err = filepath.EvalSymlinks(folder)
	}
	if err != nil {
		return exit{pipeline.Usage, err}
	}
	root, err := filepath.Abs(disk.Path("."))
	if err == nil {
		root, err = filepath.EvalSymlinks(root)
	}
	if err != nil {
		return exit{pipeline.Usage, err}
	}
	if folder == root || strings.HasPrefix(folder, root+string(filepath.Separator)) {
		return exit{pipeline.Usage, fmt.Errorf("%s is in the workspace itself: name a file elsewhere, best on another disk", file)}
	}
	return nil
}

// deliverStream writes to a file that only its owner can read, whole or not at all, or to
// standard output.
func (s *settings) deliverStream(file string, write func(io.Writer) error) error {
	if file == "-" {
		return write(s.out)
	}
	part := file + ".part"
	f, err := os.OpenFile(part, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	if err := errors.Join(write(f), f.Sync(), f.Close()); err != nil {
		return errors.Join(err, os.Remove(part))
	}
	return os.Rename(part, file)
}
