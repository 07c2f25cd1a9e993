package joint

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// said is what a sentence about an agreement, or about all together, needs to know.
type said struct {
	agreement                          *deal // nil for all together
	all                                *portfolio
	engine                             *engine
	players                            int
	alone, joint, gain, energy, target float64 // EUR and MWh
	cut, byproduct, coverGain          float64 // t, t, EUR
	selfTogether, selfAlone            float64
	groups                             []string
	backstop, example, complete        bool
	uncertainty                        *uncertainty
}

// language is the words of the sentences in one language. The order of the
// figures is the same in all.
type language struct {
	title       func(*deal) string
	mark, group string // of decimals and of thousands
	and         string
	members     string // n members, "reach their targets (GWh and t)" where there are targets
	targets     string
	ofCO2       string // t
	cost        string // joint, alone, gain
	earn        string
	noCost      string // joint
	noEarn      string
	dearer      string // joint, alone, more
	netted      string // together %, alone %, GWh
	accounting  string
	transfer    string
	energy      string
	less, more  string // t of CO2
	between     string // p10, p90
	single      string
	absent      string // signed, needed
	backstop    string
	split       string
	incomplete  string
	example     [3]string // of a target or agreement, of an agreement, of several
	none        string
	all         string // gain
	kept        string
	keptThough  string // who loses on what
	broken      string // who loses overall
	payments    string // kEUR
	loses       string // member, agreement
}

var english = language{
	title: func(d *deal) string { return d.Title.EN }, mark: ".", group: " ", and: "and",
	members:    "%s: the %d members",
	targets:    " reach their targets (%s a year) and",
	ofCO2:      "%s t of CO2",
	cost:       " together pay %s kEUR a year instead of %s, a gain of %s kEUR a year.",
	earn:       " together earn %s kEUR a year net instead of %s on their own, a gain of %s kEUR a year.",
	noCost:     " together pay %s kEUR a year, as much as alone: there is nothing to gain in money.",
	noEarn:     " together earn %s kEUR a year net, as much as on their own: there is nothing to gain in money.",
	dearer:     " together pay %s kEUR a year instead of %s: %s kEUR a year more than alone.",
	netted:     " together cover %s %% of their electricity by their own wind, sun and water in the same hour, and %s %% each alone; %s GWh a year are netted.",
	accounting: " That is accounting: it saves neither energy nor money.",
	transfer:   " What the members gain by it others pay: it is not counted as a gain of all.",
	energy:     " For the same money %s GWh a year more can be saved.",
	less:       " The joint plan cuts %s t of CO2 a year less than the plans alone.",
	more:       " The joint plan cuts %s t of CO2 a year more than the plans alone.",
	between:    " In eight of ten draws of the uncertain figures the gain is between %s and %s kEUR.",
	single:     "%s: one member alone, so there is nothing to gain together.",
	absent:     "%s: not in force, %d have signed and %d are needed.",
	backstop:   " Somebody's own measures do not reach the target: the gain depends on the price assumed for what is missing.",
	split:      " In smaller groups the members would gain more, %s kEUR a year: %s.",
	incomplete: "Incomplete: some figures are unknown. ",
	example: [3]string{" An example: no council has adopted the target or signed the agreement.", " An example: no council has signed the agreement.",
		" Examples are among them: targets that no council has adopted, or agreements that none has signed."},
	none:       "%s: no figure, %s.",
	all:        "All agreements together gain %s kEUR a year.",
	kept:       " Under the agreed keys no member loses on any of them.",
	keptThough: " Under the agreed keys no member loses overall, although %s.",
	broken:     " Under the agreed keys not every member gains overall: %s a year.",
	payments:   " Side payments of %s kEUR a year would make it good.",
	loses:      "%s loses on %s",
}

var danish = language{
	title: func(d *deal) string { return d.Title.DA }, mark: ",", group: ".", and: "og",
	members:    "%s: de %d medlemmer",
	targets:    " når deres mål (%s om året) og",
	ofCO2:      "%s t CO2",
	cost:       " betaler tilsammen %s tusind euro om året i stedet for %s, en gevinst på %s tusind euro om året.",
	earn:       " tjener tilsammen netto %s tusind euro om året i stedet for %s hver for sig, en gevinst på %s tusind euro om året.",
	noCost:     " betaler tilsammen %s tusind euro om året, det samme som hver for sig: der er intet at vinde i penge.",
	noEarn:     " tjener tilsammen netto %s tusind euro om året, det samme som hver for sig: der er intet at vinde i penge.",
	dearer:     " betaler tilsammen %s tusind euro om året i stedet for %s: %s tusind euro om året mere end hver for sig.",
	netted:     " dækker tilsammen %s %% af deres elforbrug med egen vind, sol og vandkraft i samme time, og %s %% hver for sig; %s GWh om året udlignes.",
	accounting: " Det er regnskab: det sparer hverken energi eller penge.",
	transfer:   " Det, medlemmerne vinder ved det, betaler andre: det tæller ikke som gevinst for alle.",
	energy:     " For de samme penge kan der spares %s GWh mere om året.",
	less:       " Den fælles plan sænker udledningen med %s t CO2 om året mindre end planerne hver for sig.",
	more:       " Den fælles plan sænker udledningen med %s t CO2 om året mere end planerne hver for sig.",
	between:    " I otte af ti udtræk af de usikre tal er gevinsten mellem %s og %s tusind euro.",
	single:     "%s: ét medlem alene, så der er intet at vinde sammen.",
	absent:     "%s: ikke i kraft, %d har underskrevet, og %d er nødvendige.",
	backstop:   " Et medlems egne tiltag når ikke målet: gevinsten afhænger af den antagne pris på det, der mangler.",
	split:      " I mindre grupper ville medlemmerne vinde mere, %s tusind euro om året: %s.",
	incomplete: "Ufuldstændig: nogle tal er ukendte. ",
	example: [3]string{" Et eksempel: intet byråd har vedtaget målet eller underskrevet aftalen.", " Et eksempel: intet byråd har underskrevet aftalen.",
		" Der er eksempler imellem: mål, som intet byråd har vedtaget, eller aftaler, som intet har underskrevet."},
	none:       "%s: intet tal, %s.",
	all:        "Alle aftaler tilsammen giver en gevinst på %s tusind euro om året.",
	kept:       " Efter de aftalte nøgler taber intet medlem på nogen af dem.",
	keptThough: " Efter de aftalte nøgler taber intet medlem i det hele, skønt %s.",
	broken:     " Efter de aftalte nøgler vinder ikke alle i det hele: %s om året.",
	payments:   " Sidebetalinger på %s tusind euro om året ville rette op på det.",
	loses:      "%s taber på %s",
}

var swedish = language{
	title: func(d *deal) string { return d.Title.SV }, mark: ",", group: "\u00a0", and: "och",
	members:    "%s: de %d medlemmarna",
	targets:    " når sina mål (%s per år) och",
	ofCO2:      "%s t CO2",
	cost:       " betalar tillsammans %s tusen euro per år i stället för %s, en vinst på %s tusen euro per år.",
	earn:       " tjänar tillsammans netto %s tusen euro per år i stället för %s var för sig, en vinst på %s tusen euro per år.",
	noCost:     " betalar tillsammans %s tusen euro per år, lika mycket som var för sig: det finns inget att vinna i pengar.",
	noEarn:     " tjänar tillsammans netto %s tusen euro per år, lika mycket som var för sig: det finns inget att vinna i pengar.",
	dearer:     " betalar tillsammans %s tusen euro per år i stället för %s: %s tusen euro per år mer än var för sig.",
	netted:     " täcker tillsammans %s %% av sin el med egen vind, sol och vattenkraft i samma timme, och %s %% var för sig; %s GWh per år kvittas.",
	accounting: " Det är bokföring: det sparar varken energi eller pengar.",
	transfer:   " Det som medlemmarna vinner på det betalar andra: det räknas inte som vinst för alla.",
	energy:     " För samma pengar kan %s GWh mer sparas per år.",
	less:       " Den gemensamma planen minskar utsläppen med %s t CO2 per år mindre än planerna var för sig.",
	more:       " Den gemensamma planen minskar utsläppen med %s t CO2 per år mer än planerna var för sig.",
	between:    " I åtta av tio dragningar av de osäkra talen är vinsten mellan %s och %s tusen euro.",
	single:     "%s: en medlem ensam, så det finns inget att vinna tillsammans.",
	absent:     "%s: inte i kraft, %d har skrivit under och %d behövs.",
	backstop:   " En medlems egna åtgärder når inte målet: vinsten beror på det antagna priset på det som saknas.",
	split:      " I mindre grupper skulle medlemmarna vinna mer, %s tusen euro per år: %s.",
	incomplete: "Ofullständig: några tal är okända. ",
	example: [3]string{" Ett exempel: inget kommunfullmäktige har antagit målet eller skrivit under avtalet.", " Ett exempel: inget kommunfullmäktige har skrivit under avtalet.",
		" Det finns exempel bland dem: mål som inget kommunfullmäktige har antagit, eller avtal som inget har skrivit under."},
	none:       "%s: ingen siffra, %s.",
	all:        "Alla avtal tillsammans ger en vinst på %s tusen euro per år.",
	kept:       " Med de avtalade nycklarna förlorar ingen medlem på något av dem.",
	keptThough: " Med de avtalade nycklarna förlorar ingen medlem på det hela, fastän %s.",
	broken:     " Med de avtalade nycklarna vinner inte alla på det hela: %s per år.",
	payments:   " Sidobetalningar på %s tusen euro per år skulle rätta till det.",
	loses:      "%s förlorar på %s",
}

func (l language) without(title, why string) string { return fmt.Sprintf(l.none, title, why) }

func (l language) sentence(s said) string {
	text := ""
	if s.agreement == nil {
		text = l.together(s)
	} else {
		text = l.alone(s)
	}
	switch {
	case !s.example:
	case s.agreement == nil:
		text += l.example[2]
	case s.target > 0 || s.cut > 0:
		text += l.example[0]
	default:
		text += l.example[1]
	}
	if !s.complete {
		text = l.incomplete + text
	}
	return text
}

// alone is about one agreement.
func (l language) alone(s said) string {
	d := s.agreement
	switch {
	case s.players == 1:
		return fmt.Sprintf(l.single, l.title(d))
	case !d.inForce():
		return fmt.Sprintf(l.absent, l.title(d), s.players, d.Quorum)
	}
	text := fmt.Sprintf(l.members, l.title(d), s.players)
	if d.Mechanism == "netting" {
		return text + l.hours(s)
	}
	if wants := l.wants(s); wants != nil {
		text += fmt.Sprintf(l.targets, l.list(wants))
	}
	text += l.money(s)
	if d.Mechanism == "pooled_target" && s.energy > 0.05 {
		text += fmt.Sprintf(l.energy, l.number(s.energy/1000, 2))
	}
	text += l.likely(s) + l.carbon(s)
	if s.backstop {
		text += l.backstop
	}
	if len(s.groups) > 0 {
		text += fmt.Sprintf(l.split, l.number(s.coverGain/1000, 1), strings.Join(s.groups, "; "))
	}
	return text
}

// wants are the targets: energy, CO2 or both.
func (l language) wants(s said) []string {
	var list []string
	if s.target > 0 {
		list = append(list, l.number(s.target/1000, 1)+" GWh")
	}
	if s.cut > 0 {
		list = append(list, fmt.Sprintf(l.ofCO2, l.number(s.cut, 0)))
	}
	return list
}

func (l language) hours(s said) string {
	text := fmt.Sprintf(l.netted, l.number(100*s.selfTogether, 1), l.number(100*s.selfAlone, 1), l.number(s.energy/1000, 1))
	if nature(s.agreement.Agreement) == "transfer" {
		return text + l.transfer
	}
	return text + l.accounting
}

// money says what is paid or earned. Where the members earn, that reads better
// than a negative cost.
func (l language) money(s said) string {
	with, without, sign := l.cost, l.noCost, 1.0
	if s.joint < 0 && s.alone <= 0 {
		with, without, sign = l.earn, l.noEarn, -1
	}
	joint, alone := l.number(sign*s.joint/1000, 1), l.number(sign*s.alone/1000, 1)
	switch {
	case s.gain >= 0.005:
		return fmt.Sprintf(with, joint, alone, l.number(s.gain/1000, 1))
	case s.gain > -0.005:
		return fmt.Sprintf(without, joint)
	default:
		return fmt.Sprintf(l.dearer, l.number(s.joint/1000, 1), l.number(s.alone/1000, 1), l.number(-s.gain/1000, 1))
	}
}

func (l language) likely(s said) string {
	if u := s.uncertainty; u != nil && u.money.p90 >= 0.005 {
		return fmt.Sprintf(l.between, l.number(u.money.p10/1000, 1), l.number(u.money.p90/1000, 1))
	}
	return ""
}

func (l language) carbon(s said) string {
	switch {
	case s.byproduct < -0.5:
		return fmt.Sprintf(l.less, l.number(-s.byproduct, 0))
	case s.byproduct > 0.5:
		return fmt.Sprintf(l.more, l.number(s.byproduct, 0))
	}
	return ""
}

// together is about all agreements, and what the agreed keys do to each member.
func (l language) together(s said) string {
	text := fmt.Sprintf(l.all, l.number(s.gain/1000, 1)) + l.likely(s) + l.carbon(s)
	p := s.all.promise
	if p == nil {
		return text
	}
	var overall, single []string
	for i, m := range s.engine.in.Members {
		if p.total[i] < 0 {
			overall = append(overall, fmt.Sprintf("%s %s kEUR", m.Name, l.number(euro(p.total[i])/1000, 1)))
		}
		for k, d := range s.engine.deals {
			if s.all.counts[k] && s.all.keyed[k][i] < 0 {
				single = append(single, fmt.Sprintf(l.loses, m.Name, l.title(d)))
			}
		}
	}
	switch {
	case len(overall) > 0:
		text += fmt.Sprintf(l.broken, l.list(overall))
		if p.individual != nil {
			text += fmt.Sprintf(l.payments, l.number(euro(paid(p.individual))/1000, 1))
		}
	case len(single) > 0:
		text += fmt.Sprintf(l.keptThough, l.list(single))
	default:
		text += l.kept
	}
	return text
}

// list joins names as a sentence does: "a, b and c".
func (l language) list(names []string) string {
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	return strings.Join(names[:len(names)-1], ", ") + " " + l.and + " " + names[len(names)-1]
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
