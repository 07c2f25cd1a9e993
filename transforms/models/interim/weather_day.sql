-- Weather day: one row is the mean temperature of a day at a station. From the daily means of SMHI (days of UTC) and of DMI
-- (of a Danish municipality's area, days of its clocks); where SMHI has none, from the hours, if enough of the day's 24 are
-- there. Its range is what it would be had the missing hours been as cold as the coldest or as warm as the warmest hour of
-- that day.
WITH hours AS (
  -- Summed as decimals: exact in any order, and without room for an order of each of decades of days.
  SELECT station_id, hour_utc::DATE AS day, count(temperature_degc) AS n, sum(temperature_degc::DECIMAL(9, 3))::DOUBLE AS total,
    min(temperature_degc) AS coldest, max(temperature_degc) AS warmest
  FROM raw.smhi_temperature_hour GROUP BY ALL),
daily AS (
  SELECT station_id, day, temperature_degc FROM raw.smhi_temperature_day WHERE temperature_degc IS NOT NULL
  UNION ALL
  SELECT 'DMI-0' || muni_code, date, value FROM raw.dmi_value WHERE parameter = 'mean_temp' AND resolution = 'day' AND value IS NOT NULL)
SELECT station_id, day, temperature_degc, temperature_degc AS low_degc, temperature_degc AS high_degc, 0 AS n_hours_missing FROM daily
UNION ALL
SELECT station_id, day, total / n, (total + (24 - n) * coldest) / 24, (total + (24 - n) * warmest) / 24, 24 - n
FROM hours ANTI JOIN daily USING (station_id, day) WHERE n >= factor('gd_hours_min', '-', 0);
