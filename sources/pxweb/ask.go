package pxweb

import (
	"encoding/json"
	"net/url"
	"strings"

	"samkraft/pipeline"
)

// Choice is what is asked of one variable.
type Choice struct {
	Variable string
	Codes    []string
}

// Limits are what a service takes in one question, independent of each other; 0 is
// no limit.
type Limits struct {
	Values int // codes that are chosen, of all variables together
	Cells  int // the codes of the variables multiplied
}

// hold reports whether a question stays within the limits.
func (l Limits) hold(choices []Choice) bool {
	values, cells := 0, 1
	for _, c := range choices {
		values += len(c.Codes)
		cells *= max(len(c.Codes), 1)
	}
	return (l.Values == 0 || values <= l.Values) && (l.Cells == 0 || cells <= l.Cells)
}

// Split divides a question into questions that a service takes: the variable with
// most codes is halved until both limits hold. Together, in order, they ask for every
// cell once. A question that cannot be divided further is left as it is.
func Split(choices []Choice, l Limits) [][]Choice {
	longest := 0
	for i, c := range choices {
		if len(c.Codes) > len(choices[longest].Codes) {
			longest = i
		}
	}
	if l.hold(choices) || len(choices[longest].Codes) < 2 {
		return [][]Choice{choices}
	}
	codes := choices[longest].Codes
	half := (len(codes) + 1) / 2
	var parts [][]Choice
	for _, some := range [][]string{codes[:half], codes[half:]} {
		part := append([]Choice(nil), choices...)
		part[longest].Codes = some
		parts = append(parts, Split(part, l)...)
	}
	return parts
}

// accepts are the media types of answers. Services call both formats JSON.
var accepts = []string{"application/json"}

// Lists asks for the metadata of a table.
func Lists(service, role, path string) pipeline.Request {
	return pipeline.Request{Service: service, Role: role, Path: path, Accept: accepts}
}

// V1 asks version 1 of the interface for figures, in the format json or json-stat2.
func V1(service, path, format string, choices []Choice) pipeline.Request {
	type selection struct {
		Filter string   `json:"filter"`
		Values []string `json:"values"`
	}
	type query struct {
		Code      string    `json:"code"`
		Selection selection `json:"selection"`
	}
	var body struct {
		Query    []query `json:"query"`
		Response struct {
			Format string `json:"format"`
		} `json:"response"`
	}
	for _, c := range choices {
		body.Query = append(body.Query, query{c.Variable, selection{"item", c.Codes}})
	}
	body.Response.Format = format
	return post(service, path, body)
}

// V2 asks version 2 of the interface for figures, in the format json-stat2.
func V2(service, path string, choices []Choice) pipeline.Request {
	type selection struct {
		Variable string   `json:"variableCode"`
		Codes    []string `json:"valueCodes"`
	}
	var body struct {
		Selection []selection `json:"selection"`
	}
	for _, c := range choices {
		body.Selection = append(body.Selection, selection(c))
	}
	return post(service, path, body)
}

func post(service, path string, body any) pipeline.Request {
	text, err := json.Marshal(body)
	if err != nil {
		panic(err) // texts and lists of texts: there is nothing that could not be written
	}
	return pipeline.Request{Service: service, Role: "data", Method: "POST", Path: path, Body: text, Accept: accepts,
		Header: []pipeline.Header{{Name: "Content-Type", Value: "application/json"}}}
}

// Path escapes the steps of a table's path, which may hold Swedish letters.
func Path(steps ...string) string {
	var path strings.Builder
	for _, s := range steps {
		path.WriteString("/" + url.PathEscape(s))
	}
	return path.String()
}
