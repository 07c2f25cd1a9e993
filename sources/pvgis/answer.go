package pvgis

import (
	"encoding/json"
	"fmt"
	"math"

	"samkraft/pipeline"
	"samkraft/sources"
)

// maxAnswer is many times the longest answer, that of nineteen years by hour, and
// bounds what is held in memory.
const maxAnswer = 64 << 20

// inputs is what an answer says it was asked for.
type inputs struct {
	Location struct{ Latitude, Longitude *float64 }
	Meteo    struct {
		Database  string `json:"radiation_db"`
		FirstYear int    `json:"year_min"`
		LastYear  int    `json:"year_max"`
	} `json:"meteo_data"`
	Mounting struct {
		Fixed *struct{ Slope, Azimuth struct{ Value *float64 } }
	} `json:"mounting_system"`
	Module struct {
		Technology string
		PeakPower  *float64 `json:"peak_power"`
		Loss       *float64 `json:"system_loss"`
	} `json:"pv_module"`
}

// units are those that an answer states for what it gives.
type units map[string]struct {
	Variables map[string]struct{ Units string }
}

// answer is what both kinds of answer have in common.
type answer struct {
	json  *sources.JSON
	in    inputs
	units units
	muni  pipeline.Municipality
}

// read reads an answer: inputs, outputs, which outputs reads, and meta. Other keys
// are passed over.
func read(part pipeline.Part, outputs func(j *sources.JSON) error) (*answer, error) {
	j, err := sources.OpenJSON(part, maxAnswer, "an answer of a few years", "the service's answer in JSON")
	if err != nil {
		return nil, err
	}
	defer j.Close()
	a := &answer{json: j}
	seen := map[string]bool{}
	err = j.Object("", func(key string) error {
		seen[key] = true
		var skipped json.RawMessage
		switch key {
		case "inputs":
			return j.Broken(key, j.Decode(&a.in))
		case "outputs":
			return outputs(j)
		case "meta":
			var meta struct{ Outputs units }
			err := j.Broken(key, j.Decode(&meta))
			a.units = meta.Outputs
			return err
		}
		return j.Broken(key, j.Decode(&skipped))
	})
	if err != nil {
		return nil, err
	}
	if err := j.End("the answer"); err != nil {
		return nil, err
	}
	for _, key := range []string{"inputs", "outputs", "meta"} {
		if !seen[key] {
			return nil, j.Problem(key, "is missing", "an answer as the service gives it")
		}
	}
	return a, a.check()
}

// check checks what the answer was computed for.
func (a *answer) check() error {
	j, in := a.json, a.in
	var ok bool
	switch lat, lon := in.Location.Latitude, in.Location.Longitude; {
	case lat == nil || lon == nil:
		return j.Problem("inputs.location", "latitude or longitude is missing", "the place")
	default:
		if a.muni, ok = at(*lat, *lon); !ok {
			p := j.Problem("inputs.location", fmt.Sprintf("%v degrees north, %v degrees east is not the centre of a municipality", *lat, *lon), "a centre, to two decimals")
			p.Remedy = "ask for the centre, or take the file out of the folder"
			return p
		}
	}
	switch power, loss := in.Module.PeakPower, in.Module.Loss; {
	case power == nil || *power <= 0 || *power > 1e6:
		return j.Problem("inputs.pv_module.peak_power", "is missing or no power", "the peak power in kW")
	case loss == nil || *loss < 0 || *loss > 100:
		return j.Problem("inputs.pv_module.system_loss", "is missing or no loss", "the losses in %")
	case in.Module.Technology == "":
		return j.Problem("inputs.pv_module.technology", "is missing", "the kind of panels")
	}
	fixed := in.Mounting.Fixed
	if fixed == nil {
		return j.Problem("inputs.mounting_system", "the panels are not fixed", "fixed panels")
	}
	if s, z := fixed.Slope.Value, fixed.Azimuth.Value; s == nil || z == nil || *s < 0 || *s > 90 || math.Abs(*z) > 180 {
		return j.Problem("inputs.mounting_system.fixed", "slope or azimuth is missing or no angle", "slope 0 to 90, azimuth -180 to 180 degrees")
	}
	m := in.Meteo
	if m.Database == "" || m.FirstYear < 1980 || m.LastYear > 2100 || m.LastYear < m.FirstYear {
		return j.Problem("inputs.meteo_data", fmt.Sprintf("database %q of the years %d to %d", m.Database, m.FirstYear, m.LastYear), "a radiation database and its years")
	}
	return nil
}

// unit checks the unit that the answer states for a variable.
func (a *answer) unit(group, variable, want string) error {
	if got := a.units[group].Variables[variable].Units; got != want {
		return a.json.Problem("meta.outputs."+group+".variables."+variable, fmt.Sprintf("the unit is %q", got), fmt.Sprintf("%q", want))
	}
	return nil
}

// at returns the municipality whose centre a place is, to two decimals.
func at(lat, lon float64) (pipeline.Municipality, bool) {
	for _, m := range pipeline.Municipalities() {
		if hundredths(m.Latitude) == hundredths(lat) && hundredths(m.Longitude) == hundredths(lon) {
			return m, true
		}
	}
	return pipeline.Municipality{}, false
}

func hundredths(degrees float64) float64 { return math.Round(degrees * 100) }
