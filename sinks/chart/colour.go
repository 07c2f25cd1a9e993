package chart

import (
	"fmt"
	"strings"
)

// inks are the colours of what is no figure, by class, for a viewer that does not know
// the style sheet.
var inks = map[string]string{
	"ink": "#1b1f24", "soft": "#57606a", "grid": "#d8dce1", "axis": "#57606a", "mid": "#1b1f24",
	"ink over": "#1b1f24", "soft over": "#57606a", "cut": "#ffffff",
}

// hues are the colours of figures, 1 to 8, for the same viewers; the style sheet has
// them by theme as --c1 to --c8.
var hues = [...]string{"#0072b2", "#c65102", "#00856a", "#a8458a", "#8f6b00", "#3a87b8", "#6b5bb0", "#6b7075"}

// paint is what a figure is filled with. Textures tell figures apart where colours do
// not: in grey print, and for those who see colours otherwise.
type paint struct {
	colour, texture int // from 0
}

// paintOf is the paint of a series: its colour, if it asks for one, and the texture of
// its place. 64 places differ.
func paintOf(colour, place int) paint {
	p := paint{colour: place % 8, texture: (place + place/8) % 8}
	if colour >= 1 && colour <= 8 {
		p.colour = colour - 1
	}
	return p
}

// fill are the attributes of a filled shape.
func (d *drawing) fill(p paint) string {
	if p.texture == 0 {
		return fmt.Sprintf(`class="c%d" fill="%s"`, p.colour+1, hues[p.colour])
	}
	d.patterns[p] = true
	return fmt.Sprintf(`class="tx" fill="url(#%s-%d%d)"`, d.id, p.colour+1, p.texture)
}

// textures are thin lines and dots in the colour of the paper, on tiles of 8 by 8; the
// first texture is none.
var textures = [8]string{
	1: "M-2 6L2 10M-2 -2L10 10M6 -2L10 2",
	2: "M1 2h2M5 6h2",
	3: "M-2 2L2 -2M-2 10L10 -2M6 10L10 6",
	4: "M0 4H8",
	5: "M4 0V8",
	6: "M0 4H8M4 0V8",
	7: "M-2 -2L10 10M-2 10L10 -2",
}

// defs are the patterns that the drawing uses.
func (d *drawing) defs() string {
	var b strings.Builder
	for colour := range hues {
		for texture, path := range textures {
			if !d.patterns[paint{colour, texture}] {
				continue
			}
			fmt.Fprintf(&b, `<pattern id="%s-%d%d" width="8" height="8" patternUnits="userSpaceOnUse">`, d.id, colour+1, texture)
			fmt.Fprintf(&b, `<rect class="c%d" fill="%s" width="8" height="8"/>`, colour+1, hues[colour])
			fmt.Fprintf(&b, `<path class="texture" d="%s" fill="none" stroke="#ffffff" stroke-width="1" stroke-opacity="0.55"/></pattern>`+"\n", path)
		}
	}
	if b.Len() == 0 {
		return ""
	}
	return "<defs>\n" + b.String() + "</defs>\n"
}

// dashes tell lines apart.
var dashes = [...]string{"", "6 3", "2 3", "8 3 2 3", "10 4", "4 2", "1 2", "12 3 4 3"}

func dash(i int) string {
	if pattern := dashes[i%len(dashes)]; pattern != "" {
		return ` stroke-dasharray="` + pattern + `"`
	}
	return ""
}
