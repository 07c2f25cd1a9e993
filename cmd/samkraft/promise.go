package main

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"samkraft/pipeline"
	"samkraft/sinks/query"
)

// headline tells what a snapshot says of the joint savings: all agreements
// together and what they promise each member; of a new one also each agreement and
// what is missing.
func (s *settings) headline(ctx context.Context, folder string, fresh bool, t texts) error {
	snapshot, err := openSession(ctx, folder)
	if err != nil {
		return err
	}
	defer snapshot.Close()
	type agreement struct {
		ID       string  `json:"agreement_id"`
		Sentence string  `json:"sentence"`
		Rule     *string `json:"recommended_rule"`
		Gain     float64 `json:"gain_eur"`
	}
	var agreements []agreement
	err = ask(ctx, snapshot, &agreements, fmt.Sprintf(`SELECT agreement_id, sentence_%s AS sentence, recommended_rule, coalesce(gain_eur, 0) AS gain_eur
		FROM joint_savings ORDER BY agreement_id <> 'ALL', agreement_id`, s.lang))
	if err != nil {
		return err
	}
	for _, a := range agreements {
		switch {
		case a.ID == "ALL":
			fmt.Fprintf(s.out, "  %s\n", a.Sentence)
			err = s.promise(ctx, snapshot, t)
		case fresh:
			fmt.Fprintf(s.out, "  %s\n", a.Sentence)
			if a.Rule != nil && s.money(a.Gain) != s.money(0) {
				err = s.split(ctx, snapshot, a.ID, *a.Rule, t)
			}
		}
		if err != nil {
			return err
		}
	}
	if !fresh {
		return nil
	}
	return s.gaps(ctx, snapshot, t)
}

// promise tells what all agreements together give each member under the keys that
// were agreed.
func (s *settings) promise(ctx context.Context, snapshot *query.Session, t texts) error {
	type member struct {
		Name string   `json:"name"`
		Gain float64  `json:"gain_eur"`
		Low  *float64 `json:"low_eur"`
		High *float64 `json:"high_eur"`
		Head *float64 `json:"head_eur"`
	}
	var members []member
	err := ask(ctx, snapshot, &members, `SELECT m.name, i.gain_eur, i.low_eur, i.high_eur,
			i.gain_eur / (SELECT arg_max(p.population, p.date) FROM population p WHERE p.country = m.country AND p.muni_code = m.muni_code) AS head_eur
		FROM agreement_incidence i JOIN member m USING (country, muni_code)
		WHERE i.agreement_id = 'ALL' AND i.gain_eur IS NOT NULL ORDER BY m.bit`)
	if err != nil || len(members) == 0 {
		return err
	}
	local, err := readRate(ctx, snapshot)
	if err != nil {
		return err
	}
	fmt.Fprintf(s.out, "  %s:\n", t.promise)
	for _, m := range members {
		line := fmt.Sprintf("    %-14s %12s EUR", m.Name, s.money(m.Gain))
		if local != nil {
			line += fmt.Sprintf("  %12s %s", s.money(m.Gain*local.Value), local.Currency)
		}
		if m.Head != nil {
			line += fmt.Sprintf("  %8s %s", s.number(*m.Head, 2), t.head)
		}
		if m.Low != nil && m.High != nil {
			line += fmt.Sprintf("  "+t.likely, s.money(*m.Low), s.money(*m.High))
		}
		fmt.Fprintln(s.out, line)
	}
	if local != nil {
		rate := pipeline.LocalNumber(s.lang, strconv.FormatFloat(local.Value, 'g', 5, 64))
		fmt.Fprintf(s.out, "    "+t.rate+"\n", local.Price, rate, local.Currency, t.dated(*local))
	}
	return nil
}

// rate is what a euro is in the plan's currency: money is computed in euro.
type rate struct {
	Currency string  `json:"currency"`
	Value    float64 `json:"value"`
	Year     int     `json:"year"` // 0 for a fixed rate
	Mark     string  `json:"mark"`
	Price    int     `json:"price_year"`
}

// readRate reads the rate of the year whose euro money is stated in, or of the
// nearest; nil where the plan's currency is the euro.
func readRate(ctx context.Context, snapshot *query.Session) (*rate, error) {
	var rates []rate
	err := ask(ctx, snapshot, &rates, `SELECT p.currency, f.value, f.year, f.mark, p.price_year FROM plan p JOIN factor f ON f.factor_id = lower(p.currency) || '_per_eur'
		ORDER BY abs(f.year - p.price_year), f.year LIMIT 1`)
	if err != nil || len(rates) == 0 {
		return nil, err
	}
	return &rates[0], nil
}

// dated says of when a rate is, and if nobody has seen it in a source.
func (t texts) dated(r rate) string {
	text := t.fixedRate
	if r.Year != 0 {
		text = fmt.Sprintf(t.meanRate, r.Year)
	}
	switch r.Mark {
	case "M":
		text += ", " + t.remembered
	case "A":
		text += ", " + t.assumed
	}
	return text
}

// split tells the recommended way of sharing an agreement's gain, and beside it who
// would object to the keys that are usually voted on.
func (s *settings) split(ctx context.Context, snapshot *query.Session, agreement, rule string, t texts) error {
	type share struct {
		Name string  `json:"name"`
		Gain float64 `json:"gain_eur"`
	}
	var shares []share
	err := ask(ctx, snapshot, &shares, fmt.Sprintf(`SELECT m.name, a.gain_eur FROM allocation a JOIN member m USING (country, muni_code)
		WHERE a.agreement_id = '%s' AND a.rule = '%s' ORDER BY m.bit`, agreement, rule))
	if err != nil {
		return err
	}
	var parts []string
	for _, one := range shares {
		parts = append(parts, one.Name+" "+s.money(one.Gain))
	}
	fmt.Fprintf(s.out, "    "+t.split+"\n", t.rules[rule], strings.Join(parts, ", "))
	type key struct {
		Rule   string  `json:"rule"`
		Excess float64 `json:"max_excess_eur"`
		Group  *string `json:"blocking_members"`
	}
	var keys []key
	err = ask(ctx, snapshot, &keys, fmt.Sprintf(`SELECT rule, coalesce(max_excess_eur, 0) AS max_excess_eur, blocking_members FROM stability
		WHERE agreement_id = '%s' AND game = 'eur' AND rule IN ('by_equal', 'by_population', 'by_final_energy', 'by_target') ORDER BY rule`, agreement))
	if err != nil || len(keys) == 0 {
		return err
	}
	parts = nil
	for _, k := range keys {
		who := t.nobody
		if k.Group != nil {
			who = *k.Group + ": " + s.money(k.Excess) + " EUR"
		}
		parts = append(parts, t.rules[k.Rule]+" ("+who+")")
	}
	fmt.Fprintf(s.out, "    "+t.keys+"\n", strings.Join(parts, "; "))
	return nil
}

// money writes whole euro or kroner, number a number with decimals, in the language
// of the summary.
func (s *settings) money(f float64) string { return s.number(f, 0) }
func (s *settings) number(f float64, decimals int) string {
	return pipeline.LocalNumber(s.lang, strconv.FormatFloat(f, 'f', decimals, 64))
}
