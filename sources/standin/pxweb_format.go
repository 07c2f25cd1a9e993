package standin

import (
	"encoding/json"
	"io"
	"net/http"
	"strconv"
)

// question reads what is chosen of each variable, and the format of the answer.
func (p *PxWeb) question(r *Request) (chosen map[string][]string, format string, err error) {
	if r.Method == http.MethodGet {
		chosen, format = pxAddress(r.URL.Query())
		return chosen, format, nil
	}
	var q struct {
		Query []struct {
			Code      string
			Selection struct {
				Filter string
				Values []string
			}
		}
		Response  struct{ Format string }
		Selection []struct {
			VariableCode string
			ValueCodes   []string
		}
	}
	if err := json.Unmarshal(r.Content, &q); err != nil {
		return nil, "", err
	}
	chosen, format = map[string][]string{}, q.Response.Format
	for _, c := range q.Query {
		chosen[c.Code] = c.Selection.Values
		if c.Selection.Filter != "item" && c.Selection.Filter != "all" {
			return nil, "", errPxQuestion
		}
	}
	if p.version == 2 {
		format = r.URL.Query().Get("outputFormat")
		for _, c := range q.Selection {
			chosen[c.VariableCode] = c.ValueCodes
		}
	}
	if len(chosen) == 0 || format != "json-stat2" && (p.version == 2 || format != "json") {
		return nil, "", errPxQuestion
	}
	return chosen, format, nil
}

// answer is a value as JSON, with the mark before it where the service writes one.
func (p *PxWeb) answer(value any) Answer {
	a := JSON(0, value)
	if body := a.Body; p.mark {
		a.Body = func(w io.Writer) error {
			if _, err := io.WriteString(w, "\ufeff"); err != nil {
				return err
			}
			return body(w)
		}
	}
	return a
}

// metadata are those of version 1.
func (p *PxWeb) metadata(t pxTable) Answer {
	type variable struct {
		Code       string   `json:"code"`
		Text       string   `json:"text"`
		Values     []string `json:"values"`
		ValueTexts []string `json:"valueTexts"`
		Time       bool     `json:"time,omitempty"`
	}
	list := []variable{}
	for _, v := range t.variables {
		one := variable{Code: v.code, Text: v.text, Values: []string{}, ValueTexts: []string{}, Time: v.is == pxYear}
		for _, value := range v.values {
			one.Values, one.ValueTexts = append(one.Values, value.code), append(one.ValueTexts, value.label)
		}
		list = append(list, one)
	}
	return p.answer(map[string]any{"title": t.title, "variables": list})
}

// json is the format of version 1: all are texts, and codes have no labels. What is
// counted is a column of its own and no part of the key.
func (p *PxWeb) json(t pxTable, twist Twist) Answer {
	type column struct {
		Code string `json:"code"`
		Text string `json:"text"`
		Type string `json:"type"`
	}
	type row struct {
		Key    []string `json:"key"`
		Values []string `json:"values"`
	}
	columns, counted := []column{}, column{t.contents, t.contents, "c"}
	for _, v := range t.variables {
		switch v.is {
		case pxContents:
			counted.Code, counted.Text = v.values[0].code, v.values[0].label
		case pxYear:
			columns = append(columns, column{v.code, v.text, "t"})
		default:
			columns = append(columns, column{v.code, v.text, "d"})
		}
	}
	rows := []row{}
	if twist != NoRows {
		t.each(p.revision, func(values []pxValue, figure string) {
			var key []string
			for i, v := range values {
				if t.variables[i].is != pxContents {
					key = append(key, v.code)
				}
			}
			rows = append(rows, row{key, []string{figure}})
		})
	}
	if twist == DuplicateRows && len(rows) > 0 {
		rows = append(rows, rows[0])
	}
	return p.answer(map[string]any{"columns": append(columns, counted), "comments": []any{}, "data": rows,
		"metadata": []any{map[string]any{"infofile": "None", "updated": pxUpdated(p.revision), "label": t.title, "source": p.source}}})
}

// stat is the format json-stat2, with figures or, as the metadata of version 2,
// without.
func (p *PxWeb) stat(t pxTable, twist Twist, figures bool) Answer {
	ids, sizes, dimensions := []string{}, []int{}, map[string]any{}
	for _, v := range t.variables {
		index, labels := map[string]int{}, map[string]string{}
		for i, value := range v.values {
			index[value.code], labels[value.code] = i, value.label
		}
		category := map[string]any{"index": index, "label": labels}
		if v.is == pxContents {
			units := map[string]any{}
			for _, value := range v.values {
				units[value.code] = map[string]any{"base": t.unit, "decimals": 0}
			}
			category["unit"] = units
		}
		ids, sizes = append(ids, v.code), append(sizes, len(v.values))
		dimensions[v.code] = map[string]any{"label": v.text, "category": category}
	}
	set := map[string]any{"version": "2.0", "class": "dataset", "label": t.title, "source": "Energimyndigheten", "updated": pxUpdated(p.revision),
		"id": ids, "size": sizes, "dimension": dimensions}
	if figures {
		value, status := []*json.Number{}, map[string]string{}
		if twist != NoRows {
			t.each(p.revision, func(_ []pxValue, figure string) {
				n := json.Number(figure)
				if figure == pxSecret {
					status[strconv.Itoa(len(value))] = figure
					value = append(value, nil)
					return
				}
				value = append(value, &n)
			})
		}
		set["value"] = value
		if len(status) > 0 {
			set["status"] = status
		}
	}
	return p.answer(set)
}
