package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"

	"github.com/spf13/cobra"

	"samkraft/pipeline"
	"samkraft/sinks/query"
)

func newQuery(s *settings) *cobra.Command {
	var plan, snapshot, format, output string
	c := &cobra.Command{
		Use:   "query SQL",
		Short: "Ask a snapshot: one SELECT over its tables",
		Long: `Runs one SELECT in DuckDB's SQL over the tables of a published snapshot and prints the rows.
The query sees these tables and nothing else: no file, no network, no setting.
'samkraft tables' lists the tables, 'samkraft tables TABLE' the columns with their units.`,
		Example: `  samkraft query --plan kobenhavn-syd "SELECT m.name, a.rule, a.gain_eur FROM allocation a JOIN member m USING (country, muni_code)"
  samkraft query --plan goda-grannar "FROM energy_balance WHERE year = 2020 AND flow = 'FINAL'" --format xlsx -o use.xlsx`,
		Args: cobra.ExactArgs(1),
	}
	f := c.Flags()
	f.StringVar(&plan, "plan", "", "the plan; may be left out when there is one")
	f.StringVar(&snapshot, "snapshot", "", "the snapshot's id, or the name of a pin (default: the one that readers have)")
	f.StringVar(&format, "format", "table", "table, csv, json, parquet or xlsx")
	f.StringVarP(&output, "output", "o", "", "write to this file instead of standard output")
	c.RunE = func(c *cobra.Command, args []string) error {
		if !slices.Contains([]string{"table", "csv", "json", "parquet", "xlsx"}, format) {
			return fmt.Errorf("--format %q: expected table, csv, json, parquet or xlsx", format)
		}
		if (format == "parquet" || format == "xlsx") && output == "" && s.terminalOut {
			return fmt.Errorf("--format %s is not for a terminal: name a file with -o", format)
		}
		plan, id, err := s.findSnapshot(plan, snapshot)
		if err != nil {
			return err
		}
		disk := s.disk(false)
		limits := query.Default()
		limits.Memory, limits.Threads = s.memory, s.threads
		opened, err := query.Open(disk.Path((pipeline.Snapshots{Disk: disk}).Folder(plan, id)), limits)
		if err != nil {
			return fails(err)
		}
		result, err := opened.Query(c.Context(), args[0])
		var wrong *query.Error
		if errors.As(err, &wrong) {
			return exit{pipeline.Usage, err}
		}
		if err != nil {
			return fails(err)
		}
		defer result.Close()
		err = s.deliver(output, func(w io.Writer) error { return query.Write(w, result, format) })
		if note := result.Note(); note != "" {
			fmt.Fprintln(s.err, "samkraft: "+note)
		}
		return fails(err)
	}
	return c
}

// deliver writes to a file, whole or not at all, or to standard output.
func (s *settings) deliver(output string, write func(io.Writer) error) error {
	if output == "" {
		return write(s.out)
	}
	var whole bytes.Buffer
	if err := write(&whole); err != nil {
		return err
	}
	return os.WriteFile(output, whole.Bytes(), 0o644)
}
