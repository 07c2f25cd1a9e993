package standin_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"samkraft/pipeline"
	"samkraft/sources/sourcetest"
	"samkraft/sources/standin"
	"samkraft/sources/vindbrukskollen"
)

// noon is the time by which stand-ins are asked here.
var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

// fetched asks a stand-in for the one piece of a data set, and decodes what has
// come: how many rows each table has.
func fetched(t *testing.T, source pipeline.Live, dataSet string, server *standin.Server) (rows map[string]int, edition pipeline.Edition, err error) {
	t.Helper()
	pieces := source.Pieces(dataSet, pipeline.Want{Now: noon})
	if len(pieces) != 1 {
		t.Fatalf("%d pieces", len(pieces))
	}
	var parts []pipeline.Part
	if err := source.Fetch(context.Background(), dataSet, pieces[0], server.Ask(&parts)); err != nil {
		return nil, edition, err
	}
	x := pipeline.Extract{Source: source.Publisher().ID, DataSet: dataSet, Parts: parts}
	rows = map[string]int{}
	out := pipeline.Checked(x, sourcetest.Tables(source, dataSet), func(table pipeline.Table, _ string, _ []any) error {
		rows[table.Name]++
		return nil
	})
	edition, err = source.Decode(context.Background(), x, out)
	return rows, edition, err
}

func listenTo(t *testing.T, d standin.Dialect) *standin.Server {
	t.Helper()
	server, err := standin.Listen(d, standin.Options{Clock: func() time.Time { return noon }, NoLimits: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { server.Close() })
	return server
}

func TestVindbrukskollen(t *testing.T) {
	// Eight layers; that of dropped turbines takes two pages and is counted again
	// by its numbers.
	server := listenTo(t, standin.NewVindbrukskollen(4200))
	rows, edition, err := fetched(t, vindbrukskollen.Source{}, "Vindkraftverk", server)
	if err != nil || rows["vbk_turbine"] != 4200 || edition.AsOf != "2024-06-25" {
		t.Errorf("%v as of %q: %v", rows, edition.AsOf, err)
	}
	if asked := len(server.Log()); asked != 1+8+9+1 {
		t.Errorf("%d requests", asked)
	}
	if _, _, err := fetched(t, vindbrukskollen.Source{}, "Vindkraftverk", listenTo(t, standin.NewVindbrukskollen(0))); !errors.Is(err, pipeline.ErrNothing) {
		t.Errorf("of an empty register: %v", err)
	}
}

func TestVindbrukskollenRefused(t *testing.T) {
	const second = "resultOffset=20" // a second page, and one behind it
	for name, c := range map[string]struct {
		twist standin.Twist
		path  string
		want  string
	}{
		"a row twice":     {standin.DuplicateRows, second, "it stands twice"},
		"a row that went": {standin.MovingRows, "resultOffset=", "were counted and"},
		"nothing":         {standin.NoRows, second, "were counted and 20 have come"},
		"another name":    {standin.RenamedColumn, "resultOffset=0", "no field holds Rotordiameter (m)"},
		"one more":        {standin.ExtraColumn, "resultOffset=0", ""},
	} {
		register := standin.NewVindbrukskollen(84)
		register.Page = 20
		server := listenTo(t, register)
		server.Next(-1, c.path, standin.Twisted(c.twist))
		_, _, err := fetched(t, vindbrukskollen.Source{}, "Vindkraftverk", server)
		var problem *pipeline.Problem
		if c.want == "" && err != nil || c.want != "" && (!errors.As(err, &problem) || !strings.Contains(err.Error(), c.want)) {
			t.Errorf("%s: %v; expected %q", name, err, c.want)
		}
	}
}
