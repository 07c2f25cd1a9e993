package main

import (
	"flag"
	"os"
	"regexp"
	"strings"
	"testing"

	"samkraft/pipeline"
)

// question is a query of the README with the block that holds its answer.
var question = regexp.MustCompile("(?s)    samkraft query --workspace samkraft-sample --plan ([a-z-]+) \\\\\n      \"(.*?)\"\n\n```\n(.*?)```\n")

// TestReadme asks the README's questions of the sample and compares its answers;
// -update writes them anew.
func TestReadme(t *testing.T) {
	const file = "../../README.md"
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	questions := question.FindAllSubmatchIndex(text, -1)
	if len(questions) < 10 {
		t.Fatalf("the README asks %d questions, expected ten", len(questions))
	}
	workspace := sampleWorkspace(t)
	update := flag.Lookup("update").Value.String() == "true" // of package sourcetest
	var written strings.Builder
	end := 0
	for _, at := range questions {
		plan, sql, want := string(text[at[2]:at[3]]), string(text[at[4]:at[5]]), string(text[at[6]:at[7]])
		sql = strings.ReplaceAll(strings.Join(strings.Fields(sql), " "), `\"`, `"`)
		got := trimmed(runSamkraft(t, pipeline.Done, "query", "--workspace", workspace, "--plan", plan, sql))
		if strings.Count(got, "\n") < 3 {
			t.Errorf("%s\nhas no answer:\n%s", sql, got)
		}
		if got != want && !update {
			t.Errorf("%s\n got:\n%swant:\n%s", sql, got, want)
		}
		written.Write(text[end:at[6]])
		written.WriteString(got)
		end = at[7]
	}
	if update {
		written.Write(text[end:])
		if err := os.WriteFile(file, []byte(written.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// trimmed cuts blanks from the ends of lines.
func trimmed(text string) string {
	lines := strings.Split(text, "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " ")
	}
	return strings.Join(lines, "\n")
}
