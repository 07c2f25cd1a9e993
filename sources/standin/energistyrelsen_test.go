package standin_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"samkraft/pipeline"
	"samkraft/sources/energistyrelsen"
	"samkraft/sources/standin"
)

func month(year int, m time.Month) time.Time { return time.Date(year, m, 1, 0, 0, 0, 0, time.UTC) }

func TestEnergistyrelsen(t *testing.T) {
	agency := standin.NewEnergistyrelsen(120, month(2026, 8))
	server := listenTo(t, agency)
	for dataSet, want := range map[string]struct {
		table string
		rows  int
		asOf  string
	}{"Stamdataregister": {"ens_turbine", 120, "2026-08-31"}, "Energiproducenttaellingen": {"ens_plant_year", 12, "2025-12-31"}, "Fjernvarmenet": {"ens_heat_network_year", 6, "2024-12-31"}} {
		rows, edition, err := fetched(t, energistyrelsen.Source{}, dataSet, server)
		if err != nil || rows[want.table] != want.rows || edition.AsOf != want.asOf {
			t.Errorf("%s: %v as of %q: %v", dataSet, rows, edition.AsOf, err)
		}
	}
	// All addresses change, and the page tells the new ones.
	agency.Publish(month(2026, 10))
	if _, edition, err := fetched(t, energistyrelsen.Source{}, "Stamdataregister", server); err != nil || edition.AsOf != "2026-10-31" {
		t.Errorf("the next edition: as of %q: %v", edition.AsOf, err)
	}
	agency.GoAstray()
	if _, _, err := fetched(t, energistyrelsen.Source{}, "Stamdataregister", server); err == nil || !strings.Contains(err.Error(), "as of 2021-10-30: an old address") {
		t.Errorf("a link to the register of 2021: %v", err)
	}
}

func TestEnergistyrelsenRefused(t *testing.T) {
	for dataSet, harmless := range map[string]standin.Twist{"Stamdataregister": "", "Energiproducenttaellingen": standin.ExtraColumn, "Fjernvarmenet": ""} {
		for _, twist := range (&standin.Energistyrelsen{}).Twists() {
			server := listenTo(t, standin.NewEnergistyrelsen(20, month(2026, 8)))
			server.Next(-1, "/media/", standin.Twisted(twist))
			rows, _, err := fetched(t, energistyrelsen.Source{}, dataSet, server)
			if problem := (*pipeline.Problem)(nil); errors.As(err, &problem) == (twist == harmless) {
				t.Errorf("%s, %s: %v: %v", dataSet, twist, rows, err)
			}
		}
		server := listenTo(t, standin.NewEnergistyrelsen(20, month(2026, 8)))
		server.Next(-1, "/media/", standin.HTMLAs())
		if _, _, err := fetched(t, energistyrelsen.Source{}, dataSet, server); err == nil || !strings.Contains(err.Error(), "is a page of text") {
			t.Errorf("%s: %v", dataSet, err)
		}
	}
}
