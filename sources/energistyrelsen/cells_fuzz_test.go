package energistyrelsen

import (
	"bytes"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"samkraft/sources"
	"samkraft/sources/sourcetest"
)

// FuzzCells lets any text stand in the cells of a workbook that is itself whole:
// bytes changed at random seldom leave a workbook that can be opened.
func FuzzCells(f *testing.F) {
	for _, c := range []struct{ dataSet, sheet, file string }{
		{turbineRegister, oldStanding.name, "turbines-old/in/anlaeg.xlsx"},
		{turbineRegister, newSheet, "turbines-new/in/Vinddata.xlsx"},
		{producerCount, "EPT", "plants/in/ept.xlsx"},
		{heatNetworks, networkSheet, "networks/in/fjernvarmenet.xlsx"},
	} {
		book, err := sources.OpenWorkbook(sourcetest.Part("seed", sourcetest.Case(f, Source{}, c.file)))
		if err != nil {
			f.Fatal(err)
		}
		var text strings.Builder
		err = book.Rows(book.Sheets()[0], func(_ int, cells []string) error {
			text.WriteString(strings.ReplaceAll(strings.Join(cells, "\t"), "\n", " ") + "\n")
			return nil
		})
		if err != nil {
			f.Fatal(err)
		}
		book.Close()
		f.Add(c.dataSet, c.sheet, text.String())
	}
	f.Fuzz(func(t *testing.T, dataSet, sheet, text string) {
		file := excelize.NewFile()
		defer file.Close()
		if file.SetSheetName("Sheet1", sheet) != nil {
			return
		}
		if dataSet == turbineRegister && sheet == oldStanding.name {
			file.NewSheet(oldDecommissioned.name)
		}
		for i, line := range strings.Split(text, "\n") {
			if i > 100 {
				return
			}
			for j, cell := range strings.Split(line, "\t") {
				at, err := excelize.CoordinatesToCellName(j+1, i+1)
				if err != nil || file.SetCellStr(sheet, at, cell) != nil {
					return
				}
			}
		}
		var content bytes.Buffer
		if file.Write(&content) != nil {
			return
		}
		sourcetest.Survives(t, Source{}, dataSet, sourcetest.Part("fuzz", content.Bytes()))
	})
}
