package boundary

import (
	"context"
	"math"
	"path"
	"testing"

	"samkraft/pipeline"
	"samkraft/sources/sourcetest"
)

func TestDegrees(t *testing.T) {
	for n, want := range map[int64]string{9449194: "9.449194", 9440000: "9.44", 9000000: "9", 12000001: "12.000001", -500000: "-0.5", 0: "0"} {
		if got := string(appendDegrees(nil, n)); got != want {
			t.Errorf("%d is written %s, want %s", n, got, want)
		}
	}
}

func TestCentroid(t *testing.T) {
	square := func(x, y, side int64) ring {
		return ring{{x, y}, {x + side, y}, {x + side, y + side}, {x, y + side}, {x, y}}
	}
	back := func(r ring) ring {
		var b ring
		for i := len(r) - 1; i >= 0; i-- {
			b = append(b, r[i])
		}
		return b
	}
	whole := square(12_000_000, 55_000_000, 1_000_000)
	hole := square(12_500_000, 55_000_000, 500_000)
	// What is left of the square has three quarters of its area.
	want := [2]float64{12 + (0.5-0.25*0.75)/0.75, 55 + (0.5-0.25*0.25)/0.75}
	for _, s := range []shape{{{whole, hole}}, {{whole, back(hole)}}, {{back(whole), hole}}, {{back(whole), back(hole)}}} {
		lon, lat, ok := s.centroid()
		if !ok || math.Abs(lon-want[0]) > 1e-6 || math.Abs(lat-want[1]) > 1e-6 {
			t.Errorf("the centre is %v, %v, want %v", lon, lat, want)
		}
	}
	if _, _, ok := (shape{{{{0, 0}, {1, 1}, {2, 2}, {0, 0}}}}).centroid(); ok {
		t.Error("a line has an area")
	}
}

func TestRecorded(t *testing.T) {
	mirror := sourcetest.Mirror(t, Source{}, 4)
	type row struct {
		name, geojson any
		lon, lat      float64
	}
	files := map[string]map[string]row{}
	for _, x := range mirror.Extracts {
		name := x.Parts[0].Name
		if path.Dir(name) != "geo" {
			t.Errorf("%s is claimed", name)
		}
		rows := map[string]row{}
		c := countries[0]
		if x.DataSet == swedish {
			c = countries[1]
		}
		out := pipeline.Checked(x, []pipeline.Table{c.declare()}, func(_ pipeline.Table, _ string, v []any) error {
			rows[v[1].(string)] = row{v[2], v[3], v[4].(float64), v[5].(float64)}
			return nil
		})
		edition, err := Source{}.Decode(context.Background(), x, out)
		if err != nil {
			t.Fatal(err)
		}
		if edition.AsOf != "" {
			t.Errorf("%s is as of %s, and bears no date", name, edition.AsOf)
		}
		files[path.Base(name)] = rows
	}
	for name, want := range map[string]int{"dk_municipalities_all.geojson.zst": 99, "dk_koebenhavn_syd.geojson": 4, "se_municipalities_all.geojson.zst": 290, "se_goda_grannar.geojson": 5} {
		if got := len(files[name]); got != want {
			t.Errorf("%s has %d municipalities, want %d", name, got, want)
		}
	}
	for part, whole := range map[string]string{"dk_koebenhavn_syd.geojson": "dk_municipalities_all.geojson.zst", "se_goda_grannar.geojson": "se_municipalities_all.geojson.zst"} {
		for code, r := range files[part] {
			if files[whole][code] != r {
				t.Errorf("%s is another in %s and in %s", code, part, whole)
			}
		}
	}
	// Greve and Halmstad lie where they lie.
	if r := files["dk_municipalities_all.geojson.zst"]["253"]; math.Abs(r.lon-12.27) > 0.05 || math.Abs(r.lat-55.59) > 0.05 {
		t.Errorf("Greve lies at %v, %v", r.lon, r.lat)
	}
	if r := files["se_municipalities_all.geojson.zst"]["1380"]; math.Abs(r.lon-12.9) > 0.1 || math.Abs(r.lat-56.75) > 0.1 {
		t.Errorf("Halmstad lies at %v, %v", r.lon, r.lat)
	}
}

func BenchmarkRecorded(b *testing.B) {
	var extracts []pipeline.Extract
	for _, x := range sourcetest.Mirror(b, Source{}, 4).Extracts {
		if x.DataSet == danish {
			extracts = append(extracts, x)
		}
	}
	sourcetest.Benchmark(b, Source{}, extracts...)
}
