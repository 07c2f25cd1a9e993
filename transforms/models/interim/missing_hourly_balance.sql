-- Why the hourly balance has no rows: one row, with the reason, or null where nothing is missing.
WITH lack AS (
  SELECT m.bit, m.name, 0 AS place, 'its bidding zone' AS what FROM plan.member m JOIN member_zone z USING (country, muni_code) WHERE z.zone IS NULL
  UNION ALL
  SELECT m.bit, m.name, 1, CASE e.flow WHEN 'consumption' THEN 'electricity used' ELSE e.flow || ' power' END
  FROM plan.member m JOIN electricity_year e USING (country, muni_code) WHERE e.energy_mwh IS NULL),
member AS (
  SELECT bit, name || ' (' || string_agg(what, ', ' ORDER BY place, what) || ')' AS text FROM lack GROUP BY bit, name)
SELECT CASE
  WHEN EXISTS (SELECT 1 FROM member) THEN 'not known in any year near the base year: ' || (SELECT string_agg(text, '; ' ORDER BY bit) FROM member)
  WHEN NOT EXISTS (SELECT 1 FROM hourly_period) THEN 'there is no hour of which the load, wind and solar power of all members'' bidding zones are known' END AS reason;
