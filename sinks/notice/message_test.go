package notice

import (
	"flag"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"samkraft/pipeline"
)

var update = flag.Bool("update", false, "write testdata/messages.txt anew")

// TestMessages holds the messages to testdata/messages.txt, in all languages.
func TestMessages(t *testing.T) {
	now := time.Date(2026, 10, 24, 3, 15, 0, 0, time.UTC)
	p := planWith()
	old := []Old{{"energistyrelsen", "Stamdataregister", now.AddDate(0, 0, -61), "60d"}, {"dst", "FOLK1A", now.AddDate(0, -7, 0), "180d"}}
	stands := func(o pipeline.PlanOutcome) pipeline.PlanOutcome { o.Snapshot = "0a1b2c3d4e5f6071"; return o }
	var got strings.Builder
	for _, c := range []struct {
		change  change
		outcome pipeline.PlanOutcome
		news    string
	}{
		{change{kind: ofPlan, event: "failed"}, pipeline.PlanOutcome{Code: pipeline.Failed, Problems: []string{"file.csv, line 3: \"x\" is no number; expected a number", "dst FOLK1A: no answer"}}, ""},
		{change{kind: ofPlan, event: "failed"}, stands(pipeline.PlanOutcome{Code: pipeline.Usage, Problems: []string{"sample and real data do not mix in one workspace"}}), ""},
		{change{kind: ofPlan, event: "failed"}, stands(pipeline.PlanOutcome{Code: pipeline.Busy, Problems: []string{"another run holds the workspace"}}), ""},
		{change{kind: ofPlan, event: "withheld"}, stands(pipeline.PlanOutcome{Code: pipeline.Withheld, Withheld: "withheld/mine/20261024T031500.000Z",
			Checks: []pipeline.Check{{ID: "C07", Severity: "error", Offences: 2, Messages: []string{"DK|253: the balance does not close"}}, {ID: "C30", Severity: "warning", Offences: 1}}}), ""},
		{change{kind: ofPlan, event: "recovered", over: []string{"failed", "withheld"}, trouble: now.AddDate(0, 0, -3)}, stands(pipeline.PlanOutcome{}), ""},
		{change{kind: ofData, event: "stale", stale: old, fresh: []string{"scb SlutAnvSektor"}}, stands(pipeline.PlanOutcome{Code: pipeline.Stale}), ""},
		{change{kind: ofData, event: "recovered", over: []string{"stale"}, trouble: now.AddDate(0, 0, -3), troubled: true, stale: old[:1], fresh: []string{"dst FOLK1A"}}, stands(pipeline.PlanOutcome{}), ""},
		{change{kind: ofNew, event: "published"}, stands(pipeline.PlanOutcome{New: true}), "  Together the members save 12 000 EUR a year.\n  Since snapshot ...\n"},
		{change{event: eventTest}, pipeline.PlanOutcome{}, ""},
	} {
		for _, lang := range []string{"en", "da", "sv"} {
			m := newMessage(c.change, Report{p, "20261024T031500.000Z", c.outcome}, way{lang: lang, on: []string{"failed", "stale"}}, c.news, now)
			fmt.Fprintf(&got, "==== %s %s: %s\n%s\n", lang, m.Event, m.Subject, m.Text)
		}
	}
	if *update {
		if err := os.WriteFile("testdata/messages.txt", []byte(got.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile("testdata/messages.txt")
	if err != nil || got.String() != string(want) {
		t.Errorf("%v: the messages are not those of testdata/messages.txt; -update writes them anew:\n%s", err, got.String())
	}
}

// What publishers and files say does not make a message long, and each of its lines
// stays one.
func TestMessageBounds(t *testing.T) {
	o := pipeline.PlanOutcome{Code: pipeline.Failed}
	for range 1000 {
		o.Problems = append(o.Problems, strings.Repeat("æ\n", 1000)+"\xff")
	}
	p := planWith()
	p.Name.EN = strings.Repeat("x", 5000)
	m := newMessage(change{kind: ofPlan, event: "failed"}, Report{p, "run", o}, way{lang: "en"}, strings.Repeat("ø\xff", 9000), time.Time{})
	if n := utf8.RuneCountInString(m.Text); n > maxNews+(maxProblems+2)*maxProblem || !utf8.ValidString(m.Text) || utf8.RuneCountInString(m.Subject) > maxSubject {
		t.Errorf("%d runes, subject %q", n, m.Subject)
	}
	if len(m.Problems) != maxProblems+1 || m.Problems[maxProblems] != "… (+990)" || strings.Contains(m.Problems[0], "\n") {
		t.Errorf("%q", m.Problems)
	}
}

// tellsNo fails where a text is in the results or in any file of the workspace.
func tellsNo(t *testing.T, teller *Teller, results []Result, secrets ...string) {
	t.Helper()
	all := fmt.Sprintf("%+v", results)
	files := 0
	err := fs.WalkDir(os.DirFS(teller.Disk.Path(".")), ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		text, err := pipeline.ReadFile(teller.Disk, name)
		all += string(text)
		files++
		return err
	})
	if err != nil || files == 0 {
		t.Fatalf("%v, %d files", err, files)
	}
	for _, s := range secrets {
		if strings.Contains(all, s) {
			t.Errorf("%q is told: %s", s, all)
		}
	}
}
