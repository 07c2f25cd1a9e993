package pxweb

import (
	"context"
	"fmt"
	"io"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"samkraft/pipeline"
)

func part(text string) pipeline.Part {
	return pipeline.Part{Name: "answer", Bytes: int64(len(text)), Open: func() (io.ReadCloser, error) {
		return io.NopCloser(strings.NewReader(text)), nil
	}}
}

// TestPropertySplit: the parts of a question ask for every cell once, and each stays
// within both limits where that can be.
func TestPropertySplit(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var choices []Choice
		want := 1
		for v := range rapid.IntRange(1, 4).Draw(t, "variables") {
			c := Choice{Variable: fmt.Sprint("v", v)}
			n := rapid.IntRange(1, 12).Draw(t, "codes")
			for i := range n {
				c.Codes = append(c.Codes, fmt.Sprint(i))
			}
			choices, want = append(choices, c), want*n
		}
		limits := Limits{Values: rapid.IntRange(0, 30).Draw(t, "values"), Cells: rapid.IntRange(0, 200).Draw(t, "cells")}
		cells := map[string]int{}
		var walk func(part []Choice, key string)
		walk = func(part []Choice, key string) {
			if len(part) == 0 {
				cells[key]++
				return
			}
			for _, code := range part[0].Codes {
				walk(part[1:], key+" "+code)
			}
		}
		for _, p := range Split(choices, limits) {
			walk(p, "")
			single := true
			for _, c := range p {
				single = single && len(c.Codes) == 1
			}
			if !limits.hold(p) && !single {
				t.Fatalf("%v is above %+v", p, limits)
			}
		}
		for key, n := range cells {
			if n != 1 {
				t.Fatalf("the cell%s is asked for %d times", key, n)
			}
		}
		if len(cells) != want {
			t.Fatalf("%d cells, want %d", len(cells), want)
		}
	})
}

func TestQuestions(t *testing.T) {
	choices := []Choice{{"År", []string{"0", "8"}}}
	for want, got := range map[string]pipeline.Request{
		`{"query":[{"code":"År","selection":{"filter":"item","values":["0","8"]}}],"response":{"format":"json"}}`: V1("v1", Path("Sol", "a b.px"), "json", choices),
		`{"selection":[{"variableCode":"År","valueCodes":["0","8"]}]}`:                                            V2("v2", Path("Sol", "a b.px"), choices),
	} {
		if string(got.Body) != want || got.Path != "/Sol/a%20b.px" || got.Method != "POST" || got.Role != "data" {
			t.Errorf("%+v %s", got, got.Body)
		}
	}
}

// TestEach: the last variable runs first, in either form of figures and signs.
func TestEach(t *testing.T) {
	const head = `{"id":["a","b"],"size":[2,2],"dimension":{"b":{"category":{"index":{"y":1,"x":0}}},"a":{"category":{"index":["1","2"]}}},`
	const want = "1x=10 1y=.. 2x=0 2y=2.5"
	for _, text := range []string{
		"\ufeff" + head + `"value":[10,null,0,2.5],"status":{"1":".."}}`,
		head + `"value":{"0":10,"2":0,"3":2.5},"status":[null,"..",null,null]}`,
	} {
		f, err := ReadFigures(part(text))
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		if err := f.Each(context.Background(), func(c Cell) error {
			got = append(got, c.Values[0].Code+c.Values[1].Code+"="+c.Text)
			return nil
		}); err != nil || strings.Join(got, " ") != want {
			t.Errorf("%v %v, want %s", got, err, want)
		}
	}
}

// TestRefusals: what a service says instead of an answer is told in its words.
func TestRefusals(t *testing.T) {
	for text, want := range map[string]string{
		"Bad Request":                   `is no answer but the text "Bad Request"`,
		"":                              "is empty",
		strings.Repeat("å", 300):        strings.Repeat("å", 100) + `"`,
		"<html><title>Fel</title>\r\n ": `"<html><title>Fel</title>"`,
	} {
		if err := Answered(part(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%.20q: %v, want %s", text, err, want)
		}
	}
	if err := Answered(part("\ufeff{}")); err != nil {
		t.Error(err)
	}
	for _, text := range []string{`{"columns":[{"code":"a","type":"d"}],"data":[]}`, `{}`, `{"id":["a"],"size":[1],"dimension":{}}`,
		`{"id":["a","b"],"size":[3000,3000],"dimension":{"a":{"category":{"index":[]}},"b":{"category":{"index":[]}}}}`} {
		if _, err := ReadFigures(part(text)); err == nil {
			t.Errorf("%s is taken for figures", text)
		}
	}
}

func FuzzPeek(f *testing.F) {
	f.Add([]byte(`{"class":"dataset","id":["Region"],"dimension":{"Region":{"label":"region","category":{"index":{"1380":0}}}},"value":[1`))
	f.Add([]byte(`{"title":"x","variables":[{"code":"År","text":"år"}],"columns":[{"code":"a"}],"data":[{"key":["1"],"values":["2"]},3]}`))
	f.Fuzz(func(t *testing.T, head []byte) {
		if g := Peek(head); len(g.Keys) != len(g.Texts) || len(g.Keys) > 200 {
			t.Errorf("%d keys and %d texts", len(g.Keys), len(g.Texts))
		}
		ReadTable(part(string(head)))
	})
}
