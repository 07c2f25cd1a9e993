package pipeline_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"samkraft/pipeline"
)

// members reads plans' own figures, written like a publisher's files.
var members = fakeSource{pipeline.Publisher{ID: pipeline.OwnSource, Title: "Own", Licence: "own", DataSets: []pipeline.DataSet{fakeSet("figures", "DK"), fakeSet("corrections", "DK")}}}

// owning is a plan of the south with a file of its own figures.
func owning(t *testing.T, id, text string) pipeline.Plan {
	t.Helper()
	p, err := pipeline.ReadPlan(fstest.MapFS{
		"p.yaml":             {Data: []byte("id: " + id + "\nname: {en: A plan}\nmembers: [{country: DK, code: \"253\"}, {country: DK, code: \"259\"}]\nown: {figures: [own/" + id + ".csv]}\n")},
		"own/" + id + ".csv": {Data: []byte(text)},
	}, "p.yaml")
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func runOwn(t *testing.T, disk pipeline.FS, o pipeline.Order) pipeline.Outcome {
	t.Helper()
	r := newRunner(disk)
	r.Own = members
	return order(t, r, o)
}

const greve, koege = "#own figures -\n253;roof;12\n253;wall;3\n", "#own figures -\n259;roof;7\n259;wall;2\n"

// Each plan is made of its own files and no other's, and one that two plans have is
// read once. From the archive the same comes out, though it knows nothing of which
// plan has which file.
func TestOwnFilesStayApart(t *testing.T) {
	disk := workspace(t)
	plans := []pipeline.Plan{south(t), owning(t, "one", greve), owning(t, "two", greve), owning(t, "three", koege)}
	o := good(t, runOwn(t, disk, pipeline.Order{Plans: plans, Origin: pipeline.FromMirror, Files: published.FS()}))
	if o.Decoded != 3+2 {
		t.Errorf("%d extracts were decoded, expected three of publishers and two own", o.Decoded)
	}
	want := map[string]string{"south": "", "one": "model 1\n\n253 roof 12000 line 2\n253 wall 3000 line 3\n", "two": "model 1\n\n253 roof 12000 line 2\n253 wall 3000 line 3\n", "three": "model 1\n\n259 roof 7000 line 2\n259 wall 2000 line 3\n"}
	ids := map[string]string{}
	for _, p := range plans {
		id, held := seen(t, disk, p.ID)
		if ids[p.ID] = id; held["figures.parquet"] != want[p.ID] {
			t.Errorf("%s holds the figures %q, expected %q", p.ID, held["figures.parquet"], want[p.ID])
		}
	}
	for _, p := range good(t, runOwn(t, disk, pipeline.Order{Plans: plans})).Plans {
		if p.New || p.Snapshot != ids[p.Plan] {
			t.Errorf("from the archive: %+v", p)
		}
	}
	// With another figure it is another plan; without any it needs none.
	if o := good(t, runOwn(t, disk, pipeline.Order{Plans: []pipeline.Plan{owning(t, "one", koege)}})); !o.Plans[0].New {
		t.Errorf("%+v", o)
	}
	if o := good(t, runOwn(t, disk, pipeline.Order{Plans: []pipeline.Plan{plan(t, "one", "DK 253")}})); !o.Plans[0].New {
		t.Errorf("%+v", o)
	}
	receipts, err := (pipeline.Archive{Disk: disk}).Receipts()
	if err != nil {
		t.Fatal(err)
	}
	kept := 0
	for _, r := range receipts {
		if r.Source == pipeline.OwnSource {
			kept++
		}
	}
	if kept != 2 {
		t.Errorf("%d own files are archived, expected 2", kept)
	}
	consistent(t, disk)
}

// A bad own file stops its plan alone, and what publishers' files say is remembered.
// In a mirror such a file is nobody's.
func TestBadOwnFile(t *testing.T) {
	disk := workspace(t)
	plans := []pipeline.Plan{south(t), owning(t, "one", "#own figures -\n253;roof;twelve\n")}
	o := runOwn(t, disk, pipeline.Order{Plans: plans, Origin: pipeline.FromMirror, Files: published.with("figures.csv", greve).FS()})
	if o.Plans[0].Code != pipeline.Done || o.Plans[1].Code != pipeline.Failed || !strings.Contains(strings.Join(o.Plans[1].Problems, " "), "own/one.csv, line 2") {
		t.Errorf("%+v", o.Plans)
	}
	if len(o.Unrecognised) != 1 || o.Unrecognised[0] != "figures.csv" {
		t.Errorf("files that nobody recognises: %q", o.Unrecognised)
	}
	good(t, runOwn(t, disk, pipeline.Order{Plans: []pipeline.Plan{owning(t, "one", greve)}}))
}
