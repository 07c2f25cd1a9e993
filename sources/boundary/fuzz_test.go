package boundary

import (
	"testing"

	"samkraft/sources/sourcetest"
)

func FuzzDecode(f *testing.F) { sourcetest.Fuzz(f, Source{}) }
