package saving

import (
	"cmp"
	"slices"
)

// offer is a package on a stock, with the places of the parameters that it
// needs. A place is none where there is nothing to need.
type offer struct {
	known        Package // what no parameter changes
	energy, heat float64
	use          int // of the stock
	price        int // EUR/MWh of what the stock is supplied with
	burn             // of it
	demand       int // kWh per m2 of floor
	floorFrom    string
	hours        int // in which heat is given at full load, a year
	conversion   conversion
	steps        []step  // by id of the measure
	own          *stated // of an own measure, which has no steps
}

// step is a measure in a package.
type step struct {
	measure      string
	saves        savingKind
	saving       int
	part         int // of the floor, or of a demand such as lighting, to which it applies
	realised     int // part of a computed saving that shows in practice
	pays         investKind
	floorPart    int // of the floor that is paid for
	invest       int
	life, upkeep int
	variable     int  // EUR per MWh of heat given
	house        int  // MWh of heat of one house
	perHouse     bool // the upkeep is, and no share of the investment
}

const none = -1

type savingKind int

const (
	perArea  savingKind = iota // kWh per m2 of floor
	ofHeat                     // a computed share of heat
	ofDemand                   // a share of demand
	bySupply                   // another supply's heat by energy bought
)

type investKind int

const (
	forArea   investKind = iota // EUR per m2
	forEnergy                   // EUR per MWh saved in a year
	forPower                    // EUR per kW of heat
	forHouse                    // EUR per house
)

// savingKinds and investKinds are the names of these in the registry.
var (
	savingKinds = map[string]savingKind{"kwh_m2": perArea, "heat_share": ofHeat, "share": ofDemand, "spf": bySupply}
	investKinds = map[string]investKind{"m2": forArea, "mwh": forEnergy, "kw": forPower, "house": forHouse}
)

// burn has the places of what a MWh delivered emits.
type burn struct {
	emission int // kg CO2/MWh
	loss     int // share lost before delivery, where the emission is per MWh fed in
}

// of is kg CO2 per MWh delivered.
func (b burn) of(v []float64) float64 { return v[b.emission] / (1 - at(v, b.loss, 0)) }

func (c *compiler) burn(s Stock) burn {
	b := burn{none, none}
	u, known := s.supply()
	if !known {
		c.fail("it is not known what the stock %s of municipality %s is supplied with", s.ID, s.Code)
		return b
	}
	b.emission = c.emission(u.emission, s.Country)
	if u.loss != "" {
		b.loss = c.factor(u.loss, s.Country, average, belowOne)
	}
	return b
}

// offers returns a stock's packages, by id.
func (c *compiler) offers(s Stock, use int, burns burn) []offer {
	var parts []Part
	for _, p := range c.Parts {
		if p.Stock == s.ID {
			parts = append(parts, p)
		}
	}
	slices.SortFunc(parts, func(a, b Part) int {
		return cmp.Or(cmp.Compare(a.Package, b.Package), cmp.Compare(a.Measure, b.Measure))
	})
	var all []offer
	for len(parts) > 0 {
		n := 1
		for n < len(parts) && parts[n].Package == parts[0].Package {
			n++
		}
		if c.possible(s, parts[:n]) {
			all = append(all, c.offer(s, use, burns, parts[:n]))
		}
		parts = parts[n:]
	}
	return all
}

// offer makes one package of its parts.
func (c *compiler) offer(s Stock, use int, burns burn, parts []Part) offer {
	o := c.supplied(s, use, burns, parts[0].Package)
	counted := []int{o.price}
	for i, p := range parts {
		if i > 0 && p.Measure == parts[i-1].Measure {
			c.fail("package %s on %s has the measure %s twice", p.Package, p.Stock, p.Measure)
		}
		counted = append(counted, c.step(s, &o, p)...)
	}
	o.known.AssumptionShare = c.assumed(counted)
	return o
}

// supplied begins an offer on a stock: what a MWh of it costs and emits.
func (c *compiler) supplied(s Stock, use int, burns burn, id string) offer {
	o := offer{known: Package{Member: s.Member, Stock: s.ID, Measure: id, Industry: s.Industry},
		energy: s.Energy, heat: s.Heat, use: use, burn: burns, demand: none, hours: none, conversion: conversion{efficiency: none}}
	u, known := s.supply()
	if !known {
		return o // told already
	}
	o.price = c.price(u.price, s)
	if u.demand != "" {
		o.demand, o.floorFrom = c.demand(u.demand, s)
	}
	return o
}

// price returns the place of a price: of district heat that of the municipality's
// network where it is at hand, else the country's.
func (c *compiler) price(id string, s Stock) int {
	if _, own := find(c.factors[s.networkPrice()], s.Country, average, c.Year); own && id == districtPrice {
		id = s.networkPrice()
	}
	return c.factor(id, s.Country, average, anyNumber)
}

// emission returns the place of an emission factor: of electricity the marginal
// one, because measures change what is generated last.
func (c *compiler) emission(id, country string) int {
	role := average
	if id == electricityEmission {
		role = marginal
	}
	return c.factor(id, country, role, anyNumber)
}

// step adds a measure to a package and returns the places of the factors behind
// its saving and cost.
func (c *compiler) step(s Stock, o *offer, p Part) []int {
	at := slices.IndexFunc(c.Measures, func(m Measure) bool { return m.ID == p.Measure })
	if at < 0 {
		c.fail("package %s on %s has the measure %s, which is not in the registry", p.Package, p.Stock, p.Measure)
		return nil
	}
	m := c.Measures[at]
	saves, known := savingKinds[m.SavingPer]
	if !known {
		c.fail("measure %s saves per %q, expected kwh_m2, heat_share, share or spf", m.ID, m.SavingPer)
	}
	pays, known := investKinds[m.InvestPer]
	if !known {
		c.fail("measure %s costs per %q, expected m2, mwh, kw or house", m.ID, m.InvestPer)
	}
	if (saves == perArea || pays == forArea) && o.demand == none {
		c.fail("measure %s goes by floor area, which the stock %s has none of", m.ID, s.ID)
	}
	if (saves == perArea || saves == bySupply || pays == forPower || pays == forHouse) && !(s.Heat > 0) {
		c.fail("measure %s is for heat: stock %s of municipality %s has %v MWh of it", m.ID, s.ID, s.Code, s.Heat)
	}
	if saves == perArea || pays == forArea {
		o.known.Floor = o.floorFrom
	}
	domains := map[savingKind]*domain{perArea: notNegative, ofHeat: share, ofDemand: share, bySupply: positive}
	st := step{measure: m.ID, saves: saves, pays: pays, part: none, realised: none, floorPart: none, upkeep: none, variable: none, house: none, perHouse: m.UpkeepPer == "house"}
	st.saving = c.factor(m.Saving, s.Country, average, domains[saves])
	st.invest = c.factor(m.Invest, s.Country, average, notNegative)
	st.life = c.factor(m.Life, s.Country, average, positive)
	counted := []int{st.saving, st.invest, st.life}
	if m.UpkeepPer != "" && m.UpkeepPer != "house" {
		c.fail("the upkeep of measure %s is per %q, expected house, or nothing for a share of the investment", m.ID, m.UpkeepPer)
	}
	if m.Upkeep != "" {
		st.upkeep = c.factor(m.Upkeep, s.Country, average, notNegative)
		counted = append(counted, st.upkeep)
	}
	if m.Share != "" {
		st.part = c.factor(m.Share, s.Country, average, share)
		if saves == perArea || saves == ofHeat {
			st.floorPart = st.part
		}
		counted = append(counted, st.part)
	}
	if saves == perArea || saves == ofHeat {
		st.realised = c.factor("saving_realisation_rho", s.Country, average, share)
		counted = append(counted, st.realised)
	}
	if m.Variable != "" {
		st.variable = c.factor(m.Variable, s.Country, average, notNegative)
		counted = append(counted, st.variable)
	}
	if saves == bySupply {
		counted = append(counted, c.convert(s, o, p, m, st)...)
	}
	if pays == forPower {
		o.hours = c.factor(s.fullLoad(), s.Country, average, positive)
		counted = append(counted, o.hours)
	}
	if pays == forHouse || m.UpkeepPer == "house" {
		st.house = c.factor(houseHeat, s.Country, average, positive)
		counted = append(counted, st.house)
	}
	o.steps = append(o.steps, st)
	return counted
}

// assumed is the share of factors that are not marked as seen in a source.
func (c *compiler) assumed(places []int) float64 {
	if c.err != nil {
		return 0
	}
	slices.Sort(places)
	places = slices.Compact(places)
	count := 0
	for _, at := range places {
		if c.params[at].Mark != "S" {
			count++
		}
	}
	return float64(count) / float64(len(places))
}
