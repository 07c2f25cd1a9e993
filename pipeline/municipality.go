package pipeline

import (
	_ "embed"
	"encoding/csv"
	"fmt"
	"sort"
	"strconv"
	"strings"
	"sync"
	"unicode"
)

// Municipality is one Danish or Swedish municipality of today (Denmark since
// 2007, Sweden since 2003). Code is three digits in Denmark and four in Sweden.
// NUTS3 is the region of NUTS 2021. Zone is the electricity bidding zone, empty
// where a municipality's grid areas lie in two zones or no source was seen.
// Latitude and Longitude (degrees, WGS 84) are the centre of its area, computed from
// the simplified boundaries that sources/boundary reads, to two decimals: good for
// the nearest weather station, not for a map.
type Municipality struct {
	Country, Code, Name, NUTS3, Zone string
	Latitude, Longitude              float64
}

// String writes the municipality as "DK 253 Greve".
func (m Municipality) String() string { return m.Country + " " + m.Code + " " + m.Name }

//go:embed municipality.csv
var municipalityCSV string

type registry struct {
	all    []Municipality
	byCode map[string]Municipality // "DK253"
	byName map[string]Municipality // "DK" + folded name
}

var municipalities = sync.OnceValue(func() registry {
	r := registry{byCode: map[string]Municipality{}, byName: map[string]Municipality{}}
	rows, err := csv.NewReader(strings.NewReader(municipalityCSV)).ReadAll()
	if err != nil {
		panic("municipality.csv: " + err.Error()) // embedded at build time: cannot fail at run time
	}
	for _, row := range rows[1:] {
		m := Municipality{Country: row[0], Code: row[1], Name: row[2], NUTS3: row[3], Zone: row[4]}
		if m.Latitude, err = strconv.ParseFloat(row[6], 64); err == nil {
			m.Longitude, err = strconv.ParseFloat(row[7], 64)
		}
		if err != nil {
			panic("municipality.csv: " + err.Error())
		}
		r.all = append(r.all, m)
		r.byCode[m.Country+m.Code] = m
		r.byName[m.Country+fold(m.Name)] = m
		if row[5] != "" {
			r.byName[m.Country+fold(row[5])] = m
		}
	}
	sort.Slice(r.all, func(i, j int) bool {
		a, b := r.all[i], r.all[j]
		return a.Country+a.Code < b.Country+b.Code
	})
	return r
})

// Municipalities lists every municipality by country and code.
func Municipalities() []Municipality { return municipalities().all }

// FindMunicipality resolves every spelling that the publishers use: 253, "0253",
// "253.0", "253 - Greve", "1380 Halmstad", "Køge", "Koege", "KØGE",
// "Koege_A". A code decides where there is one, so that a damaged name
// ("1278 B\uFFFDstad") does no harm. An unknown municipality is an error that
// names it; territories of before the Danish reform of 2007 are the business of
// the source that reads them.
func FindMunicipality(country, spelling string) (Municipality, error) {
	r := municipalities()
	if country != "DK" && country != "SE" {
		return Municipality{}, fmt.Errorf("unknown country %q; expected DK or SE", country)
	}
	s := strings.TrimFunc(spelling, unicode.IsSpace)
	digits := 0
	for digits < len(s) && s[digits] >= '0' && s[digits] <= '9' {
		digits++
	}
	if digits > 0 {
		code, rest := s[:digits], s[digits:]
		if rest == "" || strings.TrimRight(rest, "0") == "." || rest[0] == ' ' {
			if m, ok := r.byCode[country+padCode(country, code)]; ok {
				return m, nil
			}
		}
		return Municipality{}, fmt.Errorf("unknown municipality %q in %s", spelling, country)
	}
	if m, ok := r.byName[country+fold(strings.TrimSuffix(s, "_A"))]; ok {
		return m, nil
	}
	return Municipality{}, fmt.Errorf("unknown municipality %q in %s", spelling, country)
}

// padCode strips the leading zeros that some publishers write and restores the
// width of the country's codes (a spreadsheet may have turned "0114" into 114).
func padCode(country, code string) string {
	code = strings.TrimLeft(code, "0")
	width := 3
	if country == "SE" {
		width = 4
	}
	for len(code) < width {
		code = "0" + code
	}
	return code
}

var foldLetters = strings.NewReplacer("æ", "ae", "ø", "oe", "å", "aa", "ä", "ae", "ö", "oe", "é", "e", " kommune", "", " kommun", "")

func fold(name string) string {
	return foldLetters.Replace(strings.ToLower(strings.Join(strings.Fields(name), " ")))
}
