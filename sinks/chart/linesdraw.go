package chart

import (
	"fmt"
	"html/template"
	"math"
	"strings"
	"time"
)

// mostDots is up to how many times or numbers a line has a sign at each value.
const mostDots = 40

// SVG draws a line per series, broken where a value is not known; a value alone between
// such is a sign.
func (l Lines) SVG() template.HTML {
	d := newDrawing("lines", l.Title, l.Desc, l.Grid(), l.Words.withDefaults())
	var s span
	for _, series := range l.Series {
		for i := range l.count() {
			if number, known := series.at(i).number(); known {
				s.add(number)
				if l.FromZero {
					s.add(0)
				}
			}
		}
	}
	if !s.some {
		return d.nothing(l.Title, l.Desc)
	}
	top := d.legend(l.keys(d), 0)
	f := d.upright(s, l.Unit, l.Format, top, tallest, 0)
	x := frame{left: f.left + 8, right: f.right - 16, bottom: f.bottom, high: 1}
	if len(l.Numbers) > 0 {
		x.low, x.high = l.Numbers[0], l.Numbers[len(l.Numbers)-1]
	} else if span := l.hours(len(l.Times) - 1); span > 0 {
		x.high = span
	}
	if x.low == x.high || l.count() == 1 {
		x.left, x.high = (f.left+f.right)/2, x.low+1
	}
	at := func(i int) float64 { return x.x(min(max(l.hours(i), x.low), x.high)) }
	if f.low <= 0 && f.high >= 0 {
		d.stroke("axis", f.left, f.y(0), f.right, f.y(0))
	}
	d.stroke("axis", f.left, f.bottom, f.right, f.bottom)
	if len(l.Numbers) > 0 {
		d.level(x, l.numberFormat())
	} else {
		l.ticks(d, func(t time.Time) float64 { return x.x(min(max(t.Sub(l.Times[0]).Hours(), 0), x.high)) }, f.bottom)
	}
	for j := range l.Series {
		l.line(d, j, f, at)
	}
	l.gaps(d, f, at)
	return d.done(l.Title, l.Desc, f.bottom+lineHeight+10)
}

// hours is the place of a time as hours since the first, or the number itself.
func (l Lines) hours(i int) float64 {
	if len(l.Numbers) > 0 {
		return l.Numbers[i]
	}
	return l.Times[i].Sub(l.Times[0]).Hours()
}

// stroked are the attributes of a series' line.
func (l Lines) stroked(series int) string {
	p := paintOf(l.Series[series].Colour, series)
	return fmt.Sprintf(`class="l%d" fill="none" stroke="%s" stroke-width="2" stroke-linejoin="round"`, p.colour+1, hues[p.colour]) + dash(series)
}

// sign are the element and attributes of a series' sign, centred.
func (l Lines) sign(series int, x, y float64) (element, attributes string) {
	p := paintOf(l.Series[series].Colour, series)
	fill := fmt.Sprintf(`class="c%d" fill="%s" `, p.colour+1, hues[p.colour])
	point := func(dx, dy float64) string { return coordinate(x+dx) + " " + coordinate(y+dy) }
	switch series % 4 {
	case 1:
		return "rect", fill + box(x-3, y-3, 6, 6)
	case 2:
		return "path", fill + `d="M` + point(0, -4.2) + "L" + point(4, 3) + "L" + point(-4, 3) + `Z"`
	case 3:
		return "path", fill + `d="M` + point(0, -4.5) + "L" + point(4.5, 0) + "L" + point(0, 4.5) + "L" + point(-4.5, 0) + `Z"`
	}
	return "circle", fill + fmt.Sprintf(`cx="%s" cy="%s" r="3.5"`, coordinate(x), coordinate(y))
}

func (l Lines) keys(d *drawing) []key {
	var keys []key
	for j, s := range l.Series {
		if len(l.Series) == 1 {
			break // the caption says what it is
		}
		keys = append(keys, key{s.Name, func(x, y float64) {
			d.plainShape("path", l.stroked(j)+fmt.Sprintf(` d="M%s %sh%s"`, coordinate(x), coordinate(y+swatch/2), coordinate(swatch)))
			if l.count() <= mostDots {
				element, attributes := l.sign(j, x+swatch/2, y+swatch/2)
				d.plainShape(element, attributes)
			}
		}})
	}
	for i := range l.count() {
		if len(l.missing(i)) > 0 {
			return append(keys, d.goneKey())
		}
	}
	return keys
}

// line draws one series.
func (l Lines) line(d *drawing, series int, f frame, at func(int) float64) {
	var path strings.Builder
	var signs []int
	run := 0 // values since the line last broke
	for i := range l.count() {
		number, known := l.Series[series].at(i).number()
		if !known {
			run = 0
			continue
		}
		command := "L"
		if run == 0 {
			command = "M"
		}
		fmt.Fprintf(&path, "%s%s %s", command, coordinate(at(i)), coordinate(f.y(number)))
		run++
		_, next := l.Series[series].at(i + 1).number()
		if l.count() <= mostDots || (run == 1 && !next) {
			signs = append(signs, i)
		}
	}
	if path.Len() == 0 {
		return
	}
	d.shape("path", l.stroked(series)+fmt.Sprintf(` d="%s"`, path.String()), mark{says: l.Series[series].Name})
	for _, i := range signs {
		v := l.Series[series].at(i)
		element, attributes := l.sign(series, at(i), f.y(v.Number))
		d.shape(element, attributes, mark{l.says(series, i), v})
	}
}

// gaps marks, above the axis, from where to where values are not known.
func (l Lines) gaps(d *drawing, f frame, at func(int) float64) {
	for i := 0; i < l.count(); i++ {
		from := i
		for i < l.count() && len(l.missing(i)) > 0 {
			i++
		}
		if i == from {
			continue
		}
		var says []string
		var value Value
		for j := from; j < i; j++ {
			for _, series := range l.missing(j) {
				value = l.Series[series].at(j)
				says = append(says, l.says(series, j))
			}
		}
		const most = 12
		if len(says) > most {
			says = append(says[:most], "…")
		}
		left, right := at(from), at(i-1)
		d.goneBox(left-goneSize/2, f.bottom-goneSize-2, right-left+goneSize, mark{strings.Join(says, "; "), value})
	}
}

// missing are the series without a value at a time or number.
func (l Lines) missing(i int) []int {
	var missing []int
	for j, s := range l.Series {
		if _, known := s.at(i).number(); !known {
			missing = append(missing, j)
		}
	}
	return missing
}

func (l Lines) says(series, i int) string {
	says := l.place(i) + ": " + l.Format.full(l.Series[series].at(i), l.Unit, l.Words.withDefaults())
	if len(l.Series) > 1 {
		says = l.Series[series].Name + ", " + says
	}
	return says
}

// tick is a place on the axis of time.
type tick struct {
	at   time.Time
	text string
}

// ticks writes as many times below the axis as fit.
func (l Lines) ticks(d *drawing, at func(time.Time) float64, y float64) {
	ticks := l.times()
	step := 1
	for ; step < len(ticks); step++ {
		if fitTicks(ticks, at, step) {
			break
		}
	}
	for i := 0; i < len(ticks); i += step {
		x := at(ticks[i].at)
		d.stroke("axis", x, y, x, y+4)
		half := width(ticks[i].text) / 2
		d.text(min(max(x, half), across-half), y+lineHeight+2, middle, "soft", ticks[i].text)
	}
}

// fitTicks says whether every step-th text stands clear of the next. Texts at the ends
// are moved inwards by half of their width at most.
func fitTicks(ticks []tick, at func(time.Time) float64, step int) bool {
	for i := 0; i+step < len(ticks); i += step {
		a, b := ticks[i], ticks[i+step]
		halfA, halfB := width(a.text)/2, width(b.text)/2
		if max(at(a.at), halfA)+halfA+10 > min(at(b.at), across-halfB)-halfB {
			return false
		}
	}
	return true
}

// times are the places that may have a text: the times themselves if they are years
// apart, else the beginnings of years, of months, or of days, or else the first and the
// last.
func (l Lines) times() []tick {
	first, last := l.Times[0], l.Times[len(l.Times)-1]
	years := last.Year() - first.Year()
	var ticks []tick
	switch {
	case l.yearly():
		for _, t := range l.Times {
			ticks = append(ticks, tick{t, t.Format("2006")})
		}
	case years >= 3 && years <= 1000:
		for year := first.Year() + 1; year <= last.Year(); year++ {
			t := time.Date(year, 1, 1, 0, 0, 0, 0, first.Location())
			ticks = append(ticks, tick{t, t.Format("2006")})
		}
	case last.Sub(first) >= 62*24*time.Hour && years <= 1000:
		for t := time.Date(first.Year(), first.Month(), 1, 0, 0, 0, 0, first.Location()); !t.After(last); t = t.AddDate(0, 1, 0) {
			if !t.Before(first) {
				ticks = append(ticks, tick{t, l.month(t)})
			}
		}
	case last.Sub(first) >= 36*time.Hour && years <= 1000:
		for t := time.Date(first.Year(), first.Month(), first.Day(), 0, 0, 0, 0, first.Location()); !t.After(last); t = t.AddDate(0, 0, 1) {
			if !t.Before(first) {
				ticks = append(ticks, tick{t, t.Format(time.DateOnly)})
			}
		}
	default:
		ticks = append(ticks, tick{first, l.when(first)})
		if last.After(first) {
			ticks = append(ticks, tick{last, l.when(last)})
		}
	}
	return ticks
}

// yearly says whether all times are the same day of different years.
func (l Lines) yearly() bool {
	first := l.Times[0]
	for i, t := range l.Times {
		if t.Month() != first.Month() || t.Day() != first.Day() || (i > 0 && t.Year() <= l.Times[i-1].Year()) {
			return false
		}
	}
	return math.Abs(float64(first.Year())) < 10000
}

func (l Lines) month(t time.Time) string {
	if l.Month == nil {
		return t.Format("2006-01")
	}
	return l.Month(t)
}
