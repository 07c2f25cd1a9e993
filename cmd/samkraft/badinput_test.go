package main

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"samkraft/pipeline"
	"samkraft/testdata"
)

// dropFolder is a folder of publishers' files: the sample, to be spoiled.
func dropFolder(t testing.TB) string {
	t.Helper()
	folder := t.TempDir()
	sample, err := fs.Sub(testdata.Sample, "sample")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.CopyFS(folder, sample); err != nil {
		t.Fatal(err)
	}
	return folder
}

func replace(old, new string) func(t *testing.T, content []byte) []byte {
	return func(t *testing.T, content []byte) []byte {
		if !bytes.Contains(content, []byte(old)) {
			t.Fatalf("the sample has no %q to spoil", old)
		}
		return bytes.Replace(content, []byte(old), []byte(new), 1)
	}
}

func cut(share float64) func(t *testing.T, content []byte) []byte {
	return func(_ *testing.T, content []byte) []byte { return content[:int(float64(len(content))*share)] }
}

// utf16 writes a text as some spreadsheets do.
func utf16(_ *testing.T, content []byte) []byte {
	out := []byte{0xff, 0xfe}
	for _, r := range string(content) {
		out = append(out, byte(r), byte(r>>8))
	}
	return out
}

func dropSheet(name string) func(t *testing.T, content []byte) []byte {
	return func(t *testing.T, content []byte) []byte {
		f, err := excelize.OpenReader(bytes.NewReader(content))
		if err != nil {
			t.Fatal(err)
		}
		if err := f.DeleteSheet(name); err != nil {
			t.Fatal(err)
		}
		var out bytes.Buffer
		if err := f.Write(&out); err != nil {
			t.Fatal(err)
		}
		return out.Bytes()
	}
}

// TestBadInput spoils one file of a good folder at a time. Each fault must give one clear
// error that names the file and the place, stop the plans that need the data set
// and no others, and leave the last good snapshots answering.
func TestBadInput(t *testing.T) {
	t.Parallel()
	cases := []struct {
		name  string
		file  string // below the folder
		spoil func(t *testing.T, content []byte) []byte
		as    string   // another name: the good file stays beside the spoiled one
		stops []string // plans
		says  []string // what the error must name
	}{
		{"workbook cut short", "published/energistyrelsen/stamdata_vindkraft.xlsx", cut(0.6), "", []string{"kobenhavn-syd"}, []string{"stamdata_vindkraft.xlsx", "a whole file"}},
		{"missing sheet", "published/energistyrelsen/stamdata_vindkraft.xlsx", dropSheet("Afmeldte-Decommissioned"), "", []string{"kobenhavn-syd"}, []string{"stamdata_vindkraft.xlsx", "Afmeldte-Decommissioned", "missing"}},
		{"changed header", "published/doughnut/bolig_fossil_scores.csv", replace("fossil_direkte_pct", "fossil_pct"), "", []string{"kobenhavn-syd"}, []string{"bolig_fossil_scores.csv", "fossil_direkte_pct"}},
		{"swapped columns", "published/energidataservice/Elspotprices_DK2.csv", replace("HourUTC;HourDK", "HourDK;HourUTC"), "", []string{"kobenhavn-syd"}, []string{"Elspotprices_DK2.csv", "HourUTC"}},
		{"total row at the foot", "published/doughnut/bolig_fossil_scores.csv", func(_ *testing.T, c []byte) []byte { return append(c, "I alt,50.0,50.0,40.0,10.0,5.0,1.0\n"...) }, "", []string{"kobenhavn-syd"}, []string{"bolig_fossil_scores.csv", "line 6", "I alt"}},
		{"letter in a number", "published/balmorel/DE.inc", replace("e+04", "x+04"), "", []string{"kobenhavn-syd"}, []string{"DE.inc", "line"}},
		{"unknown municipality", "published/klimatkollen/municipality-sector-emissions.json", replace("Båstad", "Bastuby"), "", []string{"goda-grannar"}, []string{"municipality-sector-emissions.json", "Bastuby"}},
		{"duplicate key", "published/dst/folk1am_2024m01.csv", func(_ *testing.T, c []byte) []byte {
			lines := strings.SplitAfter(string(c), "\n")
			return []byte(string(c) + lines[len(lines)-2])
		}, "", []string{"kobenhavn-syd"}, []string{"folk1am_2024m01.csv", "stands already"}},
		{"wrong encoding", "published/doughnut/ve_kapacitet_scores.csv", replace("Køge", "K\xf8ge"), "", []string{"kobenhavn-syd"}, []string{"ve_kapacitet_scores.csv", "UTF-8"}},
		{"empty file", "published/balmorel/DE.inc", cut(0), "", []string{"kobenhavn-syd"}, []string{"DE.inc", "empty"}},
		{"empty file that nobody misses", "published/dst/SOURCE.txt", cut(0), "new.csv", nil, []string{"new.csv", "empty"}},
		{"another encoding altogether", "published/doughnut/bolig_fossil_scores.csv", utf16, "", []string{"kobenhavn-syd"}, []string{"doughnut bolig_fossil", "bolig_fossil_scores.csv", "--accept-loss"}},
		{"compressed file cut short", "published/vindbrukskollen/vindkraftverk.csv.zst", cut(0.5), "", []string{"goda-grannar"}, []string{"vindkraftverk.csv.zst", "a whole file"}},
		{"compressed file cut short beside others of its data set", "published/scb/SlutAnvSektor_2019-2020.csv.zst", cut(0.5), "", []string{"goda-grannar"}, []string{"SlutAnvSektor_2019-2020.csv.zst", "a whole file"}},
		{"two files that disagree", "published/balmorel/DE.inc", func(t *testing.T, c []byte) []byte {
			return replace("8.056959e+04", "8.156959e+04")(t, c)
		}, "other.inc", []string{"kobenhavn-syd"}, []string{"DE.inc", "other.inc", "disagree", "RESE"}},
	}
	folder, workspace := dropFolder(t), fewWorkspace(t)
	danish, swedish := fewDraws(t)
	good := map[string]string{}
	for _, plan := range []string{"goda-grannar", "kobenhavn-syd"} {
		good[plan] = latest(t, workspace, plan)
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			path := filepath.Join(folder, filepath.FromSlash(c.file))
			content, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			target := path
			if c.as != "" {
				target = filepath.Join(folder, c.as)
				defer os.Remove(target)
			} else {
				defer os.WriteFile(path, content, 0o644)
			}
			os.Chmod(target, 0o644)
			if err := os.WriteFile(target, c.spoil(t, bytes.Clone(content)), 0o644); err != nil {
				t.Fatal(err)
			}
			want := pipeline.Failed
			if c.stops == nil {
				want = pipeline.Done
			}
			out := runSamkraft(t, want, "run", danish, swedish, "--mirror", folder, "--workspace", workspace)
			for _, word := range c.says {
				if !strings.Contains(out, word) {
					t.Errorf("the error does not name %q:\n%s", word, out)
				}
			}
			if n := strings.Count(out, "not published"); n != len(c.stops) {
				t.Errorf("%d plans were stopped, %d need the data set:\n%s", n, len(c.stops), out)
			}
			for plan, id := range good {
				if now := latest(t, workspace, plan); now != id {
					t.Errorf("plan %s: snapshot %s stood, now %s", plan, id, now)
				}
				answer := runSamkraft(t, pipeline.Done, "query", "--workspace", workspace, "--plan", plan, "--format", "csv", "SELECT count(*) AS n FROM member")
				if strings.TrimSpace(strings.ReplaceAll(answer, "\r", "")) != map[string]string{"goda-grannar": "n\n5", "kobenhavn-syd": "n\n4"}[plan] {
					t.Errorf("plan %s answers %q", plan, answer)
				}
			}
		})
	}
	if out := runSamkraft(t, pipeline.Done, "run", danish, swedish, "--mirror", folder, "--workspace", workspace); strings.Count(out, "nothing new") != 2 {
		t.Errorf("with every file mended the plans are not as before:\n%s", out)
	}
}

func latest(t testing.TB, workspace, plan string) string {
	t.Helper()
	id, err := (pipeline.Snapshots{Disk: pipeline.Disk(workspace)}).Latest(plan)
	if err != nil {
		t.Fatal(err)
	}
	return id
}
