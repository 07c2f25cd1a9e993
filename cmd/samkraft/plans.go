package main

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"samkraft/pipeline"
)

func newPlans(s *settings) *cobra.Command {
	c := &cobra.Command{Use: "plans", Short: "List the built-in plans; check, show or begin a plan file", Args: cobra.NoArgs}
	format := formatFlag(c)
	c.RunE = func(*cobra.Command, []string) error {
		plans := pipeline.BuiltinPlans()
		var rows [][]string
		for _, p := range plans {
			rows = append(rows, []string{p.ID, p.Name.EN, fmt.Sprint(len(p.Members)), fmt.Sprint(p.BaseYear), "examples: no council has adopted or signed them"})
		}
		return s.list(*format, plans, []string{"PLAN", "NAME", "MEMBERS", "BASE YEAR", "TARGETS AND AGREEMENTS"}, rows)
	}
	c.AddCommand(
		&cobra.Command{Use: "check FILE", Short: "Read a plan file and say what is wrong with it", Args: cobra.ExactArgs(1), RunE: func(_ *cobra.Command, args []string) error {
			p, err := readPlanFile(args[0])
			if err == nil {
				err = checkData(args[0], p)
			}
			if err != nil {
				return exit{pipeline.Usage, err}
			}
			fmt.Fprintf(s.out, "%s is good: plan %s with %s, %s and %s of its own data\n", args[0], p.ID,
				counted(len(p.Members), "member", "members"), counted(len(p.Agreements), "agreement", "agreements"), counted(len(p.OwnFiles), "file", "files"))
			return nil
		}},
		&cobra.Command{Use: "show PLAN", Short: "Show a plan with every default filled in, as JSON", Args: cobra.ExactArgs(1), RunE: func(_ *cobra.Command, args []string) error {
			p, err := readPlan(args[0])
			if err != nil {
				return err
			}
			e := json.NewEncoder(s.out)
			e.SetIndent("", "  ")
			return e.Encode(p)
		}},
		&cobra.Command{Use: "new [KIND]", Short: "Write an example of a plan file, or of a file of its own data, to change into your own", Args: cobra.MaximumNArgs(1),
			Long: "KIND is a kind of the plan's own data: " + strings.Join(ownKinds(), ", ") + ". docs/own-data.md says what their columns mean.",
			RunE: func(_ *cobra.Command, args []string) error {
				text := []byte(newPlanText)
				if len(args) == 1 {
					var err error
					if text, err = ownExample(args[0]); err != nil {
						return err
					}
				}
				_, err := s.out.Write(text)
				return err
			}},
		&cobra.Command{Use: "schema", Short: "Write the JSON Schema of plan files, for editors", Args: cobra.NoArgs, RunE: func(*cobra.Command, []string) error {
			_, err := s.out.Write(pipeline.PlanSchema())
			return err
		}},
	)
	return c
}

const newPlanText = `# A plan file for Samkraft. Any group of Danish and Swedish municipalities will do.
# 'samkraft plans check FILE' says what is wrong with it, 'samkraft plans schema'
# lists every key. What is left out gets its default.
id: my-plan                # names the plan's folder: lower-case letters, digits, hyphens
name: {da: Min plan, sv: Min plan, en: My plan}
base_year: 2023            # per data set the nearest year with data is used, and said
currency: DKK              # for display: DKK, SEK or EUR
members:                   # codes in quotes: three digits in Denmark, four in Sweden
  - {country: DK, code: "265"}   # Roskilde
  - {country: DK, code: "350"}   # Lejre
targets:
  - members: all
    kind: final_energy_share
    value: -0.20           # a fifth less final energy
    year: 2035
    basis: raw             # normalised corrects for weather, where temperatures are at hand
    scope: [no_transport]  # add no_industry to leave industry and business out
    status: example        # adopted once the councils have adopted it
agreements:
  - id: common-target
    title: {da: Fælles mål, sv: Gemensamt mål, en: Common target}
    status: example        # signed once they have signed it
    mechanism: pooled_target
    signatories: all
    quorum: 2
    key: {type: final_energy, shares: gain, reason: the gain belongs to those who use the energy}
# own:                     # the members' own data: CSV files beside this file (docs/own-data.md)
#   measures: [measures.csv]         # this school, that street
#   buildings: [buildings.csv]
#   figures: [figures.csv]           # that no publisher has
#   corrections: [corrections.csv]   # of publishers' figures
#   catalogue: {extends: builtin, measures: [catalogue.csv], packages: [packages.csv]}
# notices:                 # whom a server tells (docs/server.md)
#   - {mail: [anna@example.org], on: [failed, withheld, stale, recovered]}
`
