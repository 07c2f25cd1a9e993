-- C20 error: degree days of a year and of the normal year are of one definition and one station, that of the plan
SELECT count(*) > 0 FROM degree_days;

WITH of_year AS (
  SELECT country, muni_code, year, gd_definition_id, station_id, fsum(degree_days ORDER BY month) AS degree_days, fsum(degree_days_normal ORDER BY month) AS degree_days_normal
  FROM degree_days GROUP BY ALL)
SELECT concat_ws('|', 'degree_days', country, muni_code) AS row_key, string_agg(DISTINCT gd_definition_id || ' at ' || station_id, ', ' ORDER BY gd_definition_id || ' at ' || station_id) AS observed,
  (SELECT gd_definition_id FROM plan.degree_days) AS expected, 'degree days of several definitions or stations, or of another definition than the plan''s' AS message
FROM degree_days GROUP BY country, muni_code
HAVING count(DISTINCT gd_definition_id || station_id) > 1 OR min(gd_definition_id) <> (SELECT gd_definition_id FROM plan.degree_days)
UNION ALL
SELECT concat_ws('|', 'energy_normalised', e.country, e.muni_code, e.year, e.carrier_id, e.sector_id), concat_ws(', ', e.gd_definition_id, e.degree_days, e.degree_days_normal),
  concat_ws(', ', y.gd_definition_id, y.degree_days, y.degree_days_normal), 'corrected with degree days that table degree_days does not have for that definition and station'
FROM energy_normalised e LEFT JOIN of_year y USING (country, muni_code, year, gd_definition_id, station_id)
WHERE e.method_id = 'degree_days' AND e.energy_mwh <> 0
  AND NOT coalesce(abs(e.degree_days - y.degree_days) < 0.01 AND abs(e.degree_days_normal - y.degree_days_normal) < 0.01, false)
