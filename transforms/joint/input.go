package joint

import (
	"slices"

	"samkraft/pipeline"
	"samkraft/transforms/coalition"
	"samkraft/transforms/saving"
)

// Input is all that the joint savings of a plan are computed from.
type Input struct {
	Plan       string
	PriceYear  int
	Members    []Member             // in the plan's order; a member's place is its bit in a mask
	Agreements []pipeline.Agreement // checked, by id
	Measures   *saving.Model        // what measures save and cost on the members' stocks
	Factors    []saving.Factor      // of the mechanisms, money in EUR of the price year
	Amounts    map[string][]float64 // straw, wood, district_heat: MWh a year by member, NaN where unknown
	Hours      *Hours               // nil where there is no hourly balance
	Draws      int                  // how often the uncertain parameters are drawn; 0 for never
	Seed       int64
}

// Member is a municipality of the plan, with what is known of it. NaN stands for
// what is not.
type Member struct {
	Country, Code, Name string
	Population          float64
	Energy              float64 // MWh, in the scope of its target of energy, else of CO2
	Target              float64 // MWh to be saved; below 0 where a level is higher than what would be used anyway
	Level               float64 // MWh that may be used, where the target states that; 0 where it states a share
	Industry            bool    // whether the target counts industry and business
	HasTarget           bool
	Year                int     // by which
	Cut                 float64 // t of CO2 to be cut, as Target
	CutLevel            float64 // t that may be left, as Level
	CutIndustry         bool    // whether that target counts industry and business
	CutStock            string  // the one stock that it counts; empty for all
	HasCut              bool
	CutYear             int   // by which
	Complete            bool  // every stock in the targets' scope is known
	ExampleTarget       bool  // one is adopted by no council
	Reference           []Use // year by year from the base year to the last target's
	Lon, Lat            float64
}

// Hours is the electricity that members use and make by hour, the same hours for
// all.
type Hours struct {
	Year                    int         // of the hours
	Volumes                 [2]int      // first and last year of the annual figures spread over them; 0 where the hours are metered
	Consumption, Production [][]float64 // by member and hour, MWh
}

// Scenario is the id under which the joint tables stand: the targets met by the
// measures of the base year's stock.
const Scenario = "PLAN"

// All is the id of all agreements together.
const All = "ALL"

// Rows are the filled tables, by name; a cell is a string, a number, a bool, or
// nil for null.
type Rows map[string][][]any

func (r Rows) add(table string, cells ...any) { r[table] = append(r[table], cells) }

// exampleTarget reports whether an agreement is about targets and one of its
// players' is an example that no council has adopted.
func (in *Input) exampleTarget(a pipeline.Agreement, players []int) bool {
	return a.Mechanism == "pooled_target" && slices.ContainsFunc(players, func(i int) bool { return in.Members[i].ExampleTarget })
}

// signatories returns the members that have signed, in the plan's order.
func (in *Input) signatories(a pipeline.Agreement) []int {
	var list []int
	for i, m := range in.Members {
		if a.Signatories.Has(m.Code) {
			list = append(list, i)
		}
	}
	return list
}

// names returns the names of the members of a coalition of players.
func (in *Input) names(players []int, s coalition.Mask) []string {
	var names []string
	for _, i := range s.Members() {
		names = append(names, in.Members[players[i]].Name)
	}
	return names
}

// global turns a coalition of players into one of the plan's members.
func global(players []int, s coalition.Mask) coalition.Mask {
	var mask coalition.Mask
	for _, i := range s.Members() {
		mask |= 1 << players[i]
	}
	return mask
}
