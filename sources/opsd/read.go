package opsd

import (
	"context"
	"strconv"
	"time"

	"samkraft/pipeline"
	"samkraft/sources"
)

// marks: a blank cell is a value that OPSD does not have. No other marker occurs.
var marks = sources.Marks{"": pipeline.NotAvailable}

// No bidding zone has a power of 100 GW, nor the exchange a price of a million. A
// little less than nothing is what plants use themselves.
const (
	maxPower = 100_000
	minPower = -1_000
	maxPrice = 1_000_000
)

// reader reads one file.
type reader struct {
	csv    *sources.CSV
	layout layout
	out    pipeline.Output
	latest time.Time // hour that the file reaches to
}

func read(ctx context.Context, part pipeline.Part, out pipeline.Output) (pipeline.Edition, error) {
	c, err := sources.OpenCSV(part, ',', sources.UTF8)
	if err != nil {
		return pipeline.Edition{}, err
	}
	defer c.Close()
	l, wrong := arrange(c.Header())
	if wrong != nil {
		p := c.Problem(wrong.place, wrong.what, wrong.expected)
		p.Row = 1
		return pipeline.Edition{}, p
	}
	r := reader{csv: c, layout: l, out: out}
	if err := c.Each(ctx, r.row); err != nil {
		return pipeline.Edition{}, err
	}
	if !c.EndsInLineBreak() {
		p := c.Problem(-1, "the last line has no end", "a line break: the file may have been cut short")
		p.Remedy = "download it again"
		return pipeline.Edition{}, p
	}
	return pipeline.Edition{AsOf: r.latest.Format(time.DateOnly)}, nil
}

// row writes out what a line says of each zone.
func (r *reader) row(cells []string) error {
	when, err := r.hour(cells)
	if err != nil {
		return err
	}
	if when.After(r.latest) {
		r.latest = when
	}
	location := r.csv.Location()
	for _, c := range r.layout.columns {
		v, _, err := marks.Read(cells[c.place], '.')
		if err != nil {
			return r.csv.Problem(c.place, err.Error(), "a number with a decimal point, or a blank cell")
		}
		if v == nil {
			continue
		}
		f := v.(pipeline.Decimal).Float()
		if c.series == price {
			if f > maxPrice || f < -maxPrice {
				return r.csv.Problem(c.place, quote(cells[c.place])+" is no price per MWh", "less than a million")
			}
			err = r.out.Row(priceTable, location, c.zone, when, v)
		} else {
			if f > maxPower || f < minPower || c.series == "total_load" && f <= 0 {
				return r.csv.Problem(c.place, quote(cells[c.place])+" is no power of a bidding zone", "MW, less than 100 000; a load is more than 0")
			}
			err = r.out.Row(zoneTable, location, c.zone, c.series, when, v)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// hour reads the time of a line. The clock of central Europe beside it must say
// the same.
func (r *reader) hour(cells []string) (time.Time, error) {
	at := r.layout.utc
	when, err := time.Parse("2006-01-02T15:04:05Z", cells[at])
	if err != nil || when.Year() < 1900 || when.Year() > 2100 {
		return when, r.csv.Problem(at, quote(cells[at])+" is no time", "such as 2017-01-01T00:00:00Z")
	}
	if when.Truncate(time.Hour) != when {
		return when, r.csv.Problem(at, quote(cells[at])+" is not the begin of an hour", "the package of 60 minutes")
	}
	if at = r.layout.local; at < 0 {
		return when, nil
	}
	local, err := time.Parse("2006-01-02T15:04:05-0700", cells[at])
	if err != nil || !local.Equal(when) {
		return when, r.csv.Problem(at, quote(cells[at])+" is not the time that "+utcColumn+" says", when.Format("2006-01-02T15:04:05Z")+" by the clock of central Europe")
	}
	return when, nil
}

func quote(s string) string { return strconv.Quote(s) }
