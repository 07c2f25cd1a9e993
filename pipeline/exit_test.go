package pipeline_test

import (
	"testing"

	"samkraft/pipeline"
)

// The numbers are a contract, and so is which of two counts.
func TestWorst(t *testing.T) {
	order := []pipeline.ExitCode{130, 5, 2, 1, 3, 4, 0}
	named := []pipeline.ExitCode{pipeline.Interrupted, pipeline.Busy, pipeline.Usage, pipeline.Failed, pipeline.Withheld, pipeline.Stale, pipeline.Done}
	for i, a := range order {
		if named[i] != a {
			t.Errorf("%d is called what %d is", named[i], a)
		}
		for j, b := range order {
			if got, want := pipeline.Worst(a, b), order[min(i, j)]; got != want {
				t.Errorf("of %d and %d counts %d, want %d", a, b, got, want)
			}
		}
	}
}

func TestOutcomeCode(t *testing.T) {
	if code := (pipeline.Outcome{}).Code(); code != pipeline.Done {
		t.Errorf("of no plan: %d", code)
	}
	o := pipeline.Outcome{Plans: []pipeline.PlanOutcome{{Code: pipeline.Stale}, {Code: pipeline.Withheld}, {Code: pipeline.Done}}}
	if o.Code() != pipeline.Withheld {
		t.Errorf("%d", o.Code())
	}
}
