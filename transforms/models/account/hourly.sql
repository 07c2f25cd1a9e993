-- Hourly: one row is the electricity that a member used or produced in an hour. From Energi Data Service.
CREATE TABLE hourly (
  plan VARCHAR, country VARCHAR, muni_code VARCHAR, series_id VARCHAR, sector_id VARCHAR, hour_utc TIMESTAMPTZ, energy_mwh DECIMAL(18,6),
  utc_offset_min SMALLINT, value_status VARCHAR, source_id VARCHAR);
COMMENT ON TABLE hourly IS 'Electricity by hour. Hours are UTC, so that the hour that clocks repeat in autumn stands twice, apart. key: plan, country, muni_code, series_id, sector_id, hour_utc';
COMMENT ON COLUMN hourly.plan IS 'The plan, by its id';
COMMENT ON COLUMN hourly.country IS 'Country: DK or SE';
COMMENT ON COLUMN hourly.muni_code IS 'Municipality code';
COMMENT ON COLUMN hourly.series_id IS 'consumption, or production_ and the technology';
COMMENT ON COLUMN hourly.sector_id IS 'Sector of use, see table sector; - for production';
COMMENT ON COLUMN hourly.hour_utc IS 'Beginning of the hour, UTC';
COMMENT ON COLUMN hourly.energy_mwh IS 'Electricity in the hour, exact to the Wh [MWh]';
COMMENT ON COLUMN hourly.utc_offset_min IS 'Local clock minus UTC [min]';
COMMENT ON COLUMN hourly.value_status IS 'observed, zero or not_available';
COMMENT ON COLUMN hourly.source_id IS 'Publisher, see table source';

SELECT m.plan, country, muni_code, series_id, sector_id, hour_utc, energy_mwh, utc_offset_min::SMALLINT AS utc_offset_min, value_status, 'energidataservice' AS source_id, h._origin
FROM (
  SELECT country, muni_code, 'consumption' AS series_id, CASE branch WHEN 'Privat' THEN 'HOUS' WHEN 'Erhverv' THEN 'BUS' WHEN 'Offentligt' THEN 'SERV_PUB' END AS sector_id,
    hour_utc, round(energy_kwh / 1000, 6)::DECIMAL(18,6) AS energy_mwh, utc_offset_min, value_status, _origin
  FROM raw.eds_consumption
  UNION ALL
  SELECT country, muni_code, 'production_' || technology, '-', hour_utc, energy_mwh, utc_offset_min, value_status, _origin FROM raw.eds_production) h
JOIN plan.member m USING (country, muni_code);
