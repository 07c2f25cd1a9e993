package query

import (
	"cmp"
	"time"
)

// Limits bound one query. A field that is zero takes its value from Default.
type Limits struct {
	Memory  string        // what DuckDB may hold, as it writes sizes: 500MB, 2GB
	Threads int           // how many threads it may use
	Rows    int64         // how many rows a result may have; more are cut off
	Timeout time.Duration // how long the query may run, without the reading of its result
}

// Default returns the limits that hold where none are given: 1 GB of memory, two
// threads, a million rows (a worksheet in Excel holds no more) and one minute.
func Default() Limits {
	return Limits{Memory: "1GB", Threads: 2, Rows: 1_000_000, Timeout: time.Minute}
}

func (l Limits) orDefault() Limits {
	d := Default()
	return Limits{
		Memory:  cmp.Or(l.Memory, d.Memory),
		Threads: cmp.Or(max(l.Threads, 0), d.Threads),
		Rows:    cmp.Or(max(l.Rows, 0), d.Rows),
		Timeout: cmp.Or(max(l.Timeout, 0), d.Timeout),
	}
}
