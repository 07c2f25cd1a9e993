package pipeline

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
)

// Hash returns the SHA-256 of the canonical JSON form of a value, in hex. Maps
// are written with sorted keys, so equal values have equal hashes.
func Hash(v any) string {
	text, err := json.Marshal(v)
	if err != nil {
		panic("a hashed value is always one that JSON can write: " + err.Error())
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}

// HashFile returns the SHA-256 and size of a file.
func HashFile(disk FS, name string) (sum string, size int64, err error) {
	r, err := disk.Open(name)
	if err != nil {
		return "", 0, err
	}
	defer r.Close()
	h := sha256.New()
	size, err = io.Copy(h, r)
	return hex.EncodeToString(h.Sum(nil)), size, err
}
