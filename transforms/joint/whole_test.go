package joint

import (
	"testing"

	"samkraft/transforms/saving"
)

// How much rests on examples is the gain of the agreements that are examples, or
// count a target that is one.
func TestExampleShare(t *testing.T) {
	target, lamps := agree("target", "pooled_target"), scaleOf("lamps")
	lamps.Key.Type = "population"
	lamps.Status = "example"
	in := plan(t, fourMembers(), lamps, target)
	got := solve(t, in)
	all := one(t, got["joint_savings"], "agreement_id", "ALL")
	near(t, "share", column(t, []row{all}, "example_share"), 1e-6, 273638.249/(380e3+273638.249))
	near(t, "of each", column(t, where(got["joint_savings"], "agreement_id", "lamps"), "example_share"), 0, 1)
	near(t, "of each", column(t, where(got["joint_savings"], "agreement_id", "target"), "example_share"), 0, 0)
	if want := " 42 % of the gain rests on examples: agreements that no council has signed (lamps)."; !contains(all["sentence_en"], want) {
		t.Errorf("%v, expected %q", all["sentence_en"], want)
	}

	// A target of one signatory makes an example of what all gain by it.
	in.Agreements[0].Status = "signed"
	in.Members[1].ExampleTarget = true
	all = one(t, solve(t, in)["joint_savings"], "agreement_id", "ALL")
	near(t, "share", column(t, []row{all}, "example_share"), 1e-6, 380e3/(380e3+273638.249))
	if want := " 58 % of the gain rests on examples: targets that no council has adopted."; !contains(all["sentence_en"], want) {
		t.Errorf("%v, expected %q", all["sentence_en"], want)
	}

	in.Members[1].ExampleTarget = false
	all = one(t, solve(t, in)["joint_savings"], "agreement_id", "ALL")
	same(t, "share", all["example_share"], 0.0)
	if contains(all["sentence_en"], "example") {
		t.Errorf("%v, expected no word of examples", all["sentence_en"])
	}

	// One that is not in force gains nothing: nothing rests on it.
	in.Agreements[0].Status, in.Agreements[0].Quorum = "example", 5
	all = one(t, solve(t, in)["joint_savings"], "agreement_id", "ALL")
	same(t, "share", all["example_share"], 0.0)
	if want := "Some of them are examples"; !contains(all["sentence_en"], want) {
		t.Errorf("%v, expected %q", all["sentence_en"], want)
	}
}

// One agreement is too large, the other is best as it is: only the one is to be held
// in smaller groups.
func TestOneTooLarge(t *testing.T) {
	office, target := staff("office"), agree("target", "pooled_target")
	office.Key.Type, target.Key.Type = "equal", "target"
	got := solve(t, uncertain(t, fourMembers(), 0, []saving.Factor{fixed("coordination_kappa2", 70)}, office, target))
	// The office costs 186 more for all, and gains 8 in each of two pairs; the target gains 380 for all.
	all := one(t, got["joint_savings"], "agreement_id", "ALL")
	near(t, "gain", column(t, []row{all}, "gain_eur"), 0.01, 194e3)
	near(t, "in groups", column(t, []row{all}, "cover_gain_eur"), 0.01, 396e3)
	if want := "With smaller groups for office the members would gain more, 396.0 kEUR a year."; !contains(all["sentence_en"], want) {
		t.Errorf("%v, expected %q", all["sentence_en"], want)
	}
}
