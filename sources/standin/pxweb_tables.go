package standin

import (
	"slices"
	"strings"
)

func pxNewTable(contents, title, unit, path string, variables ...pxVariable) *pxTable {
	return &pxTable{path: path, title: title, contents: contents, unit: unit, variables: variables}
}

func pxRegion(areas []pxValue) pxVariable { return pxVariable{"Region", "region", pxArea, areas} }

func pxTid(values []pxValue) pxVariable { return pxVariable{"Tid", "år", pxYear, values} }

func pxCounted(pairs ...string) pxVariable {
	return pxVariable{"ContentsCode", "tabellinnehåll", pxContents, pxPairs(pairs...)}
}

// pxFuels are the fuels that all energy tables have.
var pxFuels = []string{
	"905", "flytande (icke förnybara)", "910", "fast (icke förnybara)", "915", "gas (icke förnybara)",
	"920", "flytande (förnybara)", "925", "fast (förnybara)", "930", "gas (förnybara)",
}

// pxSCB are the tables of version 2, by number.
func pxSCB(last int, areas []pxValue) map[string]*pxTable {
	years := pxTid(pxYears(2009, last))
	fuels := func(more ...string) pxVariable {
		return pxVariable{code: "Bransle", text: "bränsletyp", values: pxPairs(append(slices.Clone(pxFuels), more...)...)}
	}
	production := func(pairs ...string) pxVariable {
		return pxVariable{code: "Produktionssatt", text: "produktionssätt", values: pxPairs(pairs...)}
	}
	return map[string]*pxTable{
		"TAB3654": pxNewTable("EN0203AE", "Slutanvändning (MWh), efter län och kommun, förbrukarkategori samt bränsletyp", "MWh", "/tables/TAB3654",
			pxRegion(areas),
			pxVariable{code: "Forbrukningskategri", text: "förbrukarkategori", values: pxPairs("911", "slutanv. jordbruk,skogsbruk,fiske", "921", "slutanv. industri, byggverks.",
				"931", "slutanv. offentlig verksamhet", "941", "slutanv. transporter", "951", "slutanv. övriga tjänster",
				"98", "slutanv. småhus", "97", "slutanv. flerbostadshus", "964", "slutanv. fritidshus", "999", "totalt")},
			fuels("14", "fjärrvärme", "16", "el", "955", "totalt"), pxCounted("EN0203AE", "Slutanvändning"), years),
		"TAB3451": pxNewTable("EN0203AD", "Elproduktion och bränsleanvändning (MWh), efter län och kommun, produktionssätt samt bränsletyp", "MWh", "/tables/TAB3451",
			pxRegion(areas),
			production("4.5+4.6", "kraftvärmeverk + industriellt mottryck", "4.3+4.4", "övrig värmekraft (kärnkraft, kondenskraft o.dyl.)",
				"4.1", "vattenkraft", "4.2", "vindkraft", "4.7", "solkraft", "Totalt", "totalt"),
			fuels("17", "elproduktion", "950", "totalt"), pxCounted("EN0203AD", "Elproduktion och bränsleanvändning"), years),
		"TAB3452": pxNewTable("EN0203AC", "Fjärrvärmeproduktion och bränsleanvändning (MWh), efter län och kommun, produktionssätt samt bränsletyp", "MWh", "/tables/TAB3452",
			pxRegion(areas),
			production("4.6", "kraftvärmeverk", "4.7", "fristående värmeverk", "01", "elpannor", "4.6.1+4.7.1", "värmepumpar",
				"4.6.2+4.7.2", "spillvärme", "4.6.3+4.7.3", "rökgaskondens", "Totalt", "totalt"),
			fuels("20", "fjärrvärmeproduktion", "950", "totalt"), pxCounted("EN0203AC", "Fjärrvärmeproduktion och bränsleanvändning"), years),
		"TAB628": pxNewTable("BE0101U2", "Befolkningstäthet, folkmängd och landareal efter region och kön", "antal", "/tables/TAB628",
			pxRegion(areas), pxVariable{code: "Kon", text: "kön", values: pxPairs("1", "män", "2", "kvinnor", "1+2", "totalt")},
			pxCounted("BE0101U1", "Befolkningstäthet", "BE0101U2", "Folkmängd", "BE0101U3", "Landareal"), pxTid(pxYears(1991, last))),
	}
}

// pxClosed is the table that only version 1 has. Heby stands there with the code that
// it had before 2007, too.
func pxClosed(areas []pxValue) map[string]*pxTable {
	areas = append(slices.Clone(areas), pxValue{"1917", "Heby", "1917"})
	categories := pxVariable{code: "Kategori", text: "kategori"}
	for _, label := range []string{"2 bruttotillförsel", "9 slutlig användning totalt", "9.1 slutanv. jordbruk,skogsbruk,fiske", "9.6.1 slutanv. Spec Hushåll småhus"} {
		number, _, _ := strings.Cut(label, " ")
		categories.values = append(categories.values, pxValue{number, label, number})
	}
	carriers := pxVariable{code: "Energityp", text: "energityp", values: pxPairs("E01", "diesel", "E02", "el", "E03", "fjärrvärme", "E04", "övrigt", "E99", "total energi")}
	t := pxNewTable("EN0203AB", "Energi (MWh) efter region, kategori och energityp", "MWh", "/START/EN/EN0203/EN0203A/EnergiKommKat",
		pxRegion(areas), categories, carriers, pxCounted("EN0203AB", "Energi"), pxTid(append(pxYears(1990, 1990), pxYears(1995, 2008)...)))
	t.closed = true
	return map[string]*pxTable{"EnergiKommKat": t}
}

// pxEnergyAgency are the tables of solar and wind power by municipality.
func pxEnergyAgency(last int, areas []pxValue) map[string]*pxTable {
	var labels []string
	for _, a := range areas {
		labels = append(labels, a.code+" "+a.label)
	}
	years := func(first int) pxVariable {
		return pxVariable{"År", "År", pxYear, pxPlaces(pxLabels(pxYears(first, last))...)}
	}
	other := func(code string, labels ...string) pxVariable {
		return pxVariable{code: code, text: code, values: pxPlaces(labels...)}
	}
	tables := map[string]*pxTable{
		"EN0123_1": pxNewTable("Nätanslutna solcellsanläggningar", "Nätanslutna solcellsanläggningar, antal och installerad effekt, från år 2016 -", "",
			"/Natanslutna_solcellsanlaggningar/EN0123_1.px", years(2016), pxVariable{"Region", "Region", pxArea, pxPlaces(labels...)},
			other("Effektklass", "< 20 kW", "20 kW - 1 000 kW", "> 1 000 kW", "Totalt"), other("Kategori", "Solcellsanläggningar, antal", "Installerad effekt (MW)")),
		"EN0105_4": pxNewTable("Vindkraft", "Antal verk och installerad effekt per kommun, 2003-", "",
			"/Vindkraftsstatistik/EN0105_4.px", years(2003), pxVariable{"Kommun", "Kommun", pxArea, pxPlaces(labels...)},
			other("Kategori", "Antal verk, st", "Installerad effekt, MW")),
	}
	for _, t := range tables {
		t.positional, t.decimals = true, true
	}
	return tables
}
