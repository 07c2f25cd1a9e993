package pipeline

import (
	"fmt"
	"math"
	"reflect"
	"slices"
	"strings"
)

// amountsOf lists what a mechanism can count without the plan's own amounts.
var amountsOf = map[string][]string{
	"scale":        {"population", "final_energy"},
	"shared_plant": {"straw", "wood"},
	"network":      {"district_heat"},
}

// checkParameters holds the parameters against what the mechanism knows.
func (a Agreement) checkParameters(codes map[string]bool) (field, what, expected string) {
	p := a.Parameters
	value := reflect.ValueOf(p)
	for i := range value.NumField() {
		f := value.Type().Field(i)
		if value.Field(i).IsZero() {
			continue
		}
		name, _, _ := strings.Cut(f.Tag.Get("yaml"), ",")
		if known := strings.Fields(f.Tag.Get("for")); !slices.Contains(known, a.Mechanism) {
			return name, name + " with the mechanism " + a.Mechanism, "parameters of that mechanism: this one belongs to " + strings.Join(known, ", ")
		}
		number, ok := value.Field(i).Interface().(*float64)
		if ok && (math.IsNaN(*number) || math.IsInf(*number, 0) || *number < 0) {
			return name, decimalText(*number), "a number from 0"
		}
	}
	for i, s := range p.Stocks {
		if !slices.Contains(stocks, s) || slices.Contains(p.Stocks[:i], s) {
			return "stocks", fmt.Sprintf("%q", s), "each once of " + strings.Join(stocks, ", ")
		}
	}
	for i, r := range p.Resources {
		if field, what, expected := a.checkResource(i, codes); what != "" {
			return fmt.Sprintf("resources[%d].%s", i, field), what, expected
		}
		if slices.ContainsFunc(p.Resources[:i], func(other Resource) bool { return other.ID == r.ID }) {
			return fmt.Sprintf("resources[%d].id", i), fmt.Sprintf("resource %s is listed twice", r.ID), "each id once"
		}
	}
	if known := amountsOf[a.Mechanism]; p.Amount != "" && !slices.Contains(known, p.Amount) {
		return "amount", fmt.Sprintf("%q", p.Amount), strings.Join(known, " or ")
	}
	if p.Amount != "" && len(p.Amounts) > 0 {
		return "amounts", "own amounts beside amount: " + p.Amount, "one of the two"
	}
	for _, code := range sortedKeys(p.Amounts) {
		if !codes[code] || !a.Signatories.Has(code) {
			return "amounts", fmt.Sprintf("%q is not the code of a signatory", code), "the amount of each signatory"
		}
		if x := p.Amounts[code]; !(x >= 0 && x <= 1e12) {
			return "amounts", fmt.Sprintf("signatory %s has the amount %s", code, decimalText(x)), "a number from 0 to 1 000 000 000 000"
		}
	}
	for _, code := range sortedKeys(codes) {
		if _, has := p.Amounts[code]; len(p.Amounts) > 0 && a.Signatories.Has(code) && !has {
			return "amounts", fmt.Sprintf("signatory %s has no amount", code), "the amount of each signatory"
		}
	}
	if x := p.Share; x != nil && !(*x > 0 && *x <= 1) {
		return "share", decimalText(*x), "a number above 0 up to 1"
	}
	if x := p.Exponent; x != nil && !(*x > 0 && *x <= 1.5) {
		return "exponent", decimalText(*x), "a number above 0 up to 1.5"
	}
	if x := p.Reference; x != nil && *x == 0 {
		return "reference", "0", "an amount above 0"
	}
	return a.checkMechanism(codes)
}

// checkMechanism says what each mechanism cannot do without.
func (a Agreement) checkMechanism(codes map[string]bool) (field, what, expected string) {
	p := a.Parameters
	counts := p.Amount != "" || len(p.Amounts) > 0
	switch a.Mechanism {
	case "scale":
		switch {
		case !slices.Contains([]string{"shared_staff", "procurement", "plant"}, p.Kind):
			return "kind", fmt.Sprintf("%q", p.Kind), "shared_staff, procurement or plant"
		case (p.CostEUR != nil) != (p.Reference != nil):
			return "cost_eur", "cost_eur and reference go together", "both, or neither"
		case p.Kind != "shared_staff" && p.CostEUR == nil:
			return "cost_eur", "no cost", "what the reference amount costs in a year, and the reference amount"
		case p.CostEUR != nil && !counts:
			return "amount", "nothing is counted", "population, final_energy, or own amounts"
		case p.CostEUR == nil && p.Exponent != nil:
			return "exponent", "an exponent without a cost that grows", "cost_eur and reference beside it, or no exponent"
		case p.CostEUR == nil && counts && a.Key.Type != "use":
			return "cost_eur", "amounts, and neither a cost that grows with them nor a key of type use", "cost_eur and reference, or no amounts"
		}
	case "shared_plant":
		switch {
		case !counts:
			return "amount", "no resource", "straw, wood, or own amounts"
		case p.Amount != "straw" && (p.PlantEUR == nil || p.Reference == nil || p.MarginEUR == nil):
			return "plant_eur", "the factor file knows no such plant", "plant_eur, reference and margin_eur_per_mwh of your own"
		case (p.PlantEUR != nil) != (p.Reference != nil):
			return "plant_eur", "plant_eur and reference go together", "both, or neither"
		}
	case "network":
		switch {
		case !counts:
			return "amount", "no heat", "district_heat, or own amounts"
		case p.Source == "":
			return "source", "not stated", "the code of the member whose heat it is"
		case !codes[p.Source]:
			return "source", fmt.Sprintf("%q is not the code of a member", p.Source), "the code of the member whose heat it is"
		case !a.Signatories.Has(p.Source):
			return "source", fmt.Sprintf("%q has not signed", p.Source), "a signatory"
		case p.MarginEUR == nil:
			return "margin_eur_per_mwh", "not stated", "what a MWh from the source is cheaper than a member's own"
		case p.MainEUR == nil:
			return "main_eur_per_km", "not stated", "what a main costs, EUR per km and year"
		}
	case "netting":
		wedge := p.WedgeEUR != nil && *p.WedgeEUR > 0
		switch {
		case wedge && p.LegalBasis == "":
			return "legal_basis", "not stated, though a netted MWh has a value", "the law that lets municipalities net across their borders, or no wedge_eur_per_mwh: netting then has no value in money"
		case !wedge && p.LegalBasis != "":
			return "wedge_eur_per_mwh", "no value, though there is a legal basis", "what a netted MWh saves the members, or no legal_basis"
		}
	}
	return "", "", ""
}
