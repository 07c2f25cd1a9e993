package costtable

import (
	"encoding/csv"
	"io"
	"strconv"
	"strings"
)

// WriteCSV writes one row for each rule and member, with a decimal point. What is
// said of a rule as a whole is in all its rows; a rule without an answer has its
// reason and no share.
func (a *Answer) WriteCSV(w io.Writer) error {
	out := csv.NewWriter(w)
	out.Write([]string{"rule", "member", "share", "exact", "alone", "in_core", "individually_rational", "max_excess", "blocking", "reason"})
	for k, r := range a.rulings {
		reason, _ := a.Reasons.Get(r.rule)
		for i, member := range a.Members {
			row := []string{r.rule, member, "", "", decimal(a.table.amount(a.table.single(i)), jsonDecimals), "", "", "", "", reason}
			if r.shares != nil {
				share, s := a.table.amount(r.shares[i]), a.Stability[k].value
				row[2], row[3] = decimal(share, jsonDecimals), share.RatString()
				row[5], row[6] = strconv.FormatBool(s.InCore), strconv.FormatBool(s.IndividuallyRational)
				row[7], row[8] = decimal(s.MaxExcess.Rat, jsonDecimals), strings.Join(s.Blocking, "+")
			}
			out.Write(row)
		}
	}
	out.Flush()
	return out.Error()
}
