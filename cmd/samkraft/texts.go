package main

// texts are the words of a summary in one language.
type texts struct {
	published, unchanged, withheld, failed, stands, held        string
	promise, split, keys, nobody, likely, head                  string
	rate, fixedRate, meanRate, remembered, assumed              string
	otherYear, uncorrected                                      string
	warnings, sample, files, missing, aside, unrecognised, more string
	fetching, stale, newlySince                                 string
	rules                                                       map[string]string // by id, as in table allocation
	diff                                                        diffTexts
}

// diffTexts are the words of a comparison.
type diffTexts struct {
	gain, all, method, planFile, figures, noFigures, tables, counts string
}

var summaryTexts = map[string]texts{
	"en": {
		published:    "published snapshot %s",
		unchanged:    "nothing new, snapshot %s stands",
		withheld:     "withheld, a check failed; what was made lies in %s",
		failed:       "not published",
		stands:       "The last good snapshot stands: %s",
		held:         "Readers stay on snapshot %s, which somebody went back to; 'samkraft snapshots use %s/newest' ends that",
		promise:      "What all agreements give each member under the agreed keys, a year",
		likely:       "eight of ten draws: %s to %s",
		head:         "EUR per inhabitant",
		otherYear:    "Not of the base year %d but of the nearest with data: %s (table end_use says why)",
		uncorrected:  "The target asks for figures corrected for weather; counted raw, as the degree days are not known (table target, column basis): %s",
		warnings:     "Warnings (table check_result)",
		sample:       "SAMPLE: made in part of made-up figures (table extract, column made_up). Not for use.",
		files:        "Files",
		missing:      "Missing for some or all members (table completeness)",
		aside:        "Files that were set aside",
		unrecognised: "Files that nobody recognises",
		more:         "and %d more",
		split:        "Recommended split, by %s: %s EUR",
		keys:         "Other keys, and who would then gain more without the others: %s",
		nobody:       "nobody",
		rate:         "(euro of %d; %s %s to the euro, %s)",
		fixedRate:    "a fixed rate",
		meanRate:     "mean of %d",
		remembered:   "from memory, not checked",
		assumed:      "assumed",
		fetching:     "Fetched from publishers: %d requests, %d pieces (%d changed, %d for which there is nothing); %d wait for a later run",
		stale:        "NOT UP TO DATE",
		newlySince:   "Since snapshot %s ('samkraft diff' has more)",
		diff: diffTexts{
			gain: "Gain a year", all: "all agreements", method: "The program's method or coefficients changed", planFile: "The plan file changed",
			figures: "Figures of publishers and of the plan's own data", noFigures: "No figure of a publisher changed", tables: "Tables", counts: "%d rows changed, %d came, %d went",
		},
		rules: map[string]string{"shapley": "the Shapley value", "nucleolus": "the nucleolus", "by_equal": "equal shares", "by_population": "population", "by_final_energy": "energy use", "by_target": "targets"},
	},
	"da": {
		published:    "udgivet som %s",
		unchanged:    "intet nyt, %s gælder stadig",
		withheld:     "tilbageholdt, en kontrol slog fejl; resultatet ligger i %s",
		failed:       "ikke udgivet",
		stands:       "Den sidste gode udgave gælder stadig: %s",
		held:         "Læserne bliver på udgave %s, som nogen gik tilbage til; 'samkraft snapshots use %s/newest' ophæver det",
		promise:      "Hvad alle aftaler giver hvert medlem efter de aftalte nøgler, om året",
		likely:       "otte af ti udtræk: %s til %s",
		head:         "EUR pr. indbygger",
		otherYear:    "Ikke fra basisåret %d, men fra det nærmeste med data: %s (tabel end_use siger hvorfor)",
		uncorrected:  "Målet gælder tal korrigeret for vejret; talt som målt, da graddagene ikke kendes (tabel target, kolonne basis): %s",
		warnings:     "Advarsler (tabel check_result)",
		sample:       "PRØVE: delvis lavet af opdigtede tal (tabel extract, kolonne made_up). Ikke til brug.",
		files:        "Filer",
		missing:      "Mangler for nogle eller alle medlemmer (tabel completeness)",
		aside:        "Filer, der blev lagt til side",
		unrecognised: "Filer, som ingen genkender",
		more:         "og %d mere",
		split:        "Anbefalet deling, efter %s: %s EUR",
		keys:         "Andre nøgler, og hvem der så ville vinde mere uden de andre: %s",
		nobody:       "ingen",
		rate:         "(euro i %d-priser; %s %s pr. euro, %s)",
		fixedRate:    "fast kurs",
		meanRate:     "gennemsnit for %d",
		remembered:   "efter hukommelsen, ikke kontrolleret",
		assumed:      "antaget",
		fetching:     "Hentet hos udgivere: %d forespørgsler, %d stykker (%d ændret, %d som der ikke findes noget for); %d venter på en senere kørsel",
		stale:        "IKKE OPDATERET",
		newlySince:   "Siden udgave %s ('samkraft diff' viser mere)",
		diff: diffTexts{
			gain: "Gevinst om året", all: "alle aftaler", method: "Programmets metode eller koefficienter er ændret", planFile: "Planfilen er ændret",
			figures: "Tal fra udgivere og planens egne data", noFigures: "Ingen udgivers tal er ændret", tables: "Tabeller", counts: "%d rækker ændret, %d kom til, %d faldt bort",
		},
		rules: map[string]string{"shapley": "Shapley-værdien", "nucleolus": "nucleolus", "by_equal": "lige dele", "by_population": "folketal", "by_final_energy": "energiforbrug", "by_target": "mål"},
	},
	"sv": {
		published:    "publicerad som %s",
		unchanged:    "inget nytt, %s gäller fortfarande",
		withheld:     "undanhållen, en kontroll slog fel; resultatet ligger i %s",
		failed:       "inte publicerad",
		stands:       "Den senaste goda utgåvan gäller fortfarande: %s",
		held:         "Läsarna stannar på utgåva %s, som någon gick tillbaka till; 'samkraft snapshots use %s/newest' upphäver det",
		promise:      "Vad alla avtal ger varje medlem med de avtalade nycklarna, per år",
		likely:       "åtta av tio dragningar: %s till %s",
		head:         "EUR per invånare",
		otherYear:    "Inte från basåret %d utan från det närmaste med data: %s (tabell end_use säger varför)",
		uncorrected:  "Målet gäller väderkorrigerade siffror; räknat som uppmätt, eftersom graddagarna inte är kända (tabell target, kolumn basis): %s",
		warnings:     "Varningar (tabell check_result)",
		sample:       "PROVDATA: delvis gjort av påhittade siffror (tabell extract, kolumn made_up). Får inte användas.",
		files:        "Filer",
		missing:      "Saknas för några eller alla medlemmar (tabell completeness)",
		aside:        "Filer som lades åt sidan",
		unrecognised: "Filer som ingen känner igen",
		more:         "och %d till",
		split:        "Rekommenderad delning, enligt %s: %s EUR",
		keys:         "Andra nycklar, och vem som då skulle vinna mer utan de andra: %s",
		nobody:       "ingen",
		rate:         "(euro i %d års priser; %s %s per euro, %s)",
		fixedRate:    "fast kurs",
		meanRate:     "medelvärde för %d",
		remembered:   "ur minnet, inte kontrollerat",
		assumed:      "antaget",
		fetching:     "Hämtat från utgivare: %d förfrågningar, %d delar (%d ändrade, %d som det inte finns något för); %d väntar på en senare körning",
		stale:        "INTE UPPDATERAT",
		newlySince:   "Sedan utgåva %s ('samkraft diff' visar mer)",
		diff: diffTexts{
			gain: "Vinst per år", all: "alla avtal", method: "Programmets metod eller koefficienter har ändrats", planFile: "Planfilen har ändrats",
			figures: "Siffror från utgivare och planens egna data", noFigures: "Ingen utgivares siffra har ändrats", tables: "Tabeller", counts: "%d rader ändrade, %d tillkom, %d föll bort",
		},
		rules: map[string]string{"shapley": "Shapleyvärdet", "nucleolus": "nucleolus", "by_equal": "lika delar", "by_population": "folkmängd", "by_final_energy": "energianvändning", "by_target": "mål"},
	},
}
