package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"samkraft/pipeline"
)

// runAllocate runs the command by itself and returns its output, its error and the
// exit code that this error stands for.
func runAllocate(t *testing.T, ctx context.Context, args ...string) (string, pipeline.ExitCode, error) {
	t.Helper()
	return runAllocateIn(t, ctx, "en", args...)
}

func runAllocateIn(t *testing.T, ctx context.Context, lang string, args ...string) (string, pipeline.ExitCode, error) {
	t.Helper()
	var out bytes.Buffer
	c := newAllocate(&settings{program: program{out: &out, err: &out}, lang: lang})
	c.SilenceErrors, c.SilenceUsage = true, true
	c.SetArgs(args)
	err := c.ExecuteContext(ctx)
	var e exit
	switch {
	case err == nil:
		return out.String(), pipeline.Done, nil
	case errors.As(err, &e):
		return out.String(), e.code, err
	}
	return out.String(), pipeline.Usage, err
}

func temporary(t *testing.T, name, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

const smallTable = "coalition;cost\nGreve;10,5\nKøge;20\nGreve + Køge;24\n"

func TestAllocate(t *testing.T) {
	table := temporary(t, "costs.csv", smallTable)
	weights := temporary(t, "population.csv", "member,weight\nKøge,1\nGreve,3\n")

	text, _, err := runAllocate(t, t.Context(), table, "--weights", weights)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"Greve and Køge share a cost of 24.\n", "\nnucleolus ", "Under the population key Greve pays 7.5 more than alone.\n"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is missing in\n%s", want, text)
		}
	}

	for lang, want := range map[string]string{
		"da": "Med nøglen population: Greve betaler 7,5 mere end alene.\n",
		"sv": "Med nyckeln population: Greve betalar 7,5 mer än ensam.\n",
	} {
		if text, _, err := runAllocateIn(t, t.Context(), lang, table, "--weights", weights); err != nil || !strings.Contains(text, want) {
			t.Errorf("%s: %q is missing in\n%s (%v)", lang, want, text, err)
		}
	}

	text, _, err = runAllocate(t, t.Context(), table, "--format", "json")
	var answer struct {
		Members []string
		Total   float64
		Rules   map[string]map[string]float64
	}
	if err := errors.Join(err, json.Unmarshal([]byte(text), &answer)); err != nil {
		t.Fatal(err)
	}
	if answer.Total != 24 || answer.Rules["shapley"]["Greve"] != 7.25 || strings.Join(answer.Members, " ") != "Greve Køge" {
		t.Errorf("got %+v", answer)
	}
	if _, given := answer.Rules["proportional"]; given {
		t.Error("there is a proportional key without weights")
	}

	text, _, err = runAllocate(t, t.Context(), table, "--format", "csv")
	if err != nil || !strings.Contains(text, "\nshapley,Køge,16.75,67/4,20,") {
		t.Errorf("got %s (%v)", text, err)
	}
}

// The table speaks the language of --lang; what programs read does not.
func TestAllocateInLanguages(t *testing.T) {
	table := temporary(t, "costs.csv", smallTable)
	weights := temporary(t, "w.csv", "member,weight\nKøge,1\nGreve,3\n")
	for language, want := range map[string][]string{
		"en": {"Greve and Køge share a cost of 24.\n", "\nproportional (w) ", "Under the w key Greve pays 7.5 more than alone.\n"},
		"da": {"Greve og Køge deler en udgift på 24.\n", "\nalene ", "Med nøglen w: Greve betaler 7,5 mere end alene.\n"},
		"sv": {"Greve och Køge delar på en kostnad på 24.\n", "\nensam ", "Med nyckeln w: Greve betalar 7,5 mer än ensam.\n"},
	} {
		p := program{args: []string{"allocate", table, "--weights", weights, "--lang", language}}
		var out bytes.Buffer
		p.out, p.err = &out, &out
		if code := execute(t.Context(), p); code != pipeline.Done {
			t.Errorf("%s: exit %d: %s", language, code, out.String())
		}
		for _, part := range want {
			if !strings.Contains(out.String(), part) {
				t.Errorf("%s: %q is missing in\n%s", language, part, out.String())
			}
		}
	}
	plain, _, err := runAllocate(t, t.Context(), table, "--format", "json")
	if err != nil || !strings.Contains(plain, `"total": 24,`) {
		t.Errorf("%s (%v)", plain, err)
	}
}

// Cells that a spreadsheet has worked out are rounded, and that is told.
func TestAllocateRounds(t *testing.T) {
	table := temporary(t, "costs.csv", "coalition,cost\nGreve,458.934802225194\nKøge,601.600635\nGreve+Køge,957.337486\n")
	for format, stream := range map[string]int{"table": 0, "json": 1, "csv": 1} {
		var streams [2]bytes.Buffer
		code := execute(t.Context(), program{args: []string{"allocate", table, "--format", format}, out: &streams[0], err: &streams[1]})
		if told := "Rounded to 6 decimals: 1 of the 3 numbers of the file."; code != pipeline.Done || !strings.Contains(streams[stream].String(), told) || strings.Contains(streams[1-stream].String(), told) {
			t.Errorf("%s: exit %d, output %s, errors %s", format, code, streams[0].String(), streams[1].String())
		}
	}
}

func TestAllocateDecimalMark(t *testing.T) {
	table := temporary(t, "costs.csv", "coalition;cost\nA;1.234\nB;2.500\nA+B;3\n")
	for mark, want := range map[string]string{"point": "alone                1.234  2.500", "comma": "alone                   1234    2500"} {
		text, _, err := runAllocate(t, t.Context(), table, "--decimal", mark)
		if err != nil || !strings.Contains(text, want) {
			t.Errorf("%s: %q is missing in\n%s (%v)", mark, want, text, err)
		}
	}
	if _, code, err := runAllocate(t, t.Context(), table); code != pipeline.Usage || !strings.Contains(err.Error(), "--decimal point or --decimal comma") {
		t.Errorf("exit %d, %v", code, err)
	}
	if _, code, err := runAllocate(t, t.Context(), table, "--decimal", "dot"); code != pipeline.Usage || !strings.Contains(err.Error(), "expected point or comma") {
		t.Errorf("exit %d, %v", code, err)
	}
}

func TestAllocateRefuses(t *testing.T) {
	table := temporary(t, "costs.csv", smallTable)
	short := temporary(t, "short.csv", "coalition,cost\nGreve,1\nKøge,2\n")
	for _, c := range []struct {
		args []string
		says string
	}{
		{nil, "accepts 1 arg"},
		{[]string{table, "--format", "xml"}, "expected table, json or csv"},
		{[]string{table, "--missing", "zero"}, "expected additive"},
		{[]string{filepath.Join(t.TempDir(), "none.csv")}, "none.csv"},
		{[]string{t.TempDir()}, "directory"},
		{[]string{short}, `short.csv: coalition "Greve+Køge" is missing`},
		{[]string{table, "--weights", table}, "costs.csv, line 1: the header"},
		{[]string{table, "--weights", "none.csv"}, "none.csv"},
	} {
		out, code, err := runAllocate(t, t.Context(), c.args...)
		if err == nil || code != pipeline.Usage || !strings.Contains(err.Error(), c.says) || out != "" {
			t.Errorf("%q: exit %d, error %v, output %q; want exit %d and an error with %q", c.args, code, err, out, pipeline.Usage, c.says)
		}
	}
	if _, code, err := runAllocate(t, t.Context(), short, "--missing", "additive"); err != nil || code != pipeline.Done {
		t.Error(err)
	}
	ended, end := context.WithCancel(t.Context())
	end()
	// The command line has to be left, finished or not.
	if _, _, err := runAllocate(t, ended, table); err != nil && !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}
