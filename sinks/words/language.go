// Package words is how a snapshot speaks Danish, Swedish and English: how numbers,
// amounts, money and dates are written, what tables, columns, units and codes are
// called, and the catalogues in which a sink keeps its own sentences. Pages, charts,
// the workbook and the report all say the same thing by it.
package words

import "golang.org/x/text/language"

// Language is one of the languages in All, by its code. Any other value speaks
// English.
type Language string

const (
	Danish  Language = "da"
	Swedish Language = "sv"
	English Language = "en"
)

// All are the languages, in the order in which they are offered.
var All = []Language{Danish, Swedish, English}

// Parse returns the language of a code: da, sv or en.
func Parse(code string) (Language, bool) {
	switch l := Language(code); l {
	case Danish, Swedish, English:
		return l, true
	}
	return "", false
}

// English is the first, because a matcher gives its first language where none fits.
var (
	offered = []Language{English, Danish, Swedish}
	matcher = language.NewMatcher([]language.Tag{language.English, language.Danish, language.Swedish})
)

// Match returns the language that fits a browser's Accept-Language best: English
// where none does, and where the header cannot be understood.
func Match(acceptLanguage string) Language {
	wanted, _, err := language.ParseAcceptLanguage(acceptLanguage)
	if err != nil {
		return English
	}
	_, i, _ := matcher.Match(wanted...)
	return offered[i]
}

// pick is the text in a language.
func (l Language) pick(da, sv, en string) string {
	switch l {
	case Danish:
		return da
	case Swedish:
		return sv
	}
	return en
}
