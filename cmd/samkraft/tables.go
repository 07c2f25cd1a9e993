package main

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"samkraft/pipeline"
	"samkraft/transforms"
)

// tableInfo is a table as 'tables --format json' lists it.
type tableInfo struct {
	Name        string       `json:"name"`
	Description string       `json:"description"`
	Key         []string     `json:"key"`
	Rows        *int64       `json:"rows"` // in the plan's newest snapshot; null where there is none
	Columns     []columnInfo `json:"columns"`
}

type columnInfo struct {
	Name        string `json:"name"`
	Type        string `json:"type"`
	Unit        string `json:"unit"`
	Description string `json:"description"`
}

func newTables(s *settings) *cobra.Command {
	var plan string
	c := &cobra.Command{
		Use:   "tables [TABLE]",
		Short: "List the published tables, or the columns of one: type, unit, meaning",
		Args:  cobra.MaximumNArgs(1),
	}
	c.Flags().StringVar(&plan, "plan", "", "count the rows of this plan's newest snapshot")
	format := formatFlag(c)
	c.RunE = func(c *cobra.Command, args []string) error {
		tables, err := transforms.Tables(c.Context(), declared())
		if err != nil {
			return fails(err)
		}
		rows, err := s.rowCounts(plan)
		if err != nil {
			return fails(err)
		}
		var all []tableInfo
		for _, t := range tables {
			if len(args) == 1 && t.Name != args[0] {
				continue
			}
			info := tableInfo{Name: t.Name, Description: t.Description, Key: t.Key}
			if n, ok := rows[t.Name]; ok {
				info.Rows = &n
			}
			for _, column := range t.Columns {
				info.Columns = append(info.Columns, columnInfo{column.Name, column.Type, column.Unit, column.Description})
			}
			all = append(all, info)
		}
		if len(args) == 1 && len(all) == 0 {
			return fmt.Errorf("there is no table %q; 'samkraft tables' lists them", args[0])
		}
		if len(args) == 1 && *format == "table" {
			fmt.Fprintf(s.out, "%s: %s\nkey: %s\n\n", all[0].Name, all[0].Description, strings.Join(all[0].Key, ", "))
			var cells [][]string
			for _, column := range all[0].Columns {
				cells = append(cells, []string{column.Name, column.Type, column.Unit, column.Description})
			}
			return s.list("table", nil, []string{"COLUMN", "TYPE", "UNIT", "MEANING"}, cells)
		}
		var cells [][]string
		for _, t := range all {
			n := ""
			if t.Rows != nil {
				n = strconv.FormatInt(*t.Rows, 10)
			}
			cells = append(cells, []string{t.Name, strconv.Itoa(len(t.Columns)), n, firstSentence(t.Description)})
		}
		return s.list(*format, all, []string{"TABLE", "COLUMNS", "ROWS", "MEANING"}, cells)
	}
	return c
}

func firstSentence(text string) string {
	first, _, _ := strings.Cut(text, ". ")
	return strings.TrimSuffix(first, ".")
}

// rowCounts are the rows of a plan's newest snapshot; of the only plan when none
// is named, and none when there are several.
func (s *settings) rowCounts(plan string) (map[string]int64, error) {
	snapshots := pipeline.Snapshots{Disk: s.disk(false)}
	if plan == "" {
		plans, err := snapshots.Plans()
		if err != nil || len(plans) != 1 {
			return nil, err
		}
		plan = plans[0]
	}
	_, id, err := s.findSnapshot(plan, "")
	if err != nil {
		return nil, err
	}
	m, err := snapshots.Manifest(plan, id)
	if err != nil {
		return nil, err
	}
	rows := map[string]int64{}
	for _, t := range m.Tables {
		rows[t.Name] = t.Rows
	}
	return rows, nil
}
