package query

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
)

// tableFunctions are the functions that may stand where a table stands: they make
// rows from their arguments alone. Others read files or catalogs, run SQL out of a
// text, or change the engine: enable_logging with a file that may not be written
// ends the whole process.
var tableFunctions = []string{"range", "generate_series", "unnest", "json_each", "json_tree"}

// refused are functions that an expression may not call, with the reason.
var refused = map[string]string{
	// They show or change the engine, its settings, or this machine's paths.
	"current_setting": aboutEngine, "getenv": aboutEngine, "getvariable": aboutEngine, "json_serialize_plan": aboutEngine,
	"pg_get_viewdef": aboutEngine, "pg_get_constraintdef": aboutEngine, "get_block_size": aboutEngine, "format_type": aboutEngine,
	"current_query": aboutEngine, "current_query_id": aboutEngine, "current_connection_id": aboutEngine, "current_transaction_id": aboutEngine,
	"txid_current": aboutEngine, "in_search_path": aboutEngine, "current_schemas": aboutEngine, "stats": aboutEngine,
	"parse_duckdb_log_message": aboutEngine, "write_log": aboutEngine, "nextval": aboutEngine, "currval": aboutEngine, "setseed": aboutEngine,
	"sleep_ms": aboutEngine, "pg_sleep": aboutEngine,
	// They make a value of any size in one call, which no limit counts.
	"repeat": anySize, "list_resize": anySize, "array_resize": anySize, "bitstring": anySize,
	"range": seriesInFrom, "generate_series": seriesInFrom, "generate_subscripts": seriesInFrom,
}

const (
	aboutEngine  = "it asks about the engine, not about data"
	anySize      = "it can make values of any size"
	seriesInFrom = "it can make lists of any size; it may stand in FROM"
)

// maxPad is how long lpad and rpad may make a text.
const maxPad = 1000

// wideFormat finds a width of four digits, or one that is an argument.
var wideFormat = regexp.MustCompile(`[0-9]{4}|\*|\{[^{}]*\{`)

// guard walks a syntax tree and collects what it reads.
type guard struct {
	snapshot *Snapshot
	own      map[string]bool // common table expressions
	reads    map[string]bool // tables of the snapshot
	made     map[string]bool // column names that an expression was given
	mixes    bool            // names of columns may mean something else than in the tables
	refusal  *Error
}

// systemRelation matches the relations that DuckDB has of its own, which need no
// schema. A common table expression may not have such a name: elsewhere in the
// query the name would mean DuckDB's relation.
var systemRelation = regexp.MustCompile(`^(duckdb|pg|pragma|sqlite)_`)

// inspect decides whether a statement may run and returns what it reads.
func (s *Snapshot) inspect(tree node) (*guard, error) {
	g := &guard{snapshot: s, own: map[string]bool{}, reads: map[string]bool{}, made: map[string]bool{}}
	g.findOwn(tree)
	g.walk(tree)
	if g.refusal != nil {
		return nil, g.refusal
	}
	return g, nil
}

// findOwn collects the names of common table expressions. Scopes are not told
// apart: a name that means one thing here and another there is either a table of
// the snapshot or, in relation, refused.
func (g *guard) findOwn(value any) {
	each(value, func(n node) {
		entries, _ := n["map"].([]any)
		for _, e := range entries {
			if entry, ok := e.(node); ok {
				g.own[strings.ToLower(text(entry, "key"))] = true
			}
		}
		g.findOwn(n)
	})
}

func (g *guard) walk(value any) {
	each(value, func(n node) {
		switch text(n, "type") {
		case "BASE_TABLE":
			g.relation(n)
		case "SHOW_REF":
			// SUMMARIZE and DESCRIBE have columns of their own.
			g.mixes = true
			if n["query"] == nil {
				g.refuse("SHOW without a table cannot be used here", "DESCRIBE TABLE shows a table's columns; "+g.list())
			}
		case "SET_OPERATION_NODE":
			// It puts a column under another by place, not by name.
			g.mixes = true
		case "TABLE_FUNCTION":
			function, _ := n["function"].(node)
			g.tableFunction(text(function, "function_name"))
			// Its arguments are expressions like others, its name is not.
			g.walk(function["children"])
			n = without(n, "function")
		}
		switch text(n, "class") {
		case "FUNCTION", "WINDOW":
			g.function(n)
		}
		g.names(n)
		g.walk(n)
	})
}

// relation checks a name that stands where a table stands.
func (g *guard) relation(n node) {
	name, schema, catalog := text(n, "table_name"), text(n, "schema_name"), text(n, "catalog_name")
	key := strings.ToLower(name)
	known := g.snapshot.tables[key]
	switch {
	case schema != "" && !strings.EqualFold(schema, "main"), catalog != "" && !strings.EqualFold(catalog, "memory"):
		g.refuse(fmt.Sprintf("there is no table %q", strings.TrimPrefix(catalog+"."+schema+"."+name, ".")), "tables have no schema; "+g.list())
	case known.name != "":
		g.reads[key] = true
	case g.own[key] && !systemRelation.MatchString(key):
	default:
		g.refuse(fmt.Sprintf("there is no table %q", name), nearest(name, g.snapshot.names(), g.list()))
	}
}

func (g *guard) list() string { return "the tables are " + strings.Join(g.snapshot.names(), ", ") }

func (g *guard) tableFunction(name string) {
	if !slices.Contains(tableFunctions, strings.ToLower(name)) {
		g.refuse(fmt.Sprintf("%s cannot be used here: a query reads the snapshot's tables and nothing else", name), g.list())
	}
}

func (g *guard) function(n node) {
	name := strings.ToLower(text(n, "function_name"))
	children, _ := n["children"].([]any)
	reason := refused[name]
	switch name {
	case "lpad", "rpad":
		if size, ok := constant(children, 1).(float64); !ok || size > maxPad {
			reason = fmt.Sprintf("its length must be written as a number of at most %d", maxPad)
		}
	case "printf", "format":
		if format, ok := constant(children, 0).(string); !ok || wideFormat.MatchString(format) {
			reason = "its format must be written as a text with no width of four digits and none from an argument"
		}
	}
	if reason != "" {
		g.refuse(fmt.Sprintf("%s cannot be used here: %s", name, reason), "")
	}
}

// names notes which names are given to something else than the column of that
// name.
func (g *guard) names(n node) {
	if alias := text(n, "alias"); alias != "" && n["class"] != nil {
		last := ""
		if parts, ok := n["column_names"].([]any); ok && len(parts) > 0 {
			last, _ = parts[len(parts)-1].(string)
		}
		if !strings.EqualFold(last, alias) {
			g.made[strings.ToLower(alias)] = true
		}
	}
	for _, field := range []string{"column_name_alias", "aliases", "unpivot_names", "rename_list", "replace_list"} {
		list, _ := n[field].([]any)
		for _, item := range list {
			switch item := item.(type) {
			case string:
				g.made[strings.ToLower(item)] = true
			case node:
				for _, part := range []string{"key", "value"} {
					if name, ok := item[part].(string); ok {
						g.made[strings.ToLower(name)] = true
					}
				}
			}
		}
	}
}

// refuse keeps the first reason.
func (g *guard) refuse(message, hint string) {
	if g.refusal == nil {
		g.refusal = &Error{Message: message, Hint: hint}
	}
}

// each calls do for the nodes directly below a value.
func each(value any, do func(node)) {
	switch v := value.(type) {
	case node:
		// In a fixed order, so that the same query is refused for the same reason.
		for _, field := range slices.Sorted(maps.Keys(v)) {
			switch below := v[field].(type) {
			case node:
				do(below)
			case []any:
				each(below, do)
			}
		}
	case []any:
		for _, item := range v {
			switch item := item.(type) {
			case node:
				do(item)
			case []any:
				each(item, do)
			}
		}
	}
}

func text(n node, field string) string {
	s, _ := n[field].(string)
	return s
}

func without(n node, field string) node {
	rest := node{}
	for name, value := range n {
		if name != field {
			rest[name] = value
		}
	}
	return rest
}

// constant returns the value of an argument that is written as a constant.
func constant(arguments []any, index int) any {
	if index >= len(arguments) {
		return nil
	}
	argument, _ := arguments[index].(node)
	if text(argument, "class") != "CONSTANT" {
		return nil
	}
	value, _ := argument["value"].(node)
	return value["value"]
}
