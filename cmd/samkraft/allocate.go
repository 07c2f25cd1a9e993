package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"samkraft/pipeline"
	"samkraft/transforms/costtable"
)

// maxTable is the largest file that is read: a table of 20 members whose names
// have 40 letters.
const maxTable = 1 << 29

func newAllocate(s *settings) *cobra.Command {
	var missing, weights, format, decimal string
	c := &cobra.Command{
		Use:   "allocate FILE",
		Short: "Share any joint cost or saving that is given as a table of coalitions",
		Long: `Shares a joint cost or saving among its members by every known rule, and says under which of
them a member or a group would do better alone.

FILE is CSV (comma or semicolon, decimal point or comma) or XLSX with two columns: coalition, and
cost or saving. A coalition is its members joined by +, in any order; every coalition of up to 20
members has one row.

  coalition;cost
  Greve;1100,5
  Køge;840,25
  Greve+Køge;1790,4

Shares add up to what the whole group pays (cost) or saves (saving) as it stands in the file.
--weights names a file with the columns member and weight, and adds a key in proportion to it.
Numbers keep up to six decimals, and very large ones fewer; the answer says what was rounded.
--lang chooses the language of the table; JSON and CSV are the same in all.`,
		Example: `  samkraft allocate costs.csv
  samkraft allocate costs.xlsx --weights population.csv --format json
  samkraft allocate costs.csv --missing additive --decimal comma --lang da`,
		Args: cobra.ExactArgs(1),
	}
	f := c.Flags()
	f.StringVar(&missing, "missing", "", "additive: a coalition without a row gets the sum of its members alone")
	f.StringVar(&weights, "weights", "", "file with a key: member and weight")
	f.StringVar(&decimal, "decimal", "", "point or comma: decimal mark of the CSV files, where their numbers do not tell")
	f.StringVar(&format, "format", "table", "table, json or csv")
	c.RunE = func(c *cobra.Command, args []string) error {
		if missing != "" && missing != "additive" {
			return fmt.Errorf("--missing %q: expected additive", missing)
		}
		mark, known := map[string]byte{"": 0, "point": '.', "comma": ','}[decimal]
		if !known {
			return fmt.Errorf("--decimal %q: expected point or comma", decimal)
		}
		if !slices.Contains([]string{"table", "json", "csv"}, format) {
			return fmt.Errorf("--format %q: expected table, json or csv", format)
		}
		answer, err := allocate(c.Context(), args[0], weights, costtable.Options{Additive: missing == "additive", Decimal: mark})
		if err != nil {
			return err
		}
		if format == "table" {
			return fails(answer.WriteText(s.out, s.lang))
		}
		if notice := answer.Notice(s.lang); notice != "" {
			fmt.Fprintln(s.err, "samkraft: "+notice)
		}
		if format == "json" {
			return fails(answer.WriteJSON(s.out))
		}
		return fails(answer.WriteCSV(s.out))
	}
	return c
}

// allocate reads the files and works out the answer. Tables of 20 members take
// seconds, in which the user may change their mind: what is under way then ends
// with the process.
func allocate(ctx context.Context, name, weights string, o costtable.Options) (*costtable.Answer, error) {
	type result struct {
		answer *costtable.Answer
		err    error
	}
	done := make(chan result, 1)
	go func() {
		table, key, err := readTable(name, weights, o)
		if err != nil {
			done <- result{err: exit{pipeline.Usage, err}}
			return
		}
		answer, err := table.Allocate(key, keyName(weights))
		done <- result{answer, fails(err)}
	}()
	select {
	case r := <-done:
		return r.answer, r.err
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// readTable reads the files of an allocation. Every error is about one of them.
func readTable(name, weights string, o costtable.Options) (*costtable.Table, *costtable.Weights, error) {
	content, err := readSmall(name)
	if err != nil {
		return nil, nil, err
	}
	table, err := costtable.Read(filepath.Base(name), content, o)
	if err != nil || weights == "" {
		return table, nil, err
	}
	if content, err = readSmall(weights); err != nil {
		return nil, nil, err
	}
	key, err := table.ReadWeights(filepath.Base(weights), content)
	return table, key, err
}

// readSmall reads a file unless it is too large to be a table.
func readSmall(name string) ([]byte, error) {
	file, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	content, err := io.ReadAll(io.LimitReader(file, maxTable+1))
	if err == nil && len(content) > maxTable {
		err = &pipeline.Problem{File: filepath.Base(name), What: fmt.Sprintf("has more than %d MiB", maxTable>>20), Expected: "a table of at most 20 members"}
	}
	return content, err
}

// keyName is what a key is called in sentences: "the population key" if it is in
// population.csv.
func keyName(file string) string {
	name := filepath.Base(file)
	name = strings.TrimSuffix(name, filepath.Ext(name))
	if strings.EqualFold(name, "weights") || strings.EqualFold(name, "weight") {
		return "proportional"
	}
	return name
}
