package standin

import (
	"hash/fnv"
	"io"
	"slices"
	"time"

	"samkraft/pipeline"
)

// edsRows are rows of a data set, in the order of time, place and classes. They
// are made as they are written: a figure is a hash of what it is about.
type edsRows struct {
	table    *edsTable
	first    time.Time // UTC; of months: the Danish day, as if it were UTC
	times    int
	groups   []edsGroup
	columns  []string               // to be shown; nil for all
	revision func(month string) int // how often a month, such as "2024-05", was revised
	twist    Twist
}

// edsGroup is the rows of one place and one class of each kind.
type edsGroup struct {
	texts []string // of the columns that are neither times nor figures
	seeds []uint64 // of the values
	means []int64  // of the values; -1 for none
}

// labels are the columns between the times and the figures.
func (t *edsTable) labels() []string {
	var names []string
	if t.place != "" {
		names = append(names, t.place)
	}
	if t.names {
		names = append(names, "Municipality", "RegionName")
	}
	for _, c := range t.classes {
		names = append(names, c.name)
	}
	return names
}

// groups crosses places with classes, and keeps what a filter lets pass.
func (t *edsTable) groups(places []string, keep func(column, value string) bool) []edsGroup {
	if t.areas != nil {
		places = t.areas
	}
	if t.place == "" {
		places = []string{""}
	}
	if t.unknown {
		places = append([]string{"1"}, places...)
	}
	texts := [][]string{}
	for _, p := range places {
		switch {
		case t.place == "":
			texts = append(texts, nil)
		case t.names:
			m, _ := pipeline.FindMunicipality("DK", p) // the codes are Danish ones
			texts = append(texts, []string{p, m.Name, edsRegions[m.NUTS3[:min(4, len(m.NUTS3))]]})
		default:
			texts = append(texts, []string{p})
		}
	}
	for _, c := range t.classes {
		var crossed [][]string
		for _, before := range texts {
			for _, v := range c.values {
				crossed = append(crossed, append(slices.Clone(before), v))
			}
		}
		texts = crossed
	}
	var groups []edsGroup
	labels := t.labels()
next:
	for _, row := range texts {
		for i, l := range labels {
			if !keep(l, row[i]) {
				continue next
			}
		}
		groups = append(groups, t.group(row))
	}
	return groups
}

// edsRegions by NUTS 2.
var edsRegions = map[string]string{"DK01": "Region Hovedstaden", "DK02": "Region Sjælland", "DK03": "Region Syddanmark", "DK04": "Region Midtjylland", "DK05": "Region Nordjylland"}

// group draws the size of a group, and which figures it has.
func (t *edsTable) group(texts []string) edsGroup {
	g := edsGroup{texts: texts}
	place := ""
	if t.place != "" {
		place = texts[0]
	}
	size := int64(20 + seed(place)%160)
	for _, v := range t.values {
		s := seed(append([]string{t.name, v.name}, texts...)...)
		mean := v.mean * size / 100
		if v.sparse && s%3 > 0 {
			mean = -1
		}
		g.seeds, g.means = append(g.seeds, s), append(g.means, mean)
	}
	return g
}

func seed(texts ...string) uint64 {
	h := fnv.New64a()
	for _, t := range texts {
		io.WriteString(h, t)
		h.Write([]byte{0})
	}
	return mix(h.Sum64())
}

// len counts the rows.
func (r *edsRows) len() int { return r.times * len(r.groups) }

// at returns the time of the i-th time: the instant, and what the clock shows.
func (r *edsRows) at(i int) (utc, local time.Time) {
	if r.table.step == 0 {
		local = r.first.AddDate(0, i, 0)
		return fromDanish(local), local
	}
	utc = r.first.Add(time.Duration(i) * r.table.step)
	return utc, danish(utc)
}

// edsFigure draws a figure: around the mean, by the hour, another in every revision
// of its month.
func edsFigure(v edsValue, seed uint64, mean int64, local time.Time, revision int64) int64 {
	n := mean / 1000 * int64(700+mix(seed^uint64(local.Unix()))%600)
	if mean < 1000 {
		n = mean * int64(700+mix(seed^uint64(local.Unix()))%600) / 1000
	}
	if v.day != nil {
		n = n / 100 * v.day[local.Hour()]
	}
	if v.signed {
		n -= mean / 5
	}
	return n + n/200*revision + revision
}
