package pipeline

import (
	"fmt"
	"math"
	"slices"
	"strings"
)

// Kinds of targets.
const (
	FinalEnergyShare          = "final_energy_share"
	FinalEnergyMWh            = "final_energy_mwh"
	CO2Share                  = "co2_share"
	CO2Tonnes                 = "co2_t"
	FossilFreeHeat            = "fossil_free_heat"
	RenewableElectricityShare = "renewable_electricity_share"
)

// What targets count. A member has at most one target of each.
const (
	CountsEnergy    = "energy"
	CountsCO2       = "co2"
	CountsRenewable = "renewable_electricity"
)

// counted is what each kind of target counts.
var counted = map[string]string{
	FinalEnergyShare: CountsEnergy, FinalEnergyMWh: CountsEnergy,
	CO2Share: CountsCO2, CO2Tonnes: CountsCO2, FossilFreeHeat: CountsCO2,
	RenewableElectricityShare: CountsRenewable,
}

// Target is what some members want to reach.
type Target struct {
	Members Who      `yaml:"members" json:"members" doc:"all, or a list of codes" required:"true"`
	Kind    string   `yaml:"kind" json:"kind" doc:"final_energy_share: change of final energy as a share of the base year's; final_energy_mwh: final energy of each member in the target year; co2_share: change of the CO2 of the same stocks, with the emission factors of the measures (marginal ones for electricity); co2_t: that CO2 of each member in the target year; fossil_free_heat: no oil or gas in own boilers from the target year on; renewable_electricity_share: electricity made of wind, sun and water in the member as a share of the electricity used there" required:"true"`
	Value   *float64 `yaml:"value,omitempty" json:"value" doc:"of final_energy_share and co2_share the change (-0.20 is a fifth less), of final_energy_mwh MWh, of co2_t tonnes, of renewable_electricity_share the share (1 is as much as is used); fossil_free_heat has none"`
	Year    int      `yaml:"year" json:"year" doc:"the year by which" required:"true"`
	Basis   string   `yaml:"basis,omitempty" json:"basis" doc:"raw: as measured; normalised: corrected for weather, for the members whose degree days are known" default:"raw"`
	Scope   []string `yaml:"scope,omitempty" json:"scope" doc:"what is left out: no_transport, no_industry" default:"[no_transport]"`
	Status  string   `yaml:"status,omitempty" json:"status" doc:"adopted, proposed or example" default:"example"`
}

// Counts says what the target counts: energy, co2 or renewable_electricity.
func (t Target) Counts() string { return counted[t.Kind] }

// Reference is how the use of stocks changes from year to year without a plan, as
// a share: what the members do, and how much better their appliances become by
// themselves, taken together.
type Reference map[string]float64

func checkTargets(targets []Target, members []Member, codes map[string]bool) (at, what, expected string) {
	for i, t := range targets {
		if field, what, expected := t.check(codes); what != "" {
			return fmt.Sprintf("$.targets[%d].%s", i, field), what, expected
		}
		for j, other := range targets[:i] {
			for _, m := range members {
				if t.Counts() == other.Counts() && t.Members.Has(m.Code) && other.Members.Has(m.Code) {
					return fmt.Sprintf("$.targets[%d].members", i), fmt.Sprintf("municipality %s has target %d already", m.Code, j+1), "one target of energy, one of CO2 and one of renewable electricity for each member"
				}
			}
		}
	}
	return "", "", ""
}

func (t Target) check(codes map[string]bool) (field, what, expected string) {
	for _, s := range t.Scope {
		if s != "no_transport" && s != "no_industry" {
			return "scope", fmt.Sprintf("%q", s), "no_transport, no_industry"
		}
	}
	switch {
	case t.Counts() == "":
		return "kind", fmt.Sprintf("%q", t.Kind), "final_energy_share, final_energy_mwh, co2_share, co2_t, fossil_free_heat or renewable_electricity_share"
	case t.Year < 2020 || t.Year > 2100:
		return "year", fmt.Sprint(t.Year), "a year from 2020 to 2100"
	case t.Basis != "raw" && t.Basis != "normalised":
		return "basis", fmt.Sprintf("%q", t.Basis), "raw or normalised"
	case t.Basis == "normalised" && t.Counts() == CountsRenewable:
		return "basis", "electricity made and used is counted as measured", "raw"
	case !slices.Contains(t.Scope, "no_transport"):
		return "scope", "transport is in the target", "no_transport: the countries' transport figures are not comparable"
	case !slices.Contains([]string{"adopted", "proposed", "example"}, t.Status):
		return "status", fmt.Sprintf("%q", t.Status), "adopted, proposed or example"
	}
	if what, expected := t.checkValue(); what != "" {
		return "value", what, expected
	}
	return t.Members.check("members", codes)
}

func (t Target) checkValue() (what, expected string) {
	if t.Kind == FossilFreeHeat {
		if t.Value != nil {
			return fmt.Sprint(*t.Value), "no value: nothing may be left"
		}
		return "", ""
	}
	if t.Value == nil {
		return "nothing", "a number"
	}
	value := *t.Value
	switch t.Kind {
	case FinalEnergyShare, CO2Share:
		if !(value >= -1 && value <= 0) {
			return fmt.Sprint(value), "a share from -1 to 0"
		}
	case FinalEnergyMWh, CO2Tonnes:
		if !(value >= 0 && !math.IsInf(value, 1)) {
			return fmt.Sprint(value), "what may be left in the target year, a number from 0"
		}
	case RenewableElectricityShare:
		if !(value > 0 && value <= 10) {
			return fmt.Sprint(value), "a share of the electricity used, above 0 and up to 10"
		}
	}
	return "", ""
}

func checkReference(r Reference) (at, what, expected string) {
	var named []string
	for stock := range r {
		named = append(named, stock)
	}
	slices.Sort(named)
	for _, stock := range named {
		switch {
		case !slices.Contains(stocks, stock):
			return "$.reference." + stock, fmt.Sprintf("%q", stock), "a stock of energy use: " + strings.Join(stocks, ", ")
		case !(math.Abs(r[stock]) <= 0.2):
			return "$.reference." + stock, fmt.Sprint(r[stock]), "a change per year from -0.2 to 0.2"
		}
	}
	return "", "", ""
}
