-- Hourly shape: one row is the part of a year's energy that a bidding zone has used, or made of wind,
-- solar or hydro power, by the beginning and by the end of an hour of the balance. The parts reach 1 over a
-- year; over fewer hours the part of a year that they are. Hydro power runs evenly, and so does
-- what has no energy at all in these hours. An hour's energy is the difference of two rounded parts,
-- so that the hours add up to the year exactly.
WITH hours AS (
  SELECT hour_utc, row_number() OVER (ORDER BY hour_utc) AS n, count(*) OVER () AS hours,
    CASE method_id WHEN 'zone_shape' THEN 1.0 ELSE count(*) OVER () / factor('hours_per_year', '-', 0) END AS year_part
  FROM hourly_period WHERE method_id <> 'metered'),
running AS (
  SELECT s.zone, s.flow, s.shape_zone, s.source_id, h.hour_utc, h.n, h.hours, h.year_part, s.energy_mwh,
    sum(s.energy_mwh) OVER (PARTITION BY s.zone, s.flow ORDER BY h.hour_utc ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS upto_mwh,
    sum(s.energy_mwh) OVER (PARTITION BY s.zone, s.flow) AS total_mwh
  FROM zone_shape s JOIN hours h ON h.hour_utc = s.hour_utc)
SELECT zone, flow, shape_zone, source_id, hour_utc,
  year_part * CASE WHEN total_mwh = 0 THEN CAST(n - 1 AS DOUBLE) / hours ELSE CAST(upto_mwh - energy_mwh AS DOUBLE) / CAST(total_mwh AS DOUBLE) END AS part_before,
  year_part * CASE WHEN total_mwh = 0 THEN CAST(n AS DOUBLE) / hours ELSE CAST(upto_mwh AS DOUBLE) / CAST(total_mwh AS DOUBLE) END AS part_after
FROM running
UNION ALL
SELECT DISTINCT s.zone, 'hydro', '-', '-', h.hour_utc, h.year_part * CAST(h.n - 1 AS DOUBLE) / h.hours, h.year_part * CAST(h.n AS DOUBLE) / h.hours
FROM hours h CROSS JOIN (SELECT DISTINCT zone FROM zone_shape) s;
