package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"samkraft/pipeline"
)

// TestSignsNothing makes plans in which some members, or all, have signed nothing:
// what tables then lack is not missing, and nobody is told to look for data.
func TestSignsNothing(t *testing.T) {
	t.Parallel()
	folder, plans, workspace := dropFolder(t), t.TempDir(), t.TempDir()
	for _, c := range []struct{ id, agreements, want string }{
		{"some", `[{id: office, title: {en: Office}, mechanism: scale, signatories: ["253", "269"], parameters: {kind: shared_staff}, key: {type: equal}}]`,
			"259,agreement_member,it has signed no agreement 259,exit_loss,it has signed no agreement 336,agreement_member,it has signed no agreement 336,exit_loss,it has signed no agreement"},
		// Nothing of netting is a gain for society: there is nothing to turn, and no row for all together.
		{"hours", `[{id: hours, title: {en: Hours}, mechanism: netting, signatories: ["253", "269", "259"], key: {type: equal}}]`,
			"-,tornado,the plan has no agreement that saves anything for society 336,agreement_member,it has signed no agreement 336,allocation,it has signed no agreement 336,exit_loss,it has signed no agreement"},
		{"none", "[]", strings.Join([]string{"-,agreement", "-,agreement_incidence", "-,agreement_member", "-,allocation", "-,coalition_value", "-,exit_loss", "-,joint_savings", "-,stability", "-,tornado"},
			",the plan has no agreements ") + ",the plan has no agreements"},
	} {
		file := filepath.Join(plans, c.id+".yaml")
		text := "id: " + c.id + "\nname: {en: Some}\nbase_year: 2023\nmembers: [{country: DK, code: \"253\"}, {country: DK, code: \"269\"}, {country: DK, code: \"259\"}, {country: DK, code: \"336\"}]\n" +
			"agreements: " + c.agreements + "\nuncertainty: {draws: 20}\n"
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		told := runSamkraft(t, pipeline.Done, "run", file, "--mirror", folder, "--workspace", workspace)
		if got := answer(t, workspace, c.id, "select muni_code, dataset, reason from completeness where state = 'not_applicable' order by 1, 2"); got != c.want {
			t.Errorf("%s: not applicable\n got %s\nwant %s", c.id, got, c.want)
		}
		for _, table := range []string{"agreement", "allocation", "exit_loss", "tornado", "stability", "joint_savings"} {
			if strings.Contains(told, "table "+table) {
				t.Errorf("%s: the summary misses %s:\n%s", c.id, table, told)
			}
		}
	}
}
