package standin

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"strings"
	"sync"
	"time"

	"samkraft/pipeline"
)

// EnergiDataService is Energinet's service: hourly figures of municipalities and
// price areas, of any period, drawn from a hash.
type EnergiDataService struct {
	places []string
	bare   bool

	mu       sync.Mutex
	revision map[string]int
}

// NewEnergiDataService has figures of the municipalities with these codes; of all
// Danish ones where none is named.
func NewEnergiDataService(municipalities ...string) *EnergiDataService {
	return &EnergiDataService{places: edsPlaces(municipalities), revision: map[string]int{}}
}

// edsPlaces are the 98 municipalities, without Christiansø, which is none.
func edsPlaces(codes []string) []string {
	if len(codes) > 0 {
		return codes
	}
	for _, m := range pipeline.Municipalities() {
		if m.Country == "DK" && m.Code != "411" {
			codes = append(codes, m.Code)
		}
	}
	return codes
}

// Revise changes all figures of a month, such as "2024-05", in Danish time.
func (e *EnergiDataService) Revise(month string) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.revision[month]++
}

// BareDownloads lets downloads in JSON be an array alone, as some have seen them.
func (e *EnergiDataService) BareDownloads() { e.bare = true }

func (e *EnergiDataService) revisions() map[string]int {
	e.mu.Lock()
	defer e.mu.Unlock()
	return maps.Clone(e.revision)
}

// Records writes the answer to a question for municipalities and a period (UTC,
// end exclusive) as the service gives it: one JSON object, the latest rows first.
// Every revision has other figures.
func Records(w io.Writer, dataSet string, municipalities []string, from, to time.Time, revision int) error {
	t := edsTableOf(dataSet)
	if t == nil {
		return fmt.Errorf("the stand-in has no data set %q", dataSet)
	}
	a := edsQuestion{from: from, to: to, descending: true}
	r := t.rows(a, edsPlaces(municipalities), to.AddDate(1, 0, 0))
	r.revision = func(string) int { return revision }
	return writeEDSJSON(w, r, a, false)
}

// Source is energidataservice.
func (e *EnergiDataService) Source() string { return "energidataservice" }

// Service has the limits of the newer and of the older guide.
func (e *EnergiDataService) Service() pipeline.Service {
	return pipeline.Service{ID: "api", Address: "https://api.energidataservice.dk", Limits: []pipeline.Limit{
		{Requests: 1, Window: time.Minute, Scope: pipeline.PerDataSet},
		{Requests: 40, Window: 10 * time.Second, Scope: pipeline.PerHost},
	}}
}

// Twists are all.
func (e *EnergiDataService) Twists() []Twist {
	return []Twist{ChangedHeader, ExtraColumn, RenamedColumn, DuplicateRows, MovingRows, NoRows}
}

// DataSet is the name in the path.
func (e *EnergiDataService) DataSet(r *Request) string {
	_, rest, _ := strings.Cut(r.URL.Path, "/dataset/")
	name, _, _ := strings.Cut(rest, "/")
	return name
}

// Refusal names the wait in the words of the service.
func (e *EnergiDataService) Refusal(wait time.Duration) (Answer, bool) {
	return Text(0, "application/json", fmt.Sprintf(`{ "statusCode": 429, "message": "Rate limit is exceeded. Try again in %d seconds." }`, int(wait/time.Second))), true
}

// Answer answers for data, downloads and descriptions.
func (e *EnergiDataService) Answer(r *Request) Answer {
	path, name := r.URL.Path, e.DataSet(r)
	t := edsTableOf(name)
	download := path == "/dataset/"+name+"/download"
	switch {
	case path == "/meta/dataset":
		return JSON(0, edsList())
	case t == nil:
		return edsError(http.StatusNotFound, "Dataset "+name+" not found")
	case path == "/meta/dataset/"+name:
		return JSON(0, t.description())
	case path != "/dataset/"+name && !download || r.Method != http.MethodGet:
		return edsError(http.StatusNotFound, "Resource not found")
	}
	a, err := readEDSQuestion(r.URL.Query(), t, r.Twist)
	if err != nil {
		return edsError(http.StatusBadRequest, err.Error())
	}
	rows := t.rows(a, e.places, r.Now)
	revisions := e.revisions()
	rows.twist, rows.revision = r.Twist, func(month string) int { return revisions[month] }
	if r.Twist == NoRows {
		rows.times = 0
	}
	answer := Answer{Type: "application/json; charset=utf-8", ETag: fmt.Sprintf(`W/"%x"`, seed(r.URL.RequestURI(), fmt.Sprint(rows.len(), revisions)))}
	switch format := r.URL.Query().Get("format"); {
	case !download || format == "json":
		answer.Body = func(w io.Writer) error { return writeEDSJSON(w, rows, a, download && e.bare) }
	case format == "csv":
		answer.Type = "text/csv; charset=utf-8"
		answer.Body = func(w io.Writer) error { return writeEDSCSV(w, rows, a) }
	default:
		return edsError(http.StatusBadRequest, "format "+format)
	}
	return answer
}

// edsError is an error. Its shape is that of the refusals: no other was seen.
func edsError(status int, message string) Answer {
	return JSON(status, map[string]any{"statusCode": status, "message": message})
}

// page is the part of the rows that an answer has, and the total that it tells.
func (r *edsRows) page(a edsQuestion) (offset, count, total int) {
	total = r.len()
	offset = min(a.offset, total)
	count = total - offset
	if r.twist == MovingRows && count > 0 {
		// A row was withdrawn before this page, and after the first had been counted.
		offset, count = offset+1, count-1
		if a.offset > 0 {
			total--
		}
	}
	if a.limit > 0 {
		count = min(count, a.limit)
	}
	return offset, count, total
}

// writePage writes a page. With duplicates its first row stands there twice, or, of
// a later page, the last row of the page before stands before it.
func (r *edsRows) writePage(w io.Writer, form edsForm, a edsQuestion) error {
	offset, count, _ := r.page(a)
	if r.twist == DuplicateRows && count > 0 {
		if err := r.write(w, form, max(0, offset-1), 1, a.descending); err != nil {
			return err
		}
		if _, err := io.WriteString(w, form.row); err != nil {
			return err
		}
	}
	return r.write(w, form, offset, count, a.descending)
}

// writeEDSJSON writes rows with the object around them, which echoes what was
// asked.
func writeEDSJSON(w io.Writer, r *edsRows, a edsQuestion, bare bool) error {
	_, _, total := r.page(a)
	head := fmt.Sprintf(`{"total":%d`, total)
	if a.sort != "" {
		head += fmt.Sprintf(`,"sort":%q`, a.sort)
	}
	if a.filter != nil {
		filters, err := json.Marshal(a.filter)
		if err != nil {
			return err
		}
		head += `,"filters":` + string(filters)
	}
	if a.limit > 0 {
		head += fmt.Sprintf(`,"limit":%d`, a.limit)
	}
	records := "records"
	if r.twist == ChangedHeader {
		records = "rows"
	}
	head += fmt.Sprintf(`,"dataset":%q,%q:[`, r.table.name, records)
	end := "]}"
	if bare {
		head, end = "[", "]"
	}
	if _, err := io.WriteString(w, head); err != nil {
		return err
	}
	if err := r.writePage(w, edsJSON, a); err != nil {
		return err
	}
	_, err := io.WriteString(w, end)
	return err
}

func writeEDSCSV(w io.Writer, r *edsRows, a edsQuestion) error {
	if _, err := io.WriteString(w, strings.Join(r.header(), ";")+"\n"); err != nil {
		return err
	}
	return r.writePage(w, edsCSV, a)
}

// edsList is the list of all data sets, of which the service tells the first 100.
func edsList() []map[string]any {
	var list []map[string]any
	for _, t := range edsTables {
		list = append(list, map[string]any{"datasetName": t.name, "title": t.name, "organizationName": "tso-electricity"})
	}
	return list
}

// description is what the service tells about a data set; its keys are from memory.
func (t *edsTable) description() map[string]any {
	var columns []map[string]any
	for i, name := range (&edsRows{table: t}).header() {
		columns = append(columns, map[string]any{"displayOrder": i + 1, "dbColumn": name, "displayName": name})
	}
	return map[string]any{"datasetName": t.name, "title": t.name, "organizationName": "tso-electricity", "active": true, "columns": columns}
}
