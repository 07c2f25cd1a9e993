package energidataservice

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"samkraft/pipeline"
)

var _ pipeline.Live = Source{}

// Services is one address. Two generations of its guide were seen: an older one
// allows 40 requests in 10 seconds, newer clients one a minute for each data set.
func (Source) Services() []pipeline.Service {
	return []pipeline.Service{{ID: "api", Address: "https://api.energidataservice.dk", Limits: []pipeline.Limit{
		{Requests: 1, Window: time.Minute, Scope: pipeline.PerDataSet},
		{Requests: 40, Window: 10 * time.Second, Scope: pipeline.PerHost},
	}}}
}

// Fetch asks for a piece with one request, and holds the answer to the question:
// all records that there are, of the period and place that were asked for, and
// reaching as far as they should.
func (Source) Fetch(ctx context.Context, dataSet string, p pipeline.Piece, ask pipeline.Ask) error {
	l := layoutOf(dataSet)
	if l == nil {
		return &pipeline.Problem{What: fmt.Sprintf("energidataservice has no data set %q", dataSet)}
	}
	q, err := l.question(p)
	if err != nil {
		return err
	}
	a, err := ask(ctx, pipeline.Request{Service: "api", Role: "data", Path: q.path(), Accept: []string{"application/json"}})
	if err != nil {
		return err
	}
	return q.check(ctx, a.Part)
}

// question is what a piece asks for.
type question struct {
	layout   *layout
	place    string    // the municipality or zone; "" for all
	from, to time.Time // Danish time
	reaches  time.Time // Danish time up to which there could be records
}

// question reads the key of a piece: "253/2024-05", "DK2/2024", "2024".
func (l *layout) question(p pipeline.Piece) (question, error) {
	q := question{layout: l, reaches: p.To}
	place, period, placed := strings.Cut(p.Key, "/")
	if placed {
		q.place = place
	} else {
		period = place
	}
	var err error
	if q.from, err = time.Parse(l.feed.by.form(), period); err != nil || placed != (l.placeColumn() >= 0 && !l.whole()) {
		return q, &pipeline.Problem{What: fmt.Sprintf("%s has no piece %q", l.set.ID, p.Key)}
	}
	q.to = l.feed.by.after(q.from)
	return q, nil
}

// path is the request. Where there is a column of UTC the period is told in UTC,
// which has no hour twice: that of the Danish month or year, so that a revised
// month is one piece. Columns are named, so that one that is no more is an error
// of the service and not a change that goes unseen.
func (q question) path() string {
	l, v := q.layout, url.Values{}
	from, to := q.from, q.to
	if l.inUTC() {
		v.Set("timezone", "UTC")
		from, _ = fromDanish(from)
		to, _ = fromDanish(to)
	}
	v.Set("start", from.Format("2006-01-02T15:04"))
	v.Set("end", to.Format("2006-01-02T15:04"))
	v.Set("limit", "0")
	v.Set("sort", l.columns[0]+" asc")
	v.Set("columns", strings.Join(l.columns, ","))
	if q.place != "" {
		v.Set("filter", fmt.Sprintf(`{"%s":["%s"]}`, l.columns[l.placeColumn()], q.place))
	}
	return "/dataset/" + l.set.ID + "?" + v.Encode()
}

// check reads an answer through.
func (q question) check(ctx context.Context, part pipeline.Part) error {
	l := q.layout
	newest, n := time.Time{}, 0
	a, err := readJSON(part, l, func(r *record) error {
		if n++; n%4096 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		at, err := q.when(r)
		if err != nil {
			return err
		}
		if at.After(newest) {
			newest = at
		}
		return q.where(r)
	})
	if err != nil {
		return err
	}
	switch {
	case a.total < 0:
		return a.problem("total", "is missing, or no whole number", "how many records there are", "")
	case a.total != a.count:
		return a.problem("records", fmt.Sprintf("the answer holds %d records, and its total is %d", a.count, a.total), "all of them, as limit=0 asks for", "ask again later: figures may have changed meanwhile")
	case a.count == 0:
		return fmt.Errorf("%s of %s: %w", l.set.ID, q.from.Format(l.feed.by.form()), pipeline.ErrNothing)
	case newest.Add(l.feed.late).Before(q.reaches):
		return a.problem("records", fmt.Sprintf("the newest record is of %s", newest.Format("2006-01-02 15:04")),
			fmt.Sprintf("records at most %d days before %s", l.feed.late/day, q.reaches.Format(time.DateOnly)),
			"the service goes on to answer for data sets that have stopped: look at https://www.energidataservice.dk whether "+l.set.ID+" has, and which follows it")
	}
	return nil
}

// when returns the Danish time of a record, which must be of the period.
func (q question) when(r *record) (time.Time, error) {
	read := r.instant
	if q.layout.step == 0 {
		read = r.month
	}
	local := 0 // the column of Danish time
	if q.layout.inUTC() {
		local = 1
	}
	at, err := read(local)
	if err == nil && (at.Before(q.from) || !at.Before(q.to)) {
		err = r.fail(local, quote(r.texts[local])+" was not asked for", fmt.Sprintf("%s to before %s", q.from.Format(time.DateOnly), q.to.Format(time.DateOnly)))
	}
	return at, err
}

// where checks that a record is of the place.
func (q question) where(r *record) error {
	if q.place == "" {
		return nil
	}
	column := q.layout.placeColumn()
	if s := strings.TrimLeft(r.texts[column], "0"); s != q.place {
		return r.fail(column, quote(r.texts[column])+" was not asked for", q.place)
	}
	return nil
}

// inUTC reports whether the data set has a column of UTC, which is then the first.
func (l *layout) inUTC() bool { return strings.HasSuffix(l.columns[0], "UTC") }

// placeColumn is the column of the municipality or the zone.
func (l *layout) placeColumn() int {
	return slices.IndexFunc(l.columns, func(c string) bool { return isMunicipality(c) || c == "PriceArea" })
}

// whole reports whether one piece holds all municipalities: those of months are
// few records.
func (l *layout) whole() bool { return l.step == 0 }

// refusal is an answer that says in words why there are no records.
func (a *answer) refusal() error {
	if a.message == "" {
		return a.problem("", "the answer has no member records", "total, dataset, records", "")
	}
	return a.problem("", fmt.Sprintf("the service refuses: %.200s", a.message), "records", "ask again later, or look at what was asked")
}
