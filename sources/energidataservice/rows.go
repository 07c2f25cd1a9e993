package energidataservice

import (
	"strings"
	"time"

	"samkraft/pipeline"
)

// decoder turns records into rows and remembers how far they reach.
type decoder struct {
	layout *layout
	out    pipeline.Output
	table  string
	latest time.Time // that the records reach to

	now    moment         // of the record before
	place  string         // of the record before, as it is spelled there
	code   any            // of that place
	codes  map[string]any // of municipalities, by spelling
	values []any          // of the row that is being written
	twice  map[string]int // records of the autumn hour that clocks show twice, by what they are of
}

// row writes a row. Its values are not kept by the output, so that one list
// serves all rows.
func (d *decoder) row(r *record, values ...any) error {
	d.values = append(d.values[:0], values...)
	return d.out.Row(d.table, r.location, d.values...)
}

// cover notes that the file reaches to t.
func (d *decoder) cover(t time.Time) {
	if t.After(d.latest) {
		d.latest = t
	}
}

// asOf is the last day (UTC) that the records cover.
func (d *decoder) asOf() string { return d.latest.Format(time.DateOnly) }

// time reads the two times that a record begins with: UTC and what the clock
// shows in Denmark. Their difference tells columns that have been swapped.
func (d *decoder) time(r *record) (moment, error) {
	if r.texts[0] == d.now.utcText && r.texts[1] == d.now.localText && d.now.instant != nil {
		return d.now, nil // most records are of the hour of the record before
	}
	utc, err := r.instant(0)
	if err != nil {
		return moment{}, err
	}
	local, err := r.instant(1)
	if err != nil {
		return moment{}, err
	}
	if utc.Truncate(d.layout.step) != utc {
		return moment{}, r.fail(0, quote(r.texts[0])+" is not the begin of an interval", "a multiple of "+d.layout.step.String())
	}
	offset := int(local.Sub(utc) / time.Minute)
	if offset != 60 && offset != 120 || local.Sub(utc)%time.Minute != 0 {
		return moment{}, r.fail(1, quote(r.texts[1])+" does not fit "+r.texts[0]+" UTC", "Danish time: one or two hours later")
	}
	d.cover(utc)
	d.now = moment{strings.Clone(r.texts[0]), strings.Clone(r.texts[1]), utc, offset}
	return d.now, nil
}

// moment is a time as it stands in a row, and the texts it was read from.
type moment struct {
	utcText, localText string
	instant, offset    any
}

// municipality resolves the three-digit code of a record.
func (d *decoder) municipality(r *record, column int) (any, error) {
	s := r.texts[column]
	if s == d.place && d.code != nil {
		return d.code, nil // most records are of the place of the record before
	}
	if code := d.codes[s]; code != nil {
		d.place, d.code = s, code
		return code, nil
	}
	if s == "" || s[0] < '0' || s[0] > '9' {
		return nil, r.fail(column, quote(s)+" is no municipality", "a code such as 253")
	}
	m, err := pipeline.FindMunicipality("DK", s)
	if err != nil {
		return nil, r.fail(column, err.Error(), "a Danish municipality, such as 253")
	}
	if d.codes == nil || len(d.codes) > 1000 { // as many spellings as nobody has
		d.codes = map[string]any{}
	}
	d.codes[strings.Clone(s)] = m.Code
	return m.Code, nil
}

// zones are the price areas of the service: the two of Denmark, their
// neighbours, and the Nordic system price, in the form that a row takes.
var zones = []any{"DK1", "DK2", "DE", "NO2", "SE3", "SE4", "SYSTEM"}

func (d *decoder) zone(r *record, column int) (any, error) {
	for _, z := range zones {
		if z == r.texts[column] {
			return z, nil
		}
	}
	return nil, r.fail(column, quote(r.texts[column])+" is an unknown price area", "DK1, DK2, DE, NO2, SE3, SE4 or SYSTEM")
}

// branches of consumption, in the form that a row takes.
var branches = []any{"Privat", "Erhverv", "Offentligt"}

func (d *decoder) consumption(r *record) error {
	at, err := d.time(r)
	if err != nil {
		return err
	}
	code, err := d.municipality(r, 2)
	if err != nil {
		return err
	}
	var branch any
	for _, b := range branches {
		if b == r.texts[3] {
			branch = b
		}
	}
	if branch == nil {
		return r.fail(3, quote(r.texts[3])+" is an unknown branch", "Privat, Erhverv or Offentligt")
	}
	energy, status, err := r.number(4)
	if err != nil {
		return err
	}
	return d.row(r, "DK", code, branch, at.instant, energy, status, at.offset)
}

// technologies of ProductionMunicipalityHour, in the order of its columns.
var technologies = []string{"pv", "wind_offshore_lt100mw", "wind_offshore_ge100mw", "wind_onshore", "thermal"}

// production gives a row for each field that has a number. An empty field does
// not tell a technology that the municipality has not from an hour that is not
// known, and gives no row.
func (d *decoder) production(r *record) error {
	at, err := d.time(r)
	if err != nil {
		return err
	}
	code, err := d.municipality(r, 2)
	if err != nil {
		return err
	}
	for i, technology := range technologies {
		energy, status, err := r.number(3 + i)
		if err != nil {
			return err
		}
		if energy == nil {
			continue
		}
		if err := d.row(r, "DK", code, technology, at.instant, energy, status, at.offset); err != nil {
			return err
		}
	}
	return nil
}

// unknownPlace is the code of units whose municipality the service does not
// know.
const unknownPlace = "1"

func (d *decoder) capacity(r *record) error {
	month, err := r.month(0)
	if err != nil {
		return err
	}
	d.cover(month.AddDate(0, 1, -1))
	values := make([]any, 0, 13)
	values = append(values, "DK", nil, month)
	for column := 2; column < len(r.texts); column++ {
		v, _, err := r.number(column)
		if err != nil {
			return err
		}
		if v != nil && v.Coefficient < 0 {
			return r.fail(column, quote(r.texts[column])+" is negative", "a capacity or a count")
		}
		values = append(values, v)
	}
	if r.texts[1] == unknownPlace {
		return nil
	}
	code, err := d.municipality(r, 1)
	if err != nil {
		return err
	}
	values[1] = code
	return d.row(r, values...)
}

// maxPrice is far above the limits of the exchange, in DKK and EUR per MWh.
const maxPrice = 1e6

func (d *decoder) price(r *record) error {
	at, err := d.time(r)
	if err != nil {
		return err
	}
	zone, err := d.zone(r, 2)
	if err != nil {
		return err
	}
	var prices [2]any
	for i := range prices {
		v, _, err := r.number(3 + i)
		if err != nil {
			return err
		}
		if v != nil {
			price := v.Float()
			if price > maxPrice || price < -maxPrice {
				return r.fail(3+i, quote(r.texts[3+i])+" is no price per MWh", "less than a million")
			}
			prices[i] = price
		}
	}
	return d.row(r, zone, at.instant, prices[0], prices[1])
}
