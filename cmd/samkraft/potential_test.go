package main

import (
	"testing"
)

// TestPotentialSample: the sample has every resource of both countries.
func TestPotentialSample(t *testing.T) {
	for _, plan := range []string{"kobenhavn-syd", "goda-grannar"} {
		checkPotentials(t, sampleWorkspace(t), plan)
	}
}

// checkPotentials holds a published plan's potentials to what is promised of
// them: each resource of each member at three levels in three cases, in order and
// not negative, with a reason; and none of biogas, for which animals are missing.
func checkPotentials(t *testing.T, workspace, plan string) {
	t.Helper()
	for _, c := range []struct{ what, query, want string }{
		{"resources with other than nine rows", `select count(*) from (select 1 from renewable_potential where resource <> 'biogas' group by muni_code, resource
			having count(*) <> 9 or count(distinct level) <> 3 or count(distinct "case") <> 3 or count(energy_mwh) <> 9)`, "0"},
		{"resources of a member", `select distinct count(distinct resource) - if(country = 'SE', 1, 0) from renewable_potential group by country, muni_code`, "12"},
		{"sums of solar power", `select count(*) from renewable_potential r join renewable_potential g using (muni_code, level, "case") join renewable_potential s using (muni_code, level, "case")
			where r.resource = 'solar_roof' and g.resource = 'solar_ground' and s.resource = 'solar' and (not s.is_total or r.is_total or g.is_total or coalesce(r.used_mwh, g.used_mwh) is not null or abs(r.energy_mwh + g.energy_mwh - s.energy_mwh) > 0.002)`, "0"},
		{"what stands is not realisable", `select count(*) from renewable_potential where resource = 'wind_onshore' and level <> 'theoretical' and energy_mwh < used_mwh`, "0"},
		{"levels out of order", `select count(*) from (select max(energy_mwh) filter (level = 'theoretical') as t, max(energy_mwh) filter (level = 'technical') as p, max(energy_mwh) filter (level = 'realisable') as r
			from renewable_potential where resource <> 'biogas' group by muni_code, resource, "case") where not (t >= p and p >= r and r >= 0)`, "0"},
		// What is realisable of heat is shared out by a fixed order, so one source's high may be below its central figure.
		{"cases out of order", `select count(*) from (select max(energy_mwh) filter ("case" = 'low') as low, max(energy_mwh) filter ("case" = 'central') as mid, max(energy_mwh) filter ("case" = 'high') as high
			from renewable_potential where resource not in ('biogas', 'geothermal', 'large_heat_pumps', 'solar_heat') or level <> 'realisable' and resource <> 'biogas' group by muni_code, resource, level) where not (low <= mid and mid <= high)`, "0"},
		{"figures without a grade, a share of assumptions or a source", `select count(*) from renewable_potential where energy_mwh is not null and (grade is null or source_id = '-' or not (assumption_share between 0 and 1)) or reason = ''`, "0"},
		{"biogas", `select distinct level, coalesce(energy_mwh::varchar, 'null'), value_status, starts_with(reason, 'the number of animals') from renewable_potential where resource = 'biogas'`, "technical,null,not_available,true"},
		{"what is unused and used is not the potential", `select count(*) from renewable_potential where unused_mwh is not null and abs(unused_mwh - if(energy_mwh > used_mwh, energy_mwh - used_mwh, 0)) > 0.0015`, "0"},
		{"failed checks", `select count(*) from check_result where check_id in ('C09', 'C10a', 'C10b', 'C10c', 'C10d', 'C10e', 'C10f') and state <> 'passed'`, "0"},
		{"ledgers without a class or stock of a member", `select (select count(distinct (muni_code, land_class)) from land_ledger) + (select count(distinct (muni_code, stock)) from resource_ledger) - 7 * (select count(*) from member)`, "0"},
	} {
		if got := answer(t, workspace, plan, c.query); got != c.want {
			t.Errorf("%s: %s: %s, want %s", plan, c.what, got, c.want)
		}
	}
}
