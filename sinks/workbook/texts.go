package workbook

import (
	_ "embed"

	"samkraft/sinks/words"
)

//go:embed texts.csv
var textFile string

var texts = words.MustReadCatalogue(textFile)

// say is a text of the catalogue in the language of the workbook.
func (e *edition) say(key string, pairs ...any) string { return texts.Text(e.lang, key, pairs...) }
