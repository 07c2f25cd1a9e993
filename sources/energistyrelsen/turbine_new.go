package energistyrelsen

import (
	"context"
	"fmt"
	"strings"
	"time"

	"samkraft/pipeline"
	"samkraft/sources"
)

const (
	newSheet     = "Vinddatasæt"
	newHeaderRow = 3 // two rows of group titles stand above it
)

var newHeader = []string{"Møllenummer (GSRN)", "Parknummer (relation)", "Dato for oprindelig nettilslutning", "Dato for afmeldning", "Kapacitet (kW)", "Rotor-diameter (m)",
	"Navhøjde (m)", "Fabrikat", "Typebetegnelse", "Kommune", "Type af placering", "MatrikelLav", "Matrikel-nummer", "UTM x-koordinat", "UTM y-koordinat", "Koordinatoprindelse"}

// newProduction: the new layout withholds the production of private owners, and
// shows it by an empty text.
var newProduction = sources.Marks{"": pipeline.Suppressed}

// decodeNewTurbines reads Vinddata.xlsx. It holds no date of its own: its state
// is that of its last month.
func decodeNewTurbines(ctx context.Context, book *sources.Workbook, out pipeline.Output) (pipeline.Edition, error) {
	s := &sheet{book: book, name: newSheet, header: newHeader, mark: ','}
	columns := findTurbineColumns(newHeader)
	var months []time.Time
	turbines, ended := 0, false
	err := s.each(ctx, func(r row) (err error) {
		switch {
		case r.number < newHeaderRow:
			return nil
		case r.number == newHeaderRow:
			months, err = newMonths(r)
			return err
		case r.blank():
			ended = true
			return nil
		case ended:
			return r.problem(0, fmt.Sprintf("%q stands below the end of the turbines", r.text(0)), "nothing")
		}
		turbines++
		return newTurbine(r, columns, months, out)
	})
	if err != nil {
		return pipeline.Edition{}, err
	}
	if months == nil {
		return pipeline.Edition{}, book.Problem(newSheet, newHeaderRow, "", "the sheet ends before its header", "the header in row 3 and turbines below it")
	}
	if turbines == 0 {
		return pipeline.Edition{}, book.Problem(newSheet, newHeaderRow+1, "", "there are no turbines", "turbines below the header")
	}
	return pipeline.Edition{AsOf: lastDay(months[len(months)-1])}, nil
}

// newMonths reads the header: the turbines' columns, then one column per month.
func newMonths(r row) ([]time.Time, error) {
	if err := r.expectHeader(newHeader); err != nil {
		return nil, err
	}
	months := []time.Time{}
	for i := len(newHeader); i < len(r.cells); i++ {
		m, ok := monthStart(r.text(i))
		if !ok || len(months) > 0 && !m.Equal(months[len(months)-1].AddDate(0, 1, 0)) {
			return nil, r.problem(i, fmt.Sprintf("%q is not the next month", r.text(i)), "months as 2023-01, one after the other")
		}
		months = append(months, m)
	}
	if len(months) == 0 {
		return nil, r.problem(-1, "there are no months behind the turbines' columns", "months as 2023-01")
	}
	return months, nil
}

func newTurbine(r row, columns turbineColumns, months []time.Time, out pipeline.Output) error {
	// LAND stands under Kommune and the municipality under Type af placering.
	// Should the agency put that right, rows are still read for what they hold.
	switch strings.ToUpper(r.text(columns.municipality)) {
	case "LAND", "HAV":
		columns.municipality, columns.placement = columns.placement, columns.municipality
	}
	t, err := readTurbine(r, columns, "", out)
	if err != nil {
		return err
	}
	if len(r.cells) > len(newHeader)+len(months) {
		return r.problem(len(newHeader)+len(months), "a value stands behind the last month", "nothing")
	}
	location := r.location()
	for i, m := range months {
		value, status, err := r.value(len(newHeader)+i, newProduction)
		if err != nil {
			return err
		}
		if value == nil && !t.stood(m) {
			continue // nothing is withheld where there was no turbine
		}
		if err := out.Row("ens_turbine_month", location, t.id, m, value, status); err != nil {
			return err
		}
	}
	return nil
}

// stood reports whether the turbine was connected during some of the month.
func (t turbine) stood(month time.Time) bool {
	from, known := t.connected.(time.Time)
	if known && !from.Before(month.AddDate(0, 1, 0)) {
		return false
	}
	to, known := t.decommissioned.(time.Time)
	return !known || !to.Before(month)
}
