package chart_test

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"samkraft/sinks/chart"
)

// Drawn charts: names from short to absurd, numbers from none to far too large.
var (
	names = rapid.OneOf(
		rapid.SampledFrom([]string{"El", "Båstad", "Industri och byggverksamhet", "Energieffektiviseringsåtgärder i flerbostadshus", "W W W W", "", "1 MWh & <b>"}),
		rapid.StringN(0, 20, 60))
	figures = rapid.OneOf(
		rapid.Float64Range(-1000, 1000), rapid.Float64Range(0, 1e7),
		rapid.SampledFrom([]float64{0, 1, -1, 1e-9, 123456.789, 1e12, math.NaN(), math.Inf(-1), math.MaxFloat64}))
	values = rapid.Custom(func(t *rapid.T) chart.Value {
		if rapid.IntRange(0, 9).Draw(t, "gone") == 0 {
			return chart.Unknown(names.Draw(t, "why"))
		}
		return chart.Known(figures.Draw(t, "figure"))
	})
	amounts = rapid.Custom(func(t *rapid.T) chart.Value { return chart.Known(rapid.Float64Range(0.01, 1e6).Draw(t, "amount")) })
)

func drawnSeries(t *rapid.T, length int) []chart.Series {
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) chart.Series {
		return chart.Series{Name: names.Draw(t, "name"), Values: rapid.SliceOfN(values, 0, length).Draw(t, "values"), Colour: rapid.IntRange(-1, 9).Draw(t, "colour")}
	}), 0, 5).Draw(t, "series")
}

func TestPropertyBars(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		categories := rapid.SliceOfN(names, 0, 12).Draw(t, "categories")
		sane(t, chart.Bars{
			Title: "t", Desc: "d", Unit: names.Draw(t, "unit"), Categories: categories, Series: drawnSeries(t, len(categories)),
			Stacked: rapid.Bool().Draw(t, "stacked"), Horizontal: rapid.Bool().Draw(t, "horizontal"), Format: grouped,
		}.SVG())
	})
}

// TestPropertyProportion holds that bars, stacked or not, standing or lying, are as
// long as what they show, by one scale.
func TestPropertyProportion(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		categories := []string{"a", "b", "c"}[:rapid.IntRange(1, 3).Draw(t, "categories")]
		b := chart.Bars{Categories: categories, Stacked: rapid.Bool().Draw(t, "stacked"), Horizontal: rapid.Bool().Draw(t, "horizontal")}
		for range rapid.IntRange(1, 4).Draw(t, "series") {
			b.Series = append(b.Series, chart.Series{Values: rapid.SliceOfN(amounts, len(categories), len(categories)).Draw(t, "values")})
		}
		side, from := "height", "y"
		if b.Horizontal {
			side, from = "width", "x"
		}
		most, long := 0.0, 0.0
		ends := map[string][2]float64{} // of each bar or stack, and what is in it
		for _, e := range sane(t, b.SVG()) {
			if !e.filled() {
				continue
			}
			v, l := e.number(t, "data-value"), e.number(t, side)
			if v > most {
				most, long = v, l
			}
			if b.Stacked {
				across := e.attr["x"]
				if b.Horizontal {
					across = e.attr["y"]
				}
				low, high := e.number(t, from), e.number(t, from)+l
				if old, is := ends[across]; is {
					if math.Abs(old[0]-high) > 0.03 && math.Abs(old[1]-low) > 0.03 {
						t.Fatalf("%s does not join the stack from %v", e, old)
					}
					low, high = min(low, old[0]), max(high, old[1])
				}
				ends[across] = [2]float64{low, high}
			}
		}
		for _, e := range sane(t, b.SVG()) {
			if e.filled() && math.Abs(e.number(t, side)-e.number(t, "data-value")/most*long) > 0.03 {
				t.Fatalf("%s: %v of %v is %v long", e, most, long, e.number(t, side))
			}
		}
		if b.Stacked && len(ends) != len(categories) {
			t.Fatalf("%d stacks of %d", len(ends), len(categories))
		}
	})
}

// TestScale holds that a standing bar reaches as high on the drawing as the labels of
// its scale say.
func TestScale(t *testing.T) {
	for _, most := range []float64{0.003, 1, 7, 55, 999, 12345, 8e8} {
		b := chart.Bars{Categories: []string{"a"}, Series: []chart.Series{{Values: known(most)}}}
		var at, number []float64
		var top, zero float64
		for _, e := range sane(t, b.SVG()) {
			switch {
			case e.name == "text" && e.class("soft"):
				v, err := strconv.ParseFloat(e.text, 64)
				if err != nil {
					t.Fatal(err)
				}
				at, number = append(at, e.number(t, "y")-4.5), append(number, v)
			case e.filled():
				top, zero = e.number(t, "y"), e.number(t, "y")+e.number(t, "height")
			}
		}
		n := len(at) - 1
		if n < 2 || n > 8 {
			t.Errorf("%v: %d steps", most, n)
		}
		perUnit := (at[0] - at[n]) / (number[n] - number[0])
		if got := (zero - top) / perUnit; math.Abs(got-most) > most*0.001 {
			t.Errorf("%v is drawn as %v", most, got)
		}
		step := (number[1] - number[0]) / math.Pow(10, math.Floor(math.Log10((number[1]-number[0])*1.000001)))
		if r := math.Round(step); math.Abs(step-r) > 1e-6 || (r != 1 && r != 2 && r != 5) {
			t.Errorf("%v: steps of %v", most, number[1]-number[0])
		}
	}
}

func TestPropertyRows(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ranges := chart.Ranges{Unit: "MWh", LowName: names.Draw(t, "low"), MiddleName: "m", HighName: "h", CentralName: names.Draw(t, "central"), Format: grouped}
		tornado := chart.Tornado{LowName: "l", HighName: names.Draw(t, "high"), CentralName: "c", Central: values.Draw(t, "result"), Format: grouped}
		for range rapid.IntRange(0, 6).Draw(t, "rows") {
			name := names.Draw(t, "name")
			v := rapid.SliceOfN(values, 4, 4).Draw(t, "values")
			ranges.Rows = append(ranges.Rows, chart.Range{Name: name, Low: v[0], Middle: v[1], High: v[2], Central: v[3]})
			tornado.Rows = append(tornado.Rows, chart.Swing{Name: name, Low: v[0], High: v[1], LowNote: name})
		}
		sane(t, ranges.SVG())
		sane(t, tornado.SVG())
	})
}

// TestPropertySteps holds that blocks stand side by side, as wide as what they give.
func TestPropertySteps(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := chart.Steps{HeightName: "cost", WidthName: "energy", Unit: "EUR/MWh", WidthUnit: "MWh", Format: grouped, WidthFormat: grouped,
			Highest: rapid.SampledFrom([]float64{0, 10, 1e6}).Draw(t, "highest"), HigherName: "more"}
		for range rapid.IntRange(0, 4).Draw(t, "members") {
			s.Members = append(s.Members, chart.Key{Name: names.Draw(t, "member")})
		}
		total := 0.0
		var drawn []float64
		for i := range rapid.IntRange(0, 30).Draw(t, "blocks") {
			b := chart.Block{Name: fmt.Sprint(i), Member: rapid.IntRange(-1, 5).Draw(t, "of"), Width: values.Draw(t, "width"), Height: values.Draw(t, "height")}
			s.Blocks = append(s.Blocks, b)
			usable := func(v float64) bool { return !math.IsNaN(v) && math.Abs(v) < 1e60 }
			if w := b.Width.Number; b.Width.Known && usable(w) && w >= 1e-60 && b.Height.Known && usable(b.Height.Number) {
				total += w
				drawn = append(drawn, w)
			}
		}
		for range rapid.IntRange(0, 3).Draw(t, "markers") {
			s.Markers = append(s.Markers, chart.Marker{Name: names.Draw(t, "marker"), At: values.Draw(t, "at")})
		}
		var wide []float64
		end, sum := -1.0, 0.0
		for _, e := range sane(t, s.SVG()) {
			if !e.filled() {
				continue
			}
			if end >= 0 && math.Abs(e.number(t, "x")-end) > 0.03 {
				t.Fatalf("%s does not stand at %v", e, end)
			}
			wide = append(wide, e.number(t, "width"))
			sum += e.number(t, "width")
			end = e.number(t, "x") + e.number(t, "width")
		}
		if len(wide) != len(drawn) {
			t.Fatalf("%d blocks drawn of %d", len(wide), len(drawn))
		}
		for i, w := range drawn {
			if math.Abs(wide[i]-w/total*sum) > 0.2 {
				t.Fatalf("block %d of %v is %v wide of %v", i, w, wide[i], sum)
			}
		}
	})
}

// TestPropertyFlow holds that links are as thick as they are large, by one scale, and
// that at each node they lie side by side along its edge and fill it on its fuller side.
func TestPropertyFlow(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := chart.Flow{Unit: "MWh", Format: grouped}
		columns := rapid.IntRange(2, 5).Draw(t, "columns")
		for i := range rapid.IntRange(2, 12).Draw(t, "nodes") {
			f.Nodes = append(f.Nodes, chart.Node{Name: fmt.Sprint(i, " ", names.Draw(t, "name")), Column: rapid.IntRange(0, columns-1).Draw(t, "column")})
		}
		in, out := map[int]float64{}, map[int]float64{}
		drawn := 0
		for range rapid.IntRange(1, 25).Draw(t, "links") {
			l := chart.Link{From: rapid.IntRange(-1, len(f.Nodes)).Draw(t, "from"), To: rapid.IntRange(-1, len(f.Nodes)).Draw(t, "to"), Value: amounts.Draw(t, "value")}
			f.Links = append(f.Links, l)
			if l.From >= 0 && l.To >= 0 && l.From < len(f.Nodes) && l.To < len(f.Nodes) && f.Nodes[l.From].Column < f.Nodes[l.To].Column {
				drawn++
				out[l.From] += l.Value.Number
				in[l.To] += l.Value.Number
			}
		}
		list := sane(t, f.SVG())
		scale, most := 0.0, 0.0 // by the largest link, whose rounding counts least
		for _, e := range list {
			if !e.class("link") {
				continue
			}
			drawn--
			if v := e.number(t, "data-value"); v > most {
				most, scale = v, e.number(t, "stroke-width")/v
			}
		}
		if drawn != 0 {
			t.Fatalf("%d links too few are drawn", drawn)
		}
		for _, e := range list {
			if e.class("link") {
				if v := e.number(t, "data-value"); math.Abs(e.number(t, "stroke-width")-max(v*scale, 0.5)) > 0.02 {
					t.Fatalf("%s is not %v thick", e, v*scale)
				}
			}
			if !e.filled() {
				continue
			}
			node, _ := strconv.Atoi(strings.Fields(e.title)[0])
			a := areaOf(t, e)
			if want := max(in[node], out[node]) * scale; math.Abs(a.bottom-a.top-max(want, 0.5)) > 0.1 {
				t.Fatalf("%s: %v tall, not %v", e, a.bottom-a.top, want)
			}
			arrives, leaves := 0.0, 0.0
			for _, link := range list {
				if !link.class("link") {
					continue
				}
				at, half := points(t, link.attr["d"]), link.number(t, "data-value")*scale/2
				for _, end := range []struct {
					x, y  float64
					edge  float64
					count *float64
				}{{at[0][0], at[0][1], a.right, &leaves}, {at[len(at)-1][0], at[len(at)-1][1], a.left, &arrives}} {
					if math.Abs(end.x-end.edge) < 0.02 && end.y-half > a.top-0.05 && end.y+half < a.bottom+0.05 {
						*end.count += 2 * half
					}
				}
			}
			if math.Abs(arrives-in[node]*scale) > 0.1 || math.Abs(leaves-out[node]*scale) > 0.1 {
				t.Fatalf("%s: links of %v and %v, not %v and %v", e, arrives, leaves, in[node]*scale, out[node]*scale)
			}
		}
	})
}

func TestPropertyLines(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := chart.Lines{Unit: "MWh", FromZero: rapid.Bool().Draw(t, "zero"), Format: grouped}
		at := time.Date(rapid.IntRange(1990, 2030).Draw(t, "year"), 3, 1, 0, 0, 0, 0, time.UTC)
		step := rapid.SampledFrom([]time.Duration{time.Hour, 24 * time.Hour, 31 * 24 * time.Hour, 365 * 24 * time.Hour, 0}).Draw(t, "step")
		for range rapid.IntRange(0, 60).Draw(t, "times") {
			l.Times = append(l.Times, at)
			at = at.Add(step)
		}
		l.Series = drawnSeries(t, len(l.Times))
		sane(t, l.SVG())
		if len(l.Times) > 0 {
			l.Numbers = rapid.SliceOfN(rapid.Float64Range(-1e9, 1e9), len(l.Times), len(l.Times)).Draw(t, "numbers")
			slices.Sort(l.Numbers)
			sane(t, l.SVG())
		}
	})
}

func TestPropertyMap(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := chart.Map{ValueHead: "v", Unit: "EUR", Plain: rapid.Bool().Draw(t, "plain"), Format: grouped}
		for range rapid.IntRange(0, 8).Draw(t, "areas") {
			x, y := rapid.Float64Range(8, 15).Draw(t, "x"), rapid.Float64Range(54, 58).Draw(t, "y")
			var ring []string
			for range rapid.IntRange(3, 8).Draw(t, "points") {
				ring = append(ring, fmt.Sprintf("[%v,%v]", x+rapid.Float64Range(-.5, .5).Draw(t, "dx"), y+rapid.Float64Range(-.3, .3).Draw(t, "dy")))
			}
			m.Areas = append(m.Areas, chart.Area{Name: names.Draw(t, "name"), Value: values.Draw(t, "value"),
				GeoJSON: `{"type":"Polygon","coordinates":[[` + strings.Join(ring, ",") + `]]}`})
		}
		sane(t, m.SVG())
	})
}
