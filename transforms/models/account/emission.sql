-- Emission: one row is what a member's use of a carrier emits in a year, by sector, counted in one of two ways. From
-- emission_part, which puts energy and factor together.
CREATE TABLE emission (
  plan VARCHAR, country VARCHAR, muni_code VARCHAR, year SMALLINT, carrier_id VARCHAR, sector_id VARCHAR, "view" VARCHAR, is_total BOOLEAN, energy_mwh DECIMAL(18,3),
  factor_id VARCHAR, ef_role VARCHAR, factor_year SMALLINT, ef_kg_per_mwh DOUBLE, t_co2 DOUBLE, t_co2_biogenic DOUBLE, primary_mwh DOUBLE, value_status VARCHAR, grade VARCHAR, half_width DOUBLE, source_id VARCHAR);
COMMENT ON TABLE emission IS 'CO2 and primary energy of the account, with average factors of the year: rows only where the energy is known. A row with is_total is of the publisher''s own total of sectors: never added to its parts. key: plan, country, muni_code, year, carrier_id, sector_id, view';
COMMENT ON COLUMN emission.plan IS 'The plan, by its id';
COMMENT ON COLUMN emission.country IS 'Country: DK or SE';
COMMENT ON COLUMN emission.muni_code IS 'Municipality code';
COMMENT ON COLUMN emission.year IS 'Year [year]';
COMMENT ON COLUMN emission.carrier_id IS 'Energy carrier, see table carrier';
COMMENT ON COLUMN emission.sector_id IS 'Sector of use, see table sector; - for plants';
COMMENT ON COLUMN emission."view" IS 'consumption: of what is used, with electricity and district heat by what their supply emits; territorial: where it is burnt, with the fuels of plants and without electricity and district heat. Never add the two';
COMMENT ON COLUMN emission.is_total IS 'Of the publisher''s own total of sectors: leave these rows out of every sum with sectors';
COMMENT ON COLUMN emission.energy_mwh IS 'Energy that the emission is of [MWh]';
COMMENT ON COLUMN emission.factor_id IS 'Factor, see table factor; heat_network for district heat, see that table; several where a total is made of sectors with different ones';
COMMENT ON COLUMN emission.ef_role IS 'average, always: marginal factors are for measures';
COMMENT ON COLUMN emission.factor_year IS 'Year of the factor; null where one serves all years [year]';
COMMENT ON COLUMN emission.ef_kg_per_mwh IS 'Fossil CO2 of a MWh; of electricity at the place of use, without CO2 equivalents where the factor has none [kg/MWh]';
COMMENT ON COLUMN emission.t_co2 IS 'Fossil CO2; null where no factor serves [t]';
COMMENT ON COLUMN emission.t_co2_biogenic IS 'Biogenic CO2, beside the fossil and not part of it; null for electricity, whose factor leaves it out [t]';
COMMENT ON COLUMN emission.primary_mwh IS 'Energy times the weight of the country''s building code; of homes and services alone, and in the view of consumption [MWh]';
COMMENT ON COLUMN emission.value_status IS 'Of t_co2: derived, zero, estimated (energy or factor is), or not_available (no factor serves)';
COMMENT ON COLUMN emission.grade IS 'The worse one of the energy''s and the factor''s, A to E';
COMMENT ON COLUMN emission.half_width IS 'Half of the range that goes with the grade, as a share of t_co2; null when it is unknown [1]';
COMMENT ON COLUMN emission.source_id IS 'Publisher of the energy, see table source';

-- A remembered or assumed factor is a default; so is one of another year than the account's. That of East Denmark is a
-- mean of hours and of the zone: municipalities' own declarations differ from it by more than grade B allows.
WITH graded AS (
  SELECT *, CASE WHEN factor_id = 'heat_network' THEN heat_grade WHEN mark IN ('M', 'A') OR factor_year <> year OR factor_id = 'ef_electricity_dk2' THEN 'C' ELSE 'B' END AS factor_grade, energy_mwh <> 0 AS counts
  FROM emission_part),
summed AS (
  SELECT country, muni_code, year, carrier_id, sector_id, "view", is_total, max(whole_mwh) AS energy_mwh, if(count(DISTINCT factor_id) > 1, 'several', min(factor_id)) AS factor_id, min(factor_year) AS factor_year,
    count(ef) FILTER (counts) = count(*) FILTER (counts) AS known, coalesce(fsum(energy_mwh::DOUBLE * ef ORDER BY level1, ef, energy_mwh) FILTER (counts), 0) / 1000 AS t_co2,
    count(memo) FILTER (counts) = count(*) FILTER (counts) AS memo_known, coalesce(fsum(energy_mwh::DOUBLE * memo ORDER BY level1, memo, energy_mwh) FILTER (counts), 0) / 1000 AS t_co2_biogenic,
    any_value(ef) AS ef, max(if(is_total, NULL, energy_mwh::DOUBLE * weight)) AS primary_mwh, bool_or(value_status = 'estimated' OR factor_estimated) AS estimated,
    at_least(max(grade), max(factor_grade)) AS grade, max(source_id) AS source_id
  FROM graded GROUP BY ALL)
SELECT p.plan, country, muni_code, year, carrier_id, sector_id, "view", is_total, energy_mwh, factor_id, 'average' AS ef_role, factor_year,
  if(known, round(if(is_total, t_co2 * 1000 / nullif(energy_mwh, 0)::DOUBLE, ef), 6), NULL) AS ef_kg_per_mwh, if(known, round(t_co2, 3), NULL) AS t_co2, if(memo_known, round(t_co2_biogenic, 3), NULL) AS t_co2_biogenic, round(primary_mwh, 3) AS primary_mwh,
  CASE WHEN NOT known THEN 'not_available' WHEN energy_mwh = 0 THEN 'zero' WHEN estimated THEN 'estimated' ELSE 'derived' END AS value_status,
  grade, if(known, factor('quality_half_width_' || lower(grade), country, year), NULL) AS half_width, source_id
FROM summed CROSS JOIN plan.plan p;
