package vindbrukskollen

import (
	"errors"
	"fmt"
	"testing"

	"samkraft/pipeline"
	"samkraft/sources/sourcetest"
)

// pageOfOne is an answer of the map service with one turbine.
var pageOfOne = boards{names: full}.features([]map[string]string{{"Verk-ID": "1380-V-001-001", "Status": "Uppfört", "Kommun": "Halmstad",
	"Uppfört": "2001-04-09 00:00:00", "E-Koordinat": "384176.38", "N-Koordinat": "6303933.7"}}, 0, false)

func FuzzDecode(f *testing.F) {
	f.Add(uint8(0), fmt.Appendf(nil, "-- file count a --\n{\"count\":1}\n-- file page b --\n%s\n", pageOfOne))
	sourcetest.Fuzz(f, Source{})
}

// FuzzLayers reads any bytes as the service's list of layers, or as one of their
// pages: the answers that lead on.
func FuzzLayers(f *testing.F) {
	f.Add([]byte(pageOfOne))
	f.Add([]byte(`{"layers":[{"id":0,"name":"Vindkraftverk","type":"Feature Layer"},{"id":1,"name":"Projekteringsområden"}]}`))
	f.Fuzz(func(t *testing.T, content []byte) {
		if _, err := readLayers(sourcetest.Part("layers", content)); err != nil && !errors.As(err, new(*pipeline.Problem)) {
			t.Errorf("%T %v", err, err)
		}
	})
}
