-- Heat demand: one row is the heat that a kind of user in a member needs in a year, whatever
-- the carrier. From Balmorel's municipal tables (Varmeplan Danmark 2021 and StatBank). Denmark only.
CREATE TABLE heat_demand (
  plan VARCHAR, country VARCHAR, muni_code VARCHAR, year SMALLINT, kind VARCHAR, basis VARCHAR, heat_mwh DECIMAL(18,3), value_status VARCHAR, grade VARCHAR, half_width DOUBLE, source_id VARCHAR);
COMMENT ON TABLE heat_demand IS 'Heat demand whose carrier the publisher does not give. It is not part of energy_balance. key: plan, country, muni_code, year, kind, basis';
COMMENT ON COLUMN heat_demand.plan IS 'The plan, by its id';
COMMENT ON COLUMN heat_demand.country IS 'Country: DK or SE';
COMMENT ON COLUMN heat_demand.muni_code IS 'Municipality code';
COMMENT ON COLUMN heat_demand.year IS 'Year [year]';
COMMENT ON COLUMN heat_demand.kind IS 'district (buildings on district heating), individual (buildings with their own heating), industry_low, industry_mid, industry_high (process heat by temperature)';
COMMENT ON COLUMN heat_demand.basis IS 'gross: with the losses of the network; net: at the building or process';
COMMENT ON COLUMN heat_demand.heat_mwh IS 'Heat [MWh]';
COMMENT ON COLUMN heat_demand.value_status IS 'observed or zero: as the publisher states it, who has it from a model';
COMMENT ON COLUMN heat_demand.grade IS 'C: estimate from local activity data';
COMMENT ON COLUMN heat_demand.half_width IS 'Half of the range of heat_mwh as a share of it, 95 %, as the grade says; null when that is [1]';
COMMENT ON COLUMN heat_demand.source_id IS 'Publisher, see table source';

WITH demand AS (
  SELECT country, muni_code, year, 'district' AS kind, 'gross' AS basis, heat_mwh, value_status, _origin FROM raw.bal_district_heat
  UNION ALL SELECT country, muni_code, year, 'individual', 'net', heat_mwh, value_status, _origin FROM raw.bal_individual_heat
  UNION ALL SELECT country, muni_code, year, CASE heat_user WHEN 'IND-PHL' THEN 'industry_low' WHEN 'IND-PHM' THEN 'industry_mid' WHEN 'IND-PHH' THEN 'industry_high' END, 'net', heat_mwh, value_status, _origin
  FROM raw.bal_industry_heat)
SELECT m.plan, country, muni_code, year::SMALLINT AS year, kind, basis, heat_mwh, value_status, 'C' AS grade, if(heat_mwh IS NULL, NULL, half_width_of('C')) AS half_width, 'balmorel' AS source_id, d._origin
FROM demand d JOIN plan.member m USING (country, muni_code);
