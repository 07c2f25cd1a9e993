package chart_test

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"samkraft/sinks/chart"
)

// example is a chart with a name, for golden files and for the gallery.
type example struct {
	name, caption string
	chart         chart.Chart
}

// grouped writes whole numbers as Swedish does, others with up to two decimals.
func grouped(v float64) string {
	text := strconv.FormatFloat(math.Abs(v), 'f', 2, 64)
	text = strings.TrimRight(strings.TrimRight(text, "0"), ".")
	whole, fraction, has := strings.Cut(text, ".")
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "\u00a0" + whole[i:]
	}
	if has {
		whole += "," + fraction
	}
	if v < 0 && whole != "0" {
		whole = "−" + whole
	}
	return whole
}

func known(numbers ...float64) []chart.Value {
	var values []chart.Value
	for _, number := range numbers {
		values = append(values, chart.Known(number))
	}
	return values
}

var members = []string{"Båstad", "Hylte", "Halmstad", "Laholm", "Falkenberg"}

var sectors = []string{"Hushåll", "Offentlig verksamhet", "Industri och byggverksamhet", "Jordbruk, skogsbruk och fiske", "Transporter"}

var words = chart.Words{Nothing: "Det finns inget att visa.", Unknown: "okänt", Total: "Summa"}

// examples are charts like those on the pages, with made-up figures.
func examples() []example {
	gap := known(412, 95, 1380, 240)
	gap = append(gap, chart.Unknown("sekretess"))
	years := make([]time.Time, 9)
	for i := range years {
		years[i] = time.Date(2015+i, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	months := make([]time.Time, 30)
	cold := make([]chart.Value, 30)
	for i := range months {
		months[i] = time.Date(2022, time.Month(4+i), 1, 0, 0, 0, 0, time.UTC)
		cold[i] = chart.Known(math.Round(3000 + 2400*math.Cos(float64(i+3)*math.Pi/6)))
	}
	cold[13], cold[14], cold[16] = chart.Unknown("mätare ur drift"), chart.Unknown("mätare ur drift"), chart.Value{}
	hours, load := make([]time.Time, 72), make([]chart.Value, 72)
	for i := range hours {
		hours[i] = time.Date(2024, 10, 25, 22+i, 0, 0, 0, time.UTC)
		load[i] = chart.Known(math.Round(2000 - 500*math.Cos(float64(i-4)*math.Pi/12)))
	}
	return []example{
		{"bars-upright", "Slutlig energianvändning 2022: Halmstad använder mest.", chart.Bars{
			Title: "Slutlig energianvändning 2022", Desc: "Staplar för fem kommuner.", Unit: "GWh", Head: "Kommun",
			Categories: []string{"2018", "2019", "2020", "2021", "2022"}, Series: []chart.Series{{Name: "Slutlig användning", Values: gap}}, Format: grouped, Words: words,
		}},
		{"bars-grouped", "Före och efter väderkorrigering.", chart.Bars{
			Title: "Före och efter", Desc: "Två staplar för var kommun.", Unit: "GWh", Head: "Kommun",
			Categories: []string{"El", "Värme", "Olja", "Biogas", "Annan energi"}, Series: []chart.Series{
				{Name: "Uppmätt", Values: known(380, 92, 1290, 228, 610)}, {Name: "Efter väderkorrigering", Values: gap}},
			Format: grouped, Words: words,
		}},
		{"bars-stacked", "Industrin i Halmstad är störst.", chart.Bars{
			Title: "Användning efter sektor", Desc: "Staplade staplar.", Unit: "GWh", Head: "Kommun", Stacked: true,
			Categories: []string{"2018", "2019", "2020", "2021", "2022"}, Series: sectorSeries(), Format: grouped, Words: words,
		}},
		{"bars-rows", "De flesta sparar, en betalar.", chart.Bars{
			Title: "Vad var och en vinner", Desc: "Liggande staplar, även under noll.", Unit: "euro per år", Head: "Avtal",
			Categories: []string{"Gemensam upphandling", "Gemensamt solkraftverk på deponin i Halmstad", "Delad fjärrvärme", "Vindkraft på gränsen", "Gemensam rådgivning"},
			Series:     []chart.Series{{Name: "Vinst", Values: append(known(354933.55, 128000, -43120.5, 0), chart.Unknown("inga uppgifter"))}},
			Format:     grouped, Words: words,
		}},
		{"bars-rows-grouped", "Två sätt att dela.", chart.Bars{
			Title: "Sätt att dela", Desc: "Liggande staplar i grupper.", Unit: "euro per år", Head: "Kommun", Horizontal: true,
			Categories: members, Series: []chart.Series{
				{Name: "Shapleyvärde", Values: known(59911, 8034, 173505, 57282, 56201)},
				{Name: "Nukleolus", Values: known(61200, -1200, 170005, 60100, 64828)},
				{Name: "Efter folkmängd", Values: append(known(22000, 15000), chart.Unknown(""))},
			}, Format: grouped, Words: words,
		}},
		{"bars-rows-stacked", "Var användningen finns.", chart.Bars{
			Title: "Användning efter sektor", Desc: "Liggande staplade staplar.", Unit: "GWh", Head: "Kommun", Stacked: true, Horizontal: true,
			Categories: members, Series: sectorSeries(), Format: grouped, Words: words,
		}},
		{"ranges", "Vinsten är osäker men över noll.", chart.Ranges{
			Title: "Hur säker vinsten är", Desc: "Intervall.", Unit: "euro per år", Head: "Avtal",
			LowName: "P10", MiddleName: "median", HighName: "P90", CentralName: "centralt värde",
			Rows: []chart.Range{
				{"Alla avtal tillsammans", chart.Known(231000), chart.Known(342100), chart.Known(501000), chart.Known(354933)},
				{"Gemensam upphandling av solceller och värmepumpar", chart.Known(-20000), chart.Known(51000), chart.Known(143000), chart.Known(60200)},
				{"Delad fjärrvärme", chart.Unknown("inga dragningar"), chart.Unknown(""), chart.Unknown(""), chart.Known(128000)},
			}, Format: grouped, Words: words,
		}},
		{"ranges-no-median", "Det sekretessbelagda är osäkert.", chart.Ranges{
			Title: "Uppskattade värden", Desc: "Intervall utan median.", Unit: "MWh", Head: "Kommun", LowName: "minst", HighName: "högst", CentralName: "energi",
			Rows: []chart.Range{
				{Name: "Hylte", Low: chart.Known(0), High: chart.Known(51000), Central: chart.Known(14100)},
				{Name: "Laholm", Low: chart.Unknown("sekretess"), Central: chart.Known(9000)},
			}, Format: grouped, Words: words,
		}},
		{"tornado", "Priset på el betyder mest.", chart.Tornado{
			Title: "Vad vinsten beror på", Desc: "Svängningar kring det centrala värdet.", Unit: "euro per år", Head: "Faktor",
			LowName: "faktorn låg", HighName: "faktorn hög", CentralName: "centralt värde", Central: chart.Known(354933),
			Rows: []chart.Swing{
				{"Elpris", chart.Known(201000), chart.Known(540000), "48 EUR/MWh", "96 EUR/MWh"},
				{"Rabatt vid gemensam upphandling", chart.Known(515616), chart.Known(257011), "", ""},
				{"Andel byggnader med hålmur", chart.Known(401973), chart.Known(467119), "10 %", "40 %"},
				{"Diskonteringsränta", chart.Known(371000), chart.Unknown("inte räknad"), "2 %", "6 %"},
				{"Livslängd", chart.Known(354933), chart.Known(354933), "", ""},
			}, Format: grouped, Words: words,
		}},
		{"steps", "Mer än hälften betalar sig.", supply()},
		{"flow", "Mest el, därnäst biobränsle.", chart.Flow{
			Title: "Energins väg", Desc: "Flöden från energibärare över omvandling till sektorer.", Unit: "GWh",
			FromHead: "Från", ToHead: "Till", AmountHead: "Energi", Columns: []string{"Tillförsel", "Omvandling", "Användning"},
			Nodes: []chart.Node{
				{Name: "Vindkraft"}, {Name: "El, in över gränsen"}, {Name: "Biobränslen"}, {Name: "Avfall"}, {Name: "Oljeprodukter"},
				{Name: "Kraftvärmeverk", Column: 1}, {Name: "Värmeverk", Column: 1},
				{Name: "Hushåll", Column: 2}, {Name: "Industri och byggverksamhet", Column: 2}, {Name: "Transporter", Column: 2}, {Name: "Offentlig verksamhet", Column: 2}, {Name: "Förluster", Column: 2},
			},
			Links: []chart.Link{
				{0, 7, chart.Known(120)}, {0, 8, chart.Known(210)}, {1, 8, chart.Known(160)}, {1, 10, chart.Known(60)}, {2, 5, chart.Known(240)},
				{3, 5, chart.Known(110)}, {2, 6, chart.Known(75)}, {2, 7, chart.Known(140)}, {4, 9, chart.Known(520)}, {4, 8, chart.Known(35)},
				{5, 7, chart.Known(190)}, {5, 10, chart.Known(70)}, {5, 8, chart.Known(48)}, {5, 11, chart.Known(42)}, {6, 7, chart.Known(60)}, {6, 11, chart.Known(15)},
				{4, 7, chart.Unknown("sekretess")},
			}, Format: grouped, Words: words,
		}},
		{"lines-years", "Oljan minskar.", chart.Lines{
			Title: "Användning över tid", Desc: "Linjer med luckor.", Unit: "GWh", Head: "År", Times: years, FromZero: true,
			Series: []chart.Series{
				{Name: "Oljeprodukter", Values: known(310, 305, 280, 260, 255, 214, 208, 190, 171)},
				{Name: "Fjärrvärme", Values: append(known(180, 184, 190), append([]chart.Value{chart.Unknown("sekretess"), chart.Known(201), chart.Unknown("sekretess")}, known(210, 196, 199)...)...)},
				{Name: "El", Values: known(402, 399, 410, 421, 415, 409, 430, 402, 398)},
			}, Format: grouped, Words: words, When: func(t time.Time) string { return t.Format("2006") },
		}},
		{"lines-months", "Vintern väger tyngst.", chart.Lines{
			Title: "Värme per månad", Desc: "En linje.", Unit: "MWh", Head: "Månad", Times: months,
			Series: []chart.Series{{Name: "Värme", Values: cold}}, Format: grouped, Words: words,
			Month: func(t time.Time) string { return t.Format("01/06") }, When: func(t time.Time) string { return t.Format("2006-01") },
		}},
		{"lines-days", "Mest el om dagen.", chart.Lines{
			Title: "El per timme", Desc: "En linje över tre dygn.", Unit: "MWh", Head: "Timme", Times: hours,
			Series: []chart.Series{{Name: "El", Values: load}}, Format: grouped, Words: words,
			When: func(t time.Time) string { return t.Format("2006-01-02 15:04") },
		}},
		{"lines-numbers", "Ju fler, desto mer.", chart.Lines{
			Title: "Vinst efter antal medlemmar", Desc: "Linjer över ett tal.", Unit: "euro per år", Head: "Medlemmar", Numbers: []float64{1, 2, 3, 5, 8, 12},
			Series: []chart.Series{
				{Name: "Störst", Values: known(0, 120500, 198000, 354933, 401000, 403500)},
				{Name: "Minst", Values: append(known(0, 14000), chart.Unknown("inte räknad"), chart.Known(220000), chart.Known(230100), chart.Known(-12000))},
			}, Format: grouped, Words: words,
		}},
		{"map", "Störst vinst i Halmstad.", chart.Map{
			Title: "Vinst per kommun", Desc: "Karta över fem kommuner.", Unit: "euro per år", Head: "Kommun", ValueHead: "Vinst",
			Areas: areas(append(known(59911, -8034, 173505, 57282), chart.Unknown("sekretess"))), Format: grouped, Words: words,
		}},
		{"map-plain", "De fem kommunerna.", chart.Map{
			Title: "Kommunerna", Desc: "Karta över fem kommuner och två små.", Head: "Kommun", Plain: true, Format: grouped, Words: words,
			Areas: append(areas(make([]chart.Value, 5)),
				chart.Area{Name: "Lilla Kommunen", GeoJSON: `{"type":"Polygon","coordinates":[[[12.1,56.5],[12.2,56.5],[12.2,56.56],[12.1,56.56],[12.1,56.5]]]}`},
				chart.Area{Name: "Utan gräns", GeoJSON: `{"type":"Point","coordinates":[12,56]}`}),
		}},
		{"nothing", "Inget.", chart.Bars{Title: "Inget", Desc: "Inga värden.", Categories: members, Series: []chart.Series{{Name: "Värme"}}, Words: words}},
	}
}

func sectorSeries() []chart.Series {
	series := []chart.Series{
		{Name: sectors[0], Values: known(96, 41, 402, 99, 171)}, {Name: sectors[1], Values: known(31, 12, 165, 28, 62)},
		{Name: sectors[2], Values: known(44, 180, 512, 61, 233)}, {Name: sectors[3], Values: known(38, 14, 41, 63, 80)},
		{Name: sectors[4], Values: known(120, 70, 610, 131, 302)},
	}
	series[2].Values[3] = chart.Unknown("sekretess")
	return series
}

func areas(values []chart.Value) []chart.Area {
	var areas []chart.Area
	for i, ring := range []string{
		"12.891,56.454 12.859,56.441 12.817,56.445 12.704,56.483 12.612,56.435 12.548,56.46 12.517,56.438 12.622,56.397 12.625,56.387 12.745,56.32 12.782,56.319 12.859,56.336 12.87,56.356 12.894,56.368 12.95,56.369 12.966,56.428",
		"13.351,57.113 13.122,57.036 13.079,57.099 12.86,57.023 12.823,56.975 13.003,56.915 13.043,56.841 13.137,56.892 13.163,56.827 13.267,56.853 13.298,56.824 13.687,56.927 13.694,56.964 13.595,57.015 13.604,57.06 13.489,57.114",
		"13.267,56.853 13.163,56.827 13.137,56.892 13.043,56.841 13.003,56.915 12.912,56.943 12.842,56.856 12.771,56.856 12.605,56.777 12.713,56.634 12.826,56.638 12.932,56.553 13.164,56.634 13.19,56.677 13.308,56.685 13.319,56.782",
		"13.364,56.665 13.328,56.688 13.19,56.677 13.164,56.634 13.028,56.595 12.996,56.559 12.797,56.553 12.891,56.454 12.966,56.428 12.95,56.369 12.989,56.358 13.149,56.353 13.196,56.324 13.293,56.38 13.462,56.428 13.465,56.514",
		"13.097,57.158 12.912,57.181 12.954,57.241 12.808,57.301 12.623,57.21 12.579,57.113 12.609,57.024 12.258,56.987 12.381,56.896 12.512,56.87 12.603,56.787 12.771,56.856 12.842,56.856 12.912,56.958 12.823,56.975 12.972,57.051",
	} {
		geojson := `{"type":"MultiPolygon","coordinates":[[[[` + strings.ReplaceAll(ring, " ", "],[") + `]]]]}`
		areas = append(areas, chart.Area{Name: members[i], GeoJSON: geojson, Value: values[i]})
	}
	return areas
}

// supply is a joint supply curve: costs by measure, widths by member.
func supply() chart.Steps {
	s := chart.Steps{
		Title: "Gemensam utbudskurva", Desc: "Åtgärder efter kostnad.", Unit: "EUR/MWh", WidthUnit: "MWh per år", Head: "Åtgärd", MemberHead: "Kommun",
		HeightName: "Nettokostnad", WidthName: "Sparad energi", Format: grouped, WidthFormat: grouped, Words: words,
		Markers: []chart.Marker{{Name: "Elpris", At: chart.Known(62)}, {Name: "Mål", At: chart.Known(210000), Upright: true}},
	}
	for _, m := range members {
		s.Members = append(s.Members, chart.Key{Name: m})
	}
	for i, measure := range []struct {
		name string
		cost float64
	}{
		{"Styrning av elvärme", -92.2}, {"Effektiva hushållsapparater", -68.6}, {"Styrning av fjärrvärme", -55.9}, {"Tätning", -11},
		{"Injustering", 4.4}, {"Belysning och ventilation i lokaler", 70.9}, {"Vinds- och väggisolering", 144.9}, {"Fönster", 189.8},
	} {
		for j := range members {
			wide := []float64{4057, 1642, 13035, 5595, 6686}[j] * []float64{1, 1.5, 2.1, 0.7, 0.05, 1.9, 0.6, 0.3}[i]
			s.Blocks = append(s.Blocks, chart.Block{Name: measure.name, Member: j, Width: chart.Known(math.Round(wide)), Height: chart.Known(measure.cost)})
		}
	}
	s.Highest, s.HigherName = 300, "kostar mer"
	s.Blocks = append(s.Blocks, chart.Block{Name: "Nya fönster", Member: 2, Width: chart.Known(7000), Height: chart.Known(1240)},
		chart.Block{Name: "Panna", Member: 4, Width: chart.Known(4000), Height: chart.Known(2800)})
	s.Blocks = append(s.Blocks, chart.Block{Name: "Ny panna", Member: 0, Width: chart.Known(900), Height: chart.Unknown("inget pris")})
	return s
}

// hostile are charts of what should never be, and could.
func hostile() []example {
	var list []example
	long := "Energieffektivisering och förnybar el i Västra Hallands kustkommuner"
	nan, inf := chart.Known(math.NaN()), chart.Known(math.Inf(1))
	many := make([]string, 98)
	for i := range many {
		many[i] = fmt.Sprintf("%s %d", []string{"Båstad", "Kommunen med ett långt namn", "Ö"}[i%3], i)
	}
	numbers := func(of func(i int) float64) []chart.Value {
		values := make([]chart.Value, 98)
		for i := range values {
			values[i] = chart.Known(of(i))
		}
		return values
	}
	for name, values := range map[string][]chart.Value{
		"empty": nil, "one": known(7), "zero": known(0, 0, 0), "missing": {{}, chart.Unknown("sekretess")}, "negative": known(-3, -1e6, -0.001),
		"nan": {nan, inf, chart.Known(math.Inf(-1)), chart.Known(4)}, "huge": known(1e300, 1e59, -1e59, 5e-324), "tiny": known(1e-70, 2e-59, 3e-30),
		"close": known(1e15, 1e15+1, 1e15+2), "many": numbers(func(i int) float64 { return float64(i*i%101) - 20 }),
	} {
		list = append(list, ofValues("hostile-"+name, values, many)...)
	}
	list = append(list, ofValues("hostile-names", known(5, 3, 8), []string{long, strings.Repeat("W", 60), "<script>alert(\"x\")</script>\x00\u202e & ]]>"})...)
	return list
}

// ofValues are charts of all kinds that show the same values under the same names.
func ofValues(name string, values []chart.Value, names []string) []example {
	bars := chart.Bars{Title: name, Desc: name, Unit: "MWh", Head: "H", Categories: names[:min(len(names), max(len(values), 1))], Words: words, Format: grouped}
	bars.Series = []chart.Series{{Name: names[0], Values: values}, {Name: names[1], Values: values, Colour: -7}, {Name: names[2], Values: values, Colour: 99}}
	stacked, rows, stackedRows := bars, bars, bars
	stacked.Stacked, rows.Horizontal, stackedRows.Stacked, stackedRows.Horizontal = true, true, true, true
	ranges := chart.Ranges{Title: name, Desc: name, Head: "H", LowName: "P10", MiddleName: "median", HighName: "P90", CentralName: "central", Words: words, Format: grouped}
	tornado := chart.Tornado{Title: name, Desc: name, Head: "H", LowName: "low", HighName: "high", CentralName: "central", Central: chart.Known(1), Words: words}
	steps := chart.Steps{Title: name, Desc: name, HeightName: "cost", WidthName: "energy", Words: words, Format: grouped}
	flow := chart.Flow{Title: name, Desc: name, Columns: []string{names[0], names[1]}, Words: words, Format: grouped}
	lines := chart.Lines{Title: name, Desc: name, Series: bars.Series, Words: words, Format: grouped}
	numbers := lines
	where := chart.Map{Title: name, Desc: name, Words: words, Format: grouped}
	for i, v := range values {
		other := values[(i+1)%len(values)]
		of := names[i%len(names)]
		ranges.Rows = append(ranges.Rows, chart.Range{Name: of, Low: v, Middle: other, High: other, Central: v})
		tornado.Rows = append(tornado.Rows, chart.Swing{Name: of, Low: v, High: other})
		steps.Members = append(steps.Members, chart.Key{Name: of})
		steps.Blocks = append(steps.Blocks, chart.Block{Name: of, Member: i - 1, Width: other, Height: v})
		steps.Markers = append(steps.Markers, chart.Marker{Name: of, At: v, Upright: i%2 == 0})
		flow.Nodes = append(flow.Nodes, chart.Node{Name: of, Column: i % 7 * (i%3 - 1), Colour: i - 3})
		flow.Links = append(flow.Links, chart.Link{From: i, To: i * 5 % len(values), Value: v}, chart.Link{From: i - 1, To: i + 1, Value: other})
		lines.Times = append(lines.Times, time.Date(2000+i*i, time.Month(i), i, 0, 0, 0, 0, time.UTC))
		numbers.Numbers = append(numbers.Numbers, math.Pow(float64(i)-3, 9))
		x, y := float64(i%10)/5, 55+float64(i/10)/5
		where.Areas = append(where.Areas, chart.Area{Name: of, Value: v, GeoJSON: fmt.Sprintf(`{"type":"Polygon","coordinates":[[[%g,%g],[%g,%g],[%g,%g],[%g,%g]]]}`, x, y, x+.2, y, x+.2, y+.2, x, y+.2)})
	}
	for i, bad := range []string{"", "{", "null", `{"type":"Polygon"}`, `{"type":"Polygon","coordinates":[]}`, `{"type":"Polygon","coordinates":[[[1,2],[1]]]}`,
		`{"type":"Polygon","coordinates":[[[1,2],[1,400],[5,5]]]}`, `{"type":"MultiPolygon","coordinates":[[[[1,56],[1,56],[1,56]]]]}`} {
		where.Areas = append(where.Areas, chart.Area{Name: names[i%len(names)], GeoJSON: bad})
	}
	var list []example
	for _, e := range []example{{"bars", "", bars}, {"stacked", "", stacked}, {"rows", "", rows}, {"stackedrows", "", stackedRows}, {"ranges", "", ranges},
		{"tornado", "", tornado}, {"steps", "", steps}, {"flow", "", flow}, {"lines", "", lines}, {"numbers", "", numbers}, {"map", "", where}} {
		list = append(list, example{name + "-" + e.name, name + ", " + e.name, e.chart})
	}
	return list
}
