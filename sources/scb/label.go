package scb

// fold leaves of a label what every copy of it has in common: the ASCII
// characters without blanks. SCB's labels are Swedish, and å, ä, ö and é reach
// us intact, in another encoding, or replaced by U+FFFD.
func fold(label string) string {
	b := make([]byte, 0, len(label))
	for i := 0; i < len(label); i++ {
		if c := label[i]; c > ' ' && c < 0x7f {
			b = append(b, c)
		}
	}
	return string(b)
}

// labels maps folded labels to codes.
type labels map[string]string

// newLabels makes labels of pairs of label and code, written as SCB writes them.
func newLabels(pairs ...[2]string) labels {
	l := labels{}
	for _, p := range pairs {
		l[fold(p[0])] = p[1]
	}
	return l
}

func (l labels) code(label string) (string, bool) {
	code, ok := l[fold(label)]
	return code, ok
}

// axis is what the labels and codes of a variable mean.
type axis struct {
	code  func(label string) (string, bool)
	codes map[string]bool // those that stand in rows
}

func newAxis(pairs [][2]string) axis {
	a := axis{newLabels(pairs...).code, map[string]bool{}}
	for _, p := range pairs {
		a.codes[p[1]] = true
	}
	return a
}

// Codes are SCB's own where its interface is known to have one. Rows of which
// only the label is known get a word (other: övriga, 2005-2008;
// flue_gas_condensation) or the number that the same plants have in
// EnergiKommKat (heat: 4.6 kraftvärmeverk, 4.7 fristående värmeverk). That 01 is
// electric boilers follows from the interface's users, who take electricity put
// into district heat as 01 and heat pumps together.
var (
	categoryPairs = [][2]string{
		{"slutanv. jordbruk,skogsbruk,fiske", "911"},
		{"slutanv. industri, byggverks.", "921"},
		{"slutanv. offentlig verksamhet", "931"},
		{"slutanv. transporter", "941"},
		{"slutanv. övriga tjänster", "951"},
		{"slutanv. småhus", "98"},
		{"slutanv. flerbostadshus", "97"},
		{"slutanv. fritidshus", "964"},
		{"summa bränsletyp", "999"}, // SCB names the sum over the categories so
	}
	fuelPairs = [][2]string{
		{"flytande (icke förnybara)", "905"},
		{"fast (icke förnybara)", "910"},
		{"gas (icke förnybara)", "915"},
		{"flytande (förnybara)", "920"},
		{"fast (förnybara)", "925"},
		{"gas (förnybara)", "930"},
		{"övriga", "other"},
	}
	usePairs = append([][2]string{
		{"fjärrvärme", "14"},
		{"el", "16"},
		{"summa förbrukarkategori", "955"}, // the sum over the fuels
	}, fuelPairs...)
	electricityTypePairs = [][2]string{
		{"vattenkraft", "4.1"},
		{"vindkraft", "4.2"},
		{"solkraft", "4.7"},
		{"kraftvärmeverk + industriellt mottryck", "4.5+4.6"},
		{"övrig värmekraft (kärnkraft, kondenskraft o.dyl.)", "4.3+4.4"},
		{"summa bränsletyp", "total"}, // the sum over the production types
	}
	electricityPairs = append([][2]string{
		{"elproduktion", "17"},
		{"summa produktionssätt", "950"}, // the sum over the fuels, without elproduktion
	}, fuelPairs...)
	heatTypePairs = [][2]string{
		{"kraftvärmeverk", "4.6"},
		{"fristående värmeverk", "4.7"},
		{"elpannor (1)", "01"},
		{"värmepumpar (2)", "4.6.1+4.7.1"},
		{"spillvärme", "4.6.2+4.7.2"},
		{"rökgaskondens", "flue_gas_condensation"},
		{"summa bränsletyp", "total"},
	}
	heatPairs = append([][2]string{
		{"fjärrvärmeproduktion", "20"},
		{"summa produktionssätt", "950"},
	}, fuelPairs...)
	carrierPairs = [][2]string{
		{"avfall", "waste"},
		{"avlutar", "black_liquor"},
		{"bensin", "petrol"},
		{"diesel", "diesel"},
		{"el", "electricity"},
		{"eldningsolja 1", "light_fuel_oil"},
		{"eldningsolja>1", "heavy_fuel_oil"},
		{"fjärrvärme", "district_heat"},
		{"gasol", "lpg"},
		{"koks", "coke"},
		{"naturgas", "natural_gas"},
		{"stenkol", "coal"},
		{"torv", "peat"},
		{"träbränsle", "wood_fuel"},
		{"övrigt", "other"},
		{"total energi", "total"},
	}
)

// categoryNumbers are the numbers before the labels of EnergiKommKat. The label
// is known by its number: "4.6.1omvandlat Spec. Kraftv.värmepumpar" is 4.6.1.
var categoryNumbers = func() map[string]bool {
	known := map[string]bool{}
	for _, n := range []string{
		"2",
		"3", "3.1", "3.2", "3.3", "3.4", "3.5", "3.6.1", "3.6.1.1", "3.6.2", "3.7", "3.7.1",
		"4", "4.1", "4.2", "4.3", "4.4", "4.5", "4.6", "4.6.1", "4.6.2", "4.7", "4.7.1", "4.7.2",
		"5", "5.1", "5.2", "5.3", "5.4", "5.5", "5.6", "5.6.1", "5.7", "5.7.1",
		"7",
		"9", "9.1", "9.2", "9.3", "9.4", "9.5", "9.6", "9.6.1", "9.6.1.1", "9.6.2", "9.6.3",
	} {
		known[n] = true
	}
	return known
}()

func categoryNumber(label string) (string, bool) {
	n := 0
	for n < len(label) && (label[n] == '.' || label[n] >= '0' && label[n] <= '9') {
		n++
	}
	// A number alone is no label: it may be a figure that has slipped.
	if n == len(label) {
		return "", false
	}
	return label[:n], categoryNumbers[label[:n]]
}
