package dst

import (
	"testing"
	"time"

	"samkraft/pipeline"
	"samkraft/sources/sourcetest"
)

func TestMarks(t *testing.T) {
	for cell, want := range map[string]pipeline.Status{
		"60,40": pipeline.Observed,
		"-":     pipeline.NotAvailable, // nil in the legend, and no municipality has nil
		"0":     pipeline.NotAvailable,
		"0,00":  pipeline.NotAvailable,
		"..":    pipeline.NotAvailable,
		".":     pipeline.NotApplicable,
		"x":     pipeline.Suppressed,
	} {
		value, status, err := withoutZero(cell)
		if err != nil || status != want || (value == nil) != (want != pipeline.Observed) {
			t.Errorf("%q is %v, %s, %v; expected %s", cell, value, status, err, want)
		}
	}
	for _, cell := range []string{"", "*", "60.40", "O,40", "…"} {
		if value, status, err := withoutZero(cell); err == nil {
			t.Errorf("%q is read as %v, %s", cell, value, status)
		}
	}
}

func TestPeriod(t *testing.T) {
	for cell, want := range map[string]string{"2025K1": "2025-01-01", "2025K2": "2025-04-01", "2008K4": "2008-10-01", "2024M01": "2024-01-01", "2024M12": "2024-12-01"} {
		if day, ok := period(cell); !ok || day.Format(time.DateOnly) != want {
			t.Errorf("%s is %v, %v; expected %s", cell, day, ok, want)
		}
	}
	for _, cell := range []string{"", "2024", "2025K0", "2025K5", "2025K01", "2024M1", "2024M13", "2024M00", "2024M+1", "2024Q1", "2006K4", "9999K1", "20é4K1"} {
		if day, ok := period(cell); ok {
			t.Errorf("%q is read as %v", cell, day)
		}
	}
}

func TestAge(t *testing.T) {
	for _, cell := range []string{"0", "99", "0 år", "0-4 år", "0-4", "105 år og derover", "125"} {
		if !isAge(cell) {
			t.Errorf("%q is an age", cell)
		}
	}
	for _, cell := range []string{"", "TOT", "-4 år", "år", "1990", "Mænd", "-"} {
		if isAge(cell) {
			t.Errorf("%q is no age", cell)
		}
	}
}

// TestForeign holds Recognise to its own tables: others have the same variables.
func TestForeign(t *testing.T) {
	sourcetest.Unclaimed(t, Source{}, map[string]string{
		"forest before 2007":       "OMRÅDE;BEVOKSNING;TID;INDHOLD\nKøge;Skovareal i alt;1990;2570,1\n",
		"another annual table":     "OMRÅDE;TID;INDHOLD\nGreve;2024;24,80\nKøge;2024;25,26\nStevns;2024;26,00\n",
		"population by origin":     "OMRÅDE;KØN;ALDER;HERKOMST;TID;INDHOLD\nGreve;I alt;I alt;I alt;2024K1;52157\n",
		"rates by sex and age":     "OMRÅDE;ALDER;KØN;TID;INDHOLD\nGreve;I alt;I alt;2024M01;2,3\n",
		"a projection by year":     "OMRÅDE;KØN;ALDER;TID;INDHOLD\nGreve;I alt;I alt;2030;53000\n",
		"a table description":      `{"id":"ARE207","text":"Areal 1. januar","unit":"Km2"}`,
		"a Swedish population":     "region;ålder;kön;år;Folkmängd\n1278 Båstad;totalt;totalt;2024;16000\n",
		"only the words":           "TID INDHOLD\n",
		"a quarter without people": "OMRÅDE;TID;INDHOLD\nGreve;2024K1;52157\n",
	})
}

func TestStopsWhenAsked(t *testing.T) {
	sourcetest.StopsWhenAsked(t, Source{}, areaSet, sourcetest.Part("a", []byte("OMRÅDE;TID;INDHOLD\nGreve;2024;60,40\n")))
}
