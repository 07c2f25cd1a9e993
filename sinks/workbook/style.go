package workbook

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"

	"samkraft/sinks/tables"
)

// Number formats, as Excel writes them: it shows the marks of the reader's own country.
const (
	asText  = "@" // a text stays one, also when somebody edits it
	asDate  = "yyyy-mm-dd"
	asTime  = "yyyy-mm-dd hh:mm"
	asCount = "#,##0"
	asPlain = "0"
	asShare = "0.0%"
	asBool  = `"TRUE";"TRUE";"FALSE"` // for LibreOffice; Excel shows truth in the reader's language in any format
	general = ""
)

// decimals are how many decimals an amount of a unit has, where it is not small.
var decimals = map[string]int{"EUR": 0, "MWh": 1, "t": 1, "EUR/MWh": 2, "EUR/t": 2, "EUR/person": 2, "MW": 2, "m2": 0, "ha": 0, "byte": 0, "deg": 4}

// threeDigits is how many digits of the largest amount of a column can be seen at least.
const threeDigits = 3

// formatOf is the number format of a column whose largest amount is given.
func formatOf(c tables.Column, largest float64, longest int) string {
	switch {
	case c.Type == "VARCHAR" && longest <= 255:
		return asText // longer ones Excel cannot show in this format
	case c.Type == "DATE":
		return asDate
	case strings.HasPrefix(c.Type, "TIMESTAMP"):
		return asTime
	case c.Type == "BOOLEAN":
		return asBool
	case c.Type == "VARCHAR", strings.Contains(c.Unit, "_unit"), c.Unit == "currency":
		return general
	case c.Unit == "year" && isWhole(c), strings.HasSuffix(c.Name, "_mask"):
		return asPlain
	case isWhole(c):
		return asCount
	case c.Unit == "1" && !strings.HasSuffix(c.Name, "_k"): // _k: a factor, not a share
		return asShare
	}
	places, known := decimals[c.Unit]
	if !known {
		places = 1
	}
	if largest > 0 && !math.IsInf(largest, 0) {
		places = min(6, max(places, threeDigits-1-int(math.Floor(math.Log10(largest)))))
	}
	return amount(places)
}

func isWhole(c tables.Column) bool {
	return strings.HasSuffix(c.Type, "INT") || c.Type == "INTEGER"
}

func amount(places int) string {
	if places <= 0 {
		return asCount
	}
	return asCount + "." + strings.Repeat("0", places)
}

// formats are the number formats of a workbook: each is a style, by its place. They are
// made first in every language's workbook, so that the rows of tables, which name them
// by number, are the same in all.
type formats []string

// style is the number of a format's style, from 1 on; 0 for none.
func (f *formats) style(format string) int {
	if format == general {
		return 0
	}
	if i := slices.Index(*f, format); i >= 0 {
		return i + 1
	}
	*f = append(*f, format)
	return len(*f)
}

func (f formats) make(file *excelize.File) error {
	for i, format := range f {
		look := excelize.Style{CustomNumFmt: &format, Alignment: &excelize.Alignment{Vertical: "top"}}
		switch format {
		case asBool:
			look.Alignment.Horizontal = "center"
		case asText: // so that it does not touch a number on its left
			look.Alignment.Horizontal, look.Alignment.Indent = "left", 1
		}
		style, err := file.NewStyle(&look)
		if err != nil {
			return err
		}
		if style != i+1 {
			return fmt.Errorf("the format %s is style %d, not %d", format, style, i+1)
		}
	}
	return nil
}

// Colours: of headings and of warnings, dark enough on their ground for everybody.
const (
	dark    = "1F3B4D"
	middle  = "3F6C88"
	pale    = "DCE8EF"
	alarm   = "7A1F00"
	alarmed = "FDE3D3"
	white   = "FFFFFF"
	black   = "000000"
)

// looks are the styles of headings, cover and charts.
var looks = map[string]excelize.Style{
	"head":    {Font: letters(11, true, white), Fill: fill(middle), Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"}},
	"key":     {Font: letters(11, true, white), Fill: fill(dark), Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"}},
	"added":   {Font: letters(11, true, dark), Fill: fill(pale), Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"}},
	"title":   {Font: letters(20, true, dark), Alignment: &excelize.Alignment{Vertical: "center"}},
	"heading": {Font: letters(14, true, dark), Border: []excelize.Border{{Type: "bottom", Color: dark, Style: 2}}},
	"group":   {Font: letters(11, true, dark), Fill: fill(pale)},
	"lead":    {Font: letters(12, true, black), Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"}},
	"text":    {Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"}},
	"plain":   {},
	"name":    {Font: letters(11, true, black)},
	"after":   {Alignment: &excelize.Alignment{Horizontal: "left", Indent: 1, Vertical: "top"}}, // of a number: its unit
	"strong":  {Font: letters(11, true, black), Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"}},
	"quiet":   {Font: letters(11, false, "595959"), Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"}},
	"warning": {Font: letters(11, true, alarm), Fill: fill(alarmed), Alignment: &excelize.Alignment{WrapText: true, Vertical: "center"}},
	"link":    {Font: &excelize.Font{Family: "Calibri", Size: 11, Color: "0B5394", Underline: "single"}, Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"}},
	"figure":  {Font: letters(11, true, black), CustomNumFmt: pointer(asCount), Alignment: &excelize.Alignment{Vertical: "top"}},
	"beside":  {CustomNumFmt: pointer(asCount), Alignment: &excelize.Alignment{Vertical: "top"}}, // the same as a figure in another currency
	"share":   {Font: letters(11, true, black), CustomNumFmt: pointer(asShare), Alignment: &excelize.Alignment{Vertical: "top"}},
	"count":   {CustomNumFmt: pointer(asCount), Alignment: &excelize.Alignment{Vertical: "top", Horizontal: "left"}},
	"number":  {CustomNumFmt: pointer("#,##0.0"), Alignment: &excelize.Alignment{Vertical: "top"}},
}

// letters is a font of the face that the rest of a workbook has.
func letters(size float64, bold bool, colour string) *excelize.Font {
	return &excelize.Font{Family: "Calibri", Size: size, Bold: bold, Color: colour}
}

func fill(colour string) excelize.Fill {
	return excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{colour}}
}

func pointer[T any](v T) *T { return &v }
