package pipeline

import "strings"

// DegreeDays is a definition of degree days. Degree days of different definitions
// are not comparable: a plan has one, and what it corrects for weather is corrected
// with that one alone.
type DegreeDays struct {
	// ID names the definition in the published tables: the base temperature, the
	// season rule (NOSEASON: every day of the year counts) and the normal period.
	ID string
	// NormalFrom and NormalTo are the first and the last year of the normal period.
	NormalFrom, NormalTo int
}

// degreeDayDefinitions are those that a plan can choose from; the first is the
// default. The earlier normal period is the one that SMHI's own degree days have.
var degreeDayDefinitions = []DegreeDays{
	{"GD17_NOSEASON_1991_2020", 1991, 2020},
	{"GD17_NOSEASON_1981_2010", 1981, 2010},
}

// DegreeDayDefinition returns the definition of degree days of the plan, which is
// empty when there is none of the name that the plan has.
func (p Plan) DegreeDayDefinition() DegreeDays {
	for _, d := range degreeDayDefinitions {
		if d.ID == p.DegreeDays {
			return d
		}
	}
	return DegreeDays{}
}

// degreeDayIDs lists the definitions that there are.
func degreeDayIDs() string {
	var ids []string
	for _, d := range degreeDayDefinitions {
		ids = append(ids, d.ID)
	}
	return strings.Join(ids, " or ")
}
