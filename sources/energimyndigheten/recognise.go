package energimyndigheten

import (
	"slices"
	"strings"

	"samkraft/pipeline"
	"samkraft/sources"
	"samkraft/sources/pxweb"
)

var csvHeader = []string{"municipality_code", "municipality", "year", "installations", "capacity_mw"}

// Recognise knows an answer by its columns, or without columns by its keys and
// figures; metadata by its variables or its title; the CSV file by its header.
func (Source) Recognise(f pipeline.Sniff) (pipeline.Claim, bool) {
	if head := sources.Begin(f.Head); len(head) > 0 && head[0] == '{' {
		return recogniseJSON(head)
	}
	line := sources.FirstLine(f.Head)
	if len(line) > 1<<10 {
		return pipeline.Claim{}, false
	}
	known := 0
	for _, name := range strings.FieldsFunc(line, func(r rune) bool { return r == ',' || r == ';' || r == '"' || r == '\r' }) {
		for _, want := range csvHeader {
			if strings.TrimSpace(name) == want {
				known++
			}
		}
	}
	if known >= 4 {
		return pipeline.Claim{DataSet: pvCSV}, true
	}
	return pipeline.Claim{}, false
}

// recogniseJSON looks at as much of an object as there is: the head of a large
// answer ends anywhere.
func recogniseJSON(head []byte) (pipeline.Claim, bool) {
	g := pxweb.Peek(head)
	codes := map[string]bool{}
	for _, c := range append(g.Columns, g.Lists...) {
		codes[c.Code] = true
	}
	claim := func(dataSet, role string) (pipeline.Claim, bool) {
		return pipeline.Claim{DataSet: dataSet, Role: role, Group: dataSet}, true
	}
	role := "data"
	if g.Lists != nil || isTitle(g.Title) || isWindTitle(g.Title) {
		role = "metadata"
	}
	switch {
	case isTitle(g.Title), codes["Effektklass"] && (codes["Region"] || codes["Kategori"]):
		return claim(pvAnswer, role)
	case role == "metadata" && isWindTitle(g.Title) && (g.Lists == nil || codes["Kommun"]):
		return claim(windAnswer, role)
	case role == "data" && codes["År"] && codes["Kommun"] && codes["Kategori"] && isOnly(g.Columns, "År", "Kommun", "Kategori", "CONTENTS"):
		return claim(windAnswer, role)
	case g.Columns == nil && areKeys(g):
		return claim(pvAnswer, "data")
	}
	return pipeline.Claim{}, false
}

// isTitle knows the title of EN0123_1, "Nätanslutna solcellsanläggningar, antal
// och installerad effekt, från år 2016". That of EN0123_2 has no "antal".
func isTitle(title string) bool {
	title = strings.ToLower(title)
	return strings.Contains(title, "nätanslutna solcellsanläggningar") && strings.Contains(title, "antal")
}

// isWindTitle knows a title such as "Antal verk och installerad effekt per kommun,
// 2003-", of the table of wind power by municipality: "verk" alone may be of any kind,
// but no other table counts them by municipality.
func isWindTitle(title string) bool {
	title = strings.ToLower(title)
	return strings.Contains(title, "kommun") && (strings.Contains(title, "vindkraft") || strings.Contains(title, "antal verk"))
}

func isOnly(columns []pxweb.Column, codes ...string) bool {
	for _, c := range columns {
		if c.Type != "c" && !slices.Contains(codes, c.Code) {
			return false
		}
	}
	return true
}

// areKeys knows an answer that has lost its columns: keys of four short numbers
// (year, region, power class 0-3, category 0-1) and one figure with two decimals
// or "..".
func areKeys(g pxweb.Glimpse) bool {
	for n, key := range g.Keys {
		if len(key) != 4 || !isFigure(g.Texts[n]) {
			return false
		}
		for i, longest := range [4]int{2, 3, 1, 1} {
			if !sources.Digits(key[i]) || len(key[i]) > longest {
				return false
			}
		}
		if key[2] > "3" || key[3] > "1" {
			return false
		}
	}
	return len(g.Keys) > 0 && !g.Confusing
}

func isFigure(s string) bool {
	whole, decimals, _ := strings.Cut(s, ".")
	return s == ".." || len(decimals) == 2 && sources.Digits(whole) && sources.Digits(decimals)
}
