package main

import (
	"bytes"
	"strings"
	"testing"

	"samkraft/pipeline"
)

// A rate is told with its year, and with what is not known of it.
func TestRateIsDated(t *testing.T) {
	for _, c := range []struct {
		rate
		en, da, sv string
	}{
		{rate{Year: 2023, Mark: "S"}, "mean of 2023", "gennemsnit for 2023", "medelvärde för 2023"},
		{rate{Year: 2025, Mark: "M"}, "mean of 2025, from memory, not checked", "gennemsnit for 2025, efter hukommelsen, ikke kontrolleret", "medelvärde för 2025, ur minnet, inte kontrollerat"},
		{rate{Mark: "S"}, "a fixed rate", "fast kurs", "fast kurs"},
		{rate{Mark: "A"}, "a fixed rate, assumed", "fast kurs, antaget", "fast kurs, antaget"},
	} {
		for lang, want := range map[string]string{"en": c.en, "da": c.da, "sv": c.sv} {
			if got := summaryTexts[lang].dated(c.rate); got != want {
				t.Errorf("%+v in %s: got %q, want %q", c.rate, lang, got, want)
			}
		}
	}
}

// A summary tells the promise of every member in numbers of its language, also when
// nothing is new.
func TestSummaryStatesThePromise(t *testing.T) {
	disk := pipeline.Disk(sampleWorkspace(t))
	order := pipeline.Order{Origin: pipeline.FromSample, Plans: pipeline.BuiltinPlans()}
	var outcome pipeline.Outcome
	for _, plan := range order.Plans {
		outcome.Plans = append(outcome.Plans, pipeline.PlanOutcome{Plan: plan.ID, Snapshot: latest(t, string(disk), plan.ID)})
	}
	for lang, wants := range map[string][]string{
		"en": {"nothing new", "All agreements together gain ", "EUR per inhabitant", "(euro of 2025; 11.07 SEK to the euro, mean of 2025, from memory, not checked)", "(euro of 2025; 7.4604 DKK to the euro, a fixed rate)"},
		"da": {"intet nyt", "Alle aftaler tilsammen ", "EUR pr. indbygger", "7,4604 DKK pr. euro", "11,07 SEK pr. euro"},
		"sv": {"inget nytt", "Alla avtal tillsammans ", "EUR per invånare", "7,4604 DKK per euro", "11,07 SEK per euro"},
	} {
		var told bytes.Buffer
		s := settings{program: program{out: &told}, lang: lang}
		if err := s.summarise(t.Context(), disk, order, outcome); err != nil {
			t.Fatal(err)
		}
		out := told.String()
		for _, want := range wants {
			if !strings.Contains(out, want) {
				t.Errorf("%s: %q is missing in\n%s", lang, want, out)
			}
		}
		for _, plan := range order.Plans {
			for _, m := range plan.Members {
				if place, _ := pipeline.FindMunicipality(m.Country, m.Code); !strings.Contains(out, "\n    "+place.Name) {
					t.Errorf("%s: nothing is said of %s", lang, place.Name)
				}
			}
		}
	}
}
