package main

import (
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// deployed reads the files with which Samkraft is installed.
func deployed(t *testing.T) map[string]string {
	t.Helper()
	files := map[string]string{}
	names, err := fs.Glob(project(t), "deploy/*")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		text, err := fs.ReadFile(project(t), name)
		if err != nil {
			t.Fatal(err)
		}
		files[filepath.Base(name)] = string(text)
	}
	return files
}

// TestDeployedCommands: what units and the container start is a command of the
// program, with flags that it has.
func TestDeployedCommands(t *testing.T) {
	lines := regexp.MustCompile(`(?m)^ExecStart=/usr/local/bin/samkraft (.*)$|exec samkraft ([^"]*)"`)
	want := map[string]int{"samkraft.service": 1, "samkraft-run.service": 1, "Containerfile": 2}
	for name, text := range deployed(t) {
		found := lines.FindAllStringSubmatch(text, -1)
		if len(found) != want[name] {
			t.Errorf("%s: %d commands, expected %d", name, len(found), want[name])
		}
		for _, m := range found {
			line := strings.TrimSpace(strings.ReplaceAll(m[1]+m[2], "$SAMKRAFT_PLANS", ""))
			c, rest, err := newRoot(program{getenv: os.Getenv}).Find(strings.Fields(line))
			if err == nil {
				err = c.ParseFlags(rest)
			}
			if err != nil || len(c.Flags().Args()) > 0 || !c.Runnable() {
				t.Errorf("%s: samkraft %s: %v", name, line, err)
			}
		}
	}
}

// tool finds a program that some machines have. The environment can name it, or, with
// SAMKRAFT_REQUIRE_DEPLOY, ask for it.
func tool(t *testing.T, name, variable string) string {
	t.Helper()
	if named := os.Getenv(variable); variable != "" && named != "" {
		return named
	}
	path, err := exec.LookPath(name)
	if err != nil && os.Getenv("SAMKRAFT_REQUIRE_DEPLOY") != "" {
		t.Fatal(err)
	}
	if err != nil {
		t.Skip(err)
	}
	return path
}

// TestUnits lets systemd look at its units: it finds nothing to say, and their exposure
// is what the documentation says.
func TestUnits(t *testing.T) {
	analyze := tool(t, "systemd-analyze", "")
	itself, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	doc, err := fs.ReadFile(project(t), "docs/server.md")
	if err != nil {
		t.Fatal(err)
	}
	stated := regexp.MustCompile(`exposure of ([0-9]+\.[0-9]+)`).FindStringSubmatch(string(doc))
	if stated == nil {
		t.Fatal("docs/server.md states no exposure")
	}
	folder := t.TempDir()
	var units []string
	for name, text := range deployed(t) {
		if name == "Containerfile" {
			continue
		}
		unit := filepath.Join(folder, name)
		units = append(units, unit)
		// The program has to be there.
		if err := os.WriteFile(unit, []byte(strings.ReplaceAll(text, "/usr/local/bin/samkraft", itself)), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if out, err := exec.Command(analyze, append([]string{"verify", "--man=no"}, units...)...).CombinedOutput(); err != nil || len(out) > 0 {
		t.Errorf("systemd-analyze verify: %v\n%s", err, out)
	}
	for _, unit := range units {
		if filepath.Ext(unit) != ".service" {
			continue
		}
		out, err := exec.Command(analyze, "security", "--offline=true", "--no-pager", unit).CombinedOutput()
		_, verdict, _ := strings.Cut(string(out), "Overall exposure level for ")
		if err != nil || !strings.HasPrefix(verdict, filepath.Base(unit)+": "+stated[1]+" ") {
			t.Errorf("%s is said to have %s; systemd-analyze security: %v, %s", filepath.Base(unit), stated[1], err, verdict)
		}
	}
}

// TestContainerfile lints the container file, which only an engine can build, and holds
// what no linter asks for.
func TestContainerfile(t *testing.T) {
	text := deployed(t)["Containerfile"]
	base := regexp.MustCompile(`^FROM [a-z]+:[a-z0-9.-]*[0-9a-z]( AS build)?$`) // without a host, with a tag
	user, seen := "", map[string]int{}
	for line := range strings.Lines(text) {
		instruction, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
		seen[instruction]++
		switch {
		case instruction == "FROM" && (!base.MatchString(strings.TrimSpace(line)) || strings.Contains(rest, ":latest")):
			t.Errorf("%s: expected a base with a tag, and no host", line)
		case instruction == "USER":
			user = rest
		case instruction == "ADD":
			t.Errorf("%s: expected COPY", line)
		}
	}
	if !regexp.MustCompile(`^[1-9][0-9]+:[1-9][0-9]+$`).MatchString(user) {
		t.Errorf("it ends as user %q, expected the number of one who is not root", user)
	}
	if seen["FROM"] != 2 || seen["VOLUME"] != 1 || seen["HEALTHCHECK"] != 1 {
		t.Errorf("expected two stages, a volume and a probe: %v", seen)
	}
	for _, folder := range []string{"cmd", "pipeline", "sinks", "sources", "testdata", "transforms"} {
		if !strings.Contains(text, "\nCOPY "+folder+" "+folder+"\n") {
			t.Errorf("the build lacks %s", folder)
		}
	}
	out, err := exec.Command(tool(t, "hadolint", "SAMKRAFT_HADOLINT"), "--no-color", "--failure-threshold", "style", "../../deploy/Containerfile").CombinedOutput()
	if err != nil || len(out) > 0 {
		t.Errorf("hadolint: %v\n%s", err, out)
	}
}
