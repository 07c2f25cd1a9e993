-- Degree year: one row is a member's degree days of a year beside those of the normal year, of one definition and one
-- station. From degree_days; null as soon as one month is.
SELECT country, muni_code, year, gd_definition_id, station_id,
  if(count(degree_days) = 12, round(fsum(degree_days ORDER BY month), 3), NULL) AS degree_days,
  if(count(degree_days_normal) = 12, round(fsum(degree_days_normal ORDER BY month), 3), NULL) AS degree_days_normal
FROM degree_days GROUP BY ALL;
