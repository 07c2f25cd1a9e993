-- Hours of the hourly balance: one row is an hour, the same for every member, and how the balance is made.
-- metered: the year nearest to the base year in which all members have metered hours, nearly all year;
-- else zone_shape: the nearest year in which the shapes of all their zones do; else zone_shape_part: the
-- longest run of hours in which the shapes do, of two equal ones the first. Years are of UTC.
WITH metered AS (
  SELECT hour_utc FROM member_hour GROUP BY hour_utc HAVING count(*) = (SELECT count(*) FROM plan.member)),
shaped AS (
  -- Three shapes for every zone; a member whose zone is not known has none, so that no hour is complete.
  SELECT hour_utc FROM zone_shape GROUP BY hour_utc HAVING count(*) = 3 * (SELECT count(DISTINCT coalesce(zone, '?')) FROM member_zone)),
hours AS (
  SELECT 'metered' AS method_id, hour_utc, extract(year FROM hour_utc) AS year FROM metered
  UNION ALL SELECT 'zone_shape', hour_utc, extract(year FROM hour_utc) FROM shaped),
years AS (
  SELECT h.method_id, h.year, row_number() OVER (ORDER BY h.method_id, abs(h.year - p.base_year), h.year) AS place
  FROM hours h CROSS JOIN plan.plan p GROUP BY h.method_id, h.year, p.base_year
  HAVING count(*) >= factor('hourly_year_min_hours', '-', 0)),
numbered AS (
  SELECT hour_utc, hour_utc - row_number() OVER (ORDER BY hour_utc) * INTERVAL '1' HOUR AS run FROM shaped),
runs AS (
  SELECT run, row_number() OVER (ORDER BY count(*) DESC, run) AS place FROM numbered GROUP BY run)
SELECT h.method_id, h.hour_utc FROM hours h JOIN years y ON y.method_id = h.method_id AND y.year = h.year WHERE y.place = 1
UNION ALL
SELECT 'zone_shape_part', n.hour_utc FROM numbered n JOIN runs r ON r.run = n.run
WHERE r.place = 1 AND NOT EXISTS (SELECT 1 FROM years);
