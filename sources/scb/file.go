package scb

import (
	"fmt"
	"unicode/utf8"

	"samkraft/pipeline"
	"samkraft/sources"
)

// examine looks at the head of a file for its delimiter and encoding. Valid UTF-8
// is taken as UTF-8 whether its letters are intact or were replaced; all else is
// ISO-8859-1. Either way labels are known by their ASCII letters, so a wrong
// guess spoils no more than the spelling in an error.
func examine(part pipeline.Part) (rune, sources.Encoding, error) {
	head, err := sources.Head(part, 64<<10)
	if err != nil {
		return 0, 0, err
	}
	encoding := sources.Damaged
	for i := 0; i < len(head); {
		r, size := utf8.DecodeRune(head[i:])
		if r == utf8.RuneError && size == 1 && (utf8.FullRune(head[i:]) || len(head) < 64<<10) {
			encoding = sources.Latin1
			break
		}
		i += size
	}
	return sources.Separator(sources.FirstLine(head)), encoding, nil
}

// whole checks that nothing is missing at the end. The database writes a full
// grid, every region with the same categories and fuels, and ends the last line.
func whole(name string, regions []*region, file *sources.CSV) error {
	if !file.EndsInLineBreak() {
		return &pipeline.Problem{File: name, What: "the last line has no end", Expected: "a whole file", Remedy: "copy or download it again"}
	}
	for _, r := range regions {
		if r.lines != regions[0].lines {
			return &pipeline.Problem{File: name, What: fmt.Sprintf("region %v has %d lines and region %v has %d", r.code, r.lines, regions[0].code, regions[0].lines),
				Expected: "the same categories and fuels for every region, as the database writes them", Remedy: "copy or download it again"}
		}
	}
	return nil
}
