package pipeline

import (
	"cmp"
	"embed"
	"errors"
	"fmt"
	"math"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
)

// Plan is what a group of municipalities wants to know together. The agreement,
// not the group, is the unit of account: agreements may overlap, and a
// municipality may be in several plans.
type Plan struct {
	ID           string      `yaml:"id" json:"id" doc:"lower-case letters, digits and hyphens; names the plan's folder and its rows" required:"true"`
	Replaces     string      `yaml:"replaces,omitempty" json:"replaces,omitempty" doc:"builtin, when the file takes the id of a built-in plan"`
	Name         Texts       `yaml:"name" json:"name" doc:"the plan's name in Danish, Swedish and English" required:"true"`
	BaseYear     int         `yaml:"base_year,omitempty" json:"base_year" doc:"the year of the account; per data set the nearest year with data is used, and said" default:"2023"`
	PriceYear    int         `yaml:"price_year,omitempty" json:"price_year" doc:"the year whose euro money is stated in" default:"2025"`
	DiscountRate *float64    `yaml:"discount_rate,omitempty" json:"discount_rate" doc:"real rate per year" default:"0.035"`
	Currency     string      `yaml:"currency,omitempty" json:"currency" doc:"currency for display: DKK, SEK or EUR; money is computed in EUR" default:"EUR"`
	TimeZone     string      `yaml:"time_zone,omitempty" json:"time_zone" doc:"for local time in summaries" default:"Europe/Copenhagen"`
	DegreeDays   string      `yaml:"degree_days,omitempty" json:"degree_days" doc:"the one definition of degree days with which figures are corrected for weather: GD17_NOSEASON_1991_2020 or GD17_NOSEASON_1981_2010" default:"GD17_NOSEASON_1991_2020"`
	CHPMethod    string      `yaml:"chp_method,omitempty" json:"chp_method" doc:"how the fuel of combined heat and power is shared between the two: 125 or 200 (heat at that efficiency in percent) or energy (by what each gives)" default:"125"`
	Members      []Member    `yaml:"members" json:"members" doc:"the municipalities, in the order in which they are shown" required:"true"`
	Data         []DataRef   `yaml:"data,omitempty" json:"data,omitempty" doc:"the data sets to use; none named means every one that is about the members' countries"`
	Targets      []Target    `yaml:"targets,omitempty" json:"targets" doc:"what the members want to reach, of each member one of a kind; none named means an example of 20 % less final energy in 2035"`
	Reference    Reference   `yaml:"reference,omitempty" json:"reference,omitempty" doc:"how use would grow from the base year on without a plan, by stock: the change per year, 0.01 is one per cent; a stock that is not named grows as factor reference_growth says"`
	Agreements   []Agreement `yaml:"agreements,omitempty" json:"agreements" doc:"what the members do together; none named means an example, the common target of all"`
	Uncertainty  Uncertainty `yaml:"uncertainty,omitempty" json:"uncertainty" doc:"how the uncertain figures are drawn"`
	Schedule     Timing      `yaml:"schedule,omitempty" json:"-" doc:"when a server makes the plan anew"`
	Notices      []Notice    `yaml:"notices,omitempty" json:"-" doc:"whom a server tells what became of the plan, and of what"`
	Alive        string      `yaml:"alive,omitempty" json:"-" doc:"an address that is called after each good run of a server, so that its silence is noticed; like that of a webhook"`
	Contact      string      `yaml:"contact,omitempty" json:"-" doc:"an e-mail address or page of yours, told to publishers with every request"`
	Services     []ServiceAt `yaml:"services,omitempty" json:"-" doc:"other addresses of publishers' services, such as a mirror of yours; 'samkraft sources' lists the usual ones"`
	Own          *Own        `yaml:"own,omitempty" json:"own,omitempty" doc:"the plan's own data: CSV files beside the plan file"`
	OwnFiles     []OwnFile   `yaml:"-" json:"own_files,omitempty"` // the files that Own names, as [ReadPlan] found them
}

// Uncertainty says how often the uncertain figures are drawn by chance, and from
// which seed: the same seed gives the same draws.
type Uncertainty struct {
	Draws *int  `yaml:"draws,omitempty" json:"draws" doc:"how often; 0 for never, up to 100000" default:"10000"`
	Seed  int64 `yaml:"seed,omitempty" json:"seed" doc:"any whole number" default:"1"`
}

// Texts is a text in the three languages.
type Texts struct {
	DA string `yaml:"da,omitempty" json:"da" doc:"Danish"`
	SV string `yaml:"sv,omitempty" json:"sv" doc:"Swedish"`
	EN string `yaml:"en,omitempty" json:"en" doc:"English"`
}

// Member names a municipality.
type Member struct {
	Country string `yaml:"country" json:"country" doc:"DK or SE" required:"true"`
	Code    string `yaml:"code" json:"code" doc:"the municipality's code, in quotes: three digits in Denmark, four in Sweden" required:"true"`
}

// DataRef names a data set.
type DataRef struct {
	Source  string `yaml:"source" json:"source" doc:"the publisher's id, as 'samkraft sources' lists it" required:"true"`
	DataSet string `yaml:"dataset,omitempty" json:"dataset,omitempty" doc:"the data set's id; none means all of the publisher"`
	// Path leads to a download whose address has moved; it does not decide what is in it.
	// Schedule and MaxAge are for a server. A run by hand uses neither.
	Path     string `yaml:"path,omitempty" json:"-" doc:"where the newest file lies with its publisher, when a run by itself looks in the wrong place: an address of the publisher's site, or what stands behind it"`
	Schedule string `yaml:"schedule,omitempty" json:"schedule,omitempty" doc:"when a server fetches it, apart from the rest: five cron fields in the plan's time zone; a run by hand does not use it"`
	MaxAge   string `yaml:"max_age,omitempty" json:"max_age,omitempty" doc:"from which age a server calls it stale, such as 14d; a run by hand does not use it"`
}

// ServiceAt gives a publisher's service another address.
type ServiceAt struct {
	Source  string `yaml:"source" json:"source" doc:"the publisher's id, as 'samkraft sources' lists it" required:"true"`
	Service string `yaml:"service,omitempty" json:"service,omitempty" doc:"one of the publisher's services; none means all, where they have one address"`
	Address string `yaml:"address" json:"address" doc:"an https address; http is for this machine alone" required:"true"`
}

// Who is a choice of members: all of them, or those with the listed codes.
type Who struct {
	All   bool
	Codes []string
	other string // a word that is not all
}

// UnmarshalYAML reads "all" or a list of codes.
func (w *Who) UnmarshalYAML(read func(any) error) error {
	var word string
	if read(&word) == nil {
		if w.All = word == "all"; !w.All {
			w.other = word
		}
		return nil
	}
	return read(&w.Codes)
}

// MarshalJSON writes what UnmarshalYAML reads.
func (w Who) MarshalJSON() ([]byte, error) {
	if w.All {
		return []byte(`"all"`), nil
	}
	return fmt.Appendf(nil, `["%s"]`, strings.Join(w.Codes, `","`)), nil
}

// Has reports whether the member with the code is meant.
func (w Who) Has(code string) bool { return w.All || slices.Contains(w.Codes, code) }

//go:embed plans/*.yaml
var builtinPlans embed.FS

// BuiltinPlans returns the plans inside the program, by id.
func BuiltinPlans() []Plan {
	entries, err := builtinPlans.ReadDir("plans")
	if err != nil {
		panic(err) // embedded at build time: cannot fail at run time
	}
	var plans []Plan
	for _, e := range entries {
		text, _ := builtinPlans.ReadFile("plans/" + e.Name())
		p, err := ParsePlan(e.Name(), text)
		if err != nil {
			panic(err) // a test reads every built-in plan
		}
		plans = append(plans, p)
	}
	return plans
}

// BuiltinPlanText returns the file of a built-in plan, as an example to copy.
func BuiltinPlanText(id string) ([]byte, bool) {
	text, err := builtinPlans.ReadFile("plans/" + id + ".yaml")
	return text, err == nil
}

// ParsePlan reads a plan file. It is strict: an unknown key, a municipality that
// does not exist or is named twice, or a value out of range is a *Problem with
// the file and the line. What the file leaves out gets its default.
func ParsePlan(name string, text []byte) (Plan, error) {
	if len(text) > 1<<20 {
		return Plan{}, &Problem{File: name, What: "the file is larger than 1 MiB", Expected: "a plan file"}
	}
	var p Plan
	if err := DecodeYAML(text, &p); err != nil {
		return Plan{}, yamlProblem(name, err)
	}
	// A quorum that is stated as 0 is none that is left out.
	for i, a := range p.Agreements {
		if at := fmt.Sprintf("$.agreements[%d].quorum", i); a.Quorum == 0 && states(text, at) {
			return Plan{}, &Problem{File: name, Row: lineOf(text, at), Path: strings.TrimPrefix(at, "$."), What: "0", Expected: quorums(len(p.Members))}
		}
	}
	p.complete()
	if at, what, expected := p.check(); what != "" {
		return Plan{}, &Problem{File: name, Row: lineOf(text, at), Path: strings.TrimPrefix(at, "$."), What: what, Expected: expected}
	}
	return p, nil
}

// CheckBuiltin refuses a plan file that takes a built-in's id unasked.
func (p Plan) CheckBuiltin(name string) error {
	if _, taken := BuiltinPlanText(p.ID); taken && p.Replaces != "builtin" {
		return &Problem{File: name, What: fmt.Sprintf("the id %s is that of a built-in plan", p.ID), Expected: "another id, or the line 'replaces: builtin'"}
	}
	return nil
}

func yamlProblem(name string, err error) error {
	p := &Problem{File: name, What: err.Error()}
	var at yaml.Error
	if errors.As(err, &at) {
		p.What = at.GetMessage()
		if token := at.GetToken(); token != nil {
			p.Row = token.Position.Line
			if unknown := new(yaml.UnknownFieldError); errors.As(err, &unknown) {
				p.What = fmt.Sprintf("unknown key %q", token.Value)
				p.Expected = fmt.Sprintf("a key that 'samkraft plans schema' lists, perhaps %q", nearest(token.Value, planKeys()))
			}
			if wrong := new(yaml.TypeError); errors.As(err, &wrong) {
				p.What = fmt.Sprintf("%q does not fit here", token.Value)
				p.Expected = "a value of type " + wrong.DstType.String() + ", as 'samkraft plans schema' says"
			}
		}
	}
	return p
}

// lineOf finds the line of a place in the file, or of what it would be in, or 0.
func lineOf(text []byte, at string) int {
	for at != "" {
		if node := nodeAt(text, at); node != nil {
			return node.GetToken().Position.Line
		}
		at = at[:max(0, strings.LastIndexAny(at, ".["))]
	}
	return 0
}

// states reports whether the file has something at a place.
func states(text []byte, at string) bool { return nodeAt(text, at) != nil }

func nodeAt(text []byte, at string) ast.Node {
	file, err := parser.ParseBytes(text, 0)
	if err != nil {
		return nil
	}
	p, err := yaml.PathString(at)
	if err != nil {
		return nil
	}
	node, err := p.FilterFile(file)
	if err != nil {
		return nil
	}
	return node
}

// complete fills in what the file leaves out.
func (p *Plan) complete() {
	p.BaseYear = cmp.Or(p.BaseYear, 2023)
	p.PriceYear = cmp.Or(p.PriceYear, 2025)
	if p.DiscountRate == nil {
		rate := 0.035
		p.DiscountRate = &rate
	}
	p.Currency = cmp.Or(p.Currency, "EUR")
	p.TimeZone = cmp.Or(p.TimeZone, "Europe/Copenhagen")
	p.DegreeDays = cmp.Or(p.DegreeDays, degreeDayDefinitions[0].ID)
	p.CHPMethod = cmp.Or(p.CHPMethod, "125")
	p.Schedule.complete()
	for i := range p.Notices {
		p.Notices[i].complete()
	}
	p.Name.complete()
	for i := range p.Members {
		if m, err := FindMunicipality(p.Members[i].Country, p.Members[i].Code); err == nil {
			p.Members[i].Code = m.Code
		}
	}
	if p.Targets == nil {
		fifth := -0.20
		p.Targets = []Target{{Members: Who{All: true}, Kind: FinalEnergyShare, Value: &fifth, Year: 2035}}
	}
	for i := range p.Targets {
		t := &p.Targets[i]
		t.Basis, t.Status = cmp.Or(t.Basis, "raw"), cmp.Or(t.Status, "example")
		if t.Scope == nil {
			t.Scope = []string{"no_transport"}
		}
	}
	if p.Agreements == nil {
		p.Agreements = []Agreement{{ID: "common-target", Title: Texts{"Fælles mål", "Gemensamt mål", "Common target"}, Mechanism: "pooled_target", Signatories: Who{All: true}, Key: CostKey{Shares: "gain"}}}
	}
	for i := range p.Agreements {
		p.Agreements[i].complete(len(p.Members))
	}
	if p.Uncertainty.Draws == nil {
		draws := 10000
		p.Uncertainty.Draws = &draws
	}
	p.Uncertainty.Seed = cmp.Or(p.Uncertainty.Seed, 1)
}

func (t *Texts) complete() {
	any := cmp.Or(t.EN, t.DA, t.SV)
	t.DA, t.SV, t.EN = cmp.Or(t.DA, any), cmp.Or(t.SV, any), cmp.Or(t.EN, any)
}

// check returns where the first fault is, what it is and what was expected.
func (p Plan) check() (at, what, expected string) {
	switch {
	case !isID(p.ID):
		return "$.id", fmt.Sprintf("%q cannot be an id", p.ID), "lower-case letters, digits and hyphens"
	case p.Replaces != "" && p.Replaces != "builtin":
		return "$.replaces", fmt.Sprintf("%q", p.Replaces), "builtin"
	case p.Name.EN == "":
		return "$.name", "the plan has no name", "a name in at least one of da, sv, en"
	case p.BaseYear < 1990 || p.BaseYear > 2100:
		return "$.base_year", fmt.Sprint(p.BaseYear), "a year from 1990 to 2100"
	case p.PriceYear != 2025:
		return "$.price_year", fmt.Sprint(p.PriceYear), "2025, the year whose prices the factors hold"
	case math.IsNaN(*p.DiscountRate) || *p.DiscountRate < 0 || *p.DiscountRate > 0.2:
		return "$.discount_rate", decimalText(*p.DiscountRate), "a real rate from 0 to 0.2"
	case !slices.Contains([]string{"EUR", "DKK", "SEK"}, p.Currency):
		return "$.currency", fmt.Sprintf("%q", p.Currency), "DKK, SEK or EUR"
	case *p.Uncertainty.Draws < 0 || *p.Uncertainty.Draws > 100000:
		return "$.uncertainty.draws", fmt.Sprint(*p.Uncertainty.Draws), "a number from 0 to 100000"
	case p.DegreeDayDefinition().ID == "":
		return "$.degree_days", fmt.Sprintf("there is no definition of degree days %q", p.DegreeDays), degreeDayIDs()
	case !slices.Contains([]string{"125", "200", "energy"}, p.CHPMethod):
		return "$.chp_method", fmt.Sprintf("%q", p.CHPMethod), "125, 200 or energy"
	case len(p.Members) < 1 || len(p.Members) > 20:
		return "$.members", fmt.Sprintf("%d members", len(p.Members)), "1 to 20"
	}
	if _, err := time.LoadLocation(p.TimeZone); err != nil {
		return "$.time_zone", fmt.Sprintf("%q is no time zone", p.TimeZone), "a name such as Europe/Copenhagen"
	}
	if at, what, expected := p.checkTiming(); what != "" {
		return at, what, expected
	}
	if at, what, expected := p.checkNotices(); what != "" {
		return at, what, expected
	}
	if strings.ContainsFunc(p.Contact, func(r rune) bool { return r < ' ' || r > '~' || r == '(' || r == ')' }) || len(p.Contact) > 200 {
		return "$.contact", fmt.Sprintf("%.40q", p.Contact), "an e-mail address or a page in plain letters, without brackets"
	}
	for i, s := range p.Services {
		if what := badAddress(s.Address); what != "" {
			return fmt.Sprintf("$.services[%d].address", i), what, "https://HOST/PATH, or http://127.0.0.1:PORT for a service on this machine; a key goes into the environment"
		}
	}
	codes := map[string]bool{}
	for i, m := range p.Members {
		at := fmt.Sprintf("$.members[%d]", i)
		if _, err := FindMunicipality(m.Country, m.Code); err != nil {
			return at, err.Error(), "a Danish (DK) or Swedish (SE) municipality of today by its code"
		}
		if codes[m.Code] {
			return at, fmt.Sprintf("municipality %s %s is listed twice", m.Country, m.Code), "each member once"
		}
		codes[m.Code] = true
	}
	if at, what, expected := checkTargets(p.Targets, p.Members, codes); what != "" {
		return at, what, expected
	}
	if at, what, expected := checkReference(p.Reference); what != "" {
		return at, what, expected
	}
	if at, what, expected := checkAgreements(p.Agreements, p.Members); what != "" {
		return at, what, expected
	}
	if at, what, expected := p.checkPrograms(); what != "" {
		return at, what, expected
	}
	return p.Own.check()
}

func (w Who) check(name string, codes map[string]bool) (field, what, expected string) {
	switch {
	case w.other != "":
		return name, fmt.Sprintf("%q is neither all nor a list", w.other), "all, or a list of codes in quotes and square brackets"
	case !w.All && len(w.Codes) == 0:
		return name, "nobody is named", "all, or a list of codes"
	}
	for i, c := range w.Codes {
		if !codes[c] {
			return name, fmt.Sprintf("%q is not the code of a member", c), "codes of members, in quotes"
		}
		if slices.Contains(w.Codes[:i], c) {
			return name, fmt.Sprintf("%q is listed twice", c), "each code once"
		}
	}
	return "", "", ""
}

func isID(s string) bool {
	if s == "" || len(s) > 60 || s[0] == '-' || path.Base(s) != s {
		return false
	}
	return strings.IndexFunc(s, func(r rune) bool { return !(r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r == '-') }) < 0
}
