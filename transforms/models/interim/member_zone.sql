-- Bidding zone of the members: one row is a member. From the registry of municipalities, which leaves
-- Swedish municipalities without a zone where none is known; there the zone in which most of the
-- wind turbines of the Swedish register stand or were planned, of two equal ones the first by name.
WITH counted AS (
  SELECT country, muni_code, zone, count(*) AS turbines FROM raw.vbk_turbine WHERE zone IS NOT NULL AND muni_code IS NOT NULL GROUP BY country, muni_code, zone),
ranked AS (
  SELECT country, muni_code, zone, row_number() OVER (PARTITION BY country, muni_code ORDER BY turbines DESC, zone) AS place FROM counted),
places AS (
  SELECT country, muni_code, zone, list_distinct(flatten(list(_origin ORDER BY turbine_id))) AS _origin FROM raw.vbk_turbine GROUP BY country, muni_code, zone)
SELECT m.plan, m.country, m.muni_code, coalesce(nullif(m.zone, ''), r.zone) AS zone, if(m.zone = '', p._origin, NULL) AS _origin
FROM plan.member m
LEFT JOIN ranked r ON r.country = m.country AND r.muni_code = m.muni_code AND r.place = 1
LEFT JOIN places p ON p.country = m.country AND p.muni_code = m.muni_code AND p.zone = r.zone;
