package main

import (
	"encoding/csv"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"samkraft/pipeline"
)

// permitted are the numbers that may stand in SQL and Go of the transforms, beside 0,
// 1 and 2 and those that are seen to be no coefficients where they stand (digits,
// types, indices, conversions of units).
var permitted = []struct {
	folder  string // or file
	numbers string
	reason  string
}{
	{"transforms/checks", "0.001 0.002 0.01 0.000001 1e-6 1e-9", "what rounding of published digits can add up to"},
	{"transforms/checks/c14c_certificates.sql", "0.000002 0.011", "what rounding of six decimals, or of a cent, can add up to"},
	{"transforms/checks/c11a_hours.sql", "60 120", "minutes from UTC of the two zones"},
	{"transforms/models", "12 13", "months of a year, and their end as a range"},
	{"transforms/models", "24", "hours of a day"},
	{"transforms/models/account/electricity_year.sql", "3 5", "parts that must all be known; grades"},
	{"transforms/models/account/zone_price.sql", "4", "quarters of an hour"},
	{"transforms/models/interim/carrier_factor.sql", "10000", "puts a country's own row first"},
	{"transforms/models/interim/hourly_period.sql", "3", "series that must all be known"},
	{"transforms/models/interim/member_hour.sql", "3", "series that must all be known"},
	{"transforms/models/interim/closing_flow.sql", "8", "figures that must all be known"},
	{"transforms/models/interim/saving_measure.sql", "3", "stage of a measure: conversion"},
	{"transforms/models/account/end_use.sql", "3 4 5", "steps of the grade"},
	{"transforms/models/register/capacity.sql", "2000 2026", "first year of the register's list, and the year of a stated edition"},
	{"transforms/models/register/factor.sql", "2025", "price year of a catalogue in EUR"},
	{"transforms/macro.go", "10000 2025", "puts a country's own row first; price year"},

	{"transforms/coalition", "8 16 20 22 30 60 63 64 100 400 1e6 1e9 1e12", "sizes, bits and rounds of algorithms"},
	{"transforms/coalition", "1e-9 1e-10 1e-11 1e-12 1e-15 1e-16 1e-300", "tolerances of arithmetic"},
	{"transforms/coalition", "1000", "kWh of a MWh, kg of a tonne"},
	{"transforms/coalition/multilinear.go", "0.5 0.75", "zeros of Legendre polynomials; half of the line"},
	{"transforms/coalition/random.go", "3 4 6 18", "moments of the triangle and of PERT"},
	{"transforms/costtable", "5 6 10 15 16 19 20 30 60 10_000", "sizes and digits of tables and their texts"},
	{"transforms/suppression", "3 4 10 1e-9 5000", "sizes, bits, tolerance and rounds of algorithms"},
	{"transforms/joint/distance.go", "180 6371", "degrees, and the radius of the earth in km"},
	{"transforms/joint", "3 4 5 6 10 12 16 36 40 100 1_000_000 1e-12", "sizes of games, of rows, of lists and of draws"},
	{"transforms/joint", "0.005 0.01 0.05 0.5", "half of the last digit shown, and a cent for each member"},
	{"transforms/joint/uncertainty.go", "0.1 0.5 0.9", "the percentiles that are published"},
	{"transforms/joint/scale.go", "1000", "EUR of a thousand"},
	{"transforms/joint/share.go", "1000.0", "kWh of a MWh"},
	{"transforms/joint/sentence.go", "0.995", "what is shown as 100 %"},
	{"transforms/joint/write.go", "9.95 999.5 9995 99.995", "where a figure is written with fewer decimals"},
	{"transforms/saving/param.go", "10000", "puts a country's own row first"},
	{"transforms/cache.go", "64 66", "letters of a hash and its mark"},
	{"transforms/check.go", "5", "messages that a summary shows"},
	{"transforms/finish.go", "500", "rows of one statement"},
	{"transforms/fixed.go", "200", "rows of one statement"},
	{"transforms/quality.go", "41.868", "GJ of a tonne of oil equivalent, by definition"},
	{"transforms/table.go", "86400", "seconds of a day"},
	{"transforms/table.go", "100_000", "rows that are read at a time"},
	{"transforms/memory.go", "50_000", "rows from which on a relation leaves the engine"},
	{"transforms/use.go", "1000", "kWh of a MWh"},
}

// unitSteps are conversions where they multiply or divide: kW and MW, ha and m2, share
// and percent, minutes, hours, MWh and GJ. (TJ are * 10000 / 36.)
var unitSteps = []string{"3.6", "24", "36", "60", "100", "1000", "3600", "10000", "1000000"}

// literal is one numeric literal and where it stands.
type literal struct {
	file, text string
	line       int
}

// TestNoCoefficient holds coefficients in the registry, where each has its range,
// source and mark.
func TestNoCoefficient(t *testing.T) {
	root := project(t)
	used := make([]map[string]bool, len(permitted))
	for i := range used {
		used[i] = map[string]bool{}
	}
	files := 0
	for _, name := range projectFiles(t, root) {
		sql := path.Ext(name) == ".sql" && (below(name, "transforms/models") || below(name, "transforms/checks"))
		code := path.Ext(name) == ".go" && below(name, "transforms") && !strings.HasSuffix(name, "_test.go")
		if !sql && !code {
			continue
		}
		files++
		text, err := fs.ReadFile(root, name)
		if err != nil {
			t.Fatal(err)
		}
		numbers := sqlNumbers(name, string(text), 1)
		if code {
			if numbers, err = goNumbers(name, text); err != nil {
				t.Fatal(err)
			}
		}
		for _, n := range numbers {
			allowed := false
			for i, p := range permitted {
				if below(name, p.folder) && slices.Contains(strings.Fields(p.numbers), n.text) {
					allowed = true
					used[i][n.text] = true
				}
			}
			if !allowed {
				t.Errorf("%s:%d: the number %s: put it into transforms/registry/factor.csv, with unit, source and mark, and read it with factor()", n.file, n.line, n.text)
			}
		}
	}
	if files < 100 {
		t.Errorf("only %d files: is the rule looking in the right place?", files)
	}
	for i, p := range permitted {
		for _, n := range strings.Fields(p.numbers) {
			if !used[i][n] {
				t.Errorf("%s has no number %s any more (%s): take it off the list", p.folder, n, p.reason)
			}
		}
	}
}

// TestNoCoefficientSees tries the rule on what it must find and on what it must pass.
func TestNoCoefficientSees(t *testing.T) {
	for text, want := range map[string]string{
		"SELECT energy * 0.85 FROM a WHERE b > 20000":                        "0.85 20000",
		"SELECT c > d / 4, 1.1 * e, x < 7":                                   "4 1.1 7",
		"SELECT factor('x', country, 2023), round(a, 3), at_least(a, 15)":    "15",
		"SELECT round(a * 1.25, 3)::DECIMAL(18,3), x1, \"y 3\", list[:64]":   "1.25",
		"SELECT 0.5 -- 0.7\nFROM a WHERE 'b 3.4' = c AND d = 10000":          "0.5 10000",
		"SELECT gj / 3.6, tj * 10000 / 36, kw / 1000, 100 * s, t > 1000":     "1000",
		"SELECT make_date(year, 7, 1), at_most(round(a, 2), 0.3), f(1e3, 0)": "0.3 1e3",
	} {
		if got := literalTexts(sqlNumbers("a.sql", text, 1)); got != want {
			t.Errorf("%s: found %q, expected %q", text, got, want)
		}
	}
	source := "package p\nconst a = 0.85\nvar b = c[3] + round(d, 6) + e*1000 + f>>11\nvar g = `SELECT 0.7 * x`\n"
	numbers, err := goNumbers("a.go", []byte(source))
	if err != nil {
		t.Fatal(err)
	}
	if got := literalTexts(numbers); got != "0.85 0.7" || numbers[1].line != 4 {
		t.Errorf("found %q in Go (%v)", got, numbers)
	}
}

func literalTexts(numbers []literal) string {
	var list []string
	for _, n := range numbers {
		list = append(list, n.text)
	}
	return strings.Join(list, " ")
}

var (
	sqlText   = regexp.MustCompile(`--[^\n]*|'(?:[^']|'')*'|"[^"]*"`)
	sqlNumber = regexp.MustCompile(`[A-Za-z_][A-Za-z_0-9]*|(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?`)
	year      = regexp.MustCompile(`^(19|20)[0-9]{2}$`)
)

// sqlNumbers finds the numbers of SQL that may be coefficients: not in comments and
// texts, not 0, 1 and 2, no digits of round and DECIMAL, no places of split_part, no years of factor and price,
// no days of dates, no indices, no steps of units.
func sqlNumbers(file, text string, line int) []literal {
	blank := func(s string) string {
		return strings.Map(func(r rune) rune {
			if r == '\n' {
				return r
			}
			return ' '
		}, s)
	}
	text = sqlText.ReplaceAllStringFunc(text, blank)
	var found []literal
	for _, at := range sqlNumber.FindAllStringIndex(text, -1) {
		n := text[at[0]:at[1]]
		if !isDigit(n[0]) && n[0] != '.' {
			continue
		}
		before, after := strings.TrimSpace(text[:at[0]]), strings.TrimSpace(text[at[1]:])
		caller, last := callOf(before), strings.HasPrefix(after, ")")
		switch {
		case isSmall(n), caller == "DECIMAL", caller == "make_date", strings.HasSuffix(before, "[") || strings.HasSuffix(before, "[:"):
		case (caller == "round" || caller == "split_part") && last && strings.HasSuffix(before, ","):
		case slices.Contains([]string{"factor", "factor_of_role", "price"}, caller) && year.MatchString(n):
		case slices.Contains(unitSteps, n) && (strings.HasSuffix(before, "*") || strings.HasSuffix(before, "/") || strings.HasPrefix(after, "*")):
		default:
			found = append(found, literal{file, n, line + strings.Count(text[:at[0]], "\n")})
		}
	}
	return found
}

func isDigit(b byte) bool { return b >= '0' && b <= '9' }

// isSmall reports whether a number is 0, 1 or 2.
func isSmall(n string) bool {
	f, err := strconv.ParseFloat(n, 64)
	return err == nil && (f == 0 || f == 1 || f == 2)
}

// callOf returns the name of the function in whose arguments a text ends.
func callOf(text string) string {
	depth := 0
	for i := len(text) - 1; i >= 0; i-- {
		switch text[i] {
		case ')':
			depth++
		case '(':
			if depth--; depth < 0 {
				end := i
				for i > 0 && (isWord(text[i-1]) || text[i-1] == '_') {
					i--
				}
				return text[i:end]
			}
		}
	}
	return ""
}

// goNumbers finds the numbers of Go that may be coefficients, and those of SQL in its
// texts. Versions, indices, shifts, digits, the bases and bits of package strconv, and
// the steps of units are none.
func goNumbers(file string, text []byte) ([]literal, error) {
	set := token.NewFileSet()
	tree, err := parser.ParseFile(set, file, text, parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	plain := map[ast.Expr]bool{} // literals that are no coefficients where they stand
	var found []literal
	ast.Inspect(tree, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.ValueSpec:
			if n.Names[0].Name == "engineVersion" {
				plain[n.Values[0]] = true
			}
		case *ast.KeyValueExpr:
			if key, ok := n.Key.(*ast.Ident); ok && key.Name == "version" {
				plain[n.Value] = true
			}
		case *ast.IndexExpr:
			plain[n.Index] = true
		case *ast.SliceExpr:
			plain[n.Low], plain[n.High] = true, true
		case *ast.BinaryExpr:
			switch n.Op {
			case token.SHL, token.SHR:
				plain[n.X], plain[n.Y] = true, true
			case token.MUL, token.QUO:
				plain[n.X], plain[n.Y] = plain[n.X] || isUnitStep(n.X), isUnitStep(n.Y)
			}
		case *ast.AssignStmt:
			if n.Tok == token.QUO_ASSIGN || n.Tok == token.MUL_ASSIGN {
				plain[n.Rhs[0]] = isUnitStep(n.Rhs[0])
			}
		case *ast.CallExpr:
			plainArguments(n, plain)
		case *ast.BasicLit:
			switch {
			case n.Kind == token.STRING:
				if s, err := strconv.Unquote(n.Value); err == nil && (strings.Contains(s, "SELECT ") || strings.Contains(s, "CREATE ")) {
					found = append(found, sqlNumbers(file, s, set.Position(n.Pos()).Line)...)
				}
			case (n.Kind == token.INT || n.Kind == token.FLOAT) && !plain[n] && !isSmall(n.Value):
				found = append(found, literal{file, n.Value, set.Position(n.Pos()).Line})
			}
		}
		return true
	})
	return found, nil
}

func isUnitStep(x ast.Expr) bool {
	basic, ok := x.(*ast.BasicLit)
	return ok && slices.Contains(unitSteps, basic.Value)
}

// plainArguments marks the digits to which a call rounds or prints, and the bases and
// bits of strconv and math/big.
func plainArguments(call *ast.CallExpr, plain map[ast.Expr]bool) {
	name := ""
	switch f := call.Fun.(type) {
	case *ast.Ident:
		name = f.Name
	case *ast.SelectorExpr:
		name = f.Sel.Name
	}
	switch name {
	case "round", "perhaps", "number", "FormatInt", "FormatFloat", "ParseInt", "ParseFloat", "SetString":
		for _, argument := range call.Args[1:] {
			plain[argument] = true
		}
	}
}

// TestDefaultsOfPlans holds what a plan file may leave out to the registry's factors.
func TestDefaultsOfPlans(t *testing.T) {
	file, err := project(t).Open("transforms/registry/factor.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	value := map[string]float64{}
	for _, row := range rows[1:] {
		if value[row[0]], err = strconv.ParseFloat(row[slices.Index(rows[0], "value")], 64); err != nil {
			t.Fatal(err)
		}
	}
	plan, err := pipeline.ParsePlan("shortest.yaml", []byte("id: shortest\nname: {en: Shortest}\nmembers: [{country: DK, code: \"253\"}, {country: DK, code: \"259\"}]\n"))
	if err != nil {
		t.Fatal(err)
	}
	for id, got := range map[string]*float64{
		"discount_rate": plan.DiscountRate, "discount_rate_0_35": plan.DiscountRate, "target_final_energy_share": plan.Targets[0].Value,
	} {
		if want, known := value[id]; !known || got == nil || *got != want {
			t.Errorf("a plan's default is not factor %s, %v", id, fmt.Sprint(want))
		}
	}
}
