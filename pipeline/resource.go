package pipeline

import (
	"fmt"
	"slices"
	"strings"
)

// Resource is something of which the measures of a pooled target use, and of which
// there is not enough: a budget, the hands that fit heat pumps. Those who act
// together have what each of them brings.
type Resource struct {
	ID        string             `yaml:"id" json:"id" doc:"lower-case letters, digits and hyphens" required:"true"`
	Per       string             `yaml:"per" json:"per" doc:"what uses one of it: eur: an EUR invested, once, in the measures; mwh: a MWh that packages with one of the measures save in a year" required:"true"`
	Measures  []string           `yaml:"measures,omitempty" json:"measures,omitempty" doc:"the measures that use it, as in table measure_catalogue; none named means all"`
	Available map[string]float64 `yaml:"available" json:"available" doc:"how much each signatory brings, by code: EUR to invest until the target is met, or MWh that can be saved in a year" required:"true"`
}

// measures are the single measures of table measure_catalogue.
var measures = []string{"B1", "B2", "B3", "B4", "B5", "E1", "E2", "H1", "H2", "H3", "H4", "I1E", "I1H", "I2", "I3"}

// MaxProgramMembers is how many signatories an agreement may have for which a
// linear program is solved for every group of them, in every draw.
const MaxProgramMembers = 8

func (a Agreement) checkResource(i int, codes map[string]bool) (field, what, expected string) {
	r := a.Parameters.Resources[i]
	switch {
	case !isID(r.ID):
		return "id", fmt.Sprintf("%q cannot be an id", r.ID), "lower-case letters, digits and hyphens"
	case r.Per != "eur" && r.Per != "mwh":
		return "per", fmt.Sprintf("%q", r.Per), "eur or mwh"
	}
	for k, m := range r.Measures {
		if !slices.Contains(measures, m) || slices.Contains(r.Measures[:k], m) {
			return "measures", fmt.Sprintf("%q", m), "each once of " + strings.Join(measures, ", ")
		}
	}
	for _, code := range sortedKeys(r.Available) {
		if x := r.Available[code]; !codes[code] || !a.Signatories.Has(code) || !(x >= 0 && x <= 1e10) {
			return "available", fmt.Sprintf("%s of %q", decimalText(x), code), "a number from 0 to 10 000 000 000 for the code of each signatory"
		}
	}
	for _, code := range sortedKeys(codes) {
		if _, has := r.Available[code]; a.Signatories.Has(code) && !has {
			return "available", fmt.Sprintf("nothing is said of signatory %s", code), "what each signatory brings, 0 where that is nothing"
		}
	}
	return "", "", ""
}

// checkPrograms holds the number of signatories of the agreements that no merit
// order solves, because they have a target of CO2 or a resource, to what is within reach.
func (p Plan) checkPrograms() (at, what, expected string) {
	for i, a := range p.Agreements {
		program, signed := len(a.Parameters.Resources) > 0, 0
		for _, m := range p.Members {
			if !a.Signatories.Has(m.Code) {
				continue
			}
			signed++
			for _, t := range p.Targets {
				program = program || t.Counts() == CountsCO2 && t.Members.Has(m.Code)
			}
		}
		if a.Mechanism == "pooled_target" && program && signed > MaxProgramMembers {
			return fmt.Sprintf("$.agreements[%d].signatories", i), fmt.Sprintf("%d signatories share a target of CO2 or a resource", signed),
				fmt.Sprintf("at most %d: every group of them is a linear program", MaxProgramMembers)
		}
	}
	return "", "", ""
}
