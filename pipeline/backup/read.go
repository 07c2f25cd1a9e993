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

	"github.com/klauspost/compress/zstd"
)

// maxWindow bounds the memory that a compressed file may ask for.
const maxWindow = 64 << 20

// place takes what a backup holds, file by file. The content is as long as it is listed;
// place reads all of it.
type place interface {
	begin(l list) error
	file(f file, content io.Reader) error
}

// Check reads a whole backup and holds it to its list.
func Check(ctx context.Context, r io.Reader, tell Progress) (Summary, error) {
	return read(ctx, r, nowhere{}, tell)
}

// nowhere is where the files of a backup go that is only looked at.
type nowhere struct{}

func (nowhere) begin(list) error { return nil }
func (nowhere) file(_ file, content io.Reader) error {
	_, err := io.Copy(io.Discard, content)
	return err
}

func read(ctx context.Context, r io.Reader, to place, tell Progress) (Summary, error) {
	z, err := zstd.NewReader(r, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(maxWindow))
	if err != nil {
		return Summary{}, err
	}
	defer z.Close()
	t := tar.NewReader(z)
	l, err := readList(t)
	if err != nil {
		return Summary{}, err
	}
	if err := to.begin(l); err != nil {
		return Summary{}, err
	}
	var done int64
	for _, f := range l.Files {
		if ctx.Err() != nil {
			return Summary{}, ctx.Err()
		}
		if err := readFile(t, f, to); err != nil {
			return Summary{}, err
		}
		done += f.Bytes
		tell("read", done, l.bytes())
	}
	if h, err := t.Next(); err == nil {
		return Summary{}, fmt.Errorf("the backup holds %.200q, which its list does not name", h.Name)
	} else if !errors.Is(err, io.EOF) {
		return Summary{}, broken(err)
	}
	// The end of the archive, and the check sum of all of it.
	if n, err := io.Copy(io.Discard, io.LimitReader(z, 1<<20+1)); err != nil || n > 1<<20 {
		return Summary{}, broken(errors.Join(err, errors.New("something follows its end")))
	}
	return Summary{len(l.Files), l.bytes(), l.Cache}, nil
}

func broken(err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return errors.New("the backup is cut short")
	}
	return fmt.Errorf("the backup cannot be read: %w", err)
}

func readList(t *tar.Reader) (l list, err error) {
	h, err := t.Next()
	if err != nil {
		return l, broken(err)
	}
	if h.Name != listName || h.Typeflag != tar.TypeReg || h.Size > maxList {
		return l, fmt.Errorf("this is no backup of a workspace: it begins with %.200q, not with %s", h.Name, listName)
	}
	text, err := io.ReadAll(io.LimitReader(t, maxList))
	if err != nil {
		return l, broken(err)
	}
	strict := json.NewDecoder(bytes.NewReader(text))
	strict.DisallowUnknownFields()
	if err := strict.Decode(&l); err != nil {
		return l, broken(err)
	}
	return l, l.check()
}

// readFile reads the next entry, which is to be f.
func readFile(t *tar.Reader, f file, to place) error {
	h, err := t.Next()
	if err != nil {
		return broken(err)
	}
	kind := byte(tar.TypeReg)
	if f.Link != "" {
		kind = tar.TypeLink
	}
	if h.Name != f.Path || h.Typeflag != kind || h.Linkname != f.Link || h.Size != f.Bytes {
		return fmt.Errorf("the backup holds %.200q where its list has %s", h.Name, f.Path)
	}
	if f.Link != "" {
		return to.file(f, bytes.NewReader(nil))
	}
	v := &verified{r: io.LimitReader(t, f.Bytes), sum: sha256.New(), want: f}
	return to.file(f, v)
}

// verified is content that ends with an error when it was not what the list says.
type verified struct {
	r   io.Reader
	sum interface {
		io.Writer
		Sum([]byte) []byte
	}
	n    int64
	want file
}

func (v *verified) Read(p []byte) (int, error) {
	n, err := v.r.Read(p)
	v.sum.Write(p[:n])
	v.n += int64(n)
	if errors.Is(err, io.EOF) && (v.n != v.want.Bytes || hex.EncodeToString(v.sum.Sum(nil)) != v.want.SHA256) {
		return n, fmt.Errorf("%s in the backup is not what was saved", v.want.Path)
	}
	if err != nil && !errors.Is(err, io.EOF) {
		err = broken(err)
	}
	return n, err
}
