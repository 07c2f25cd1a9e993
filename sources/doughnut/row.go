package doughnut

import (
	"fmt"
	"slices"

	"samkraft/pipeline"
	"samkraft/sources"
)

// marks: an empty cell is the only sign of a figure that the compiler does not
// have. Numbers have a decimal point.
var marks = sources.Marks{"": pipeline.NotAvailable}

// row is a line of a file with its municipality.
type row struct {
	*sources.CSV
	header []string
	cells  []string
	m      pipeline.Municipality
}

func (r *row) text(column string) string { return r.cells[slices.Index(r.header, column)] }

func (r *row) problem(column, what, expected string) *pipeline.Problem {
	return r.Problem(slices.Index(r.header, column), what, expected)
}

// number reads a figure between two bounds; an empty cell gives nil.
func (r *row) number(column string, low, high float64) (*pipeline.Decimal, pipeline.Status, error) {
	expected := fmt.Sprintf("a number from %.0f to %.0f with a decimal point, or nothing", low, high)
	value, status, err := marks.Read(r.text(column), '.')
	if err != nil {
		return nil, "", r.problem(column, err.Error(), expected)
	}
	d, ok := value.(pipeline.Decimal)
	if !ok {
		return nil, status, nil
	}
	if f := d.Float(); !(f >= low && f <= high) {
		return nil, "", r.problem(column, fmt.Sprintf("%q is out of all bounds", r.text(column)), expected)
	}
	return &d, status, nil
}

// required reads a figure that the compiler always has.
func (r *row) required(column string, low, high float64) (pipeline.Decimal, error) {
	d, _, err := r.number(column, low, high)
	if err != nil {
		return pipeline.Decimal{}, err
	}
	if d == nil {
		return pipeline.Decimal{}, r.problem(column, "is empty", fmt.Sprintf("a number from %.0f to %.0f", low, high))
	}
	return *d, nil
}

// percent reads columns of percent that are all filled in or all empty.
func (r *row) percent(columns ...string) ([]*pipeline.Decimal, pipeline.Status, error) {
	values := make([]*pipeline.Decimal, len(columns))
	for i, column := range columns {
		d, _, err := r.number(column, 0, 100)
		if err != nil {
			return nil, "", err
		}
		if i > 0 && (d == nil) != (values[0] == nil) {
			return nil, "", r.problem(column, fmt.Sprintf("%q stands beside %s %q", r.text(column), columns[0], r.text(columns[0])), "figures in both or in neither")
		}
		values[i] = d
	}
	if values[0] == nil {
		return values, pipeline.NotAvailable, nil
	}
	return values, pipeline.Observed, nil
}

// share turns percent into a share of 1, exactly; nil stays nil.
func share(percent *pipeline.Decimal) any {
	if percent == nil {
		return nil
	}
	return percent.Scale(-2)
}
