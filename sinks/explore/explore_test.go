package explore_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
	"github.com/apache/arrow-go/v18/arrow/memory"
	"github.com/apache/arrow-go/v18/parquet/file"
	"github.com/apache/arrow-go/v18/parquet/pqarrow"
	"github.com/xuri/excelize/v2"
)

const balance = "/south/en/explore/energy_balance"

// body are the rows without their head.
func body(text string) string {
	_, rows, _ := strings.Cut(text, "\n")
	return rows
}

func TestSelection(t *testing.T) {
	server, _ := served(t)
	for query, want := range map[string]string{
		"is.country=DK": "253 253 269", // in the order of the table's key
		"is.note=" + url.QueryEscape(`O'Hara "quoted" % _ \`): "1278",
		"is.note=" + url.QueryEscape("' OR 1=1 --"):           "",
		"is.fossil=true":                       "1278 253",
		"min.energy_mwh=7&max.energy_mwh=12,5": "1278 269",
		"min.energy_mwh=-1e3":                  "1278 253 269",
		"max.day=2020-03-31":                   "253 269",
		"is.day=2021-12-31":                    "1278",
		"sort=energy_mwh":                      "1278 269 253 253",
		"sort=-energy_mwh":                     "253 269 1278 253", // what is not known comes last
		"sort=year&sort=-energy_mwh":           "253 269 1278 253",
		"sort=-year&sort=country":              "253 1278 253 269",
		"known.energy_mwh=no":                  "253",
		"known.energy_mwh=yes&is.year=2021":    "1278",
		"known.fossil=no":                      "253",
		"is.year=2020&page=7":                  "253 269", // a file has no pages
	} {
		_, text := ask(t, server, balance+"?format=csv&"+query)
		rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
		check(t, err)
		var got []string
		for _, row := range rows[1:] {
			got = append(got, row[1])
		}
		equal(t, query, strings.Join(got, " "), want)
	}
}

func TestGroups(t *testing.T) {
	server, _ := served(t)
	d := page(t, server, balance+"?by=country&how=sum&of=energy_mwh")
	equal(t, "sum", body(grid(d)), "Denmark|3|not known|1\nSweden|1|7.125|0")
	if head := d.Find("main thead").Text(); !strings.Contains(head, "Sum: ") || !strings.Contains(head, "MWh") {
		t.Errorf("the head is %q", head)
	}
	if d.Find("main figure svg").Length() != 1 {
		t.Error("there is no chart")
	}
	equal(t, "rows", body(grid(page(t, server, balance+"?by=year"))), "2020|2\n2021|2")
	equal(t, "mean of a share", body(grid(page(t, server, balance+"?by=country&how=mean&of=share&sort=-share"))), "Denmark|3|0.5|0\nSweden|1|not known|1")
	equal(t, "all in one", body(grid(page(t, server, "/south/en/explore/hourly?how=sum&of=n_hours"))), "1 234|760 761|0")
	// A unit stays with its figure in a file.
	answer, text := ask(t, server, balance+"?by=country&how=max&of=price_eur_per_mwh&format=xlsx")
	if answer.StatusCode != 200 {
		t.Fatal(answer.Status)
	}
	book, err := excelize.OpenReader(strings.NewReader(text))
	check(t, err)
	defer book.Close()
	if head, err := book.GetCellValue("query", "C1"); err != nil || head != "max_price_eur_per_mwh [EUR/MWh]" {
		t.Errorf("%q, %v", head, err)
	}
}

// What does not add up is not added, and the page says why.
func TestNoSum(t *testing.T) {
	server, _ := served(t)
	for _, of := range []string{"share", "price_eur_per_mwh", "year", "note", "none"} {
		answer, text := ask(t, server, balance+"?by=country&how=sum&of="+of)
		d := parse(t, text)
		if answer.StatusCode != 400 || !strings.Contains(d.Find("[role=alert]").Text(), of) || d.Find("main table").Length() != 0 {
			t.Errorf("%s: %s, %q", of, answer.Status, d.Find("[role=alert]").Text())
		}
		if answer, _ := ask(t, server, balance+"?by=country&how=sum&format=csv&of="+of); answer.Header.Get("Content-Disposition") != "" {
			t.Errorf("%s: a file is given", of)
		}
	}
}

// Totals are not added to their parts.
func TestTotals(t *testing.T) {
	server, _ := served(t)
	const emission = "/south/en/explore/emission?by=country&how=sum&of=t_co2"
	if answer, text := ask(t, server, emission); answer.StatusCode != 400 || !strings.Contains(text, "totals of others") {
		t.Errorf("%s", answer.Status)
	}
	equal(t, "parts", body(grid(page(t, server, emission+"&is.is_total=false"))), "Denmark|1|2|0\nSweden|1|3|0")
	equal(t, "each", body(grid(page(t, server, emission+"&by=is_total"))), "Denmark|no|1|2|0\nDenmark|yes|1|5|0\nSweden|no|1|3|0")
}

// facts are the values that a page says once, for all of its rows.
func facts(d *goquery.Document) string {
	var all []string
	d.Find("dl.same div").Each(func(_ int, s *goquery.Selection) {
		all = append(all, strings.TrimSpace(s.Find("dt").Text())+": "+strings.ReplaceAll(s.Find("dd").Text(), "\u00a0", " "))
	})
	return strings.Join(all, "; ")
}

// What is the same in all rows is said once, above them.
func TestSame(t *testing.T) {
	server, _ := served(t)
	d := page(t, server, balance+"?is.year=2020")
	equal(t, "facts", facts(d), "Country: Denmark; Year: 2020; Carrier: ELEC")
	equal(t, "rows", grid(d), "Municipality|Energy MWh|share|price_eur_per_mwh EUR/MWh|day|fossil|note\nGreve|1 000.5|0.25|12.5|2020-01-01|yes|=1+1\nSolrød|12|0.5|not known|2020-03-31|no|"+hostile)
	d = page(t, server, balance+"?known.energy_mwh=no&known.day=no")
	if text := facts(d); !strings.Contains(text, "Energy MWh: not known") || grid(d) != "" {
		t.Errorf("one row: %s, %s", text, grid(d))
	}
	d = page(t, server, "/south/sv/explore/agreement?by=agreement_id")
	equal(t, "agreements", body(grid(d)), "Gemensamma tak|1\nwind|1")
	if choice := d.Find(`select[name="is.agreement_id"] option[value=roofs]`).Text(); choice != "Gemensamma tak (roofs)" {
		t.Errorf("an agreement is chosen as %q", choice)
	}
	long := page(t, server, "/south/en/explore/plan").Find("dl.same details")
	if begin := long.Find("summary").Text(); long.Length() != 1 || begin != "Syd"+strings.Repeat(" æøå", 11)+"…" || strings.Count(long.Text(), "æøå") != 111 {
		t.Errorf("a long text begins %q", begin)
	}
	d = page(t, server, balance+"?is.year=2020&known.energy_mwh=no")
	if d.Find("p.empty").Length() != 1 || d.Find("ul.chosen li").Length() != 2 {
		t.Error("no row is not said, or not what was chosen")
	}
	without := d.Find("ul.chosen a").Last().AttrOr("href", "")
	equal(t, "a filter less", without, "?is.year=2020")
}

// A table leads to those that it is made of, with the member of its row where a query makes
// it, and to the files behind it.
func TestComputedFrom(t *testing.T) {
	server, _ := served(t)
	links := func(address string) string {
		d := page(t, server, address).Find("details:contains('How the table is computed')")
		said := []string{d.Find("p[lang=en]").Text()}
		d.Find("a").Each(func(_ int, a *goquery.Selection) {
			said = append(said, a.AttrOr("href", "")+strings.TrimSpace(" "+a.Parent().Find("small").Text()))
			page(t, server, a.AttrOr("href", ""))
		})
		return strings.Join(said, "\n")
	}
	const reads = "/south/en/explore/model?is.model=energy_balance\n/south/en/explore/model_input?is.model=energy_balance\n"
	const files = "/south/en/explore/lineage?is.row_key=%2A&is.table_name="
	equal(t, "of all rows", links(balance), "Account: from use < all & flow.\n/south/en/explore/emission\n/south/en/explore/outlook\n"+reads+files+"energy_balance")
	equal(t, "of one row", links("/south/en/explore/outlook?is.country=DK&is.muni_code=253&is.year=2020"), "Outlook: from the account and emission.\n"+
		"/south/en/explore/emission\n/south/en/explore/energy_balance?is.country=DK&is.muni_code=253the rows of the same member\n"+
		strings.ReplaceAll(reads, "energy_balance", "outlook")+"/south/en/explore/lineage?is.row_key=DK%7C253%7C2020&is.table_name=outlook\n"+files+"outlook")
	equal(t, "of some", links("/south/en/explore/outlook?is.country=DK&min.year=2020"), "Outlook: from the account and emission.\n/south/en/explore/emission\n/south/en/explore/energy_balance\n"+
		strings.ReplaceAll(reads, "energy_balance", "outlook")+files+"outlook")
	fixed := "&snapshot=" + snapshot
	equal(t, "of this snapshot, by the program", links("/south/en/explore/agreement?is.agreement_id=wind"+fixed), "Agreement: as the plan says.\n/south/en/explore/energy_balance?snapshot="+snapshot+"\n"+
		"/south/en/explore/model?is.model=agreement"+fixed+"\n/south/en/explore/model_input?is.model=agreement"+fixed+"\n/south/en/explore/lineage?is.row_key=wind&is.table_name=agreement"+fixed+"\n"+files+"agreement"+fixed)
	equal(t, "not said", links("/south/en/explore/hourly"), "")
}

// A filter that is not understood gives no rows, instead of others than were asked for.
func TestWrongFilters(t *testing.T) {
	server, _ := served(t)
	for _, query := range []string{"is.none=1", "known.none=no", "known.year=perhaps", "sort=-none", "min.year=abc", "min.year=1%3BDROP", "min.year=nan", "max.energy_mwh=1e999", "is.fossil=1", "min.day=2020-13-01", "min.day=today", "like.note=a", "is.day='%3B+SELECT+1",
		"by=none", "sort=none", "is.note=" + strings.Repeat("x", 501), "is.note=%ff", "is.note=%00", "sort=energy_mwh%22", "by=1%2C2"} {
		answer, text := ask(t, server, balance+"?"+query)
		if d := parse(t, text); answer.StatusCode != 400 || d.Find("[role=alert] p").Length() == 0 || d.Find("main table").Length() != 0 {
			t.Errorf("%s: %s", query, answer.Status)
		}
	}
	// What was left empty is left out of the address.
	client := *server.Client()
	client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	answer, err := client.Get(server.URL + balance + "?is.note=&by=year&min.year=&sort=")
	check(t, err)
	answer.Body.Close()
	equal(t, "tidied", answer.Header.Get("Location"), balance+"?by=year")
}

// The pages of a table have all rows once, and the last says that it is.
func TestPages(t *testing.T) {
	server, _ := served(t)
	at, rows, pages := "/south/sv/explore/hourly?sort=-n_hours", 0, 0
	for at != "" {
		d := page(t, server, at)
		rows += d.Find("main > .scroll tbody tr").Length()
		pages++
		at = d.Find("a[rel=next]").AttrOr("href", "")
	}
	if rows != 1234 || pages != 13 {
		t.Errorf("%d rows on %d pages", rows, pages)
	}
	equal(t, "the last row", facts(page(t, server, "/south/sv/explore/hourly?max.n_hours=0")), "Land: Danmark; n_hours: 0; El MWh: 0")
}

// All files have the same rows.
func TestFiles(t *testing.T) {
	server, _ := served(t)
	address := balance + "?min.year=2020&sort=note&format="
	for format, read := range map[string]func(text string) int{
		"csv": func(text string) int {
			rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
			check(t, err)
			return len(rows) - 1
		},
		"json": func(text string) int {
			var rows []map[string]any
			check(t, json.Unmarshal([]byte(text), &rows))
			return len(rows)
		},
		"parquet": func(text string) int {
			reader, err := file.NewParquetReader(bytes.NewReader([]byte(text)))
			check(t, err)
			defer reader.Close()
			into, err := pqarrow.NewFileReader(reader, pqarrow.ArrowReadProperties{}, memory.DefaultAllocator)
			check(t, err)
			content, err := into.ReadTable(context.Background())
			check(t, err)
			defer content.Release()
			return int(content.NumRows())
		},
		"xlsx": func(text string) int {
			book, err := excelize.OpenReader(strings.NewReader(text))
			check(t, err)
			defer book.Close()
			rows, err := book.GetRows("query")
			check(t, err)
			for row := range rows {
				if formula, err := book.GetCellFormula("query", "J"+string(rune('1'+row))); formula != "" || err != nil {
					t.Errorf("a text became the formula %q, %v", formula, err)
				}
			}
			return len(rows) - 1
		},
	} {
		answer, text := ask(t, server, address+format)
		if name := answer.Header.Get("Content-Disposition"); answer.StatusCode != 200 || name != `attachment; filename="south-energy_balance-`+snapshot+"."+format+`"` || answer.Header.Get("Samkraft-Snapshot") != snapshot {
			t.Fatalf("%s: %s, %q", format, answer.Status, name)
		}
		if n := read(text); n != 4 {
			t.Errorf("%s has %d rows", format, n)
		}
	}
	// A file is not given to a link on a page of somebody else, nor is SQL asked for it.
	for _, site := range []string{"cross-site", "same-site"} {
		for _, address := range []string{address + "csv", asking("SELECT '=cmd' AS x") + "&format=csv"} {
			answer, text := ask(t, server, address, "Sec-Fetch-Site", site)
			if !strings.HasPrefix(answer.Header.Get("Content-Type"), "text/html") || strings.Contains(text, "<td>=cmd") {
				t.Errorf("%s from %s gives %s", address, site, answer.Header.Get("Content-Type"))
			}
		}
	}
}

func TestSearch(t *testing.T) {
	server, _ := served(t)
	found := func(address string) string {
		var names []string
		page(t, server, address).Find("dl.tables dt code").Each(func(_ int, s *goquery.Selection) { names = append(names, s.Text()) })
		return strings.Join(names, " ")
	}
	equal(t, "all", found("/south/da/explore/"), "agreement emission energy_balance hourly lineage model model_input outlook plan")
	equal(t, "English in Danish", found("/south/da/explore/?q=carrier_id"), "energy_balance")
	equal(t, "accents", found("/south/sv/explore/?q=ENERGIBARARE"), "energy_balance")
	equal(t, "nothing", found("/south/sv/explore/?q=nobodyhassuchaword"), "")
	if text := page(t, server, "/south/en/explore/?q=plan").Find("dl.tables dd").Text(); !strings.Contains(text, "One row.") {
		t.Errorf("of a table of one row: %s", text)
	}
	d := page(t, server, "/south/en/explore/?q="+url.QueryEscape(`"><img src=x onerror=alert(1)>`))
	if d.Find("img").Length() != 0 || !strings.Contains(d.Find("#q").AttrOr("value", ""), "onerror") {
		t.Error("the question is not written as text")
	}
}

func TestQueryPage(t *testing.T) {
	server, _ := served(t)
	d := page(t, server, asking("SELECT muni_code, energy_mwh, note FROM energy_balance WHERE year = 2020 ORDER BY 1"))
	equal(t, "an answer", grid(d), "muni_code|energy_mwh|note\n253|1000.500|=1+1\n269|12.000|"+hostile)
	answer, text := ask(t, server, asking("SELECT nothing FROM energy_balance"))
	if d := parse(t, text); answer.StatusCode != 422 || !strings.Contains(d.Find("[role=alert]").Text(), "nothing") || d.Find("textarea").Text() == "" ||
		d.Find("#"+d.Find("textarea").AttrOr("aria-describedby", "-")+" [lang=en]").Length() != 1 {
		t.Errorf("%s, %q", answer.Status, d.Find("[role=alert]").Text())
	}
	if rows := page(t, server, asking("FROM range(100000)")).Find("main tbody tr").Length(); rows != 500 {
		t.Errorf("%d rows are shown", rows)
	}
	answer, text = ask(t, server, asking("FROM range(1000000)")+"&format=csv")
	if lines := strings.Count(text, "\n"); lines != 100_001 || answer.Header.Get("Samkraft-Note") == "" {
		t.Errorf("a file has %d lines, and says %q", lines, answer.Header.Get("Samkraft-Note"))
	}
	answer, text = ask(t, server, asking("SELECT range, 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx' || range || rpad('x', 1000, 'y') AS t FROM range(1000000)")+"&format=csv")
	if answer.StatusCode != 422 || !strings.Contains(text, "32 MB") {
		t.Errorf("a large file: %s, %d bytes", answer.Status, len(text))
	}
}

const endless = "WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t) SELECT count(*) FROM t"

// A question that takes too long or needs too much ends, and the reader is told so in
// the page's language.
func TestStopped(t *testing.T) {
	server, _ := servedWithin(t, time.Second)
	for address, text := range map[string]string{
		strings.Replace(asking(endless), "/en/", "/sv/", 1): "Svaret tog längre än 1 sekunder",
		asking(endless): "The answer took longer than 1 seconds",
	} {
		answer, page := ask(t, server, address)
		if d := parse(t, page).Find("[role=alert]"); answer.StatusCode != 422 || !strings.HasPrefix(strings.TrimSpace(d.Text()), text) || d.Find("[lang]").Length() != 0 {
			t.Errorf("%s: %s, %q", address, answer.Status, d.Text())
		}
	}
	server, _ = served(t)
	answer, page := ask(t, server, "/south/da/query?"+url.Values{"sql": {"SELECT count(*) FROM range(1000000000) a, range(1000000000) b"}}.Encode())
	if d := parse(t, page).Find("[role=alert]"); answer.StatusCode != 422 || !strings.Contains(d.Text(), "mere hukommelse end de 100MB") {
		t.Errorf("too much: %s, %q", answer.Status, d.Text())
	}
}

// One reader has one turn at a time and few places, and who leaves gives his up.
func TestTurns(t *testing.T) {
	server, _ := served(t)
	slow := asking(endless)
	ctx, leave := context.WithCancel(t.Context())
	ended := make(chan error)
	for range 6 {
		go func() {
			r, err := http.NewRequestWithContext(ctx, "GET", server.URL+slow, nil)
			if err == nil {
				r.Header.Set("X-Who", "greedy")
				var answer *http.Response
				if answer, err = server.Client().Do(r); err == nil {
					answer.Body.Close()
					if answer.StatusCode == http.StatusTooManyRequests {
						err = errTooMany
					}
				}
			}
			ended <- err
		}()
	}
	// Two of the six are told at once that there is no place for them.
	for range 2 {
		if err := <-ended; err != errTooMany {
			t.Errorf("ended with %v", err)
		}
	}
	// Somebody else is answered, while greedy waits for the second of its questions.
	if answer, text := ask(t, server, asking("SELECT 42 AS n"), "X-Who", "anna"); answer.StatusCode != 200 || !strings.Contains(text, "<td class=\"number\">42") {
		t.Errorf("another reader: %s", answer.Status)
	}
	leave()
	for range 4 {
		<-ended
	}
	deadline := time.Now().Add(20 * time.Second)
	for {
		answer, _ := ask(t, server, asking("SELECT 1 AS n"), "X-Who", "greedy")
		if answer.StatusCode == 200 {
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("greedy left, and is told %s", answer.Status)
		}
	}
}

var errTooMany = errors.New("too many")
