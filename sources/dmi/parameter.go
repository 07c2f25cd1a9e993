package dmi

import "slices"

// parameter is what a value can be. Lowest and highest are bounds of any value in
// Denmark, so far out that only another unit breaks them.
type parameter struct {
	resolutions     []string
	unit            string
	lowest, highest float64
}

// parameters are those that are read, by id. mean_radiation has one entry for each
// of its units.
var parameters = map[string][]parameter{
	"mean_temp":                  {{[]string{"hour", "day", "month", "year"}, "degC", -50, 50}},
	"acc_heating_degree_days_17": {{[]string{"day"}, "K d", 0, 70}, {[]string{"month"}, "K d", 0, 2000}, {[]string{"year"}, "K d", 0, 10000}},
	"mean_radiation":             {{[]string{"hour"}, "W/m2", -20, 1400}, {[]string{"day"}, "MJ/m2", -1, 45}, {[]string{"month", "year"}, "MJ/m2", -1, 6000}},
	"mean_wind_speed":            {{[]string{"hour", "day", "month", "year"}, "m/s", 0, 75}},
	"acc_precip":                 {{[]string{"hour", "day", "month", "year"}, "mm", -1, 4000}},
}

// find gives the parameter of an id at a resolution.
func find(id, resolution string) (parameter, bool) {
	i := slices.IndexFunc(parameters[id], func(p parameter) bool { return slices.Contains(p.resolutions, resolution) })
	if i < 0 {
		return parameter{}, false
	}
	return parameters[id][i], true
}
