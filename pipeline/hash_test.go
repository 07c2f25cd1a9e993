package pipeline_test

import (
	"encoding/json"
	"testing"

	"samkraft/pipeline"
)

// Hashes name what is kept for years: these must never change.
func TestHashStays(t *testing.T) {
	m := pipeline.Manifest{
		Inputs: []pipeline.ManifestInput{{DataSet: "energy", Decoder: 1, Extract: "aa", Source: "alpha"}, {DataSet: "trees", Decoder: 2, Extract: "bb", Source: "beta"}},
		Models: "cc", Plan: "dd", Tables: []pipeline.ManifestTable{{Bytes: 3, Name: "energy", Rows: 2, SHA256: "ee"}},
	}
	canonical := `{"inputs":[{"dataset":"energy","decoder":1,"extract":"aa","source":"alpha"},{"dataset":"trees","decoder":2,"extract":"bb","source":"beta"}],"models":"cc","plan":"dd","tables":[{"bytes":3,"name":"energy","rows":2,"sha256":"ee"}]}`
	if text, err := json.Marshal(m); err != nil || string(text) != canonical {
		t.Errorf("%s %v", text, err)
	}
	cases := []struct {
		v    any
		want string
	}{
		{"Køge", "82ddf4ebcd86723aa403548017557684b5dc1dbf1756cc1fc1f35fc560096feb"},
		{[]any{"aa", 1, nil, 0.035}, "96dfce9d9c2461c1b8e09bd8c223a606aa121d945db875b7fc8ffac4a2bfcc32"},
		{m, "4e03dede2f59d0144a924d4f8f22bdf4d9a756b3cf8da5afeb3d36a4614ad63a"},
		{map[string]int{"259": 2, "253": 1}, "a236cde8fb5f8ee55f584f9872aa8dfd96c5485cbc53690fa22a4dff7070af42"},
	}
	for _, c := range cases {
		if got := pipeline.Hash(c.v); got != c.want {
			t.Errorf("%v has the hash %s, had %s", c.v, got, c.want)
		}
	}
	if m.ID() != cases[2].want[:16] {
		t.Errorf("id %s", m.ID())
	}
}

// Maps hash alike in whatever order they were filled.
func TestHashOfMaps(t *testing.T) {
	first := pipeline.Hash(map[string]int{"253": 1, "259": 2, "1380": 3})
	for range 50 {
		again := map[string]int{"1380": 3}
		again["259"], again["253"] = 2, 1
		if pipeline.Hash(again) != first {
			t.Fatal("the order of a map decides its hash")
		}
	}
}

func TestSameOrigin(t *testing.T) {
	m := pipeline.Manifest{Inputs: []pipeline.ManifestInput{{Source: "alpha", Extract: "aa"}, {Source: "beta", Extract: "bb"}}, Models: "m", Plan: "p"}
	others := []pipeline.Manifest{
		{Inputs: m.Inputs[:1], Models: "m", Plan: "p"}, {Inputs: m.Inputs, Models: "n", Plan: "p"}, {Inputs: m.Inputs, Models: "m", Plan: "q"},
		{Inputs: []pipeline.ManifestInput{m.Inputs[1], m.Inputs[0]}, Models: "m", Plan: "p"},
	}
	for _, o := range others {
		if m.SameOrigin(o) || o.ID() == m.ID() {
			t.Errorf("%+v passes for the same", o)
		}
	}
	built := m
	built.Tables = []pipeline.ManifestTable{{Name: "energy"}}
	if !m.SameOrigin(built) || built.ID() == m.ID() {
		t.Error("tables are not the origin, and they are in the id")
	}
}

// A digest tells null, nothing, zero, kinds, order and borders apart.
func TestDigest(t *testing.T) {
	columns := map[string]func(d pipeline.Digest){
		"empty":    func(pipeline.Digest) {},
		"null":     func(d pipeline.Digest) { d.Null() },
		"nulls":    func(d pipeline.Digest) { d.Null(); d.Null() },
		"no text":  func(d pipeline.Digest) { d.Text("") },
		"zero":     func(d pipeline.Digest) { d.Whole(0) },
		"0.0":      func(d pipeline.Digest) { d.Number(0) },
		"253 259":  func(d pipeline.Digest) { d.Whole(253); d.Whole(259) },
		"259 253":  func(d pipeline.Digest) { d.Whole(259); d.Whole(253) },
		"ab c":     func(d pipeline.Digest) { d.Text("ab"); d.Text("c") },
		"a bc":     func(d pipeline.Digest) { d.Text("a"); d.Text("bc") },
		"negative": func(d pipeline.Digest) { d.Whole(-1) },
	}
	seen := map[string]string{}
	for name, fill := range columns {
		d := pipeline.NewDigest()
		fill(d)
		if other, twice := seen[d.Sum()]; twice {
			t.Errorf("%s and %s have one digest", name, other)
		}
		seen[d.Sum()] = name
	}
}
