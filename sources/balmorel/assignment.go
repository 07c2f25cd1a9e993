package balmorel

import (
	"errors"
	"fmt"
	"strings"
)

// assignment is a statement "left$when = first op operand ...;".
type assignment struct {
	line     int
	text     string
	left     reference
	when     *reference // the condition on the left side
	whenZero bool       // the condition is (when = 0) instead of when
	first    operand
	rest     []factor
}

// factor is a multiplication or division by an operand.
type factor struct {
	op string // "*" or "/"
	operand
}

// operand is a number, EPS or a reference, which may carry a condition.
type operand struct {
	number string
	ref    *reference
	when   *reference
}

// reference is a symbol with its indices: GMAXF('2050', CCCRRRAAA, 'STRAW').
type reference struct {
	name string
	args []argument
}

// argument is a quoted element or the name of a set.
type argument struct {
	text    string
	element bool
}

func (r reference) equal(o reference) bool {
	if !strings.EqualFold(r.name, o.name) || len(r.args) != len(o.args) {
		return false
	}
	for i := range r.args {
		if !r.args[i].equal(o.args[i]) {
			return false
		}
	}
	return true
}

func (a argument) equal(o argument) bool {
	return a.element == o.element && strings.EqualFold(a.text, o.text)
}

type tokenKind int

const (
	name tokenKind = iota
	number
	quoted
	mark
)

type token struct {
	kind tokenKind
	text string
}

func letter(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_'
}

func digit(c byte) bool { return c >= '0' && c <= '9' }

// tokenise splits a statement. A number is unsigned and has no exponent, as in
// all assignments of these files.
func tokenise(line string) ([]token, error) {
	var all []token
	for i := 0; i < len(line); {
		start, c := i, line[i]
		switch {
		case c == ' ' || c == '\t':
			i++
		case letter(c):
			for i < len(line) && (letter(line[i]) || digit(line[i])) {
				i++
			}
			all = append(all, token{name, line[start:i]})
		case digit(c):
			for i < len(line) && (digit(line[i]) || line[i] == '.') {
				i++
			}
			all = append(all, token{number, line[start:i]})
		case c == '\'' || c == '"':
			end := strings.IndexByte(line[i+1:], c)
			if end < 0 {
				return nil, fmt.Errorf("the text %q has no end", line[i:])
			}
			all = append(all, token{quoted, line[i+1 : i+1+end]})
			i += end + 2
		case strings.IndexByte("(),=$*/;", c) >= 0:
			all = append(all, token{mark, line[i : i+1]})
			i++
		default:
			return nil, fmt.Errorf("%q is unknown here", line[i:])
		}
	}
	return all, nil
}

// expression consumes tokens from the left.
type expression struct{ tokens []token }

func (e *expression) accept(kind tokenKind, text string) bool {
	if len(e.tokens) == 0 || e.tokens[0].kind != kind || text != "" && e.tokens[0].text != text {
		return false
	}
	e.tokens = e.tokens[1:]
	return true
}

func (e *expression) reference() (reference, bool) {
	if len(e.tokens) < 2 || e.tokens[0].kind != name {
		return reference{}, false
	}
	r := reference{name: e.tokens[0].text}
	e.tokens = e.tokens[1:]
	for separator := "("; e.accept(mark, separator); separator = "," {
		if len(e.tokens) == 0 || e.tokens[0].kind != name && e.tokens[0].kind != quoted {
			return reference{}, false
		}
		r.args = append(r.args, argument{e.tokens[0].text, e.tokens[0].kind == quoted})
		e.tokens = e.tokens[1:]
	}
	return r, e.accept(mark, ")")
}

func (e *expression) operand() (operand, bool) {
	if len(e.tokens) == 0 {
		return operand{}, false
	}
	if t := e.tokens[0]; t.kind == number || t.kind == name && strings.EqualFold(t.text, "EPS") {
		e.tokens = e.tokens[1:]
		return operand{number: t.text}, true
	}
	r, ok := e.reference()
	o := operand{ref: &r}
	if ok && e.accept(mark, "$") {
		var when reference
		when, ok = e.reference()
		o.when = &when
	}
	return o, ok
}

// condition reads what follows the $ of the left side: name(...) or
// (name(...) = 0).
func (e *expression) condition(a *assignment) bool {
	bracket := e.accept(mark, "(")
	when, ok := e.reference()
	a.when = &when
	if !ok || !bracket {
		return ok
	}
	a.whenZero = true
	return e.accept(mark, "=") && e.accept(number, "0") && e.accept(mark, ")")
}

func parseAssignment(line string) (assignment, error) {
	a := assignment{text: line}
	tokens, err := tokenise(line)
	if err != nil {
		return a, err
	}
	e := expression{tokens: tokens}
	ok := false
	if a.left, ok = e.reference(); !ok {
		return a, errors.New("it does not begin with name(indices)")
	}
	if e.accept(mark, "$") && !e.condition(&a) {
		return a, errors.New("its condition is of an unknown form")
	}
	if !e.accept(mark, "=") {
		return a, errors.New("it has no =")
	}
	if a.first, ok = e.operand(); !ok {
		return a, errors.New("what stands right of = is of an unknown form")
	}
	for {
		f := factor{op: "*"}
		if e.accept(mark, "/") {
			f.op = "/"
		} else if !e.accept(mark, "*") {
			break
		}
		if f.operand, ok = e.operand(); !ok {
			return a, fmt.Errorf("what stands behind %s is of an unknown form", f.op)
		}
		a.rest = append(a.rest, f)
	}
	if !e.accept(mark, ";") || len(e.tokens) > 0 {
		return a, errors.New("it does not end with one semicolon")
	}
	return a, nil
}
