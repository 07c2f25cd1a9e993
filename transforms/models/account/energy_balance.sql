-- Energy balance: one row is a flow of energy of a member in a year, by carrier, sector and plant.
-- From final_use (what is used) and plant_flow (what plants take in and give).
CREATE TABLE energy_balance (
  plan VARCHAR, country VARCHAR, muni_code VARCHAR, year SMALLINT, "view" VARCHAR, flow VARCHAR, carrier_id VARCHAR, sector_id VARCHAR, plant_id VARCHAR, is_total BOOLEAN,
  energy_mwh DECIMAL(18,3), low_mwh DECIMAL(18,3), high_mwh DECIMAL(18,3), value_status VARCHAR, grade VARCHAR, half_width DOUBLE, method_id VARCHAR, source_id VARCHAR,
  stated_by VARCHAR, published_mwh DECIMAL(18,3));
COMMENT ON TABLE energy_balance IS 'Energy account: what is produced, converted and used. A row with is_total is the publisher''s own total with its own status: never added to its parts. A secret total stays null, whatever parts are known. key: plan, country, muni_code, year, view, flow, carrier_id, sector_id, plant_id';
COMMENT ON COLUMN energy_balance.plan IS 'The plan, by its id';
COMMENT ON COLUMN energy_balance.country IS 'Country: DK or SE';
COMMENT ON COLUMN energy_balance.muni_code IS 'Municipality code';
COMMENT ON COLUMN energy_balance.year IS 'Year. Danish electricity use of 2023 covers ISO weeks 1 to 52, 2 January to 31 December [year]';
COMMENT ON COLUMN energy_balance."view" IS 'consumption: counted where it is used; territorial: counted where the plant stands';
COMMENT ON COLUMN energy_balance.flow IS 'PROD: primary production; TRF_IN: put into conversion; TRF_OUT: given by conversion (its total of electricity, power:TOTAL, counts wind, hydro and solar power too); FINAL: final use, delivered at the consumer';
COMMENT ON COLUMN energy_balance.carrier_id IS 'Energy carrier, see table carrier';
COMMENT ON COLUMN energy_balance.sector_id IS 'Sector of use, see table sector; - for flows of plants';
COMMENT ON COLUMN energy_balance.plant_id IS 'Unit of the Danish producer count, wind_register for the turbines of a municipality, a class of plants in Sweden (power:chp, heat:heat_only ...), or - for use';
COMMENT ON COLUMN energy_balance.is_total IS 'The row is the publisher''s own total of carriers, sectors or plants: leave these rows out of every sum';
COMMENT ON COLUMN energy_balance.energy_mwh IS 'Energy, lower heating value; null when it is not known, with the reason in value_status [MWh]';
COMMENT ON COLUMN energy_balance.low_mwh IS 'Low end of the range that goes with the grade [MWh]';
COMMENT ON COLUMN energy_balance.high_mwh IS 'High end of the range that goes with the grade [MWh]';
COMMENT ON COLUMN energy_balance.value_status IS 'observed, zero, suppressed (kept secret by the publisher), not_available, derived or estimated';
COMMENT ON COLUMN energy_balance.grade IS 'A metered or complete register; B official statistic with a model; C estimate from local activity; D default; E filled gap';
COMMENT ON COLUMN energy_balance.half_width IS 'Half of the range as a share of the value, 95 % [1]';
COMMENT ON COLUMN energy_balance.method_id IS 'How it was counted: eds_iso_weeks, kre, ept, wind_register, or own for a figure that only the plan has';
COMMENT ON COLUMN energy_balance.source_id IS 'Publisher, see table source';
COMMENT ON COLUMN energy_balance.stated_by IS 'publisher; or the plan itself: correction (see table correction) or figure (see table own_figure)';
COMMENT ON COLUMN energy_balance.published_mwh IS 'What the publisher says where the plan corrects it; else null [MWh]';

WITH flows AS (
  SELECT country, muni_code, year, 'consumption' AS "view", 'FINAL' AS flow, carrier_id, sector_id, '-' AS plant_id, energy_mwh, value_status, grade, method_id, source_id, stated_by, published_mwh, _origin FROM final_use
  UNION ALL
  SELECT country, muni_code, year, 'territorial', flow, carrier_id, '-', plant_id, energy_mwh, value_status, grade, method_id, source_id, 'publisher', NULL, _origin FROM plant_flow),
graded AS (
  SELECT *, factor('quality_half_width_' || lower(grade), country, year) AS half_width FROM flows)
SELECT m.plan, country, muni_code, year, "view", flow, carrier_id, sector_id, plant_id, carrier_id = 'TOTAL' OR sector_id = 'TOTAL' OR plant_id LIKE '%:TOTAL' AS is_total, energy_mwh,
  round(energy_mwh - abs(energy_mwh) * half_width::DECIMAL(4,2), 3)::DECIMAL(18,3) AS low_mwh,
  round(energy_mwh + abs(energy_mwh) * half_width::DECIMAL(4,2), 3)::DECIMAL(18,3) AS high_mwh,
  value_status, grade, if(energy_mwh IS NULL, NULL, half_width) AS half_width, method_id, source_id, stated_by, published_mwh, g._origin
FROM graded g JOIN plan.member m USING (country, muni_code);
