package energistyrelsen

import (
	"context"
	"fmt"
	"strings"
	"time"

	"samkraft/pipeline"
	"samkraft/sources"
)

// decodeTurbines reads the register of wind turbines in the layout that its
// sheets show.
func decodeTurbines(ctx context.Context, book *sources.Workbook, out pipeline.Output) (pipeline.Edition, error) {
	for _, name := range book.Sheets() {
		if name == newSheet {
			return decodeNewTurbines(ctx, book, out)
		}
	}
	return decodeOldTurbines(ctx, book, out)
}

// turbineColumns tells where a sheet holds what; -1 where it does not.
type turbineColumns struct {
	id, connected, decommissioned, capacity, rotor, hub, manufacturer, model, municipality, placement, x, y int
}

// findTurbineColumns looks the columns up by the names of either layout.
func findTurbineColumns(header []string) turbineColumns {
	at := func(names ...string) int {
		for i, h := range header {
			for _, n := range names {
				if h == n {
					return i
				}
			}
		}
		return -1
	}
	return turbineColumns{
		id:             at("Møllenummer (GSRN)"),
		connected:      at("Dato for oprindelig nettilslutning"),
		decommissioned: at("Dato for afmeldning"),
		capacity:       at("Kapacitet (kW)"),
		rotor:          at("Rotor-diameter (m)"),
		hub:            at("Navhøjde (m)"),
		manufacturer:   at("Fabrikat"),
		model:          at("Model", "Typebetegnelse"),
		municipality:   at("Kommune-nr.", "Kommune"),
		placement:      at("Type af placering"),
		x:              at("X (øst) koordinat UTM 32 Euref89", "UTM x-koordinat"),
		y:              at("Y (nord) koordinat UTM 32 Euref89", "UTM y-koordinat"),
	}
}

// turbine is what the rows of both layouts say about a turbine itself.
type turbine struct {
	id                        string
	connected, decommissioned any
}

// readTurbine reads a turbine and writes it to out. Without a status of the
// sheet, the day of decommissioning decides.
func readTurbine(r row, at turbineColumns, status string, out pipeline.Output) (turbine, error) {
	none := turbine{}
	t := turbine{id: r.text(at.id)}
	if len(t.id) != 18 || !sources.Digits(t.id) {
		return none, r.problem(at.id, fmt.Sprintf("%q is not a turbine's number", t.id), "18 digits, or a total row or a blank row at the foot")
	}
	if !checkDigit(t.id) {
		return none, r.problem(at.id, fmt.Sprintf("the last digit of the turbine's number %s is wrong", t.id), "the check digit of a GSRN; a spreadsheet that takes the number for a quantity keeps fifteen of its digits")
	}
	placement, err := readPlacement(r, at.placement)
	if err != nil {
		return none, err
	}
	municipality, err := r.municipality(at.municipality)
	if err != nil {
		return none, err
	}
	capacity, err := positive(r, at.capacity, 100_000)
	if err != nil {
		return none, err
	}
	rotor, err := size(r, at.rotor)
	if err != nil {
		return none, err
	}
	hub, err := size(r, at.hub)
	if err != nil {
		return none, err
	}
	x, y, lon, lat, err := position(r, at)
	if err != nil {
		return none, err
	}
	if t.connected, err = r.date(at.connected); err != nil {
		return none, err
	}
	if t.decommissioned, err = r.date(at.decommissioned); err != nil {
		return none, err
	}
	switch {
	case status == "decommissioned" && t.decommissioned == nil:
		return none, r.problem(at.decommissioned, "a decommissioned turbine has no day of decommissioning", "a date")
	case status == "" && t.decommissioned == nil:
		status = "standing"
	case status == "":
		status = "decommissioned"
	}
	return t, out.Row("ens_turbine", r.location(), t.id, "DK", municipality, status, placement, capacity, rotor, hub,
		r.words(at.manufacturer, "Ukendt", "Uoplyst"), r.words(at.model, "Ukendt", "Uoplyst"), x, y, lon, lat, t.connected, t.decommissioned)
}

// checkDigit reports whether the last digit of a GSRN is right: with it, the sum
// of all digits, every second one from the right but one taken three times, ends
// in 0. Every number in the recorded editions is right.
func checkDigit(number string) bool {
	sum := 0
	for i := 0; i < len(number); i++ {
		weight := 1
		if (len(number)-i)%2 == 0 {
			weight = 3
		}
		sum += weight * int(number[i]-'0')
	}
	return sum%10 == 0
}

func readPlacement(r row, column int) (string, error) {
	switch s := r.text(column); strings.ToUpper(s) {
	case "LAND":
		return "land", nil
	case "HAV":
		return "sea", nil
	default:
		return "", r.problem(column, fmt.Sprintf("%q is not a placement", s), "LAND or HAV")
	}
}

// positive reads a quantity of which 0 says that it is not known.
func positive(r row, column int, high float64) (any, error) {
	v, err := r.quantity(column, 0, high)
	if v == nil || err != nil || v.(pipeline.Decimal).IsZero() {
		return nil, err
	}
	return v, nil
}

// size reads a rotor or a hub height: 0 and 0.1 are what the register writes where it
// must write something.
func size(r row, column int) (any, error) {
	v, err := positive(r, column, 500)
	if v == nil || err != nil || v.(pipeline.Decimal) == (pipeline.Decimal{Coefficient: 1, Exponent: -1}) {
		return nil, err
	}
	return v, nil
}

// position reads a turbine's coordinates. E 500000, N 6250000 is where the
// register puts turbines of which it does not know the place.
func position(r row, at turbineColumns) (x, y, lon, lat any, err error) {
	if x, err = positive(r, at.x, 10_000_000); err != nil {
		return nil, nil, nil, nil, err
	}
	if y, err = positive(r, at.y, 10_000_000); err != nil {
		return nil, nil, nil, nil, err
	}
	if x == nil || y == nil {
		return nil, nil, nil, nil, nil
	}
	east, north := x.(pipeline.Decimal).Float(), y.(pipeline.Decimal).Float()
	if east == 500_000 && north == 6_250_000 {
		return nil, nil, nil, nil, nil
	}
	if l, b := sources.FromUTM32(east, north); l > 7 && l < 15.8 && b > 54.3 && b < 58.2 {
		lon, lat = l, b
	}
	return x, y, lon, lat, nil
}

// monthStart reads the first day of a month, as "2023-01".
func monthStart(s string) (time.Time, bool) {
	d, err := time.Parse("2006-01", s)
	return d, err == nil && d.Year() >= 1970 && d.Year() <= 2100
}

func lastDay(month time.Time) string { return month.AddDate(0, 1, -1).Format(time.DateOnly) }
