package portal

import (
	"html/template"

	"samkraft/sinks/tables"
)

// Known is what only a server knows of a snapshot.
type Known struct {
}

// age says how old the snapshot is.
func (s *scribe) age() template.HTML { return "" }

// retrieved says when an extract came, and from which address.
func (s *scribe) retrieved(x tables.Row) template.HTML { return "" }
