package scb

import (
	"encoding/csv"
	"slices"
	"strings"

	"samkraft/pipeline"
	"samkraft/sources"
	"samkraft/sources/pxweb"
)

// Recognise knows the energy tables by their header and the labels in the head
// of the file, the population workbook by its texts, and answers of the service by
// the code of what they count.
//
// SCB's tables of oil deliveries have a header of the same words in another
// order; their labels tell them apart. Files whose rows carry no region code are
// left alone.
func (Source) Recognise(f pipeline.Sniff) (pipeline.Claim, bool) {
	if f.Texts != "" || f.Sheets != nil {
		if recognisePopulation(f.Texts) {
			return pipeline.Claim{DataSet: folkmangd}, true
		}
		return pipeline.Claim{}, false
	}
	if head := sources.Begin(f.Head); len(head) > 0 && head[0] == '{' {
		return recogniseAnswer(f)
	}
	header := sources.FirstLine(f.Head)
	if len(header) > 8<<10 {
		return pipeline.Claim{}, false
	}
	names := map[string]bool{}
	for _, name := range fields(header, sources.Separator(header)) {
		names[fold(name)] = true
	}
	known := 0
	for _, name := range []string{"region", "förbrukarkategori", "produktionssätt", "kategori", "bränsletyp", "energityp"} {
		if names[fold(name)] {
			known++
		}
	}
	if known < 2 {
		return pipeline.Claim{}, false
	}
	if d := tableOfFile(header, names, string(f.Head)); d != "" {
		return pipeline.Claim{DataSet: d}, true
	}
	return pipeline.Claim{}, false
}

// recogniseAnswer knows an answer of the service by what it says is counted.
func recogniseAnswer(f pipeline.Sniff) (pipeline.Claim, bool) {
	g := pxweb.Peek(f.Head)
	var counted []string
	if i := g.Table.Find(pxweb.Contents); i >= 0 && (g.Figures || !f.Whole) {
		for _, v := range g.Table.Variables[i].Values {
			counted = append(counted, v.Code)
		}
	}
	for _, c := range g.Columns {
		if c.Type == "c" {
			counted = append(counted, c.Code)
		}
	}
	for _, code := range counted {
		if code == inhabitants {
			return pipeline.Claim{DataSet: folkmangd}, true
		}
		for _, t := range kreTables {
			if slices.Contains(t.contents, code) {
				return pipeline.Claim{DataSet: t.dataSet}, true
			}
		}
	}
	return pipeline.Claim{}, false
}

// What tells the two production tables apart, which have the same header.
var (
	electricityMarks = []string{"elproduktion", "vattenkraft", "vindkraft", "solkraft", "industriellt mottryck"}
	heatMarks        = []string{"fjärrvärmeproduktion", "fristående värmeverk", "elpannor", "värmepumpar", "spillvärme", "rökgaskondens"}
)

// tableOfFile tells which table a file with a header like SCB's is, or "".
func tableOfFile(header string, names map[string]bool, head string) string {
	_, rows, _ := strings.Cut(head, "\n")
	first := fields(sources.FirstLine([]byte(rows)), sources.Separator(header))
	if strings.TrimSpace(rows) == "" {
		for _, t := range kreTables {
			if strings.HasPrefix(fold(strings.Join(fields(header, sources.Separator(header)), ";")), fold(strings.Join(t.header[:], ";"))) && t.dataSet != prodbrEl && t.dataSet != prodbrFj {
				return t.dataSet
			}
		}
		return "" // the two production tables have the same header
	}
	coded := false
	for i, cell := range first {
		coded = coded || i < 3 && startsWithCode(cell)
	}
	if !coded {
		return ""
	}
	text := fold(rows)
	if names["energityp"] || names["kategori"] {
		if hasAny(text, "bruttotillförsel", "insats ", "insatt", "omvandlat", "AnvEnSektor", "slutanv.", "slutlig") {
			return energiKommKat
		}
		return ""
	}
	switch {
	case names[fold("produktionssätt")] && !hasAny(text, electricityMarks...) && !hasAny(text, heatMarks...):
		return "" // nothing in it tells electricity from heat
	case hasAny(text, electricityMarks...):
		return prodbrEl
	case hasAny(text, heatMarks...):
		return prodbrFj
	case hasAny(text, "slutanv.", "(icke förnybara)", "(förnybara)", "summa bränsletyp", "summa förbrukarkategori"):
		return slutAnvSektor
	}
	return ""
}

func hasAny(folded string, labels ...string) bool {
	for _, l := range labels {
		if strings.Contains(folded, fold(l)) {
			return true
		}
	}
	return false
}

// startsWithCode reports whether a cell begins as "00 Riket" and "1380 Halmstad".
func startsWithCode(cell string) bool {
	code, _, _ := strings.Cut(cell, " ")
	return sources.Digits(code) && (len(code) == 2 || len(code) == 4)
}

func fields(line string, comma rune) []string {
	r := csv.NewReader(strings.NewReader(line))
	r.Comma = comma
	r.LazyQuotes = true
	row, err := r.Read()
	if err != nil {
		return nil
	}
	return row
}
