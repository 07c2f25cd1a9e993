package workbook

import (
	"math"
	"slices"

	"github.com/xuri/excelize/v2"

	"samkraft/sinks/tables"
)

// drawings are the charts of a plan, in the order in which they are shown.
func (e *edition) drawings() []drawing {
	all := []drawing{e.accountDrawing()}
	for _, m := range e.members {
		all = append(all, e.potentialDrawing(m))
	}
	return append(all, e.gainDrawing(), e.supplyDrawing(), e.sharingDrawing())
}

// known is a cell's number, or nil where it is null.
func known(r tables.Row, column string) any {
	if v, ok := r.Number(column); ok {
		return v
	}
	return nil
}

// called is what a code is called: in words, or by the English name in its own table.
func (e *edition) called(table, column, code string) string {
	if text := e.lang.Code(column, code); text != code {
		return text
	}
	if r, ok := e.first(table, column, code); ok {
		return r.Text("name")
	}
	return code
}

// accountDrawing is what each member uses of each carrier.
func (e *edition) accountDrawing() drawing {
	d := drawing{kind: excelize.ColStacked, title: e.say("chart_account"), see: e.say("chart_account_see"), head: e.say("member"), unit: "MWh"}
	uses := make([]map[string]any, len(e.members))
	var carriers []string
	for i, m := range e.members {
		uses[i] = use(e.accountOf(m))
		d.categories = append(d.categories, m.name)
		for carrier, v := range uses[i] {
			if v != 0.0 && !slices.Contains(carriers, carrier) {
				carriers = append(carriers, carrier)
			}
		}
	}
	slices.Sort(carriers)
	for _, carrier := range carriers {
		s := series{name: e.called("carrier", "carrier_id", carrier)}
		for i := range e.members {
			s.values = append(s.values, uses[i][carrier])
		}
		d.series = append(d.series, s)
	}
	if len(carriers) == 0 {
		return drawing{}
	}
	return d
}

// accountOf are a member's final uses in the base year, or in the year nearest to it in
// which one is known.
func (b *book) accountOf(m member) []tables.Row {
	plan, _ := b.first("plan")
	rows := b.where("energy_balance", "country", m.country, "muni_code", m.code, "flow", "FINAL")
	year, known := tables.AccountYear(plan, rows)
	return slices.DeleteFunc(rows, func(r tables.Row) bool { y, _ := r.Int("year"); return !known || y != year })
}

// use is the final use by carrier: the publisher's own total of sectors, which has in it
// what is secret, or else the sum of the sectors; nil where one of them is not known.
func use(account []tables.Row) map[string]any {
	uses := map[string]any{}
	for _, r := range account {
		if carrier := r.Text("carrier_id"); !r.Bool("is_total") {
			sum, seen := uses[carrier]
			v, there := r.Number("energy_mwh")
			before, all := sum.(float64)
			switch {
			case !there || seen && !all:
				uses[carrier] = nil
			default:
				uses[carrier] = before + v
			}
		}
	}
	for _, r := range account {
		if carrier := r.Text("carrier_id"); r.Bool("is_total") && carrier != "TOTAL" && r.Text("sector_id") == "TOTAL" && !r.Null("energy_mwh") {
			uses[carrier] = known(r, "energy_mwh")
		}
	}
	return uses
}

// potentialDrawing is what a member could realise beside what it uses.
func (e *edition) potentialDrawing(m member) drawing {
	d := drawing{kind: excelize.Col, title: e.say("chart_potential", "member", m.name), see: e.say("chart_potential_see"), unit: "MWh"}
	d.head, _ = e.lang.Column("renewable_potential", "resource")
	d.series = []series{{name: e.say("realisable")}, {name: e.say("used_today")}}
	for _, r := range e.where("renewable_potential", "country", m.country, "muni_code", m.code, "level", "realisable", "case", "central") {
		if r.Null("energy_mwh") && r.Null("used_mwh") {
			continue
		}
		d.categories = append(d.categories, e.lang.Code("resource", r.Text("resource")))
		d.series[0].values = append(d.series[0].values, known(r, "energy_mwh"))
		d.series[1].values = append(d.series[1].values, known(r, "used_mwh"))
	}
	return d
}

// gainDrawing is what each member gains, with its range.
func (e *edition) gainDrawing() drawing {
	d := drawing{kind: excelize.Line, title: e.say("chart_gains"), see: e.say("chart_gains_see"), head: e.say("member"), unit: e.lang.Unit("EUR/year")}
	d.series = []series{{name: e.say("low_end")}, {name: e.say("most_likely")}, {name: e.say("high_end")}}
	for _, m := range e.members {
		r, ok := e.first("agreement_incidence", "agreement_id", tables.AllAgreements, "country", m.country, "muni_code", m.code)
		if !ok {
			continue
		}
		d.categories = append(d.categories, m.name)
		for i, column := range []string{"low_eur", "gain_eur", "high_eur"} {
			d.series[i].values = append(d.series[i].values, known(r, column))
		}
	}
	return d
}

// supplyDrawing is the joint supply curve: a line that goes along each step and up, or
// down, to the next.
func (e *edition) supplyDrawing() drawing {
	d := drawing{kind: excelize.Scatter, title: e.say("chart_supply"), see: e.say("chart_supply_see"), head: e.say("supply_x"), unit: "EUR/MWh"}
	steps := e.where("supply_curve", "scope", "joint")
	slices.SortStableFunc(steps, func(a, b tables.Row) int {
		x, _ := a.Int("rank")
		y, _ := b.Int("rank")
		return int(x - y)
	})
	prices, from := series{name: e.say("supply_y")}, 0.0
	for _, r := range steps {
		to, ok := r.Number("cumulative_mwh")
		price, priced := r.Number("step_eur_per_mwh")
		if !ok || !priced {
			continue
		}
		d.categories = append(d.categories, from, to)
		prices.values = append(prices.values, price, price)
		from = to
	}
	d.series = []series{prices}
	d.most = endOfAxis(d.categories, prices.values)
	return d
}

// nearlyAll is the part of the saving whose price decides where the axis ends: the few
// steps after it may cost a hundred times as much.
const nearlyAll = 0.9

// endOfAxis is twice the price at which nearly all is saved, rounded up to one digit; 0,
// for no end, where nothing costs that much.
func endOfAxis(saved, prices []any) float64 {
	for i := range saved {
		price := prices[i].(float64)
		if saved[i].(float64) < nearlyAll*saved[len(saved)-1].(float64) || price <= 0 {
			continue
		}
		power := math.Pow10(int(math.Floor(math.Log10(2 * price))))
		return math.Ceil(2*price/power) * power
	}
	return 0
}

// sharingDrawing is the ways of sharing the gain of all agreements side by side.
func (e *edition) sharingDrawing() drawing {
	d := drawing{kind: excelize.Col, title: e.say("chart_sharing"), see: e.say("chart_sharing_see"), unit: e.lang.Unit("EUR/year")}
	d.head, _ = e.lang.Column("allocation", "rule")
	var rules []string
	for _, r := range e.where("allocation", "agreement_id", tables.AllAgreements) {
		if rule := r.Text("rule"); !slices.Contains(rules, rule) {
			rules = append(rules, rule)
			d.categories = append(d.categories, e.lang.Code("rule", rule))
		}
	}
	for _, m := range e.members {
		s := series{name: m.name}
		for _, rule := range rules {
			r, ok := e.first("allocation", "agreement_id", tables.AllAgreements, "rule", rule, "country", m.country, "muni_code", m.code)
			if !ok {
				s.values = append(s.values, nil)
				continue
			}
			s.values = append(s.values, known(r, "gain_eur"))
		}
		d.series = append(d.series, s)
	}
	return d
}
