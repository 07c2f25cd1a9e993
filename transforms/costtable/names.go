package costtable

import (
	"fmt"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"samkraft/transforms/coalition"
)

// MaxMembers is the largest group: a table of 20 members has a million rows, as
// many as a sheet of a workbook holds.
const MaxMembers = 20

// register numbers the members as they first appear.
type register struct {
	members []string
	number  map[string]int
}

// memberName returns a name in the one form in which names are compared: the
// same letters may be stored in two ways, as å or as a and a ring.
func memberName(text string) (string, error) {
	name := norm.NFC.String(strings.TrimSpace(text))
	if name == "" {
		return "", fmt.Errorf("a member has no name")
	}
	for _, letter := range name {
		if unicode.IsControl(letter) || letter == unicode.ReplacementChar {
			return "", fmt.Errorf("member %q has a character that is no letter", shorten(name))
		}
	}
	return name, nil
}

// coalition reads members joined by +.
func (g *register) coalition(text string) (coalition.Mask, error) {
	if text == "" {
		return 0, fmt.Errorf("the coalition has no name")
	}
	mask := coalition.Mask(0)
	for part := range strings.SplitSeq(text, "+") {
		name, err := memberName(part)
		if err != nil {
			return 0, err
		}
		i, known := g.number[name]
		if !known {
			i = len(g.members)
			if i == MaxMembers {
				return 0, fmt.Errorf("member %q is number %d", shorten(name), MaxMembers+1)
			}
			g.members = append(g.members, name)
			g.number[name] = i
		}
		if mask.Has(i) {
			return 0, fmt.Errorf("member %q is there twice", shorten(name))
		}
		mask |= 1 << i
	}
	return mask, nil
}
