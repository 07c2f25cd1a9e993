package scb

import (
	"fmt"
	"strings"

	"samkraft/pipeline"
	"samkraft/sources"
	"samkraft/sources/pxweb"
)

// isAnswer reports whether a part is an answer of the service, and not a file that
// somebody has downloaded from its pages.
func isAnswer(part pipeline.Part) (bool, error) {
	head, err := sources.Head(part, 64)
	head = sources.Begin(head)
	return len(head) > 0 && head[0] == '{', err
}

// places says where a table's variables stand in the cells of an answer; -1 is
// nowhere.
type places struct{ region, second, third, year, contents int }

// placesOf finds the variables of an answer, or of metadata, by their codes or their
// texts. One that is not there is -1, and the name of one too many is an error.
func placesOf(t pxweb.Table, problem func(path, what, expected string) error, region, second, third []string) (places, error) {
	a := places{t.Find(region...), t.Find(second...), -1, t.Find("Tid", "år"), t.Find(pxweb.Contents, "tabellinnehåll")}
	needed := []int{a.region, a.second, a.year}
	names := []string{region[0], second[0], "Tid"}
	if third != nil {
		a.third = t.Find(third...)
		needed, names = append(needed, a.third), append(names, third[0])
	}
	found := map[int]bool{a.contents: true}
	for i, place := range needed {
		if place < 0 || found[place] {
			return a, problem(names[i], "the variable is missing", strings.Join(names, ", "))
		}
		found[place] = true
	}
	for i, v := range t.Variables {
		if !found[i] {
			return a, problem(v.Code, "a variable that the table did not have", strings.Join(names, ", "))
		}
	}
	return a, nil
}

// places finds the variables of an energy table.
func (t kreTable) places(table pxweb.Table, problem func(path, what, expected string) error) (places, error) {
	return placesOf(table, problem, []string{t.variables[0], t.header[0]}, []string{t.variables[1], t.header[1]}, []string{t.variables[2], t.header[2]})
}

// isContents checks what is counted, and its unit where the answer tells it.
func isContents(v pxweb.Value, codes []string, unit string) error {
	for _, code := range codes {
		if v.Code == code {
			if unit != "" && v.Unit != "" && !strings.EqualFold(v.Unit, unit) {
				return fmt.Errorf("the unit of %s is %q, expected %s", v.Code, v.Unit, unit)
			}
			return nil
		}
	}
	return fmt.Errorf("%q (%s) is counted, expected %s", v.Code, v.Label, strings.Join(codes, " or "))
}

// year reads the year that a value of the time axis stands for.
func year(v pxweb.Value) (int, bool) {
	if n, ok := sources.Year(v.Label); ok {
		return n, true
	}
	return sources.Year(v.Code)
}

// areaOf resolves a value of the region axis. Labels come with the code before the
// name or without it.
func areaOf(v pxweb.Value) (*region, string) {
	r, wrong := findRegion(v.Code + " ")
	return &r, wrong
}

// codeOf resolves a category or a fuel. Its code counts where it is one that is known,
// for labels differ between SCB's pages and services; but a label that is known for
// another code is a contradiction. Where the code is new, the label counts.
func (a axis) codeOf(v pxweb.Value) (string, error) {
	code := v.Code
	if strings.EqualFold(code, "totalt") {
		code = "total"
	}
	label, labelled := a.code(strings.ToLower(v.Label))
	switch {
	case a.codes[code] && labelled && label != code:
		return "", fmt.Errorf("the code %q has the label %q, which stands for %s", v.Code, v.Label, label)
	case a.codes[code]:
		return code, nil
	case labelled:
		return label, nil
	}
	return "", fmt.Errorf("unknown code %q (%s)", v.Code, v.Label)
}
