package pipeline_test

import (
	"encoding/json"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"samkraft/pipeline"
)

var update = flag.Bool("update", false, "write the expected errors of golden plan files anew")

func TestBuiltinPlans(t *testing.T) {
	plans := pipeline.BuiltinPlans()
	if len(plans) != 2 || plans[0].ID != "goda-grannar" || plans[1].ID != "kobenhavn-syd" {
		t.Fatalf("built-in plans: %+v", plans)
	}
	for _, p := range plans {
		for _, a := range p.Agreements {
			if a.Status != "example" {
				t.Errorf("%s: agreement %s has status %s, and no council has signed it", p.ID, a.ID, a.Status)
			}
		}
	}
}

// TestParsePlan runs the golden cases of testdata/plan: NAME.yaml with the error
// that it gives in NAME.txt; without a NAME.txt it is a good plan.
func TestParsePlan(t *testing.T) {
	files, err := filepath.Glob("../testdata/plan/*.yaml")
	if err != nil || len(files) == 0 {
		t.Fatalf("no golden plan files: %v", err)
	}
	for _, f := range files {
		t.Run(strings.TrimSuffix(filepath.Base(f), ".yaml"), func(t *testing.T) {
			text, err := os.ReadFile(f)
			if err != nil {
				t.Fatal(err)
			}
			p, err := pipeline.ParsePlan(filepath.Base(f), text)
			if err == nil {
				err = p.CheckBuiltin(filepath.Base(f))
			}
			want, _ := os.ReadFile(strings.TrimSuffix(f, ".yaml") + ".txt")
			got := ""
			if err != nil {
				got = err.Error() + "\n"
			}
			if *update && err != nil {
				if err := os.WriteFile(strings.TrimSuffix(f, ".yaml")+".txt", []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if got != string(want) {
				t.Errorf("\nwant: %s got: %s", want, got)
			}
		})
	}
}

func TestPlanSchemaIsJSON(t *testing.T) {
	var schema map[string]any
	if err := json.Unmarshal(pipeline.PlanSchema(), &schema); err != nil {
		t.Fatal(err)
	}
	if schema["additionalProperties"] != false {
		t.Error("the schema lets unknown keys through, and the reader does not")
	}
}

// Whom a server tells, and when, is no part of what a plan asks: it makes no new
// snapshot.
func TestNoticesAreNotHashed(t *testing.T) {
	const text = "id: x\nname: {en: X}\nmembers: [{country: DK, code: \"253\"}]\n"
	plain, err := pipeline.ParsePlan("x.yaml", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	telling, err := pipeline.ParsePlan("x.yaml", []byte(text+"alive: $SAMKRAFT_ADDRESS_ALIVE\nnotices: [{mail: [anna@example.org], on: [published]}]\n"))
	if err != nil || len(telling.Notices) != 1 || telling.Alive == "" {
		t.Fatal(err, telling.Notices)
	}
	if pipeline.Hash(plain) != pipeline.Hash(telling) {
		t.Error("notices changed the plan's hash")
	}
}

// A text at which the YAML library panics is refused like any other that is wrong.
func TestParsePlanOfHostileText(t *testing.T) {
	for _, text := range []string{"members: !00000 0000", "data: !!str [\n", "targets: !x y\nid: a"} {
		var p *pipeline.Problem
		if _, err := pipeline.ParsePlan("hostile.yaml", []byte(text)); !errors.As(err, &p) || p.File != "hostile.yaml" {
			t.Errorf("%q: %v", text, err)
		}
	}
}
