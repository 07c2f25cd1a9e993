package pipeline

import "fmt"

// Kind is the type of a column, in terms that a staged Parquet file, DuckDB and
// a data frame share.
type Kind string

// The kinds of column. Decimal3 and Decimal6 are exact decimals of 18 digits
// with 3 and 6 behind the point: energy in MWh is exact to the kWh and the Wh.
const (
	Text     Kind = "text"
	Integer  Kind = "integer"
	Number   Kind = "number"
	Decimal3 Kind = "decimal3"
	Decimal6 Kind = "decimal6"
	Instant  Kind = "instant" // microseconds, UTC
	Date     Kind = "date"
	Flag     Kind = "flag"
)

// Column describes one column of a staged table. Unit is "1" for shares and
// counts, a unit such as "MWh" for quantities, and empty for everything that is
// not a number.
type Column struct {
	Name        string
	Kind        Kind
	Unit        string
	Description string
}

// Table describes what a decoder emits: its columns in order and the key that
// identifies a row within the data set's current state. A key column is never
// null. Name is unique among all sources and is how models address the table
// (raw.NAME).
type Table struct {
	Name        string
	Description string
	Key         []string
	Columns     []Column
}

// Column returns the position of the named column, or -1.
func (t Table) Column(name string) int {
	for i, c := range t.Columns {
		if c.Name == name {
			return i
		}
	}
	return -1
}

// Validate reports what is wrong with a declaration: an empty description, a
// number without a unit, a key that is not a column.
func (t Table) Validate() error {
	if t.Name == "" || t.Description == "" || len(t.Key) == 0 || len(t.Columns) == 0 {
		return fmt.Errorf("table %q: name, description, key and columns are required", t.Name)
	}
	seen := map[string]bool{}
	for _, c := range t.Columns {
		if seen[c.Name] {
			return fmt.Errorf("table %s: column %s is declared twice", t.Name, c.Name)
		}
		seen[c.Name] = true
		if c.Description == "" {
			return fmt.Errorf("table %s: column %s has no description", t.Name, c.Name)
		}
		switch c.Kind {
		case Integer, Number, Decimal3, Decimal6:
			if c.Unit == "" {
				return fmt.Errorf("table %s: column %s is a number without a unit", t.Name, c.Name)
			}
		case Text, Instant, Date, Flag:
			if c.Unit != "" {
				return fmt.Errorf("table %s: column %s is no number and has the unit %s", t.Name, c.Name, c.Unit)
			}
		default:
			return fmt.Errorf("table %s: column %s has the unknown kind %q", t.Name, c.Name, c.Kind)
		}
	}
	for _, k := range t.Key {
		if !seen[k] {
			return fmt.Errorf("table %s: key column %s is not among its columns", t.Name, k)
		}
	}
	return nil
}

// Status says what stands behind a cell. What is not known is null with its
// status, never zero.
type Status string

// The statuses of a value (value_status in published tables).
const (
	Observed      Status = "observed"        // as the publisher states it
	Zero          Status = "zero"            // the publisher states zero
	BelowHalfUnit Status = "below_half_unit" // more than nothing, less than half of the unit shown
	Suppressed    Status = "suppressed"      // kept secret by the publisher
	NotAvailable  Status = "not_available"   // the publisher does not know it
	NotApplicable Status = "not_applicable"  // the cell can have no value
	Derived       Status = "derived"         // computed from observed values
	Estimated     Status = "estimated"       // computed with assumptions
)
