-- Sector emission: one row is the greenhouse gas that a sector of a member emits in a year, as an
-- inventory states it. From the Danish Energi- og CO2-regnskab and the Swedish national emission database.
CREATE TABLE sector_emission (
  plan VARCHAR, country VARCHAR, muni_code VARCHAR, year SMALLINT, publisher_sector VARCHAR, t_co2e DOUBLE, value_status VARCHAR, grade VARCHAR, half_width DOUBLE, source_id VARCHAR);
COMMENT ON TABLE sector_emission IS 'Emissions as the national inventories publish them, under their own sectors. The two countries count differently: not to be compared across the border. The sector TOTAL is the publisher''s own total: never add it to its parts. key: plan, country, muni_code, year, publisher_sector';
COMMENT ON COLUMN sector_emission.plan IS 'The plan, by its id';
COMMENT ON COLUMN sector_emission.country IS 'Country: DK or SE';
COMMENT ON COLUMN sector_emission.muni_code IS 'Municipality code';
COMMENT ON COLUMN sector_emission.year IS 'Year [year]';
COMMENT ON COLUMN sector_emission.publisher_sector IS 'Sector in the publisher''s words, or TOTAL';
COMMENT ON COLUMN sector_emission.t_co2e IS 'Emission in CO2 equivalents; negative where land takes up more than it gives [t]';
COMMENT ON COLUMN sector_emission.value_status IS 'observed, zero or not_available';
COMMENT ON COLUMN sector_emission.grade IS 'B: an official inventory that is in part a model; E where there is no figure';
COMMENT ON COLUMN sector_emission.half_width IS 'Half of the range of t_co2e as a share of it, 95 %, as the grade says; null when that is [1]';
COMMENT ON COLUMN sector_emission.source_id IS 'Publisher, see table source';

SELECT m.plan, country, muni_code, year::SMALLINT AS year, publisher_sector, t_co2e::DOUBLE AS t_co2e, value_status,
  if(t_co2e IS NULL, 'E', 'B') AS grade, if(t_co2e IS NULL, NULL, half_width_of('B')) AS half_width, source_id, e._origin
FROM (SELECT country, muni_code, year, if(publisher_sector = 'samlet', 'TOTAL', publisher_sector) AS publisher_sector, t_co2e, value_status, 'klimaregnskabet' AS source_id, _origin FROM raw.kr_sector_emission
      UNION ALL SELECT country, muni_code, year, publisher_sector, t_co2e, value_status, 'klimatkollen', _origin FROM raw.kk_sector_emission) e
JOIN plan.member m USING (country, muni_code);
