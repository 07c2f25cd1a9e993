package transforms

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// headline is what a sentence about an agreement needs to know.
type headline struct {
	agreement                               jointAgreement
	alone, joint, gain, mwh, tonnes, target float64
	backstop, example, complete             bool
	rule                                    string
	members                                 int
}

// language holds the texts of a headline.
type language struct {
	title                                                                                     int // place in jointAgreement.titles
	mark, group                                                                               string
	gain, none, profit, noneProfit, energy, less, more, single, backstop, incomplete, example string
}

var (
	english = language{0, ".", " ",
		"%s: together the %d members reach their targets (%s GWh a year) for %s kEUR a year instead of %s, a gain of %s kEUR a year.",
		"%s: together the %d members reach their targets (%s GWh a year) for %s kEUR a year, as much as alone (%s): there is nothing to gain in money (%s).",
		"%s: together the %d members reach their targets (%s GWh a year) and earn %s kEUR a year net instead of %s on their own: a gain of %s kEUR a year.",
		"%s: together the %d members reach their targets (%s GWh a year) and earn %s kEUR a year net, as much as on their own (%s): there is nothing to gain in money (%s).",
		" For the same money %s GWh a year more can be saved.",
		" The joint plan cuts %s t of CO2 a year less than the plans alone.",
		" The joint plan cuts %s t of CO2 a year more than the plans alone.",
		": one member alone, so there is nothing to gain together.", " Somebody's own measures do not reach the target: the gain depends on the price assumed for what is missing.",
		"Incomplete: some energy use is unknown, so the true targets are larger. ",
		" An example: no council has adopted the target or signed the agreement."}
	danish = language{1, ",", ".",
		"%s: sammen når de %d medlemmer deres mål (%s GWh om året) for %s tusind euro om året i stedet for %s, en gevinst på %s tusind euro om året.",
		"%s: sammen når de %d medlemmer deres mål (%s GWh om året) for %s tusind euro om året, det samme som hver for sig (%s): der er intet at vinde i penge (%s).",
		"%s: sammen når de %d medlemmer deres mål (%s GWh om året) og tjener netto %s tusind euro om året i stedet for i alt %s hver for sig: en gevinst på %s tusind euro om året.",
		"%s: sammen når de %d medlemmer deres mål (%s GWh om året) og tjener netto %s tusind euro om året, det samme som hver for sig (%s): der er intet at vinde i penge (%s).",
		" For de samme penge kan der spares %s GWh mere om året.",
		" Den fælles plan sænker udledningen med %s t CO2 om året mindre end planerne hver for sig.",
		" Den fælles plan sænker udledningen med %s t CO2 om året mere end planerne hver for sig.",
		": ét medlem alene, så der er intet at vinde sammen.", " Et medlems egne tiltag når ikke målet: gevinsten afhænger af den antagne pris på det, der mangler.",
		"Ufuldstændig: en del af energiforbruget er ukendt, så de sande mål er større. ",
		" Et eksempel: intet byråd har vedtaget målet eller underskrevet aftalen."}
	swedish = language{2, ",", " ",
		"%s: tillsammans når de %d medlemmarna sina mål (%s GWh per år) för %s tusen euro per år i stället för %s, en vinst på %s tusen euro per år.",
		"%s: tillsammans når de %d medlemmarna sina mål (%s GWh per år) för %s tusen euro per år, lika mycket som var för sig (%s): det finns inget att vinna i pengar (%s).",
		"%s: tillsammans når de %d medlemmarna sina mål (%s GWh per år) och tjänar netto %s tusen euro per år i stället för totalt %s var för sig: en vinst på %s tusen euro per år.",
		"%s: tillsammans når de %d medlemmarna sina mål (%s GWh per år) och tjänar netto %s tusen euro per år, lika mycket som var för sig (%s): det finns inget att vinna i pengar (%s).",
		" För samma pengar kan %s GWh mer sparas per år.",
		" Den gemensamma planen minskar utsläppen med %s t CO2 per år mindre än planerna var för sig.",
		" Den gemensamma planen minskar utsläppen med %s t CO2 per år mer än planerna var för sig.",
		": en medlem ensam, så det finns inget att vinna tillsammans.", " En medlems egna åtgärder når inte målet: vinsten beror på det antagna priset på det som saknas.",
		"Ofullständig: en del av energianvändningen är okänd, så de verkliga målen är större. ",
		" Ett exempel: inget kommunfullmäktige har antagit målet eller skrivit under avtalet."}
)

func (h headline) sentence(l language) string {
	if h.members == 1 {
		return h.agreement.titles[l.title] + l.single
	}
	form, none, sign := l.gain, l.none, 1.0
	if h.joint < 0 && h.alone < 0 {
		// The measures more than pay for themselves: what is earned reads better than a
		// negative cost.
		form, none, sign = l.profit, l.noneProfit, -1
	}
	if h.gain < 0.005 {
		form = none
	}
	text := fmt.Sprintf(form, h.agreement.titles[l.title], h.members, l.number(h.target/1000, 1), l.number(sign*h.joint/1000, 0), l.number(sign*h.alone/1000, 0), l.number(h.gain/1000, 1))
	if h.mwh > 0.05 {
		text += fmt.Sprintf(l.energy, l.number(h.mwh/1000, 2))
	}
	if h.tonnes < -0.5 {
		text += fmt.Sprintf(l.less, l.number(-h.tonnes, 0))
	}
	if h.tonnes > 0.5 {
		text += fmt.Sprintf(l.more, l.number(h.tonnes, 0))
	}
	if h.backstop {
		text += l.backstop
	}
	if h.example {
		text += l.example
	}
	if !h.complete {
		text = l.incomplete + text
	}
	return text
}

// number writes a number the local way.
func (l language) number(f float64, decimals int) string {
	if math.Abs(f) < 0.5*math.Pow10(-decimals) {
		f = 0
	}
	whole, fraction, _ := strings.Cut(strconv.FormatFloat(math.Abs(f), 'f', decimals, 64), ".")
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + l.group + whole[i:]
	}
	if fraction != "" {
		whole += l.mark + fraction
	}
	if f < 0 {
		whole = "-" + whole
	}
	return whole
}
