package pipeline

import (
	"encoding/binary"
	"errors"
	"io"
	"strconv"

	"github.com/zeebo/xxh3"
)

// keyLog finds keys that stand twice among any number of rows, in memory that
// does not grow with them: hashes beyond the first million go to files by their
// first bits, and equal ones meet in the same file.
type keyLog struct {
	disk   FS
	base   string // of the files' names
	first  []xxh3.Uint128
	shares []keyShare // none until there are more than keysHeld
}

type keyShare struct {
	name   string
	file   File
	buffer []byte
}

const (
	keysHeld  = 1 << 20
	keyShares = 64
	keyBytes  = 16
	keyBuffer = 1 << 14
)

// known adds a key, and leaves the finding to the end.
func (k *keyLog) known(sum xxh3.Uint128, _ string) (string, error) { return "", k.add(sum) }

func (k *keyLog) add(sum xxh3.Uint128) error {
	if k.shares == nil {
		if k.first = append(k.first, sum); len(k.first) < keysHeld {
			return nil
		}
		return k.spill()
	}
	s := &k.shares[sum.Hi%keyShares]
	s.buffer = binary.LittleEndian.AppendUint64(s.buffer, sum.Hi)
	s.buffer = binary.LittleEndian.AppendUint64(s.buffer, sum.Lo)
	if len(s.buffer) < keyBuffer {
		return nil
	}
	_, err := s.file.Write(s.buffer)
	s.buffer = s.buffer[:0]
	return err
}

// spill goes over from memory to files.
func (k *keyLog) spill() error {
	k.shares = make([]keyShare, keyShares)
	for i := range k.shares {
		s := &k.shares[i]
		s.name, s.buffer = Temp(k.base+".keys"+strconv.Itoa(i)), make([]byte, 0, keyBuffer)
		var err error
		if s.file, err = k.disk.Create(s.name); err != nil {
			return err
		}
	}
	for _, sum := range k.first {
		if err := k.add(sum); err != nil {
			return err
		}
	}
	k.first = nil
	return nil
}

// twice returns the keys that were added more than once.
func (k *keyLog) twice() (map[xxh3.Uint128]bool, error) {
	found := map[xxh3.Uint128]bool{}
	if k.shares == nil {
		repeated(k.first, found)
		return found, nil
	}
	var sums []xxh3.Uint128
	for i := range k.shares {
		s := &k.shares[i]
		if _, err := s.file.Write(s.buffer); err != nil {
			return nil, err
		}
		var err error
		if sums, err = k.read(s.name, sums[:0]); err != nil {
			return nil, err
		}
		repeated(sums, found)
	}
	return found, nil
}

func (k *keyLog) read(name string, sums []xxh3.Uint128) ([]xxh3.Uint128, error) {
	r, err := k.disk.Open(name)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	for buffer := make([]byte, keyBuffer); ; {
		n, err := io.ReadFull(r, buffer)
		for b := buffer[:n]; len(b) >= keyBytes; b = b[keyBytes:] {
			sums = append(sums, xxh3.Uint128{Hi: binary.LittleEndian.Uint64(b), Lo: binary.LittleEndian.Uint64(b[8:])})
		}
		if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
			return sums, nil
		}
		if err != nil {
			return nil, err
		}
	}
}

// repeated adds to found what stands more than once in sums.
func repeated(sums []xxh3.Uint128, found map[xxh3.Uint128]bool) {
	size := 1
	for size < 2*len(sums) {
		size *= 2
	}
	table := make([]int32, size) // place in sums, counted from 1; 0 is free
	for i, sum := range sums {
		at := sum.Lo
		for ; ; at++ {
			place := &table[at%uint64(size)]
			if *place == 0 {
				*place = int32(i + 1)
				break
			}
			if sums[*place-1] == sum {
				found[sum] = true
				break
			}
		}
	}
}

// close removes the files.
func (k *keyLog) close() error {
	var all error
	for _, s := range k.shares {
		if s.file != nil {
			all = errors.Join(all, s.file.Close(), k.disk.Remove(s.name))
		}
	}
	return all
}
