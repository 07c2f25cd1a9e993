package scb

import (
	"strings"

	"samkraft/pipeline"
	"samkraft/sources"
)

// region is what a region column says, ready to be put into rows. A code stands
// for its area in the years from..to only.
type region struct {
	code, level, muni any
	from, to          int
	lines             int // of the file
}

// counties are today's codes and those of the two that became a part of Västra
// Götaland (14) in 1998 and are still listed in the oldest table.
var counties = func() map[string]bool {
	known := map[string]bool{}
	for _, c := range strings.Fields("01 03 04 05 06 07 08 09 10 12 13 14 15 16 17 18 19 20 21 22 23 24 25") {
		known[c] = true
	}
	return known
}()

const (
	hebyBefore = "1917" // in Västmanland, until 2006
	heby       = "0331" // in Uppsala county, from 2007
	hebyMoved  = 2007
)

// findRegion resolves "00 Riket", "13 Hallands län" and "1380 Halmstad" by the
// code; the name may be damaged.
func findRegion(cell string) (region, string) {
	code, _, _ := strings.Cut(cell, " ")
	r := region{code: code, from: 0, to: 9999}
	if code != "" && !sources.Digits(code) {
		return r, "has no region code"
	}
	switch {
	case code == "00":
		r.level = "nation"
		return r, ""
	case len(code) == 2 && counties[code]:
		r.level = "county"
		if code == "15" || code == "16" {
			r.to = 0 // SCB gives them no figure in any year
		}
		return r, ""
	case len(code) == 4:
		r.level = "municipality"
		if code == hebyBefore {
			r.muni, r.to = heby, hebyMoved-1
			return r, ""
		}
		m, err := pipeline.FindMunicipality("SE", code)
		if err != nil {
			return r, "is no municipality of Sweden"
		}
		r.muni = m.Code
		if code == heby {
			r.from = hebyMoved
		}
		return r, ""
	}
	return r, "is no known region"
}
