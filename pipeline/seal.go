package pipeline

import (
	"bytes"
	"encoding/json"
	"io"
)

// sealed is a record together with the hash of its own text, so that a cache
// whose bytes have changed is noticed and made anew.
type sealed struct {
	Hash   string          `json:"hash"`
	Record json.RawMessage `json:"record"`
}

// WriteSealed writes a record as JSON with its own hash.
func WriteSealed(disk FS, name string, record any) error {
	text, err := json.Marshal(record)
	if err != nil {
		return err
	}
	return WriteFile(disk, name, func(w io.Writer) error {
		return json.NewEncoder(w).Encode(sealed{Hash(string(text)), text})
	})
}

// ReadSealed reads such a record and reports whether it is there and unchanged.
func ReadSealed(disk FS, name string, record any) bool {
	text, err := ReadFile(disk, name)
	if err != nil {
		return false
	}
	var s sealed
	strict := json.NewDecoder(bytes.NewReader(text))
	strict.DisallowUnknownFields()
	return strict.Decode(&s) == nil && Hash(string(s.Record)) == s.Hash && json.Unmarshal(s.Record, record) == nil
}
