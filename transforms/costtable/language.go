package costtable

// language is the words of the sentences in one language.
type language struct {
	id          string // as numbers are written: pipeline.LocalNumber
	and         string
	rule, alone string // heads of the table
	share, has  string // members or member, what is shared
	rules       map[string]string
	keyed       string // what the proportional key is called
	under       string // rules, what holds under them
	noAnswer    string // rule, reason
	zeroAdded   string
	unverified  string
	less        string // than the smallest amount that is shown
	warning     string // that to join does not always pay: who apart
	another     string
	others      string // n
	noneStable  string // what some group could do
	someStable  string
	convex      string
	verified    string
	kinds       map[Kind]voice
}

// voice is how a kind of table is spoken of.
type voice struct {
	title        string // what is shared: total
	suffer       string // what a member does that fares worse than alone
	worse        string // than alone
	content      string // nobody does
	leave        string // what a group could do by itself: group, amount
	apart        string // what two coalitions do apart: first, second, amount
	always       string // what some group could do under every division: amount
	zeroAlone    string
	noImputation string // alone, together
}

var languages = map[string]language{"en": english, "da": danish, "sv": swedish}

var english = language{
	id: "en", and: "and", rule: "RULE", alone: "alone", share: "%s share %s.", has: "%s has %s.",
	rules: map[string]string{
		ruleEqual: "equal shares", ruleStandalone: "the stand-alone key", ruleSeparable: "the method of separable costs", ruleGately: "the Gately point",
		ruleShapley: "the Shapley value", ruleNucleolus: "the nucleolus", rulePerCapita: "the per-capita nucleolus",
	},
	keyed: "the %s key", under: "under %s %s", noAnswer: "%s has no answer: %s",
	zeroAdded:  "division by zero: what the members add to the others comes to the same in sum as what they have alone, and the rest cannot be split by the difference",
	unverified: "the answer could not be verified",
	less:       "less than %s",
	warning:    "Warning: to join does not always pay (not superadditive). %s",
	another:    "; there is another such pair",
	others:     "; there are %d other such pairs",
	noneStable: "No division is stable (the core is empty): under every one %s.",
	someStable: "There are divisions under which nobody would go its own way (the core is not empty).",
	convex:     "The larger the group, the more it saves by another member (convex).",
	verified:   "The nucleolus is verified by Kohlberg's criterion.",
	kinds: map[Kind]voice{
		Cost: {
			title:        "a cost of %s",
			suffer:       "pays",
			worse:        "more than alone",
			content:      "nobody pays more than alone, and no group could save by going its own way",
			leave:        "%s together could save %s by going their own way",
			apart:        "%s and %s pay %s less apart than together",
			always:       "some group could save %s or more by going its own way",
			zeroAlone:    "division by zero: what the members pay alone adds up to 0",
			noImputation: "no imputation: alone the members pay %s, together %s, so that somebody must pay more than alone",
		},
		Saving: {
			title:        "a saving of %s",
			suffer:       "receives",
			worse:        "less than alone",
			content:      "nobody receives less than alone, and no group could save more by going its own way",
			leave:        "%s together could save %s more by going their own way",
			apart:        "%s and %s save %s more apart than together",
			always:       "some group could save %s or more beyond its share by going its own way",
			zeroAlone:    "division by zero: what the members save alone adds up to 0",
			noImputation: "no imputation: alone the members save %s, together %s, so that somebody must receive less than alone",
		},
	},
}

var danish = language{
	id: "da", and: "og", rule: "REGEL", alone: "alene", share: "%s deler %s.", has: "%s har %s.",
	rules: map[string]string{
		ruleEqual: "lige dele", ruleStandalone: "nøglen efter enkeltbeløb", ruleSeparable: "metoden med separable omkostninger", ruleGately: "Gately-punktet",
		ruleShapley: "Shapley-værdien", ruleNucleolus: "nucleolus", rulePerCapita: "nucleolus pr. medlem",
	},
	keyed: "nøglen %s", under: "med %s: %s", noAnswer: "%s har intet svar: %s",
	zeroAdded:  "division med nul: hvad medlemmerne lægger til hos de andre, er i sum det samme som hvad de har alene, og resten kan ikke deles efter forskellen",
	unverified: "svaret kunne ikke efterprøves",
	less:       "mindre end %s",
	warning:    "Advarsel: det betaler sig ikke altid at gå sammen (ikke superadditivt). %s",
	another:    "; der er endnu et sådant par",
	others:     "; der er %d andre sådanne par",
	noneStable: "Ingen deling er stabil (kernen er tom): efter enhver deling %s.",
	someStable: "Der er delinger, hvor ingen ville gå sin egen vej (kernen er ikke tom).",
	convex:     "Jo større gruppen er, desto mere sparer den ved endnu et medlem (konveks).",
	verified:   "Nucleolus er efterprøvet med Kohlbergs kriterium.",
	kinds: map[Kind]voice{
		Cost: {
			title:        "en omkostning på %s",
			suffer:       "betaler",
			worse:        "mere end alene",
			content:      "ingen betaler mere end alene, og ingen gruppe kunne spare ved at gå sin egen vej",
			leave:        "%s kunne tilsammen spare %s ved at gå deres egen vej",
			apart:        "%s og %s betaler %s mindre hver for sig end sammen",
			always:       "kunne en gruppe spare %s eller mere ved at gå sin egen vej",
			zeroAlone:    "division med nul: hvad medlemmerne betaler alene, er 0 i sum",
			noImputation: "ingen rimelig deling: alene betaler medlemmerne %s, sammen %s, så nogen må betale mere end alene",
		},
		Saving: {
			title:        "en besparelse på %s",
			suffer:       "får",
			worse:        "mindre end alene",
			content:      "ingen får mindre end alene, og ingen gruppe kunne spare mere ved at gå sin egen vej",
			leave:        "%s kunne tilsammen spare %s mere ved at gå deres egen vej",
			apart:        "%s og %s sparer %s mere hver for sig end sammen",
			always:       "kunne en gruppe spare %s eller mere ud over sin del ved at gå sin egen vej",
			zeroAlone:    "division med nul: hvad medlemmerne sparer alene, er 0 i sum",
			noImputation: "ingen rimelig deling: alene sparer medlemmerne %s, sammen %s, så nogen må få mindre end alene",
		},
	},
}

var swedish = language{
	id: "sv", and: "och", rule: "REGEL", alone: "ensam", share: "%s delar på %s.", has: "%s har %s.",
	rules: map[string]string{
		ruleEqual: "lika delar", ruleStandalone: "nyckeln efter enskilda belopp", ruleSeparable: "metoden med separabla kostnader", ruleGately: "Gatelypunkten",
		ruleShapley: "Shapleyvärdet", ruleNucleolus: "nucleolus", rulePerCapita: "nucleolus per medlem",
	},
	keyed: "nyckeln %s", under: "med %s: %s", noAnswer: "%s har inget svar: %s",
	zeroAdded:  "division med noll: vad medlemmarna tillför de andra är i summa detsamma som vad de har ensamma, och resten kan inte delas efter skillnaden",
	unverified: "svaret kunde inte prövas",
	less:       "mindre än %s",
	warning:    "Varning: det lönar sig inte alltid att gå samman (inte superadditivt). %s",
	another:    "; det finns ett sådant par till",
	others:     "; det finns %d andra sådana par",
	noneStable: "Ingen delning är stabil (kärnan är tom): med varje delning %s.",
	someStable: "Det finns delningar där ingen skulle gå sin egen väg (kärnan är inte tom).",
	convex:     "Ju större gruppen är, desto mer sparar den på en medlem till (konvex).",
	verified:   "Nucleolus är prövad med Kohlbergs kriterium.",
	kinds: map[Kind]voice{
		Cost: {
			title:        "en kostnad på %s",
			suffer:       "betalar",
			worse:        "mer än ensam",
			content:      "ingen betalar mer än ensam, och ingen grupp skulle spara på att gå sin egen väg",
			leave:        "%s skulle tillsammans spara %s på att gå sin egen väg",
			apart:        "%s och %s betalar %s mindre var för sig än tillsammans",
			always:       "skulle någon grupp spara %s eller mer på att gå sin egen väg",
			zeroAlone:    "division med noll: vad medlemmarna betalar ensamma är 0 i summa",
			noImputation: "ingen rimlig delning: ensamma betalar medlemmarna %s, tillsammans %s, så att någon måste betala mer än ensam",
		},
		Saving: {
			title:        "en besparing på %s",
			suffer:       "får",
			worse:        "mindre än ensam",
			content:      "ingen får mindre än ensam, och ingen grupp skulle spara mer på att gå sin egen väg",
			leave:        "%s skulle tillsammans spara %s mer på att gå sin egen väg",
			apart:        "%s och %s sparar %s mer var för sig än tillsammans",
			always:       "skulle någon grupp spara %s eller mer utöver sin del på att gå sin egen väg",
			zeroAlone:    "division med noll: vad medlemmarna sparar ensamma är 0 i summa",
			noImputation: "ingen rimlig delning: ensamma sparar medlemmarna %s, tillsammans %s, så att någon måste få mindre än ensam",
		},
	},
}
