package explore

import (
	"net/http"
	"strconv"
)

// longestQuestion is how long a question in SQL may be: it stands in an address.
const longestQuestion = 3000

// queryPage is what the page of questions in SQL shows.
type queryPage struct {
	SQL      string
	Fault    string
	English  bool // the fault is in the database's own words
	Foreign  bool // the question came from a page of another server, and was not asked
	Asked    bool
	Head     []headCell
	Rows     [][]cell
	More     string
	Examples []example
	Limits   string
	Longest  int
}

type example struct{ Title, SQL, Address string }

// querying answers with the page of questions, or the rows as a file.
func (v *visit) querying() error {
	p := &queryPage{SQL: v.form.Get("sql"), Longest: longestQuestion}
	p.Limits = v.say("query_limits", "seconds", v.lang.Number(v.site.Limits.Timeout.Seconds(), 0), "memory", v.site.Limits.Memory,
		"shown", v.lang.Number(shownRows, 0), "rows", v.lang.Number(fileRows, 0), "megabytes", mostBytes>>20)
	for _, e := range examples {
		p.Examples = append(p.Examples, example{v.say(e.Title), e.SQL, v.Base() + "query?" + encoded(e.SQL)})
	}
	status := http.StatusOK
	switch {
	case p.SQL == "":
	case len(p.SQL) > longestQuestion:
		status, p.Fault = http.StatusRequestURITooLong, v.say("query_long", "most", longestQuestion)
		p.SQL = ""
	case v.foreign():
		p.Foreign = true
	default:
		err := v.query(p)
		if err == errDelivered {
			return nil
		}
		if err != nil {
			if status, p.Fault, p.English = v.refusal(err); p.Fault == "" {
				return err
			}
		}
	}
	return v.show(status, "query", v.say("query"), p)
}

// query asks the question.
func (v *visit) query(p *queryPage) error {
	turn, err := v.turn()
	if err != nil {
		return err
	}
	defer turn.Leave()
	if format := v.form.Get("format"); kinds[format] != "" {
		if err := v.file(turn, p.SQL, format, "query", nil); err != nil {
			return err
		}
		return errDelivered
	}
	result, err := v.table(p.SQL, shownRows)
	if err != nil {
		return err
	}
	turn.Finish()
	p.Asked = true
	for _, c := range result.Columns {
		p.Head = append(p.Head, headCell{Text: c.Name, Unit: v.lang.Unit(c.Unit), Number: c.IsNumber()})
	}
	for _, row := range result.Cells {
		for i := range row {
			if row[i].Null {
				row[i].Text = v.say("unknown")
			}
		}
	}
	p.Rows = result.Cells
	if result.More {
		p.More = v.say("query_more", "rows", strconv.Itoa(len(p.Rows)))
	}
	return nil
}
