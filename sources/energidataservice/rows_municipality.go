package energidataservice

import (
	"slices"
	"strings"
	"time"

	"samkraft/pipeline"
)

// heatings are all values of HeatingCategory that were seen. Electric heating and
// heat pumps are one.
var heatings = []string{"Elvarme eller varmepumpe", "Andet", "-"}

func (d *decoder) heating(r *record) error {
	at, err := d.time(r)
	if err != nil {
		return err
	}
	code, err := d.municipality(r, 2)
	if err != nil {
		return err
	}
	h, err := r.home()
	if err != nil {
		return err
	}
	return d.row(r, "DK", code, h.housing, h.heating, at.instant, h.energy, h.status, at.offset)
}

func (d *decoder) heatingMonth(r *record) error {
	month, err := d.month(r)
	if err != nil {
		return err
	}
	code, err := d.municipality(r, 1)
	if err != nil {
		return err
	}
	h, err := r.home()
	if err != nil {
		return err
	}
	return d.row(r, "DK", code, h.housing, h.heating, month, h.energy, h.status)
}

// home is what stands in the last three columns of consumption by housing and
// heating.
type home struct {
	housing, heating string
	energy           *pipeline.Decimal
	status           any
}

func (r *record) home() (h home, err error) {
	last := len(r.texts) - 1
	if h.housing, err = r.word(last - 2); err != nil {
		return h, err
	}
	if h.heating = r.texts[last-1]; !slices.Contains(heatings, h.heating) {
		return h, r.fail(last-1, quote(h.heating)+" is an unknown kind of heating", strings.Join(heatings, ", "))
	}
	h.energy, h.status, err = r.number(last)
	return h, err
}

func (d *decoder) measuringPoints(r *record) error {
	month, err := d.month(r)
	if err != nil {
		return err
	}
	code, err := d.municipality(r, 1)
	if err != nil {
		return err
	}
	kind, err := r.word(2)
	if err != nil {
		return err
	}
	state, err := r.word(3)
	if err != nil {
		return err
	}
	points, err := r.amount(4)
	if err != nil {
		return err
	}
	return d.row(r, "DK", code, kind, state, month, points)
}

func (d *decoder) coverage(r *record) error {
	code, err := d.municipality(r, 1)
	if err != nil {
		return err
	}
	hour, occurrence, err := d.localHour(r, r.texts[1])
	if err != nil {
		return err
	}
	kept, err := r.amount(2)
	if err != nil {
		return err
	}
	used, err := r.amount(3)
	if err != nil {
		return err
	}
	return d.row(r, "DK", code, hour, occurrence, kept, used)
}

// amount reads a number that cannot be below zero, or nothing.
func (r *record) amount(column int) (*pipeline.Decimal, error) {
	v, _, err := r.number(column)
	if err == nil && v != nil && v.Coefficient < 0 {
		return nil, r.fail(column, quote(r.texts[column])+" is negative", "an amount or a count")
	}
	return v, err
}

// word reads a text that must be there.
func (r *record) word(column int) (string, error) {
	s := r.texts[column]
	if strings.TrimSpace(s) == "" || len(s) > 200 {
		return "", r.fail(column, quote(s[:min(len(s), 60)])+" is no name of a class", "a short text")
	}
	return s, nil
}

// month reads the month that a record begins with.
func (d *decoder) month(r *record) (time.Time, error) {
	month, err := r.month(0)
	if err == nil {
		d.cover(month.AddDate(0, 1, -1))
	}
	return month, err
}

// localHour reads the hour that a record begins with where the service gives
// Danish time alone. Of the autumn hour that clocks show twice there are two
// records for what they are of, and nothing tells which is the first.
func (d *decoder) localHour(r *record, of string) (hour string, occurrence int, err error) {
	local, err := r.instant(0)
	if err != nil {
		return "", 0, err
	}
	if local.Truncate(time.Hour) != local {
		return "", 0, r.fail(0, quote(r.texts[0])+" is not the begin of an hour", "such as 2024-05-01T13:00:00")
	}
	first, second := fromDanish(local)
	if first.IsZero() {
		return "", 0, r.fail(0, quote(r.texts[0])+" is an hour that clocks in Denmark leave out", "Danish time")
	}
	d.cover(first)
	hour = local.Format("2006-01-02T15:04:05")
	if first == second {
		return hour, 1, nil
	}
	if d.twice == nil {
		d.twice = map[string]int{}
	}
	key := hour + " " + of
	d.twice[key]++
	return hour, min(d.twice[key], 2), nil
}
