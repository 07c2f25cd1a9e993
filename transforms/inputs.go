package transforms

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"sort"
	"strings"
)

// inOrder sorts models so that each comes after what it reads; among those that
// could come next, by name.
func inOrder(models []model) ([]model, error) {
	sort.Slice(models, func(i, j int) bool { return models[i].name < models[j].name })
	known := map[string]bool{}
	for _, m := range models {
		known[m.name] = true
	}
	var ordered []model
	done := map[string]bool{}
	for len(ordered) < len(models) {
		before := len(ordered)
		for _, m := range models {
			ready := !done[m.name]
			for _, in := range m.inputs {
				if !strings.Contains(in, ".") && !known[in] {
					return nil, fmt.Errorf("model %s reads %s, which nobody makes", m.name, in)
				}
				ready = ready && (strings.Contains(in, ".") || done[in])
			}
			if ready {
				ordered = append(ordered, m)
				done[m.name] = true
			}
		}
		if len(ordered) == before {
			return nil, errors.New("the models read each other in a circle")
		}
	}
	return ordered, nil
}

// reads finds the relations that a query reads, by DuckDB's own parser. Common
// table expressions do not count.
func (b *build) reads(query string) ([]string, error) {
	var text string
	err := b.conn.QueryRowContext(context.Background(), "SELECT json_serialize_sql(?::VARCHAR)::VARCHAR", query).Scan(&text)
	if err != nil {
		return nil, err
	}
	var tree map[string]any
	if err := json.Unmarshal([]byte(text), &tree); err != nil {
		return nil, err
	}
	if tree["error"] == true {
		return nil, fmt.Errorf("%v", tree["error_message"])
	}
	found, own := map[string]bool{}, map[string]bool{}
	walkTree(tree, found, own)
	var names []string
	for n := range found {
		if !own[n] {
			names = append(names, n)
		}
	}
	for _, macro := range []string{"factor(", "factor_case(", "factor_of_role(", "price(", "euro(", "grade_of(", "half_width_of("} {
		if strings.Contains(query, macro) {
			names = append(names, "registry.factor")
		}
	}
	sort.Strings(names)
	return slices.Compact(names), nil
}

func walkTree(node any, found, own map[string]bool) {
	switch n := node.(type) {
	case map[string]any:
		if n["type"] == "BASE_TABLE" {
			table := fmt.Sprint(n["table_name"])
			if schema := fmt.Sprint(n["schema_name"]); schema != "" {
				table = schema + "." + table
			}
			found[table] = true
		}
		if cte, ok := n["cte_map"].(map[string]any); ok {
			if entries, ok := cte["map"].([]any); ok {
				for _, e := range entries {
					if entry, ok := e.(map[string]any); ok {
						own[fmt.Sprint(entry["key"])] = true
					}
				}
			}
		}
		for _, v := range n {
			walkTree(v, found, own)
		}
	case []any:
		for _, v := range n {
			walkTree(v, found, own)
		}
	}
}
