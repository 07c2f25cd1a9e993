package balmorel

import (
	"context"
	"strings"
	"testing"

	"samkraft/pipeline"
	"samkraft/sources/sourcetest"
)

func TestRecorded(t *testing.T) {
	mirror := sourcetest.Mirror(t, Source{}, 8)
	rows := map[string]int{"DE": 294, "DH": 99, "INDIVUSERS_DH": 99, "INDUSTRY_DH": 297, "SUBTECHGROUPKPOT": 198, "SOLEFLH": 99, "WNDFLH": 99, "GMAXF": 198}
	cells := map[string]int64{} // in the last digit of the column
	sums := map[string]int64{}
	for _, x := range mirror.Extracts {
		if !strings.HasPrefix(x.Parts[0].Name, "dk-balmorel-municipal/") {
			t.Errorf("%s is another publisher's file", x.Parts[0].Name)
		}
		n := 0
		for _, l := range layouts {
			if l.set.ID != x.DataSet {
				continue
			}
			out := pipeline.Checked(x, l.set.Tables, func(_ pipeline.Table, _ string, values []any) error {
				n++
				name, amount := x.DataSet, int64(0)
				for _, v := range values[1:] {
					switch v := v.(type) {
					case string:
						if v != "observed" && v != "zero" {
							name += " " + v
						}
					case int64:
						if v > 3000 || v == 0 {
							amount = v
						}
					}
				}
				cells[name] = amount
				sums[x.DataSet+name[strings.LastIndex(name, " "):]] += amount
				return nil
			})
			if _, err := (Source{}).Decode(context.Background(), x, out); err != nil {
				t.Errorf("%s: %v", x.Parts[0].Name, err)
			}
		}
		if n != rows[x.DataSet] {
			t.Errorf("%s has %d rows, not %d", x.DataSet, n, rows[x.DataSet])
		}
	}
	for name, want := range map[string]int64{
		"DE 253 RESE": 80_569_590, "DE 253 PII": 105_798_700, "DE 259 OTHER": 26_209_450, "DE 269 RESE": 37_695_990, "DE 336 PII": 42_429_060,
		"DH 336 RESH": 999_097, "DH 411 RESH": 0, "INDIVUSERS_DH 259 RESIDENTIAL": 443_495_410, "INDUSTRY_DH 259 IND-PHH": 185_467_600, "INDUSTRY_DH 253 IND-PHL": 4_358_990,
		"SUBTECHGROUPKPOT 336 pv_ground": 48_627_144, "SUBTECHGROUPKPOT 253 wind_onshore": 2_365_613, "SOLEFLH 253": 1_382_915_248, "WNDFLH 253": 2_451_315_320,
		"GMAXF 336 straw": 557_844_889_955, "GMAXF 147 wood": 0,
	} {
		if got, ok := cells[name]; !ok || got != want {
			t.Errorf("%s is %d, not %d", name, got, want)
		}
	}
	// The key adds up to the nation's amount, but for the rounding of 99 rows.
	for name, want := range map[string]int64{"GMAXF straw": 54_000_000e6, "GMAXF wood": 40_000_000e6} {
		if got := sums[name]; got < want-50 || got > want+50 {
			t.Errorf("%s adds up to %d, not %d", name, got, want)
		}
	}
}
