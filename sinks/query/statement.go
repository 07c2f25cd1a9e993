package query

import (
	"context"
	"encoding/json"
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// maxText bounds a query's text, in bytes: what the parser takes without strain.
const maxText = 1 << 16

// node is a node of DuckDB's syntax tree, as JSON.
type node = map[string]any

// parse has DuckDB's parser read a text without running it. The text must hold
// one SELECT; serialized is the tree as DuckDB wrote it.
func (e *engine) parse(ctx context.Context, text string) (tree node, serialized string, err error) {
	if err := e.conn.QueryRowContext(ctx, "SELECT json_serialize_sql(?::VARCHAR)::VARCHAR", text).Scan(&serialized); err != nil {
		return nil, "", err
	}
	var answer struct {
		Error      bool   `json:"error"`
		Message    string `json:"error_message"`
		Type       string `json:"error_type"`
		Position   any    `json:"position"`
		Statements []node `json:"statements"`
	}
	if err := json.Unmarshal([]byte(serialized), &answer); err != nil {
		return nil, "", &Error{Message: "the query holds a number that is too large, or is nested too deeply"}
	}
	switch {
	case answer.Error && answer.Type == "not implemented":
		return nil, "", &Error{Message: "only SELECT can be run here", Hint: onlySelect + "; PIVOT is one when its values are listed with IN"}
	case answer.Error && tooDeep.MatchString(answer.Message):
		return nil, "", &Error{Message: "the query is nested too deeply"}
	case answer.Error:
		return nil, "", &Error{Message: answer.Message + place(text, fmt.Sprint(answer.Position))}
	case len(answer.Statements) == 0:
		return nil, "", &Error{Message: "the query is empty", Hint: onlySelect}
	case len(answer.Statements) > 1:
		return nil, "", &Error{Message: fmt.Sprintf("%d statements were given", len(answer.Statements)), Hint: onlySelect}
	}
	return answer.Statements[0], serialized, nil
}

// tooDeep matches what the parser says when it gives up, with advice that nobody
// can follow here.
var tooDeep = regexp.MustCompile(`^(memory exhausted|Max expression depth)`)

const onlySelect = "give one SELECT statement"

// place says where in a text an offset lies. DuckDB counts characters.
func place(text, offset string) string {
	n, err := strconv.Atoi(offset)
	characters := []rune(text)
	if err != nil || n < 0 || n > len(characters) {
		return ""
	}
	line, column := 1, 1
	for _, r := range characters[:n] {
		if column++; r == '\n' {
			line, column = line+1, 1
		}
	}
	return fmt.Sprintf(" (line %d, character %d)", line, column)
}

// statementOf returns the text of the first statement without the semicolon that
// ends it, so that it can stand in parentheses.
func statementOf(text string) string {
	for i := 0; i < len(text); i++ {
		rest := text[i:]
		switch {
		case rest[0] == ';':
			return text[:i]
		case rest[0] == '\'':
			i += quoted(rest, '\'', i > 0 && (text[i-1] == 'e' || text[i-1] == 'E')) - 1
		case rest[0] == '"':
			i += quoted(rest, '"', false) - 1
		case strings.HasPrefix(rest, "--"):
			if end := strings.IndexAny(rest, "\r\n"); end >= 0 {
				i += end
			} else {
				return text
			}
		case strings.HasPrefix(rest, "/*"):
			i += comment(rest) - 1
		case rest[0] == '$':
			i += dollarQuoted(rest) - 1
		}
	}
	return text
}

// quoted, comment and dollarQuoted return the length of what a text begins with.
func quoted(text string, quote byte, escapes bool) int {
	for i := 1; i < len(text); i++ {
		switch {
		case escapes && text[i] == '\\':
			i++
		case text[i] == quote:
			// A doubled quote is read as the end of one and the start of another.
			return i + 1
		}
	}
	return len(text)
}

func comment(text string) int {
	depth := 0
	for i := 0; i+1 < len(text); i++ {
		switch text[i : i+2] {
		case "/*":
			depth++
			i++
		case "*/":
			depth--
			i++
		}
		if depth == 0 {
			return i + 1
		}
	}
	return len(text)
}

func dollarQuoted(text string) int {
	end := strings.IndexByte(text[1:], '$')
	if end < 0 || strings.ContainsAny(text[1:1+end], " \t\r\n;'\"(),") {
		return 1
	}
	tag := text[:end+2]
	if length := strings.Index(text[len(tag):], tag); length >= 0 {
		return length + 2*len(tag)
	}
	return len(text)
}
