-- C11a error: no hour stands twice, and local clocks are one or two hours ahead of UTC
SELECT count(*) > 0 FROM hourly;

SELECT concat_ws('|', country, muni_code, series_id, sector_id, hour_utc) AS row_key, count(*) AS observed, '1' AS expected, 'an hour stands twice' AS message
FROM hourly GROUP BY ALL HAVING count(*) > 1
UNION ALL
SELECT concat_ws('|', country, muni_code, series_id, sector_id, hour_utc), utc_offset_min, '60 or 120', 'the local clock is wrong' FROM hourly WHERE utc_offset_min NOT IN (60, 120)
