package pipeline

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"hash"
	"math"
)

// Digest hashes the values of one column in order. A writer and a reader that
// share no code use it to find out whether they agree: nulls, values and order
// all count.
type Digest struct{ h hash.Hash }

// NewDigest returns the digest of an empty column.
func NewDigest() Digest { return Digest{sha256.New()} }

// Null adds a null.
func (d Digest) Null() { d.h.Write([]byte{0}) }

// Text adds a text.
func (d Digest) Text(s string) {
	d.h.Write(binary.BigEndian.AppendUint64([]byte{1}, uint64(len(s))))
	d.h.Write([]byte(s))
}

// Whole adds a whole number: an integer, a decimal in units of its last digit, a
// date in days or a timestamp in microseconds since 1970, a flag as 0 or 1.
func (d Digest) Whole(n int64) { d.h.Write(binary.BigEndian.AppendUint64([]byte{2}, uint64(n))) }

// Number adds a floating-point number, bit by bit.
func (d Digest) Number(f float64) {
	d.h.Write(binary.BigEndian.AppendUint64([]byte{3}, math.Float64bits(f)))
}

// Sum returns the digest in hex.
func (d Digest) Sum() string { return hex.EncodeToString(d.h.Sum(nil)) }
