package pipeline

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"
)

// Agreement is what some members do together.
type Agreement struct {
	ID          string     `yaml:"id" json:"id" doc:"lower-case letters, digits and hyphens" required:"true"`
	Title       Texts      `yaml:"title" json:"title" doc:"in Danish, Swedish and English" required:"true"`
	Status      string     `yaml:"status,omitempty" json:"status" doc:"signed, proposed or example; anything but signed says so wherever it is shown" default:"example"`
	Mechanism   string     `yaml:"mechanism" json:"mechanism" doc:"pooled_target: the members meet the sum of their targets where it is cheapest; scale: they buy, staff or build together, at a cost that grows more slowly than its size; netting: hour by hour one member's surplus of renewable electricity covers another's need; shared_plant: they burn a common resource in shared plants; network: they draw heat from one member through mains" required:"true"`
	Signatories Who        `yaml:"signatories" json:"signatories" doc:"all, or a list of two or more codes" required:"true"`
	Quorum      int        `yaml:"quorum,omitempty" json:"quorum" doc:"how many must take part for it to hold, at least 2" default:"2"`
	Key         CostKey    `yaml:"key,omitempty" json:"key" doc:"how the joint cost, profit or gain is shared"`
	From        int        `yaml:"from,omitempty" json:"from" doc:"first year; 0 is not stated"`
	To          int        `yaml:"to,omitempty" json:"to" doc:"last year; 0 is not stated"`
	Uses        []string   `yaml:"uses,omitempty" json:"uses,omitempty" doc:"further things that it counts, such as buildings, by names of your own: two agreements of one member may not count the same"`
	Parameters  Parameters `yaml:"parameters,omitempty" json:"parameters" doc:"of the mechanism"`
}

// CostKey says how an agreement is shared and why.
type CostKey struct {
	Type   string             `yaml:"type" json:"type" doc:"final_energy, population, target, use (the mechanism's own amounts), equal, mixed or own" default:"final_energy"`
	Shares string             `yaml:"shares,omitempty" json:"shares" doc:"cost: the joint cost, or profit, is shared by the key; gain: each pays what it would alone, less its part of the gain by the key" default:"cost"`
	Mix    map[string]float64 `yaml:"mix,omitempty" json:"mix,omitempty" doc:"of a mixed key: other types and their parts, which add up to 1"`
	Own    map[string]float64 `yaml:"own,omitempty" json:"own,omitempty" doc:"of a key of your own: the part of each signatory by code; they add up to 1"`
	Reason string             `yaml:"reason,omitempty" json:"reason" doc:"in the members' own words"`
}

// Parameters are the figures of a mechanism. What is left out has the value, and
// the uncertainty, of the program's factor file; what is stated is exact.
type Parameters struct {
	Stocks       []string           `yaml:"stocks,omitempty" json:"stocks,omitempty" doc:"pooled_target: only these stocks of table end_use count, each with its part of the target; none named means all" for:"pooled_target"`
	Resources    []Resource         `yaml:"resources,omitempty" json:"resources,omitempty" doc:"pooled_target: what is scarce, such as a budget, and shared by those who act together" for:"pooled_target"`
	Kind         string             `yaml:"kind,omitempty" json:"kind,omitempty" doc:"scale: shared_staff (the cost does not grow with size), procurement or plant; it decides the exponent" for:"scale"`
	Amount       string             `yaml:"amount,omitempty" json:"amount,omitempty" doc:"what is counted: scale: population or final_energy; shared_plant: straw or wood (the unused realisable potential); network: district_heat" for:"scale shared_plant network"`
	Amounts      map[string]float64 `yaml:"amounts,omitempty" json:"amounts,omitempty" doc:"own amounts instead, by code of every signatory: of a plant or network in MWh a year" for:"scale shared_plant network"`
	Share        *float64           `yaml:"share,omitempty" json:"share,omitempty" doc:"part of the amounts that is meant, above 0 up to 1" default:"1" for:"shared_plant network"`
	CostEUR      *float64           `yaml:"cost_eur,omitempty" json:"cost_eur,omitempty" doc:"scale: cost at the reference amount, EUR a year" for:"scale"`
	Reference    *float64           `yaml:"reference,omitempty" json:"reference,omitempty" doc:"scale: the amount at which cost_eur holds; shared_plant: the same in MWh of fuel a year" for:"scale shared_plant"`
	Exponent     *float64           `yaml:"exponent,omitempty" json:"exponent,omitempty" doc:"cost grows as the amount to this power, above 0 up to 1.5" for:"scale shared_plant"`
	FixedEUR     *float64           `yaml:"fixed_eur,omitempty" json:"fixed_eur,omitempty" doc:"cost that every group has once, EUR a year" for:"scale"`
	PerMemberEUR *float64           `yaml:"per_member_eur,omitempty" json:"per_member_eur,omitempty" doc:"coordination cost of every member after the first, EUR a year" for:"scale"`
	PerPairEUR   *float64           `yaml:"per_pair_eur,omitempty" json:"per_pair_eur,omitempty" doc:"coordination cost of every pair of members, EUR a year" for:"scale"`
	PlantEUR     *float64           `yaml:"plant_eur,omitempty" json:"plant_eur,omitempty" doc:"shared_plant: cost of a plant of the reference amount, without fuel, EUR a year" for:"shared_plant"`
	MarginEUR    *float64           `yaml:"margin_eur_per_mwh,omitempty" json:"margin_eur_per_mwh,omitempty" doc:"shared_plant: value of the heat less fuel, per MWh of fuel; network: what a MWh of heat from the source is cheaper than a member's own" for:"shared_plant network"`
	TransportEUR *float64           `yaml:"transport_eur_per_mwh_km,omitempty" json:"transport_eur_per_mwh_km,omitempty" doc:"shared_plant: transport of fuel by road" for:"shared_plant"`
	Source       string             `yaml:"source,omitempty" json:"source,omitempty" doc:"network: code of the member whose heat it is" for:"network"`
	MainEUR      *float64           `yaml:"main_eur_per_km,omitempty" json:"main_eur_per_km,omitempty" doc:"network: cost of a main, EUR per km and year" for:"network"`
	WedgeEUR     *float64           `yaml:"wedge_eur_per_mwh,omitempty" json:"wedge_eur_per_mwh,omitempty" doc:"netting: what a netted MWh saves the members; needs legal_basis" for:"netting"`
	LegalBasis   string             `yaml:"legal_basis,omitempty" json:"legal_basis,omitempty" doc:"netting: the law that lets municipalities net across their borders" for:"netting"`
}

// Mechanisms are the ways in which an agreement can save.
var Mechanisms = []string{"pooled_target", "scale", "netting", "shared_plant", "network"}

// keyTypes are the keys that figures decide; mixed and own are made of the
// plan's own numbers.
var keyTypes = []string{"final_energy", "population", "target", "use", "equal"}

// stocks are the stocks of table end_use on which a pooled target can act.
var stocks = []string{"heat_fossil", "heat_other", "heat_district", "heat_electric", "heat_industry", "electricity_household", "electricity_service", "electricity_business"}

func (a *Agreement) complete(members int) {
	a.Status, a.Quorum = cmp.Or(a.Status, "example"), cmp.Or(a.Quorum, together(members))
	a.Key.Type, a.Key.Shares = cmp.Or(a.Key.Type, "final_energy"), cmp.Or(a.Key.Shares, "cost")
	a.Title.complete()
}

// checkAgreements returns where the first fault is, what it is and what was
// expected.
func checkAgreements(agreements []Agreement, members []Member) (at, what, expected string) {
	codes := map[string]bool{}
	for _, m := range members {
		codes[m.Code] = true
	}
	for i, a := range agreements {
		if field, what, expected := a.check(codes); what != "" {
			return fmt.Sprintf("$.agreements[%d].%s", i, field), what, expected
		}
		for _, other := range agreements[:i] {
			if a.ID == other.ID {
				return fmt.Sprintf("$.agreements[%d].id", i), fmt.Sprintf("agreement %s is listed twice", a.ID), "each id once"
			}
			if code, use := a.overlap(other, members); use != "" {
				return fmt.Sprintf("$.agreements[%d]", i), fmt.Sprintf("agreements %s and %s both count %s of municipality %s: their gains would be counted twice", other.ID, a.ID, use, code),
					"agreements that share no measure, building or energy: make them one, or part them by stocks or signatories"
			}
		}
	}
	return "", "", ""
}

func (a Agreement) check(codes map[string]bool) (field, what, expected string) {
	switch {
	case !isID(a.ID) || a.ID == "all":
		return "id", fmt.Sprintf("%q cannot be an id", a.ID), "lower-case letters, digits and hyphens, and not all, which stands for all agreements together"
	case a.Title.EN == "":
		return "title", "the agreement has no title", "a title in at least one of da, sv, en"
	case !slices.Contains(Mechanisms, a.Mechanism):
		return "mechanism", fmt.Sprintf("%q", a.Mechanism), strings.Join(Mechanisms, ", ")
	case !slices.Contains([]string{"signed", "proposed", "example"}, a.Status):
		return "status", fmt.Sprintf("%q", a.Status), "signed, proposed or example"
	case a.Quorum < together(len(codes)) || a.Quorum > len(codes):
		return "quorum", fmt.Sprint(a.Quorum), quorums(len(codes))
	case a.To != 0 && a.To < a.From:
		return "to", fmt.Sprintf("it ends in %d and begins in %d", a.To, a.From), "a last year not before the first"
	}
	if field, what, expected := a.Signatories.check("signatories", codes); what != "" {
		return field, what, expected
	}
	if !a.Signatories.All && len(a.Signatories.Codes) < together(len(codes)) {
		return "signatories", fmt.Sprintf("municipality %s alone has signed", a.Signatories.Codes[0]), "two or more: nobody can agree with itself"
	}
	for i, use := range a.Uses {
		if !isID(use) {
			return fmt.Sprintf("uses[%d]", i), fmt.Sprintf("%q cannot be a name", use), "lower-case letters, digits and hyphens"
		}
	}
	if field, what, expected := a.Key.check(a, codes); what != "" {
		return "key." + field, what, expected
	}
	if field, what, expected := a.checkParameters(codes); what != "" {
		return "parameters." + field, what, expected
	}
	return "", "", ""
}

// together is how few members can agree: two, unless the plan has a single one.
func together(members int) int { return min(2, members) }

func quorums(members int) string {
	return fmt.Sprintf("%d to %d, the number of members", together(members), members)
}

func (k CostKey) check(a Agreement, codes map[string]bool) (field, what, expected string) {
	switch {
	case !slices.Contains(append(keyTypes, "mixed", "own"), k.Type):
		return "type", fmt.Sprintf("%q", k.Type), strings.Join(keyTypes, ", ") + ", mixed or own"
	case k.Shares != "cost" && k.Shares != "gain":
		return "shares", fmt.Sprintf("%q", k.Shares), "cost or gain"
	case k.Type == "use" && a.Mechanism != "scale" && a.Mechanism != "shared_plant" && a.Mechanism != "network":
		return "type", "use", "a key of another type: the mechanism " + a.Mechanism + " counts no amounts"
	case k.Type == "use" && a.Parameters.Amount == "" && len(a.Parameters.Amounts) == 0:
		return "type", "use, and the parameters count nothing", "a key of another type, or amount or amounts among the parameters"
	case (k.Type == "mixed") != (len(k.Mix) > 0):
		return "mix", fmt.Sprintf("%d parts with a key of type %s", len(k.Mix), k.Type), "parts for a mixed key, and for no other"
	case (k.Type == "own") != (len(k.Own) > 0):
		return "own", fmt.Sprintf("%d parts with a key of type %s", len(k.Own), k.Type), "parts for a key of your own, and for no other"
	}
	for _, name := range sortedKeys(k.Mix) {
		if !slices.Contains(keyTypes, name) || name == "use" {
			return "mix", fmt.Sprintf("%q", name), "final_energy, population, target or equal"
		}
	}
	for _, code := range sortedKeys(k.Own) {
		if !codes[code] || !a.Signatories.Has(code) {
			return "own", fmt.Sprintf("%q is not the code of a signatory", code), "the part of each signatory"
		}
	}
	if k.Type == "own" {
		for _, code := range sortedKeys(codes) {
			if _, has := k.Own[code]; a.Signatories.Has(code) && !has {
				return "own", fmt.Sprintf("signatory %s has no part", code), "the part of each signatory, 0 where it pays nothing"
			}
		}
	}
	for field, parts := range map[string]map[string]float64{"mix": k.Mix, "own": k.Own} {
		if len(parts) == 0 {
			continue
		}
		sum := 0.0
		for _, name := range sortedKeys(parts) {
			if !(parts[name] >= 0 && parts[name] <= 1) {
				return field, fmt.Sprintf("%s has the part %s", name, decimalText(parts[name])), "a number from 0 to 1"
			}
			sum += parts[name]
		}
		if math.Abs(sum-1) > 1e-9 {
			return field, "the parts add up to " + decimalText(sum), "parts that add up to 1"
		}
	}
	return "", "", ""
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// overlap returns a use that two agreements both count at a common signatory.
func (a Agreement) overlap(b Agreement, members []Member) (code, use string) {
	for _, m := range members {
		if !a.Signatories.Has(m.Code) || !b.Signatories.Has(m.Code) {
			continue
		}
		for _, use := range a.uses() {
			if slices.Contains(b.uses(), use) {
				return m.Code, use
			}
		}
	}
	return "", ""
}

// uses lists what the agreement counts at each signatory.
func (a Agreement) uses() []string {
	list := slices.Clone(a.Uses)
	p := a.Parameters
	switch a.Mechanism {
	case "pooled_target":
		acts := p.Stocks
		if len(acts) == 0 {
			acts = stocks
		}
		for _, s := range acts {
			list = append(list, "measures on "+s)
		}
	case "netting":
		list = append(list, "electricity by hour")
	case "shared_plant":
		list = append(list, "unused "+cmp.Or(p.Amount, a.ID))
	case "network":
		list = append(list, "district heat")
	}
	return list
}
