package main

// texts are the words of a summary in one language.
type texts struct {
	published, unchanged, withheld, failed, stands              string
	who, stable, unstable, head, rate, assumed, otherYear       string
	warnings, sample, files, missing, aside, unrecognised, more string
}

var summaryTexts = map[string]texts{
	"en": {
		published:    "published snapshot %s",
		unchanged:    "nothing new, snapshot %s stands",
		withheld:     "withheld, a check failed; what was made lies in %s",
		failed:       "not published",
		stands:       "The last good snapshot stands: %s",
		who:          "Who gets what, a year",
		stable:       "no group of members could do better alone",
		unstable:     "a group of members could do better alone",
		head:         "EUR per inhabitant",
		rate:         "(%s at %.5g to the euro)",
		assumed:      "Rests on assumptions: %.0f %% of the joint plan's energy comes from measures with an assumed factor (table factor, marks A and M)",
		otherYear:    "Not of the base year %d but of the nearest with data: %s (table end_use says why)",
		warnings:     "Warnings (table check_result)",
		sample:       "SAMPLE: made in part of made-up figures (table extract, column made_up). Not for use.",
		files:        "Files",
		missing:      "Missing for some or all members (table completeness)",
		aside:        "Files that were set aside",
		unrecognised: "Files that nobody recognises",
		more:         "and %d more",
	},
	"da": {
		published:    "udgivet som %s",
		unchanged:    "intet nyt, %s gælder stadig",
		withheld:     "tilbageholdt, en kontrol slog fejl; resultatet ligger i %s",
		failed:       "ikke udgivet",
		stands:       "Den sidste gode udgave gælder stadig: %s",
		who:          "Hvem får hvad, om året",
		stable:       "ingen gruppe af medlemmer kunne klare sig bedre alene",
		unstable:     "en gruppe af medlemmer kunne klare sig bedre alene",
		head:         "EUR pr. indbygger",
		rate:         "(%s til %.5g pr. euro)",
		assumed:      "Hviler på antagelser: %.0f %% af den fælles plans energi kommer fra tiltag med en antaget faktor (tabel factor, mærke A og M)",
		otherYear:    "Ikke fra basisåret %d, men fra det nærmeste med data: %s (tabel end_use siger hvorfor)",
		warnings:     "Advarsler (tabel check_result)",
		sample:       "PRØVE: delvis lavet af opdigtede tal (tabel extract, kolonne made_up). Ikke til brug.",
		files:        "Filer",
		missing:      "Mangler for nogle eller alle medlemmer (tabel completeness)",
		aside:        "Filer, der blev lagt til side",
		unrecognised: "Filer, som ingen genkender",
		more:         "og %d mere",
	},
	"sv": {
		published:    "publicerad som %s",
		unchanged:    "inget nytt, %s gäller fortfarande",
		withheld:     "undanhållen, en kontroll slog fel; resultatet ligger i %s",
		failed:       "inte publicerad",
		stands:       "Den senaste goda utgåvan gäller fortfarande: %s",
		who:          "Vem får vad, per år",
		stable:       "ingen grupp av medlemmar skulle klara sig bättre ensam",
		unstable:     "en grupp av medlemmar skulle klara sig bättre ensam",
		head:         "EUR per invånare",
		rate:         "(%s till %.5g per euro)",
		assumed:      "Vilar på antaganden: %.0f %% av den gemensamma planens energi kommer från åtgärder med en antagen faktor (tabell factor, märke A och M)",
		otherYear:    "Inte från basåret %d utan från det närmaste med data: %s (tabell end_use säger varför)",
		warnings:     "Varningar (tabell check_result)",
		sample:       "PROV: delvis gjort av påhittade siffror (tabell extract, kolumn made_up). Inte för användning.",
		files:        "Filer",
		missing:      "Saknas för några eller alla medlemmar (tabell completeness)",
		aside:        "Filer som lades åt sidan",
		unrecognised: "Filer som ingen känner igen",
		more:         "och %d till",
	},
}
