-- Degree days: one row is what the weather asked for in a member in a month, by the plan's one definition.
-- From station_month: of the stations within reach the nearest that has a normal year, where the means of the municipality's own
-- area are the nearest of all; without one, these, else the station of the longest series.
CREATE TABLE degree_days (
  plan VARCHAR, country VARCHAR, muni_code VARCHAR, year SMALLINT, month SMALLINT, gd_definition_id VARCHAR, degree_days DOUBLE, low_degree_days DOUBLE, high_degree_days DOUBLE,
  degree_days_normal DOUBLE, normal_years INTEGER, n_days INTEGER, n_missing INTEGER, n_hours_missing INTEGER,
  station_id VARCHAR, station_name VARCHAR, distance_km DOUBLE, value_status VARCHAR, grade VARCHAR, source_id VARCHAR);
COMMENT ON TABLE degree_days IS 'Degree days: the sum over days of the degrees by which the mean temperature lies below the base, of every day of the year. All of a member''s, the normal year''s too, are of one station and one definition. A member without a station within reach has no row. key: plan, country, muni_code, year, month, gd_definition_id';
COMMENT ON COLUMN degree_days.plan IS 'The plan, by its id';
COMMENT ON COLUMN degree_days.country IS 'Country: DK or SE';
COMMENT ON COLUMN degree_days.muni_code IS 'Municipality code';
COMMENT ON COLUMN degree_days.year IS 'Year [year]';
COMMENT ON COLUMN degree_days.month IS 'Month, 1 to 12 [1]';
COMMENT ON COLUMN degree_days.gd_definition_id IS 'Definition: base 17 degrees Celsius, no season limits, and the first and last year of the normal period. Degree days of other definitions are not comparable';
COMMENT ON COLUMN degree_days.degree_days IS 'Degree days; a few missing days are filled with the mean of the month''s other days; null when too many are missing [Kd]';
COMMENT ON COLUMN degree_days.low_degree_days IS 'Low end: had the missing days and hours been as warm as this station has had them in this month of any year [Kd]';
COMMENT ON COLUMN degree_days.high_degree_days IS 'High end: had they been as cold [Kd]';
COMMENT ON COLUMN degree_days.degree_days_normal IS 'The month''s mean in the normal period, same station and same rule; null when too few of its years are known [Kd]';
COMMENT ON COLUMN degree_days.normal_years IS 'Years that the mean is made of [1]';
COMMENT ON COLUMN degree_days.n_days IS 'Days of the month [1]';
COMMENT ON COLUMN degree_days.n_missing IS 'Days of it without a mean temperature [1]';
COMMENT ON COLUMN degree_days.n_hours_missing IS 'Hours missing in the days that are made of hours [1]';
COMMENT ON COLUMN degree_days.station_id IS 'Weather station, the publisher''s number; DMI-0253 is the area of municipality 253';
COMMENT ON COLUMN degree_days.station_name IS 'Weather station, the publisher''s name, or the municipality';
COMMENT ON COLUMN degree_days.distance_km IS 'From the centre of the municipality to the station; 0 where it is the municipality''s own area [km]';
COMMENT ON COLUMN degree_days.value_status IS 'derived (from every day of the month), estimated (days or hours were missing) or not_available';
COMMENT ON COLUMN degree_days.grade IS 'B: station near by; C: farther away; one step lower with missing days or hours; E: not known';
COMMENT ON COLUMN degree_days.source_id IS 'Publisher, see table source';

WITH normal AS (
  SELECT s.station_id, s.month, count(s.degree_days) AS normal_years,
    if(count(s.degree_days) >= factor('gd_normal_years_min', '-', 0), fsum(s.degree_days ORDER BY s.year) / count(s.degree_days), NULL) AS degree_days_normal
  FROM station_month s JOIN plan.degree_days d ON s.year BETWEEN d.normal_from AND d.normal_to GROUP BY ALL),
station AS (
  SELECT s.*, (SELECT count(n.degree_days_normal) FROM normal n WHERE n.station_id = s.station_id) = 12 AS has_normal,
    (SELECT count(t.degree_days) FROM station_month t WHERE t.station_id = s.station_id) AS months
  FROM weather_station s),
reach AS (
  -- The great circle between two points (haversine).
  SELECT m.plan, m.country, m.muni_code, s.station_id, s.name, s.has_normal, s.months, s.source_id, s.muni_code IS NOT NULL AS own, if(s.muni_code IS NOT NULL, 0, 2 * factor('earth_mean_radius', '-', 0) * asin(sqrt(
    sin(radians(s.lat_deg - m.lat_deg) / 2) ** 2 + cos(radians(s.lat_deg)) * cos(radians(m.lat_deg)) * sin(radians(s.lon_deg - m.lon_deg) / 2) ** 2))) AS distance_km
  FROM municipality m JOIN station s ON s.muni_code IS NULL OR s.country = m.country AND s.muni_code = m.muni_code),
chosen AS (
  SELECT * FROM reach WHERE distance_km <= factor('gd_station_distance_max', '-', 0)
  QUALIFY row_number() OVER (PARTITION BY country, muni_code ORDER BY has_normal DESC, NOT has_normal AND own DESC, if(has_normal, distance_km, -months), station_id) = 1)
SELECT c.plan, c.country, c.muni_code, s.year, s.month, d.gd_definition_id,
  round(s.degree_days, 3) AS degree_days, round(s.low, 3) AS low_degree_days, round(s.high, 3) AS high_degree_days,
  round(n.degree_days_normal, 3) AS degree_days_normal, coalesce(n.normal_years, 0) AS normal_years, s.n_days, s.n_missing, s.n_hours_missing,
  c.station_id, c.name AS station_name, round(c.distance_km, 1) AS distance_km,
  CASE WHEN s.degree_days IS NULL THEN 'not_available' WHEN s.n_missing + s.n_hours_missing > 0 THEN 'estimated' ELSE 'derived' END AS value_status,
  CASE WHEN s.degree_days IS NULL THEN 'E'
    ELSE ['B', 'C', 'D'][1 + (c.distance_km > factor('gd_station_distance_near', '-', 0))::INTEGER + (s.n_missing + s.n_hours_missing > 0)::INTEGER] END AS grade,
  c.source_id
FROM chosen c JOIN station_month s USING (station_id) LEFT JOIN normal n USING (station_id, month) CROSS JOIN plan.degree_days d;
