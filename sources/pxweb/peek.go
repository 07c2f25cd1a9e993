package pxweb

import (
	"bytes"
	"encoding/json"
	"errors"

	"samkraft/sources"
)

// Glimpse is what the head of a file shows of metadata or an answer; the rest of it
// may be cut off.
type Glimpse struct {
	Title     string     // of metadata, version 1
	Lists     []Column   // the variables of metadata, version 1
	Columns   []Column   // of an answer in the format json
	Keys      [][]string // the first keys of an answer in the format json, and
	Texts     []string   // their figures, where each has one
	Table     Table      // of a json-stat2 data set, as far as its dimensions can be seen
	Figures   bool       // a json-stat2 data set has figures, as far as can be seen
	Confusing bool       // there are cells in the format json that do not look so
}

// Peek looks at the head of a JSON object. Of anything else it sees nothing.
func Peek(head []byte) Glimpse {
	var g Glimpse
	d := json.NewDecoder(bytes.NewReader(sources.Begin(head)))
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return g
	}
	var id []string
	for d.More() {
		key, err := d.Token()
		if err != nil {
			break
		}
		switch key {
		case "title":
			err = d.Decode(&g.Title)
		case "variables":
			err = each(d, func() error { return add(d, &g.Lists) })
		case "columns":
			err = each(d, func() error { return add(d, &g.Columns) })
		case "data":
			err = each(d, func() error { return g.cell(d) })
		case "id":
			err = d.Decode(&id)
		case "dimension":
			err = g.dimensions(d)
		case "value":
			g.Figures = true
			err = d.Decode(new(json.RawMessage))
		default:
			err = d.Decode(new(json.RawMessage))
		}
		if err != nil {
			break
		}
	}
	if len(g.Table.Variables) == 0 {
		return g
	}
	for _, code := range id { // behind the cut nothing but their codes is known
		if g.Table.Find(code) < 0 {
			g.Table.Variables = append(g.Table.Variables, Variable{Code: code})
		}
	}
	return g
}

// each reads the items of a list.
func each(d *json.Decoder, item func() error) error {
	if t, err := d.Token(); err != nil || t != json.Delim('[') {
		return errNotSo
	}
	for d.More() {
		if err := item(); err != nil {
			return err
		}
	}
	_, err := d.Token()
	return err
}

func add(d *json.Decoder, columns *[]Column) error {
	var c Column
	if err := d.Decode(&c); err != nil {
		return err
	}
	*columns = append(*columns, c)
	return nil
}

func (g *Glimpse) cell(d *json.Decoder) error {
	var text json.RawMessage
	if err := d.Decode(&text); err != nil {
		return err // the cut
	}
	var cell struct{ Key, Values []string }
	if len(g.Keys) == 200 {
		return nil
	}
	if json.Unmarshal(text, &cell) != nil || len(cell.Key) == 0 || len(cell.Values) != 1 {
		g.Confusing = true
		return nil
	}
	g.Keys, g.Texts = append(g.Keys, cell.Key), append(g.Texts, cell.Values[0])
	return nil
}

// dimensions reads those of a json-stat2 data set, in the order of the text.
func (g *Glimpse) dimensions(d *json.Decoder) error {
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return errNotSo
	}
	for d.More() {
		code, err := d.Token()
		if err != nil {
			return err
		}
		var dimension struct {
			Label    string
			Category struct{ Index json.RawMessage }
		}
		if err := d.Decode(&dimension); err != nil {
			return err
		}
		name, _ := code.(string)
		v := Variable{Code: name, Text: dimension.Label}
		codes, _ := ordered(dimension.Category.Index)
		for _, c := range codes {
			v.Values = append(v.Values, Value{Code: c})
		}
		g.Table.Variables = append(g.Table.Variables, v)
	}
	_, err := d.Token()
	return err
}

var errNotSo = errors.New("another thing stands there")
