-- Own building: one row is what a building of a municipality itself uses of a carrier in a year.
-- From the plan's own files.
CREATE TABLE own_building (
  plan VARCHAR, country VARCHAR, muni_code VARCHAR, building_id VARCHAR, year SMALLINT, carrier_id VARCHAR, name VARCHAR, building_type VARCHAR, floor_m2 DOUBLE, built SMALLINT,
  energy_mwh DECIMAL(18,3), energy_kwh_per_m2 DOUBLE, source VARCHAR, file VARCHAR, line INTEGER);
COMMENT ON TABLE own_building IS 'The members'' own buildings. What they use is inside the public services (SERV_PUB) of table energy_balance and the stocks of table end_use: a memo, never added to them. A building''s floor stands in each of its rows: take it once. key: plan, country, muni_code, building_id, year, carrier_id';
COMMENT ON COLUMN own_building.plan IS 'The plan, by its id';
COMMENT ON COLUMN own_building.country IS 'Country: DK or SE';
COMMENT ON COLUMN own_building.muni_code IS 'Municipality code';
COMMENT ON COLUMN own_building.building_id IS 'The building, by the member''s own id';
COMMENT ON COLUMN own_building.year IS 'Year of the energy [year]';
COMMENT ON COLUMN own_building.carrier_id IS 'Energy carrier, see table carrier';
COMMENT ON COLUMN own_building.name IS 'What it is called';
COMMENT ON COLUMN own_building.building_type IS 'What it is, in the member''s own word';
COMMENT ON COLUMN own_building.floor_m2 IS 'Heated floor [m2]';
COMMENT ON COLUMN own_building.built IS 'Year in which it was built; null where not stated [year]';
COMMENT ON COLUMN own_building.energy_mwh IS 'Final energy, delivered, as metered [MWh]';
COMMENT ON COLUMN own_building.energy_kwh_per_m2 IS 'Final energy by floor [kWh/m2]';
COMMENT ON COLUMN own_building.source IS 'Where the figures come from';
COMMENT ON COLUMN own_building.file IS 'File of the plan that has it';
COMMENT ON COLUMN own_building.line IS 'Line in that file [1]';

SELECT p.plan, o.country, o.muni_code, o.building_id, o.year::SMALLINT AS year, o.carrier_id, o.name, o.building_type, o.floor_m2, o.built::SMALLINT AS built,
  o.energy_mwh, round(o.energy_mwh::DOUBLE * 1000 / o.floor_m2, 3) AS energy_kwh_per_m2, o.source,
  f.file, regexp_extract(o._origin[1], '#line (\d+)', 1)::INTEGER AS line, o._origin
FROM raw.own_building o CROSS JOIN plan.plan p LEFT JOIN plan.own_file f ON f.kind = 'buildings' AND f.extract_sha256 = o._origin[1][:64];
