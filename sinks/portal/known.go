package portal

import "html/template"

// Known is what only a server knows of a snapshot.
type Known struct {
}

// age says how old the snapshot is.
func (s *scribe) age() template.HTML { return "" }
