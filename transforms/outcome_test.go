package transforms

import (
	"fmt"
	"slices"
	"sort"
	"strings"
	"testing"
)

// outcomes runs some checks and returns what tell says of those that did not pass, in
// order of their ids.
func outcomes(t *testing.T, b *build, ids []string, tell func(check, []offence) string) string {
	t.Helper()
	var got []string
	for _, check := range b.checks {
		if !slices.Contains(ids, check.id) {
			continue
		}
		found, err := b.run(t.Context(), check)
		if err != nil {
			t.Fatalf("%s: %v", check.id, err)
		}
		if found[0].state == "passed" {
			continue
		}
		if told := tell(check, found); told != "" {
			got = append(got, told)
		}
	}
	sort.Strings(got)
	return strings.Join(got, ", ")
}

// counted says how many rows a check finds; nothing of one that does not apply.
func counted(c check, found []offence) string {
	if found[0].state != "failed" {
		return ""
	}
	return fmt.Sprintf("%s %d", c.id, len(found))
}
