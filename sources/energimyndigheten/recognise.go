package energimyndigheten

import (
	"bytes"
	"encoding/json"
	"strings"

	"samkraft/pipeline"
	"samkraft/sources"
)

// variables are the codes of the table's variables. Effektklass (power class) is
// what no other table of solar power has.
var variables = []string{"År", "Region", "Effektklass", "Kategori"}

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

// recogniseJSON reads as much of an object as there is: the head of a large
// answer ends anywhere.
func recogniseJSON(head []byte) (pipeline.Claim, bool) {
	d := json.NewDecoder(bytes.NewReader(head))
	if _, err := d.Token(); err != nil {
		return pipeline.Claim{}, false
	}
	data := pipeline.Claim{DataSet: pvAnswer, Role: "data", Group: pvAnswer}
	metadata := pipeline.Claim{DataSet: pvAnswer, Role: "metadata", Group: pvAnswer}
	for d.More() {
		key, err := d.Token()
		if err != nil {
			break
		}
		switch key {
		case "columns":
			codes := codesOf(d)
			return data, codes["Effektklass"] && (codes["Region"] || codes["Kategori"])
		case "data":
			return data, recogniseKeys(d)
		case "title":
			var title string
			if d.Decode(&title) == nil && isTitle(title) {
				return metadata, true
			}
		case "variables":
			codes := codesOf(d)
			return metadata, codes["Effektklass"] && (codes["Region"] || codes["Kategori"])
		default:
			var skipped json.RawMessage
			if d.Decode(&skipped) != nil {
				return pipeline.Claim{}, false
			}
		}
	}
	return pipeline.Claim{}, false
}

// isTitle knows the title of EN0123_1, "Nätanslutna solcellsanläggningar, antal
// och installerad effekt, från år 2016". That of EN0123_2 has no "antal".
func isTitle(title string) bool {
	title = strings.ToLower(title)
	return strings.Contains(title, "nätanslutna solcellsanläggningar") && strings.Contains(title, "antal")
}

func codesOf(d *json.Decoder) map[string]bool {
	codes := map[string]bool{}
	if t, err := d.Token(); err != nil || t != json.Delim('[') {
		return codes
	}
	for d.More() {
		var v struct{ Code string }
		if d.Decode(&v) != nil {
			break
		}
		codes[v.Code] = true
	}
	return codes
}

// recogniseKeys knows an answer that has lost its columns: keys of four short
// numbers (year, region, power class 0-3, category 0-1) and one figure with two
// decimals or "..".
func recogniseKeys(d *json.Decoder) bool {
	if t, err := d.Token(); err != nil || t != json.Delim('[') {
		return false
	}
	n := 0
	for ; n < 200 && d.More(); n++ {
		var cell struct{ Key, Values []string }
		if d.Decode(&cell) != nil {
			break
		}
		if len(cell.Key) != 4 || len(cell.Values) != 1 || !isFigure(cell.Values[0]) {
			return false
		}
		for i, longest := range [4]int{2, 3, 1, 1} {
			if !sources.Digits(cell.Key[i]) || len(cell.Key[i]) > longest {
				return false
			}
		}
		if cell.Key[2] > "3" || cell.Key[3] > "1" {
			return false
		}
	}
	return n > 0
}

func isFigure(s string) bool {
	whole, decimals, _ := strings.Cut(s, ".")
	return s == ".." || len(decimals) == 2 && sources.Digits(whole) && sources.Digits(decimals)
}
