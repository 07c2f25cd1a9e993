package forbrugsudledninger

import (
	"context"
	"path"
	"strings"
	"testing"

	"samkraft/pipeline"
	"samkraft/sources/sourcetest"
)

// one is a document of one municipality, with made-up figures.
const one = `{"land":{"boliger_parcel":900},"kommuner":[{"kode":253,"navn":"Greve","boliger_parcel":600,"boliger_raekke":300,"boliger_etage":100,"boligareal":117.8612368,"opv_boliger_ialt":1050,"opv_olie":40,"opv_naturgas":410}]}`

func TestFigures(t *testing.T) {
	for _, c := range []struct{ from, to, want string }{
		{"", "", "DK | 253 | 600 | 300 | 100 | 117861e-3 | 1050 | 40 | 410 | observed @ kommuner[0]"},
		{`"opv_olie":40`, `"opv_olie":0`, "1050 | 0 | 410 | observed"},
		{`"opv_olie":40`, `"opv_olie":null`, "1050 | ∅ | 410 | not_available"},
		{`"boliger_parcel":600`, `"boliger_parcel":600.0`, "DK | 253 | 600 | "},
		{`"boliger_parcel":600`, `"boliger_parcel":600.5`, "at kommuner[0].boliger_parcel"},
		{`"boliger_parcel":600`, `"boliger_parcel":-1`, "at kommuner[0].boliger_parcel"},
		{`"boliger_parcel":600`, `"boliger_parcel":"600"`, "at kommuner[0].boliger_parcel"},
		{`"boligareal":117.8612368`, `"boligareal":1e400`, "at kommuner[0].boligareal"},
		{`"boligareal":117.8612368`, `"boligareal":{}`, "at kommuner[0].boligareal"},
		{`"opv_boliger_ialt":1050`, `"opv_boliger_ialt":449`, "fewer than the 450 with oil and gas"},
	} {
		dump := sourcetest.Decode(Source{}, "a.json", []byte(strings.Replace(one, c.from, c.to, 1)))
		if !strings.Contains(dump, c.want) {
			t.Errorf("with %s there is no %q:\n%s", c.to, c.want, dump)
		}
	}
}

func TestUnclaimed(t *testing.T) {
	sourcetest.Unclaimed(t, Source{}, map[string]string{
		"history": `{"genereret":"2026-09-30","felter":{"boliger_parcel":{},"opv_boliger_ialt":{}},"kommuner":{}}`,
		"sources": `{"genereret":"2026-08-22","kilder":[{"felter":["boliger_parcel","opv_boliger_ialt"]}]}`,
		"other":   `{"land":{},"kommuner":[]}`,
		"array":   `["boliger_parcel","opv_boliger_ialt"]`,
	})
}

func TestStopsWhenAsked(t *testing.T) {
	sourcetest.StopsWhenAsked(t, Source{}, dataSet, sourcetest.Part("a", []byte(one)))
}

// TestRecorded adds the municipalities up to the nation, which stands beside them.
func TestRecorded(t *testing.T) {
	x := sourcetest.Mirror(t, Source{}, 1).Extracts[0]
	if got := path.Dir(x.Parts[0].Name); got != "dk-municipal-2026" {
		t.Fatalf("a file of %s is claimed", got)
	}
	rows := 0
	var sums [9]int64
	area := 0.0
	out := pipeline.Checked(x, Source{}.Publisher().DataSets[0].Tables, func(_ pipeline.Table, _ string, v []any) error {
		rows++
		dwellings := int64(0)
		for i := 2; i < 9; i++ {
			sums[i] += v[i].(int64)
			if i < 5 {
				dwellings += v[i].(int64)
			}
		}
		area += float64(dwellings) * float64(v[5].(int64)) / 1000
		return nil
	})
	if _, err := (Source{}).Decode(context.Background(), x, out); err != nil {
		t.Fatal(err)
	}
	sums[5] = int64(area / float64(sums[2]+sums[3]+sums[4]) * 1000)
	if want := [9]int64{2: 1177875, 440156, 1148673, 111372, 2872738, 92448, 334724}; rows != 98 || sums != want {
		t.Errorf("%d municipalities add up to %v, the nation beside them is %v", rows, sums, want)
	}
}
