package workbook

import (
	_ "embed"

	"samkraft/sinks/words"
)

//go:embed texts.csv
var textFile string

var texts = mustReadTexts()

func mustReadTexts() words.Catalogue {
	c, err := words.ReadCatalogue(textFile)
	if err != nil {
		panic("texts.csv: " + err.Error())
	}
	return c
}

// say is a text of the catalogue in the language of the workbook.
func (e *edition) say(key string, pairs ...any) string { return texts.Text(e.lang, key, pairs...) }
