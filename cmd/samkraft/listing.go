package main

import (
	"encoding/json"
	"fmt"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"samkraft/pipeline"
)

// formatFlag adds --format table|json to a listing.
func formatFlag(c *cobra.Command) *string {
	return c.Flags().String("format", "table", "table or json")
}

// list writes a listing: rows of cells for people, the values themselves as JSON
// for programs.
func (s *settings) list(format string, values any, header []string, rows [][]string) error {
	switch format {
	case "json":
		e := json.NewEncoder(s.out)
		e.SetIndent("", "  ")
		e.SetEscapeHTML(false)
		return e.Encode(values)
	case "table":
		w := tabwriter.NewWriter(s.out, 0, 0, 2, ' ', 0)
		for _, row := range append([][]string{header}, rows...) {
			fmt.Fprintln(w, strings.TrimRight(strings.Join(row, "\t"), "\t"))
		}
		return w.Flush()
	}
	return fmt.Errorf("--format %q: expected table or json", format)
}

// fails turns an error into an exit with code 1, unless it has a code of its own.
func fails(err error) error {
	if err == nil {
		return nil
	}
	if _, coded := err.(exit); coded {
		return err
	}
	return exit{pipeline.Failed, err}
}

// counted writes a number with its word: 1 agreement, 2 agreements.
func counted(n int, one, more string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprint(n, " ", more)
}
