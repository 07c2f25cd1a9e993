package opsd

import (
	"fmt"
	"slices"
	"strings"
)

// The two columns of time. The second says the same by the clock of central
// Europe.
const (
	utcColumn   = "utc_timestamp"
	localColumn = "cet_cest_timestamp"
)

// zones by the prefix of their columns.
var zones = map[string]string{"DK_1": "DK1", "DK_2": "DK2", "SE_1": "SE1", "SE_2": "SE2", "SE_3": "SE3", "SE_4": "SE4"}

// price is what the column of prices is called in series.
const price = "price"

// series by what the column's name says behind its zone, under the names that
// Energi Data Service has for the same.
var series = map[string]string{
	"load_actual_entsoe_transparency": "total_load",
	"solar_generation_actual":         "solar_power",
	"wind_generation_actual":          "wind_power",
	"wind_onshore_generation_actual":  "onshore_wind_power",
	"wind_offshore_generation_actual": "offshore_wind_power",
	"price_day_ahead":                 price,
}

// passedOver reports whether a column of a zone that is read is none of its
// series: forecasts, capacities, profiles (production as a share of capacity) and
// loads of before the transparency platform.
func passedOver(what string) bool {
	return strings.Contains(what, "_forecast") || strings.HasSuffix(what, "_capacity") || strings.HasSuffix(what, "_profile") ||
		what == "load_entsoe_power_statistics" || what == "load_actual_entsoe_power_statistics"
}

// split cuts a column's name into its zone's prefix, which is two letters and
// perhaps a number, and what it says of it.
func split(column string) (prefix, what string) {
	parts := strings.SplitN(column, "_", 3)
	if len(parts) < 3 {
		return "", ""
	}
	if len(parts[0]) == 2 && len(parts[1]) == 1 && parts[1] >= "0" && parts[1] <= "9" {
		return parts[0] + "_" + parts[1], parts[2]
	}
	return parts[0], parts[1] + "_" + parts[2]
}

// column is a column that is read.
type column struct {
	place        int
	zone, series string
}

// layout is where a file has what.
type layout struct {
	utc, local int // local is -1 where there is none
	columns    []column
}

// wrong is what a header holds that cannot be used.
type wrong struct {
	place          int
	what, expected string
}

// arrange finds the columns by their names.
func arrange(header []string) (layout, *wrong) {
	l := layout{utc: slices.Index(header, utcColumn), local: slices.Index(header, localColumn)}
	if l.utc < 0 {
		return l, &wrong{-1, fmt.Sprintf("column %q is missing", utcColumn), "the columns of OPSD's time series, by name"}
	}
	for i, name := range header {
		if slices.Index(header, name) < i {
			return l, &wrong{i, "the column stands twice", "every column once"}
		}
		prefix, what := split(name)
		zone, ours := zones[prefix]
		if !ours || passedOver(what) {
			continue
		}
		s, known := series[what]
		if !known {
			return l, &wrong{i, "an unknown column of a zone that is read", "such as " + prefix + "_load_actual_entsoe_transparency"}
		}
		l.columns = append(l.columns, column{i, zone, s})
	}
	if len(l.columns) == 0 {
		return l, &wrong{-1, "there is no column of a Danish or Swedish bidding zone", "such as DK_2_load_actual_entsoe_transparency"}
	}
	return l, nil
}
