package energidataservice

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	"samkraft/pipeline"
	"samkraft/sources/sourcetest"
	"samkraft/sources/standin"
)

func members(t testing.TB, names ...string) (all []pipeline.Municipality) {
	t.Helper()
	for _, name := range names {
		country, code, _ := strings.Cut(name, " ")
		m, err := pipeline.FindMunicipality(country, code)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, m)
	}
	return all
}

func date(year int, month time.Month, day int) time.Time {
	return time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
}

// summary writes pieces as one line.
func summary(pieces []pipeline.Piece) string {
	text := ""
	for _, p := range pieces {
		text += fmt.Sprintf("%s %s..%s %s %d; ", p.Key, p.From.Format(time.DateOnly), p.To.Format(time.DateOnly), p.Again, len(p.Members))
	}
	return text
}

func TestPieces(t *testing.T) {
	now := date(2026, 11, 22).Add(8 * time.Hour)
	dk := members(t, "DK 253", "DK 101", "SE 1380")
	for _, c := range []struct {
		dataSet  string
		from, to time.Time
		want     string
	}{
		{"ConsumptionIndustry", date(2026, 10, 1), date(2027, 1, 1), "101/2026-10 2026-10-01..2026-11-01 24h0m0s 1; 253/2026-10 2026-10-01..2026-11-01 24h0m0s 1; " +
			"101/2026-11 2026-11-01..2026-11-23 24h0m0s 1; 253/2026-11 2026-11-01..2026-11-23 24h0m0s 1; "},
		{"ConsumptionIndustry", date(2020, 1, 1), date(2021, 1, 2), "101/2021-01 2021-01-01..2021-02-01 0s 1; 253/2021-01 2021-01-01..2021-02-01 0s 1; "},
		{"ConsumptionIndustry", date(2025, 12, 31), date(2026, 1, 1), "101/2025-12 2025-12-01..2026-01-01 720h0m0s 1; 253/2025-12 2025-12-01..2026-01-01 720h0m0s 1; "},
		{"CapacityPerMunicipality", date(2025, 1, 1), date(2026, 2, 1), "2025 2025-01-01..2026-01-01 0s 0; 2026 2026-01-01..2026-11-23 24h0m0s 0; "},
		{"Elspotprices", date(2025, 1, 1), date(2027, 1, 1), "DK2/2025 2025-01-01..2025-10-01 0s 0; SE4/2025 2025-01-01..2025-10-01 0s 0; "},
		{"Elspotprices", date(2025, 10, 1), date(2027, 1, 1), ""},
		{"DayAheadPrices", date(2025, 1, 1), date(2025, 11, 1), "DK2/2025-10 2025-10-01..2025-11-01 0s 0; SE4/2025-10 2025-10-01..2025-11-01 0s 0; "},
		{"ElectricityBalanceNonv", date(2026, 1, 1), date(2027, 1, 1), "DK2/2026 2026-01-01..2026-01-07 0s 0; "},
		{"ElectricityBalanceNonv", date(2026, 2, 1), date(2027, 1, 1), ""},
		{"Nothing", date(2026, 1, 1), date(2027, 1, 1), ""},
	} {
		got := Source{}.Pieces(c.dataSet, pipeline.Want{Members: dk, From: c.from, To: c.to, Now: now})
		if summary(got) != c.want {
			t.Errorf("%s from %s to %s:\n %s\nwant\n %s", c.dataSet, c.from.Format(time.DateOnly), c.to.Format(time.DateOnly), summary(got), c.want)
		}
	}
	if got := (Source{}).Pieces("ConsumptionIndustry", pipeline.Want{Members: members(t, "SE 1380"), Now: now}); got != nil {
		t.Errorf("a Swedish municipality is asked for: %s", summary(got))
	}
}

// Every data set can be asked for, has days that are days, and pieces that its
// own questions understand.
func TestFeeds(t *testing.T) {
	for _, l := range layouts {
		for _, text := range []string{l.feed.begin, l.feed.end} {
			if _, err := time.Parse(time.DateOnly, text); err != nil && text != "" {
				t.Errorf("%s: %v", l.set.ID, err)
			}
		}
		pieces := Source{}.Pieces(l.set.ID, pipeline.Want{Members: members(t, "DK 253", "DK 101"), Now: date(2026, 11, 22)})
		if len(pieces) == 0 || l.feed.late == 0 {
			t.Errorf("%s: %d pieces, %s late", l.set.ID, len(pieces), l.feed.late)
		}
		for _, p := range pieces {
			if _, err := l.question(p); err != nil {
				t.Errorf("%s: %v", l.set.ID, err)
			}
		}
	}
}

func TestQuestion(t *testing.T) {
	for key, want := range map[string]string{
		"ConsumptionIndustry 253/2024-10":     `/dataset/ConsumptionIndustry?columns=HourUTC,HourDK,MunicipalityNo,Branche,ConsumptionkWh&end=2024-10-31T23:00&filter={"MunicipalityNo":["253"]}&limit=0&sort=HourUTC asc&start=2024-09-30T22:00&timezone=UTC`,
		"ReCoverageMunicipality 336/2024-03":  `/dataset/ReCoverageMunicipality?columns=HourDK,MunicipalityNo,REekWhKeep,ConsumptionkWh&end=2024-04-01T00:00&filter={"MunicipalityNo":["336"]}&limit=0&sort=HourDK asc&start=2024-03-01T00:00`,
		"PrivateConsumptionHeatingMonth 2024": `/dataset/PrivateConsumptionHeatingMonth?columns=Month,MunicipalityCode,Municipality,RegionName,HousingCategory,HeatingCategory,ConsumptionkWh&end=2025-01-01T00:00&limit=0&sort=Month asc&start=2024-01-01T00:00`,
		"DayAheadPrices SE4/2026-01":          `/dataset/DayAheadPrices?columns=TimeUTC,TimeDK,PriceArea,DayAheadPriceDKK,DayAheadPriceEUR&end=2026-01-31T23:00&filter={"PriceArea":["SE4"]}&limit=0&sort=TimeUTC asc&start=2025-12-31T23:00&timezone=UTC`,
	} {
		dataSet, piece, _ := strings.Cut(key, " ")
		q, err := layoutOf(dataSet).question(pipeline.Piece{Key: piece})
		if err != nil {
			t.Fatal(err)
		}
		if got, err := url.QueryUnescape(q.path()); err != nil || got != want {
			t.Errorf("%s: %v\n %s\nwant\n %s", key, err, got, want)
		}
	}
	for key, dataSet := range map[string]string{"2024": "ConsumptionIndustry", "253/2024": "ConsumptionIndustry", "253/2024-05": "CapacityPerMunicipality", "": "Elspotprices"} {
		if _, err := layoutOf(dataSet).question(pipeline.Piece{Key: key}); err == nil {
			t.Errorf("%s has a piece %q", dataSet, key)
		}
	}
}

// TestFetch fetches a piece of every data set from a stand-in and decodes it.
func TestFetch(t *testing.T) {
	now := date(2026, 11, 22).Add(8 * time.Hour)
	server, err := standin.Listen(standin.NewEnergiDataService("253", "101"), standin.Options{Clock: func() time.Time { return now }, NoLimits: true})
	if err != nil {
		t.Fatal(err)
	}
	defer server.Close()
	for _, l := range layouts {
		w := pipeline.Want{Members: members(t, "DK 253", "DK 101"), From: date(2024, 10, 1), To: date(2024, 11, 1), Now: now}
		if l.set.ID == "DayAheadPrices" {
			w.From, w.To = date(2025, 10, 1), date(2025, 11, 1)
		}
		for _, p := range (Source{}).Pieces(l.set.ID, w) {
			var parts []pipeline.Part
			if err := (Source{}).Fetch(t.Context(), l.set.ID, p, server.Ask(&parts)); err != nil || len(parts) != 1 {
				t.Errorf("%s %s: %d parts: %v", l.set.ID, p.Key, len(parts), err)
				continue
			}
			rows := 0
			x := pipeline.Extract{Source: "energidataservice", DataSet: l.set.ID, Parts: parts}
			edition, err := Source{}.Decode(t.Context(), x, pipeline.Checked(x, l.set.Tables, func(pipeline.Table, string, []any) error { rows++; return nil }))
			if err != nil || rows == 0 || edition.AsOf < p.To.AddDate(0, 0, -1).Format(time.DateOnly) {
				t.Errorf("%s %s: %d rows as of %s: %v", l.set.ID, p.Key, rows, edition.AsOf, err)
			}
		}
	}
}

// TestAnswers holds answers to the question.
func TestAnswers(t *testing.T) {
	record := func(hour, code string) string {
		utc, _ := time.Parse("2006-01-02T15", hour)
		return fmt.Sprintf(`{"HourUTC":%q,"HourDK":%q,"MunicipalityNo":%q,"Branche":"Privat","ConsumptionkWh":1}`, utc.Format("2006-01-02T15:04:05"), utc.Add(time.Hour).Format("2006-01-02T15:04:05"), code)
	}
	answer := func(total int, records ...string) string {
		return fmt.Sprintf(`{"total":%d,"dataset":"ConsumptionIndustry","records":[%s]}`, total, strings.Join(records, ","))
	}
	first, last := record("2024-01-31T23", "253"), record("2024-02-29T22", "253")
	for _, c := range []struct{ name, body, want string }{
		{"all", answer(2, first, last), ""},
		{"leading zero", answer(1, record("2024-02-29T22", "0253")), ""},
		{"cut", answer(3, first, last), "the answer holds 2 records, and its total is 3"},
		{"more", answer(1, first, last), "the answer holds 2 records, and its total is 1"},
		{"no total", `{"dataset":"ConsumptionIndustry","records":[` + last + `]}`, "at total"},
		{"bare", "[" + last + "]", "at total"},
		{"before", answer(2, record("2024-01-31T22", "253"), last), "records[0].HourDK: \"2024-01-31T23:00:00\" was not asked for"},
		{"after", answer(2, first, record("2024-02-29T23", "253")), "records[1].HourDK: \"2024-03-01T00:00:00\" was not asked for"},
		{"another place", answer(2, first, record("2024-02-29T22", "259")), "records[1].MunicipalityNo: \"259\" was not asked for; expected 253"},
		{"stopped", answer(1, record("2024-02-07T22", "253")), "the newest record is of 2024-02-07 23:00; expected records at most 21 days before 2024-03-01; the service goes on to answer"},
		{"another data set", `{"total":0,"dataset":"Elspotprices","records":[]}`, "the answer is of the data set Elspotprices"},
		{"refused", `{ "statusCode": 429, "message": "Rate limit is exceeded. Try again in 210 seconds." }`, "the service refuses: Rate limit is exceeded."},
		{"nothing", answer(0), "the publisher has nothing for this"},
		{"a page for people", "<html>", "cannot be read further"},
		{"nothing at all", "", "cannot be read further"},
		{"cut in the middle", answer(2, first, last)[:200], "unexpected EOF"},
	} {
		ask := func(_ context.Context, r pipeline.Request) (pipeline.Answer, error) {
			return pipeline.Answer{Part: sourcetest.Part("answer", []byte(c.body))}, nil
		}
		p := pipeline.Piece{Key: "253/2024-02", From: date(2024, 2, 1), To: date(2024, 3, 1)}
		err := Source{}.Fetch(t.Context(), "ConsumptionIndustry", p, ask)
		var problem *pipeline.Problem
		switch {
		case c.want == "" && err != nil, c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)):
			t.Errorf("%s: %v, want %q", c.name, err, c.want)
		case errors.Is(err, pipeline.ErrNothing) != (c.name == "nothing"):
			t.Errorf("%s: %v", c.name, err)
		case err != nil && !errors.Is(err, pipeline.ErrNothing) && (!errors.As(err, &problem) || problem.File != "answer"):
			t.Errorf("%s: %T %v", c.name, err, err)
		}
	}
}

func TestFromDanish(t *testing.T) {
	for local, want := range map[string]string{
		"2024-03-31T01": "31 00 31 00", "2024-03-31T02": "01 00 01 00", "2024-03-31T03": "31 01 31 01",
		"2024-10-27T01": "26 23 26 23", "2024-10-27T02": "27 00 27 01", "2024-10-27T03": "27 02 27 02", "2024-01-01T00": "31 23 31 23",
	} {
		at, err := time.Parse("2006-01-02T15", local)
		if err != nil {
			t.Fatal(err)
		}
		first, second := fromDanish(at)
		if got := first.Format("02 15 ") + second.Format("02 15"); got != want {
			t.Errorf("%s is %s, want %s", local, got, want)
		}
	}
}
