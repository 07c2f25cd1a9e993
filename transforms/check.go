package transforms

import (
	"context"
	"fmt"
	"path"
	"strings"

	"samkraft/pipeline"
)

// check is one check: a query that returns offending rows as row_key, observed,
// expected, message. Its file begins with the line
//
//	-- C07 error: what must hold
//
// and may hold, before that query, another that returns one truth value:
// whether the check applies to this plan's data.
type check struct {
	id, severity, about string
	text                string
	applies, query      string
	inputs              []string
}

func readChecks() ([]check, error) {
	entries, err := files.ReadDir("checks")
	if err != nil {
		return nil, err
	}
	var all []check
	for _, e := range entries {
		text, err := files.ReadFile(path.Join("checks", e.Name()))
		if err != nil {
			return nil, err
		}
		c := check{text: string(text)}
		first, _, _ := strings.Cut(c.text, "\n")
		head, about, ok := strings.Cut(strings.TrimPrefix(first, "-- "), ": ")
		if n, _ := fmt.Sscanf(head, "%s %s", &c.id, &c.severity); n != 2 || !ok || c.severity != "error" && c.severity != "warning" {
			return nil, fmt.Errorf("checks/%s: the first line is not '-- ID error|warning: what must hold'", e.Name())
		}
		c.about = about
		switch s := statements(c.text); len(s) {
		case 1:
			c.query = s[0]
		case 2:
			c.applies, c.query = s[0], s[1]
		default:
			return nil, fmt.Errorf("checks/%s: %d statements; one query, or whether it applies and the query", e.Name(), len(s))
		}
		all = append(all, c)
	}
	return all, nil
}

// queries returns the check's statements.
func (c check) queries() []string {
	if c.applies == "" {
		return []string{c.query}
	}
	return []string{c.applies, c.query}
}

// offence is one row of check_result.
type offence struct {
	check                                   check
	rowKey, state, observed, expected, text string
}

// run runs a check and returns what it found: at least one row.
func (b *build) run(ctx context.Context, c check) ([]offence, error) {
	if err := b.need(ctx, c.inputs); err != nil {
		return nil, err
	}
	if c.applies != "" {
		var applies bool
		if err := b.conn.QueryRowContext(ctx, c.applies).Scan(&applies); err != nil {
			return nil, err
		}
		if !applies {
			return []offence{{check: c, rowKey: "-", state: "not_applicable", text: c.about}}, nil
		}
	}
	rows, err := b.conn.QueryContext(ctx, fmt.Sprintf("SELECT row_key::VARCHAR, coalesce(observed::VARCHAR, ''), coalesce(expected::VARCHAR, ''), message::VARCHAR FROM (%s) ORDER BY ALL", c.query))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var found []offence
	for rows.Next() {
		o := offence{check: c, state: "failed"}
		if err := rows.Scan(&o.rowKey, &o.observed, &o.expected, &o.text); err != nil {
			return nil, err
		}
		found = append(found, o)
	}
	if len(found) == 0 {
		found = append(found, offence{check: c, rowKey: "-", state: "passed", text: c.about})
	}
	return found, rows.Err()
}

// summarise tells the outcome of each check.
func summarise(found []offence) []pipeline.Check {
	var all []pipeline.Check
	for _, o := range found {
		if len(all) == 0 || all[len(all)-1].ID != o.check.id {
			all = append(all, pipeline.Check{ID: o.check.id, Severity: o.check.severity, State: o.state})
		}
		c := &all[len(all)-1]
		if o.state == "failed" {
			c.Offences++
			if len(c.Messages) < 5 {
				c.Messages = append(c.Messages, strings.TrimSpace(o.rowKey+": "+o.text))
			}
		}
	}
	return all
}
