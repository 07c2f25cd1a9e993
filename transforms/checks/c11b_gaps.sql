-- C11b warning: an hourly series has every hour between its first and its last
SELECT count(*) > 0 FROM hourly;

SELECT concat_ws('|', country, muni_code, series_id, sector_id) AS row_key, count(*) AS observed,
  1 + date_diff('hour', min(hour_utc), max(hour_utc)) AS expected, 'hours are missing within the series' AS message
FROM hourly GROUP BY country, muni_code, series_id, sector_id
HAVING count(*) <> 1 + date_diff('hour', min(hour_utc), max(hour_utc))
