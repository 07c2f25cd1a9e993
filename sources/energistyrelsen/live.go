package energistyrelsen

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"strings"
	"time"

	"samkraft/pipeline"
	"samkraft/sources"
)

var _ pipeline.Live = Source{}

const site = "site"

// pages are where the agency lists its downloads: the address of today, and the one
// before it.
var pages = []string{
	"/analyser-og-statistik/data-oversigt-over-energisektoren",
	"/service/statistik-data-noegletal-og-kort/data-oversigt-over-energisektoren",
}

// maxPage bounds the page of downloads.
const maxPage = 8 << 20

// workbookTypes are what workbooks are served as.
var workbookTypes = []string{
	"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "application/vnd.ms-excel",
	"application/octet-stream", "application/zip", "application/x-zip-compressed",
}

// again: the register comes every month or second month on no fixed day, the
// others once a year. The site says whether a workbook has changed, so that asking
// costs little.
const again = 7 * 24 * time.Hour

// downloads says what the page calls the workbook of a data set.
var downloads = map[string]wanted{
	turbineRegister: {
		title: "the register of wind turbines (Vinddata)",
		names: []string{"vinddata", "stamdataregister for vind", "stamdataregisteret for vind", "stamdata for vind"},
		not:   []string{"histor", "park"},
	},
	producerCount: {
		title: "the producer count (Energiproducenttællingen)",
		names: []string{"ept produktion", "produktions og forbrugsdata", "produktion og brændselsforbrug", "energiproducenttælling"},
		not:   []string{"stamdata", "spørgeskema", "vejledning"},
	},
	heatNetworks: {
		title: "the district heating nets by the 200 % method (data om fjernvarmenet)",
		names: []string{"200pct", "200 pct", "200%", "200 %", "fv net", "fjernvarmenet"},
		not:   []string{"125pct", "125 pct", "125%", "125 %", "kort"},
	},
}

// Services is the agency's site, where pages and workbooks lie. It states no limit:
// two requests a second are a reader's.
func (Source) Services() []pipeline.Service {
	return []pipeline.Service{{ID: site, Address: "https://ens.dk", Limits: []pipeline.Limit{{Requests: 2, Window: time.Second, Scope: pipeline.PerHost}}}}
}

// Pieces is the newest workbook of each data set: it holds all of Denmark and all
// of its years.
func (Source) Pieces(dataSet string, w pipeline.Want) []pipeline.Piece {
	if _, ok := downloads[dataSet]; !ok {
		return nil
	}
	return []pipeline.Piece{{Key: "newest", Again: again, Path: w.Path}}
}

// Fetch finds the workbook on the page of downloads, because its address changes
// with every edition, unless the plan says where it is; and looks at what has come.
func (Source) Fetch(ctx context.Context, dataSet string, p pipeline.Piece, ask pipeline.Ask) error {
	want, ok := downloads[dataSet]
	if !ok {
		return &pipeline.Problem{What: "the data set " + dataSet + " is not one of Energistyrelsen"}
	}
	path, err := "", error(nil)
	if p.Path != "" {
		path, err = sitePath("", "", p.Path)
	} else {
		path, err = findDownload(ctx, want, ask)
	}
	if err != nil {
		return err
	}
	answer, err := ask(ctx, pipeline.Request{Service: site, Role: "data", Path: path, Accept: workbookTypes})
	if err != nil {
		return err
	}
	return checkDownload(ctx, dataSet, want, answer.Part)
}

// findDownload reads the page of downloads and returns the workbook's path.
func findDownload(ctx context.Context, want wanted, ask pipeline.Ask) (string, error) {
	for _, page := range pages {
		answer, err := ask(ctx, pipeline.Request{Service: site, Path: page, Accept: []string{"text/html", "application/xhtml+xml"}, Max: maxPage, Absent: true})
		if err != nil {
			return "", err
		}
		if answer.Absent {
			continue
		}
		content, err := readAll(answer.Part)
		if err != nil {
			return "", err
		}
		links := readLinks(content)
		best, ok := want.choose(links)
		if !ok {
			return "", pathProblem(answer.Name, fmt.Sprintf("none of %d links leads to %s", len(links), want.title))
		}
		return sitePath(page, answer.Address, best.href)
	}
	return "", pathProblem("", "the page of downloads is at none of its known addresses: "+strings.Join(pages, ", "))
}

// sitePath reduces a link to a path of the site. Page is the path of the page on
// which it stands, and address where that page came from: its host is the site's,
// whatever the plan has put in its place.
func sitePath(page, address, href string) (string, error) {
	base := &url.URL{Path: page}
	u, err := base.Parse(href)
	if err != nil {
		return "", pathProblem("", fmt.Sprintf("%q is not an address", href))
	}
	from, err := url.Parse(address)
	switch host := strings.TrimPrefix(strings.ToLower(u.Hostname()), "www."); {
	case host == "" || host == "ens.dk" || err == nil && u.Host == from.Host:
	default:
		return "", pathProblem("", fmt.Sprintf("%q leads to another site", href))
	}
	if u.Scheme != "" && u.Scheme != "http" && u.Scheme != "https" || !strings.HasPrefix(u.Path, "/") {
		return "", pathProblem("", fmt.Sprintf("%q is not a page of the site", href))
	}
	return u.RequestURI(), nil
}

func pathProblem(file, what string) error {
	return &pipeline.Problem{File: file, What: what, Expected: "a link to the workbook on ens.dk, page Data: oversigt over energisektoren",
		Remedy: "open the page, copy the address of the workbook, and give it in the plan as the data set's path"}
}

func readAll(part pipeline.Part) ([]byte, error) {
	body, err := part.Open()
	if err != nil {
		return nil, err
	}
	defer body.Close()
	content, err := io.ReadAll(io.LimitReader(body, maxPage))
	return content, err
}

// checkDownload decides by its content whether a download is what was asked for:
// addresses of old editions go on answering, and addresses of one workbook have
// become those of another.
func checkDownload(ctx context.Context, dataSet string, want wanted, part pipeline.Part) error {
	head, err := sources.Head(part, 1024)
	if err != nil {
		return err
	}
	if bytes.HasPrefix(sources.Begin(head), []byte("<")) {
		return pathProblem(part.Name, "is a page of text and not "+want.title)
	}
	book, err := sources.OpenWorkbook(part)
	if err != nil {
		return err
	}
	defer book.Close()
	claim, ok := Source{}.Recognise(pipeline.Sniff{Sheets: book.Sheets(), Texts: firstCells(book)})
	if !ok || claim.DataSet != dataSet {
		return pathProblem(part.Name, fmt.Sprintf("is a workbook with the sheets %q and not %s", book.Sheets(), want.title))
	}
	if dataSet == turbineRegister {
		return checkState(ctx, book, part.Name)
	}
	return nil
}

// firstCells are the cells at the head of all sheets, as Recognise sees them.
func firstCells(book *sources.Workbook) string {
	var b strings.Builder
	for _, name := range book.Sheets() {
		book.Rows(name, func(row int, cells []string) error {
			for _, c := range cells {
				b.WriteString("<t>" + c + "</t>")
			}
			if row >= 3 {
				return errEnough
			}
			return nil
		})
	}
	return b.String()
}

// errEnough ends the reading of a sheet of which the head is wanted.
var errEnough = errors.New("the head has been read")

// oldestState is a day after which every register lies that the agency offers
// today. The address of before 2022 still answers, with the state of October 2021.
// What is later than this day is put in order by its own date: an older edition
// never takes a newer one's place, and the plan says what is too old for it.
const oldestState = "2023-01-01"

// checkState refuses an edition of the register that has long been replaced.
func checkState(ctx context.Context, book *sources.Workbook, name string) error {
	state, err := registerState(ctx, book)
	if err != nil {
		return err
	}
	if state < oldestState {
		return pathProblem(name, fmt.Sprintf("is the register as of %s: an old address that still answers", state))
	}
	return nil
}

// registerState reads the date of a register from its head: of the new layout the
// last month, of the old one the day that stands above the turbines.
func registerState(ctx context.Context, book *sources.Workbook) (string, error) {
	state := ""
	old := oldReader{oldSheet: oldStanding}
	s := &sheet{book: book, name: oldStanding.name, header: oldStanding.header, mark: '.'}
	read := func(r row) error {
		if err := old.row(r); err != nil || r.number < headerRow {
			return err
		}
		if state = old.asOf; state == "" {
			state = old.lastPeriod()
		}
		return errEnough
	}
	for _, name := range book.Sheets() {
		if name == newSheet {
			s.name, s.header = newSheet, newHeader
			read = func(r row) error {
				if r.number < newHeaderRow {
					return nil
				}
				months, err := newMonths(r)
				if err != nil {
					return err
				}
				state = lastDay(months[len(months)-1])
				return errEnough
			}
		}
	}
	err := s.each(ctx, read)
	switch {
	case err == nil:
		return "", book.Problem(s.name, 1, "", "the sheet ends before its header", "turbines below a header")
	case errors.Is(err, errEnough):
		return state, nil
	}
	return "", err
}
