package main

import (
	"bytes"
	"context"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"samkraft/pipeline"
	"samkraft/sinks/download"
	"samkraft/sinks/portal"
	"samkraft/sinks/portal/portaltest"
	"samkraft/sinks/words"
)

// TestPages reads the pages and the reports of the sample's snapshots: each figure is the table's, no
// other text has a digit, every link leads somewhere. Without SAMKRAFT_LONG it reads
// one language of each.
func TestPages(t *testing.T) {
	t.Parallel()
	languages := []string{"da", "sv", "en"}
	for i, s := range sampleSnapshots(t) {
		root := os.DirFS(s.folder)
		read := languages
		if os.Getenv("SAMKRAFT_LONG") == "" {
			read = languages[i%3 : i%3+1]
		}
		pages := map[string][]byte{}
		for _, l := range read {
			err := fs.WalkDir(root, "pages/"+l, func(name string, e fs.DirEntry, err error) error {
				if err != nil || e.IsDir() {
					return err
				}
				text, err := fs.ReadFile(root, name)
				pages[strings.TrimPrefix(name, "pages/")] = text
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
			report := portal.ReportFile(words.Language(l))
			if pages["../"+report], err = fs.ReadFile(root, report); err != nil {
				t.Fatal(err)
			}
			for _, beside := range []string{report, s.plan + "-" + l + ".xlsx"} {
				if !strings.Contains(string(pages[l+"/index.html"]), `href="../../`+beside+`"`) {
					t.Errorf("the front page of %s in %s does not lead to %s", s.plan, l, beside)
				}
			}
			if pages[l+"/index.html"] == nil || pages[l+"/how/joint_savings.html"] == nil {
				t.Errorf("%s lacks pages in %s", s.folder, l)
			}
		}
		faults, err := portaltest.Faults(root, pages, func(address string) bool {
			_, err := fs.Stat(root, path.Join("pages", address))
			return err == nil
		})
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range faults[:min(len(faults), 20)] {
			t.Errorf("%s: %s", s.plan, f)
		}
		if len(faults) > 20 {
			t.Errorf("and %d more", len(faults)-20)
		}
	}
}

// TestServedPages follows every link from the front page of a plan of the sample, as a
// server shows it: with ages, with when and from where files came, and with what
// changed.
func TestServedPages(t *testing.T) {
	t.Parallel()
	sample, disk := sampleWorkspace(t), pipeline.Disk(t.TempDir())
	for _, name := range []string{"snapshots", "archive"} {
		if err := os.Symlink(filepath.Join(sample, name), disk.Path(name)); err != nil {
			t.Fatal(err)
		}
	}
	const plan, before = "goda-grannar", "0123456789abcdef"
	snapshots := pipeline.Snapshots{Disk: disk}
	id, err := snapshots.Latest(plan)
	if err != nil {
		t.Fatal(err)
	}
	err = pipeline.Records{Disk: disk}.Write(pipeline.Record{ID: "r", Started: testTime(), Ended: testTime(), State: pipeline.Ended, Outcome: pipeline.Outcome{
		Plans: []pipeline.PlanOutcome{{Plan: plan, Snapshot: id, Previous: before, New: true}},
	}})
	if err != nil {
		t.Fatal(err)
	}
	was, is, gain := "1200.5", "1300.5", 1200.5
	h := portal.New(portal.Site{
		Snapshots: snapshots, Clock: testTime, Report: func(err error) { t.Errorf("reported: %v", err) },
		Compare: func(_ context.Context, ofPlan, old, now string) (portal.Changes, error) {
			if ofPlan != plan || old != before || now != id {
				t.Errorf("%s %s is compared with %s", ofPlan, old, now)
			}
			table := portal.TableChange{Table: "end_use", Changed: 3, Added: 2, Removed: 1, Largest: []portal.CellChange{
				{Key: []string{plan, "SE", "1315"}, Column: "energy_mwh", Unit: "MWh", Old: &was, New: &is}, {Key: []string{"SE"}, Column: "reason", New: &is}}}
			figures := table
			figures.Source, figures.DataSet = "scb", "SlutAnvSektor"
			return portal.Changes{Method: true, PlanFile: true, Skipped: []string{"the table x is new"}, Figures: []portal.TableChange{figures}, Tables: []portal.TableChange{table},
				Gains: []portal.GainChange{{Agreement: "ALL", Old: &gain, New: &gain}, {Agreement: "gone", Old: &gain}}}, nil
		},
	})
	if err := h.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	served := http.NewServeMux()
	served.Handle("/", h)
	served.Handle("/snapshots/", &download.Handler{Snapshots: snapshots, Report: func(err error) { t.Errorf("reported: %v", err) }})
	answer := func(address string) *httptest.ResponseRecorder {
		w := httptest.NewRecorder()
		served.ServeHTTP(w, httptest.NewRequest(http.MethodGet, address, nil))
		return w
	}
	pages, next := map[string][]byte{}, []string{plan + "/sv/index.html"}
	for len(next) > 0 {
		name := next[0]
		next = next[1:]
		if pages[name] != nil {
			continue
		}
		w := answer("/" + name)
		if w.Code != http.StatusOK {
			t.Fatalf("%s gives %d", name, w.Code)
		}
		pages[name] = w.Body.Bytes()
		page, err := goquery.NewDocumentFromReader(bytes.NewReader(pages[name]))
		if err != nil {
			t.Fatal(err)
		}
		page.Find("a[href]").Each(func(_ int, a *goquery.Selection) {
			file, _, _ := strings.Cut(a.AttrOr("href", ""), "#")
			if to := path.Join(path.Dir(name), file); file != "" && !strings.Contains(file, ":") && file[0] != '/' && strings.HasPrefix(to, plan+"/sv/") {
				next = append(next, to)
			}
		})
	}
	faults, err := portaltest.Faults(os.DirFS(disk.Path(snapshots.Folder(plan, id))), pages, func(address string) bool {
		return answer("/"+strings.TrimPrefix(address, "/")).Code == http.StatusOK
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range faults[:min(len(faults), 20)] {
		t.Error(f)
	}
	for name, want := range map[string]string{"index.html": "Publicerad", "sources.html": "Hämtat", "changes.html": before, "how/joint_savings.html": "/snapshots/" + plan + "/" + id + "/joint_savings.parquet"} {
		if !bytes.Contains(pages[plan+"/sv/"+name], []byte(want)) {
			t.Errorf("%s does not say %s", name, want)
		}
	}
}
