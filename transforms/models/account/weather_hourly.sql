-- Weather hourly: one row is the temperature at a station in an hour. From SMHI, whose stations stand in Sweden.
CREATE TABLE weather_hourly (plan VARCHAR, station_id VARCHAR, hour_utc TIMESTAMPTZ, temperature_degc DOUBLE, quality VARCHAR, source_id VARCHAR);
COMMENT ON TABLE weather_hourly IS 'Air temperature by hour. An hour that is not here was not measured. key: plan, station_id, hour_utc';
COMMENT ON COLUMN weather_hourly.plan IS 'The plan, by its id';
COMMENT ON COLUMN weather_hourly.station_id IS 'Station, the publisher''s number: 62410 is Halmstad airport';
COMMENT ON COLUMN weather_hourly.hour_utc IS 'Hour of the reading, UTC';
COMMENT ON COLUMN weather_hourly.temperature_degc IS 'Air temperature; null where the publisher rejected the reading [degC]';
COMMENT ON COLUMN weather_hourly.quality IS 'Publisher''s mark: G checked and approved, Y suspect or only roughly checked, R rejected';
COMMENT ON COLUMN weather_hourly.source_id IS 'Publisher, see table source';

SELECT p.plan, w.station_id, w.hour_utc, w.temperature_degc, w.quality, 'smhi' AS source_id, w._origin
FROM raw.smhi_temperature_hour w CROSS JOIN plan.plan p;
