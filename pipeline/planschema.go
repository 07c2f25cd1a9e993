package pipeline

import (
	"encoding/json"
	"reflect"
	"strings"
)

// PlanSchema returns the JSON Schema of plan files, generated from the same
// definition that reads them, so that an editor can check a plan while it is
// written.
func PlanSchema() []byte {
	schema := typeSchema(reflect.TypeFor[Plan]())
	schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
	schema["title"] = "Samkraft plan"
	text, err := json.MarshalIndent(schema, "", "  ")
	if err != nil {
		panic(err) // made of strings and maps
	}
	return append(text, '\n')
}

func typeSchema(t reflect.Type) map[string]any {
	if t == reflect.TypeFor[Who]() {
		return map[string]any{"oneOf": []any{
			map[string]any{"const": "all"},
			map[string]any{"type": "array", "items": map[string]any{"type": "string"}, "minItems": 1, "uniqueItems": true},
		}}
	}
	switch t.Kind() {
	case reflect.Pointer:
		return typeSchema(t.Elem())
	case reflect.String:
		return map[string]any{"type": "string"}
	case reflect.Int, reflect.Int64:
		return map[string]any{"type": "integer"}
	case reflect.Float64:
		return map[string]any{"type": "number"}
	case reflect.Map:
		return map[string]any{"type": "object", "additionalProperties": typeSchema(t.Elem())}
	case reflect.Slice:
		return map[string]any{"type": "array", "items": typeSchema(t.Elem())}
	}
	properties := map[string]any{}
	required := []string{}
	for i := range t.NumField() {
		f := t.Field(i)
		name, _, _ := strings.Cut(f.Tag.Get("yaml"), ",")
		if name == "-" {
			continue // no key of the file
		}
		p := typeSchema(f.Type)
		p["description"] = f.Tag.Get("doc")
		if d := f.Tag.Get("default"); d != "" {
			p["description"] = f.Tag.Get("doc") + " (default: " + d + ")"
		}
		properties[name] = p
		if f.Tag.Get("required") == "true" {
			required = append(required, name)
		}
	}
	s := map[string]any{"type": "object", "additionalProperties": false, "properties": properties}
	if len(required) > 0 {
		s["required"] = required
	}
	return s
}

// planKeys lists every key that a plan file may hold.
func planKeys() []string {
	var keys []string
	var walk func(reflect.Type)
	walk = func(t reflect.Type) {
		for t.Kind() == reflect.Slice || t.Kind() == reflect.Pointer {
			t = t.Elem()
		}
		if t.Kind() != reflect.Struct || t == reflect.TypeFor[Who]() {
			return
		}
		for i := range t.NumField() {
			name, _, _ := strings.Cut(t.Field(i).Tag.Get("yaml"), ",")
			if name == "-" {
				continue
			}
			keys = append(keys, name)
			walk(t.Field(i).Type)
		}
	}
	walk(reflect.TypeFor[Plan]())
	return keys
}

// nearest returns the word that takes the fewest changes to reach (Levenshtein).
func nearest(word string, words []string) string {
	best, distance := "", len(word)+100
	for _, w := range words {
		if d := changes(word, w); d < distance {
			best, distance = w, d
		}
	}
	return best
}

func changes(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := 1; i <= len(a); i++ {
		diagonal := row[0]
		row[0] = i
		for j := 1; j <= len(b); j++ {
			replaced := diagonal
			if a[i-1] != b[j-1] {
				replaced++
			}
			diagonal = row[j]
			row[j] = min(row[j]+1, row[j-1]+1, replaced)
		}
	}
	return row[len(b)]
}
