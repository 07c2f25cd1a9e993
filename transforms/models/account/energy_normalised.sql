-- Energy normalised: one row is a carrier's use in a sector of a member in a year, as it was and as it would have been
-- in a year of normal weather. From final_use (Sweden, and Danish electricity) and end_use (Danish heat), with the degree
-- days of the same year.
CREATE TABLE energy_normalised (
  plan VARCHAR, country VARCHAR, muni_code VARCHAR, year SMALLINT, carrier_id VARCHAR, sector_id VARCHAR, energy_mwh DECIMAL(18,3), normalised_mwh DECIMAL(18,3),
  climate_share DOUBLE, degree_days DOUBLE, degree_days_normal DOUBLE, gd_definition_id VARCHAR, station_id VARCHAR, value_status VARCHAR, grade VARCHAR, half_width DOUBLE, method_id VARCHAR, reason VARCHAR, source_id VARCHAR);
COMMENT ON TABLE energy_normalised IS 'Final energy as it was beside what it would have been in a year of normal weather: energy x (1 - climate share + climate share x normal / actual degree days). Publishers'' own totals are left out. key: plan, country, muni_code, year, carrier_id, sector_id';
COMMENT ON COLUMN energy_normalised.plan IS 'The plan, by its id';
COMMENT ON COLUMN energy_normalised.country IS 'Country: DK or SE';
COMMENT ON COLUMN energy_normalised.muni_code IS 'Municipality code';
COMMENT ON COLUMN energy_normalised.year IS 'Year [year]';
COMMENT ON COLUMN energy_normalised.carrier_id IS 'Energy carrier, see table carrier; OTHER is Danish individual and process heat, whose fuel the publisher does not name';
COMMENT ON COLUMN energy_normalised.sector_id IS 'Sector of use, see table sector; - for Danish heat of buildings, whose sector the publisher does not name';
COMMENT ON COLUMN energy_normalised.energy_mwh IS 'Final energy as it was, not corrected; of district heat what is delivered, without the loss of the network [MWh]';
COMMENT ON COLUMN energy_normalised.normalised_mwh IS 'Final energy in a year of normal weather; null when it is not known, with the reason beside it [MWh]';
COMMENT ON COLUMN energy_normalised.climate_share IS 'Share of the energy that follows the weather; where it is 0 both figures are the same, whatever is known of the weather [1]';
COMMENT ON COLUMN energy_normalised.degree_days IS 'Degree days of the year; null when they are not known [Kd]';
COMMENT ON COLUMN energy_normalised.degree_days_normal IS 'Degree days of the normal year, same definition and same station [Kd]';
COMMENT ON COLUMN energy_normalised.gd_definition_id IS 'Definition of degree days of the plan, for the year and the normal year alike';
COMMENT ON COLUMN energy_normalised.station_id IS 'Weather station, see table degree_days; null when none is within reach';
COMMENT ON COLUMN energy_normalised.value_status IS 'Of normalised_mwh: estimated where it was corrected with a default climate share; as that of the energy where nothing follows the weather; else suppressed or not_available';
COMMENT ON COLUMN energy_normalised.grade IS 'A to E: as that of the energy, one step lower where it was corrected; E where it is not known';
COMMENT ON COLUMN energy_normalised.half_width IS 'Half of the range of normalised_mwh as a share of it, 95 %, as the grade says; null when that is [1]';
COMMENT ON COLUMN energy_normalised.method_id IS 'degree_days (corrected), unchanged (nothing follows the weather, or nothing is used) or none (not known)';
COMMENT ON COLUMN energy_normalised.reason IS 'Why there is no corrected figure; null when there is one';
COMMENT ON COLUMN energy_normalised.source_id IS 'Publisher of the energy, see table source';

WITH cell_share AS (
  SELECT carrier_id, sector_id, fsum(part_share * climate_share ORDER BY part) AS climate_share FROM climate_share GROUP BY ALL),
danish_heat AS (
  SELECT country, muni_code, year, if(stock = 'heat_district', 'district_heat', 'OTHER') AS carrier_id, if(stock = 'heat_industry', 'IND', '-') AS sector_id,
    if(count(energy_mwh) = count(*), fsum(energy_mwh ORDER BY stock), NULL)::DECIMAL(18,3) AS energy_mwh, max(climate_share) AS climate_share,
    if(count(energy_mwh) = count(*), max(value_status), 'not_available') AS value_status, max(grade) AS grade, source_id, NULL::VARCHAR[] AS _origin
  FROM end_use WHERE country = 'DK' AND stock IN ('heat_fossil', 'heat_other', 'heat_district', 'heat_industry') AND year IS NOT NULL GROUP BY ALL),
used AS (
  SELECT f.country, f.muni_code, f.year, f.carrier_id, f.sector_id, f.energy_mwh,
    -- Of Danish homes' electricity the part that heats is the stock heat_electric of the same year.
    CASE WHEN f.country = 'DK' AND f.sector_id = 'HOUS' THEN round(h.climate_share * h.energy_mwh / nullif(f.energy_mwh, 0)::DOUBLE, 6) ELSE s.climate_share END AS climate_share,
    f.value_status, f.grade, f.source_id, f._origin
  FROM final_use f LEFT JOIN cell_share s USING (carrier_id, sector_id)
  LEFT JOIN end_use h ON h.country = f.country AND h.muni_code = f.muni_code AND h.year = f.year AND h.stock = 'heat_electric'
  WHERE f.carrier_id <> 'TOTAL' AND f.sector_id <> 'TOTAL'
  UNION ALL BY NAME SELECT * FROM danish_heat),
corrected AS (
  SELECT u.*, g.degree_days, g.degree_days_normal, g.station_id,
    round(normalised(u.energy_mwh::DOUBLE, u.climate_share, g.degree_days_normal, g.degree_days), 3)::DECIMAL(18,3) AS normalised_mwh
  FROM used u LEFT JOIN degree_year g USING (country, muni_code, year))
SELECT m.plan, country, muni_code, c.year, carrier_id, sector_id, energy_mwh, normalised_mwh, round(climate_share, 6) AS climate_share,
  degree_days, degree_days_normal, d.gd_definition_id, station_id,
  CASE WHEN energy_mwh IS NULL OR normalised_mwh IS NOT NULL AND (climate_share = 0 OR energy_mwh = 0) THEN value_status
    WHEN normalised_mwh IS NULL THEN 'not_available' ELSE 'estimated' END AS value_status,
  CASE WHEN normalised_mwh IS NULL THEN 'E' WHEN climate_share = 0 THEN grade ELSE ['B', 'C', 'D', 'E', 'E'][ascii(grade) - ascii('A') + 1] END AS grade,
  if(normalised_mwh IS NULL, NULL, half_width_of(CASE WHEN climate_share = 0 THEN c.grade ELSE ['B', 'C', 'D', 'E', 'E'][ascii(c.grade) - ascii('A') + 1] END)) AS half_width,
  CASE WHEN normalised_mwh IS NULL THEN 'none' WHEN climate_share = 0 OR energy_mwh = 0 THEN 'unchanged' ELSE 'degree_days' END AS method_id,
  CASE WHEN energy_mwh IS NULL THEN 'the energy itself is not known' WHEN normalised_mwh IS NOT NULL THEN NULL
    WHEN climate_share IS NULL THEN 'which part of it heats is not known'
    WHEN (country, muni_code) NOT IN (SELECT (country, muni_code) FROM degree_days)
      THEN 'no weather station at hand lies within ' || factor('gd_station_distance_max', '-', 0)::INTEGER || ' km'
    WHEN degree_days IS NULL THEN 'the temperatures of the year are not known, or not of every month'
    ELSE 'the station has too few years of the normal period' END AS reason,
  c.source_id, c._origin
FROM corrected c JOIN plan.member m USING (country, muni_code) CROSS JOIN plan.degree_days d;
