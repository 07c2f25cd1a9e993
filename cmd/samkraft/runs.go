package main

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"samkraft/pipeline"
)

func newRuns(s *settings) *cobra.Command {
	c := &cobra.Command{Use: "runs [RUN]", Short: "List the runs of the workspace, or one in full", Args: cobra.MaximumNArgs(1)}
	format := formatFlag(c)
	c.RunE = func(_ *cobra.Command, args []string) error {
		records, err := (pipeline.Records{Disk: s.disk(false)}).List()
		if err != nil {
			return fails(err)
		}
		if len(args) == 1 {
			for _, r := range records {
				if r.ID == args[0] {
					e := json.NewEncoder(s.out)
					e.SetIndent("", "  ")
					return e.Encode(r)
				}
			}
			return exit{pipeline.Usage, fmt.Errorf("there is no run %q; 'samkraft runs' lists them", args[0])}
		}
		var rows [][]string
		for _, r := range records {
			took, code := "", ""
			if r.State == pipeline.Ended {
				took = r.Ended.Sub(r.Started).Round(100 * time.Millisecond).String()
				code = fmt.Sprint(int(r.Code))
			}
			if r.Error != "" {
				rows = append(rows, []string{r.ID, string(r.State), took, code, r.Error})
				continue
			}
			var what []string
			for _, p := range r.Outcome.Plans {
				switch {
				case p.New:
					what = append(what, p.Plan+" published "+p.Snapshot)
				case p.Withheld != "":
					what = append(what, p.Plan+" withheld")
				case len(p.Problems) > 0:
					what = append(what, p.Plan+" not published")
				default:
					what = append(what, p.Plan+" nothing new")
				}
			}
			if n := len(r.Untold); n > 0 {
				what = append(what, counted(n, "message", "messages")+" not delivered")
			}
			rows = append(rows, []string{r.ID, string(r.State), took, code, strings.Join(what, "; ")})
		}
		return s.list(*format, append([]pipeline.Record{}, records...), []string{"RUN", "STATE", "TOOK", "CODE", "PLANS"}, rows)
	}
	return c
}
