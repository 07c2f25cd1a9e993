package joint

// language is the words of the sentences in one language. The order of the
// figures is the same in all; money is in thousands of euro.
type language struct {
	id                    string // as numbers are written: pipeline.LocalNumber
	title                 func(*deal) string
	and                   string
	members               string // title, n members; "reach their targets (GWh and t)" where there are targets
	targets               string
	ofCO2                 string // t
	cost                  string // joint, alone, gain
	earn                  string
	turn                  string // earned jointly, paid alone, gain
	noCost                string // joint
	noEarn                string
	nothing               string
	dearer                string // joint, alone, more
	netted                string // together %, alone %, energy, hours, year, volumes
	volumes               string // of the year or years
	years                 string // first, last
	accounting            string
	transfer              string
	energy                string
	less, more            string // t of CO2
	between               string // p10, p90, median
	above, below          string // the central figure is outside of that
	single                string
	absent                string // take part, needed
	backstop              string
	rests                 string // part of the gain
	part                  string // %
	whole                 string
	split                 string // gain, groups
	splitAll              string // agreements, gain
	keyBlocked            string // group, more
	keysBlocked           string // of all agreements
	keyStable, keyStables string
	ruleStable            string // rule
	fewDraws              string // %
	noneStable            string
	shapley, nucleolus    string
	incomplete            string
	targetAndDeal         string // an example target in an example agreement, of one, of the other
	deal                  string
	target                string
	examples              string // part of the gain, what they are
	examplesOfNothing     string
	exampleTargets        string
	exampleDeals          string
	proposal              string
	proposals             string // some are
	without               string // title, why there is no figure
	all                   string // gain
	allNothing            string
	allDearer             string // loss
	kept                  string
	keptThough            string // who loses on what
	broken                string // who loses how much overall
	payments              string // side payments
	noPayments            string
	unknownKey            string
	loses, lose           string // member or members, agreement
	losesOverall          string // member, loss
}

var english = language{
	id: "en", title: func(d *deal) string { return d.Title.EN }, and: "and",
	members:     "%s: the %d members",
	targets:     " reach their targets (%s a year) and",
	ofCO2:       "%s t of CO2",
	cost:        " together pay %s kEUR a year instead of %s, a gain of %s kEUR a year.",
	earn:        " together earn %s kEUR a year net instead of %s on their own, a gain of %s kEUR a year.",
	turn:        " together earn %s kEUR a year net instead of paying %s on their own, a gain of %s kEUR a year.",
	noCost:      " together pay %s kEUR a year, as much as alone: there is nothing to gain in money.",
	noEarn:      " together earn %s kEUR a year net, as much as on their own: there is nothing to gain in money.",
	nothing:     " gain nothing: it pays for none of them.",
	dearer:      " together pay %s kEUR a year instead of %s: %s kEUR a year more than alone.",
	netted:      " together cover %s %% of their electricity by their own wind, sun and water in the same hour, and %s %% each alone. They net %s a year, counted over %s hours of %d%s.",
	volumes:     ", with the volumes of %s",
	years:       "%d to %d",
	accounting:  " That is accounting: it saves neither energy nor money.",
	transfer:    " What the members gain by it others pay: it is not counted among what all agreements gain.",
	energy:      " For the money of the separate plans %s a year more than by these could be saved.",
	less:        " The joint plan cuts %s t of CO2 a year less than the plans alone.",
	more:        " The joint plan cuts %s t of CO2 a year more than the plans alone.",
	between:     " In eight of ten draws of the uncertain figures the gain is between %s and %s kEUR; the median is %s.",
	above:       " With the most likely figures it lies above this range: most draws turn out worse.",
	below:       " With the most likely figures it lies below this range: most draws turn out better.",
	single:      "%s: one member alone, so there is nothing to gain together.",
	absent:      "%s: not in force, %d take part and %d are needed.",
	backstop:    " A member's own measures do not reach its target: the gain depends on the price assumed for what is missing.",
	rests:       " %s rests on figures that are assumed, or stated from memory and not checked.",
	part:        "%s %% of the gain",
	whole:       "The whole gain",
	split:       " In smaller groups the members would gain more, %s kEUR a year: %s.",
	splitAll:    " With smaller groups for %s the members would gain more, %s kEUR a year.",
	keyBlocked:  " Under the agreed key %s would gain %s kEUR a year more without the others.",
	keysBlocked: " Under these keys %s would gain %s kEUR a year more without the others.",
	keyStable:   " Under the agreed key no group of members could do better alone.",
	keyStables:  " Under these keys no group of members could do better alone.",
	ruleStable:  " Under %s no group could do better alone.",
	fewDraws:    " This holds in %s %% of the draws.",
	noneStable:  " However the gain is split, some group could do better alone.",
	shapley:     "the Shapley value", nucleolus: "the nucleolus",
	incomplete:        "Incomplete: some figures are unknown. ",
	targetAndDeal:     " An example: no council has adopted the target or signed the agreement.",
	deal:              " An example: no council has signed the agreement.",
	target:            " A target is an example that no council has adopted.",
	examples:          " %s rests on examples: %s.",
	examplesOfNothing: " Some of them are examples that no council has signed or adopted.",
	exampleTargets:    "targets that no council has adopted",
	exampleDeals:      "agreements that no council has signed",
	proposal:          " A proposal: the agreement has not been signed.",
	proposals:         " Some of them are proposals that have not been signed.",
	without:           "%s: no figure, %s.",
	all:               "All agreements together gain %s kEUR a year.",
	allNothing:        "All agreements together gain nothing in money.",
	allDearer:         "All agreements together cost %s kEUR a year more than acting alone.",
	kept:              " Under the agreed keys no member loses on any of them.",
	keptThough:        " Under the agreed keys no member loses overall, although %s.",
	broken:            " Under the agreed keys not everybody is better off overall: %s.",
	payments:          " Side payments of %s kEUR a year would make it good.",
	noPayments:        " No side payments can make it good.",
	unknownKey:        " It is not known who gains and who loses: figures of an agreed key are missing.",
	loses:             "%s loses on %s",
	lose:              "%s lose on %s",
	losesOverall:      "%s loses %s kEUR a year",
}

var danish = language{
	id: "da", title: func(d *deal) string { return d.Title.DA }, and: "og",
	members:     "%s: de %d medlemmer",
	targets:     " når deres mål (%s om året) og",
	ofCO2:       "%s t CO2",
	cost:        " betaler tilsammen %s tusind euro om året i stedet for %s, en gevinst på %s tusind euro om året.",
	earn:        " tjener tilsammen netto %s tusind euro om året i stedet for %s hver for sig, en gevinst på %s tusind euro om året.",
	turn:        " tjener tilsammen netto %s tusind euro om året i stedet for at betale %s hver for sig, en gevinst på %s tusind euro om året.",
	noCost:      " betaler tilsammen %s tusind euro om året, det samme som hver for sig: der er intet at vinde i penge.",
	noEarn:      " tjener tilsammen netto %s tusind euro om året, det samme som hver for sig: der er intet at vinde i penge.",
	nothing:     " vinder intet: det betaler sig ikke for nogen af dem.",
	dearer:      " betaler tilsammen %s tusind euro om året i stedet for %s: %s tusind euro om året mere end hver for sig.",
	netted:      " dækker tilsammen %s %% af deres elforbrug med egen vind, sol og vandkraft i samme time, og %s %% hver for sig. De udligner %s om året, regnet over %s timer i %d%s.",
	volumes:     ", med mængderne fra %s",
	years:       "%d til %d",
	accounting:  " Det er regnskab: det sparer hverken energi eller penge.",
	transfer:    " Det, som medlemmerne vinder ved det, betaler andre: det tæller ikke med i, hvad alle aftaler giver.",
	energy:      " For de enkelte planers penge kunne der spares %s mere om året end med dem.",
	less:        " Den fælles plan sænker udledningen med %s t CO2 om året mindre end planerne hver for sig.",
	more:        " Den fælles plan sænker udledningen med %s t CO2 om året mere end planerne hver for sig.",
	between:     " I otte af ti udtræk af de usikre tal ligger gevinsten mellem %s og %s tusind euro; medianen er %s.",
	above:       " Med de mest sandsynlige tal ligger den over dette interval: de fleste udtræk falder dårligere ud.",
	below:       " Med de mest sandsynlige tal ligger den under dette interval: de fleste udtræk falder bedre ud.",
	single:      "%s: ét medlem alene, så der er intet at vinde sammen.",
	absent:      "%s: ikke i kraft, %d deltager, og %d er nødvendige.",
	backstop:    " Et medlems egne tiltag når ikke dets mål: gevinsten afhænger af den antagne pris på det, der mangler.",
	rests:       " %s bygger på tal, der er antaget eller anført efter hukommelsen og ikke kontrolleret.",
	part:        "%s %% af gevinsten",
	whole:       "Hele gevinsten",
	split:       " I mindre grupper ville medlemmerne vinde mere, %s tusind euro om året: %s.",
	splitAll:    " Med mindre grupper i %s ville medlemmerne vinde mere, %s tusind euro om året.",
	keyBlocked:  " Efter den aftalte nøgle ville %s vinde %s tusind euro mere om året uden de andre.",
	keysBlocked: " Efter disse nøgler ville %s vinde %s tusind euro mere om året uden de andre.",
	keyStable:   " Efter den aftalte nøgle kunne ingen gruppe af medlemmer klare sig bedre alene.",
	keyStables:  " Efter disse nøgler kunne ingen gruppe af medlemmer klare sig bedre alene.",
	ruleStable:  " Med %s kunne ingen gruppe klare sig bedre alene.",
	fewDraws:    " Det gælder i %s %% af udtrækkene.",
	noneStable:  " Hvordan gevinsten end deles, kunne en gruppe klare sig bedre alene.",
	shapley:     "Shapley-værdien", nucleolus: "nucleolus",
	incomplete:        "Ufuldstændigt: nogle tal er ukendte. ",
	targetAndDeal:     " Et eksempel: intet byråd har vedtaget målet eller underskrevet aftalen.",
	deal:              " Et eksempel: intet byråd har underskrevet aftalen.",
	target:            " Et af målene er et eksempel, som intet byråd har vedtaget.",
	examples:          " %s bygger på eksempler: %s.",
	examplesOfNothing: " Nogle af dem er eksempler, som intet byråd har underskrevet eller vedtaget.",
	exampleTargets:    "mål, som intet byråd har vedtaget",
	exampleDeals:      "aftaler, som intet byråd har underskrevet",
	proposal:          " Et forslag: aftalen er ikke underskrevet.",
	proposals:         " Nogle af dem er forslag, som ikke er underskrevet.",
	without:           "%s: intet tal, %s.",
	all:               "Alle aftaler tilsammen giver en gevinst på %s tusind euro om året.",
	allNothing:        "Alle aftaler tilsammen giver ingen gevinst i penge.",
	allDearer:         "Alle aftaler tilsammen koster %s tusind euro om året mere end at handle hver for sig.",
	kept:              " Efter de aftalte nøgler taber intet medlem på nogen af dem.",
	keptThough:        " Efter de aftalte nøgler taber intet medlem samlet set, selv om %s.",
	broken:            " Efter de aftalte nøgler er ikke alle bedre stillet samlet set: %s.",
	payments:          " Sidebetalinger på %s tusind euro om året ville rette op på det.",
	noPayments:        " Ingen sidebetalinger kan rette op på det.",
	unknownKey:        " Det vides ikke, hvem der vinder, og hvem der taber: tal i en aftalt nøgle mangler.",
	loses:             "%s taber på %s",
	lose:              "%s taber på %s",
	losesOverall:      "%s taber %s tusind euro om året",
}

var swedish = language{
	id: "sv", title: func(d *deal) string { return d.Title.SV }, and: "och",
	members:     "%s: de %d medlemmarna",
	targets:     " når sina mål (%s per år) och",
	ofCO2:       "%s t CO2",
	cost:        " betalar tillsammans %s tusen euro per år i stället för %s, en vinst på %s tusen euro per år.",
	earn:        " tjänar tillsammans netto %s tusen euro per år i stället för %s var för sig, en vinst på %s tusen euro per år.",
	turn:        " tjänar tillsammans netto %s tusen euro per år i stället för att betala %s var för sig, en vinst på %s tusen euro per år.",
	noCost:      " betalar tillsammans %s tusen euro per år, lika mycket som var för sig: det finns inget att vinna i pengar.",
	noEarn:      " tjänar tillsammans netto %s tusen euro per år, lika mycket som var för sig: det finns inget att vinna i pengar.",
	nothing:     " vinner inget: det lönar sig inte för någon av dem.",
	dearer:      " betalar tillsammans %s tusen euro per år i stället för %s: %s tusen euro per år mer än var för sig.",
	netted:      " täcker tillsammans %s %% av sin elanvändning med egen vind, sol och vattenkraft i samma timme, och %s %% var för sig. De kvittar %s per år, räknat över %s timmar under %d%s.",
	volumes:     ", med mängderna från %s",
	years:       "%d till %d",
	accounting:  " Det är bokföring: det sparar varken energi eller pengar.",
	transfer:    " Det som medlemmarna vinner på det betalar andra: det räknas inte in i vad alla avtal ger.",
	energy:      " För de enskilda planernas pengar kunde %s mer sparas per år än med dem.",
	less:        " Den gemensamma planen minskar utsläppen med %s t CO2 per år mindre än planerna var för sig.",
	more:        " Den gemensamma planen minskar utsläppen med %s t CO2 per år mer än planerna var för sig.",
	between:     " I åtta av tio dragningar av de osäkra talen ligger vinsten mellan %s och %s tusen euro; medianen är %s.",
	above:       " Med de mest sannolika talen ligger den över det intervallet: de flesta dragningarna utfaller sämre.",
	below:       " Med de mest sannolika talen ligger den under det intervallet: de flesta dragningarna utfaller bättre.",
	single:      "%s: en medlem ensam, så det finns inget att vinna tillsammans.",
	absent:      "%s: inte i kraft, %d deltar och %d behövs.",
	backstop:    " En medlems egna åtgärder räcker inte till dess mål: vinsten beror på det antagna priset på det som saknas.",
	rests:       " %s bygger på tal som är antagna, eller angivna ur minnet och inte kontrollerade.",
	part:        "%s %% av vinsten",
	whole:       "Hela vinsten",
	split:       " I mindre grupper skulle medlemmarna vinna mer, %s tusen euro per år: %s.",
	splitAll:    " Med mindre grupper i %s skulle medlemmarna vinna mer, %s tusen euro per år.",
	keyBlocked:  " Med den avtalade nyckeln skulle %s vinna %s tusen euro mer per år utan de andra.",
	keysBlocked: " Med dessa nycklar skulle %s vinna %s tusen euro mer per år utan de andra.",
	keyStable:   " Med den avtalade nyckeln skulle ingen grupp av medlemmar klara sig bättre ensam.",
	keyStables:  " Med dessa nycklar skulle ingen grupp av medlemmar klara sig bättre ensam.",
	ruleStable:  " Med %s skulle ingen grupp klara sig bättre ensam.",
	fewDraws:    " Det gäller i %s %% av dragningarna.",
	noneStable:  " Hur vinsten än delas skulle någon grupp klara sig bättre ensam.",
	shapley:     "Shapleyvärdet", nucleolus: "nucleolus",
	incomplete:        "Ofullständigt: några tal är okända. ",
	targetAndDeal:     " Ett exempel: inget kommunfullmäktige har antagit målet eller skrivit under avtalet.",
	deal:              " Ett exempel: inget kommunfullmäktige har skrivit under avtalet.",
	target:            " Ett av målen är ett exempel som inget kommunfullmäktige har antagit.",
	examples:          " %s bygger på exempel: %s.",
	examplesOfNothing: " Några av dem är exempel som inget kommunfullmäktige har skrivit under eller antagit.",
	exampleTargets:    "mål som inget kommunfullmäktige har antagit",
	exampleDeals:      "avtal som inget kommunfullmäktige har skrivit under",
	proposal:          " Ett förslag: avtalet är inte undertecknat.",
	proposals:         " Några av dem är förslag som inte är undertecknade.",
	without:           "%s: ingen siffra, %s.",
	all:               "Alla avtal tillsammans ger en vinst på %s tusen euro per år.",
	allNothing:        "Alla avtal tillsammans ger ingen vinst i pengar.",
	allDearer:         "Alla avtal tillsammans kostar %s tusen euro per år mer än att handla var för sig.",
	kept:              " Med de avtalade nycklarna förlorar ingen medlem på något av dem.",
	keptThough:        " Med de avtalade nycklarna förlorar ingen medlem totalt sett, även om %s.",
	broken:            " Med de avtalade nycklarna får inte alla det bättre totalt sett: %s.",
	payments:          " Sidobetalningar på %s tusen euro per år skulle rätta till det.",
	noPayments:        " Inga sidobetalningar kan rätta till det.",
	unknownKey:        " Det är inte känt vem som vinner och vem som förlorar: tal i en avtalad nyckel saknas.",
	loses:             "%s förlorar på %s",
	lose:              "%s förlorar på %s",
	losesOverall:      "%s förlorar %s tusen euro per år",
}
