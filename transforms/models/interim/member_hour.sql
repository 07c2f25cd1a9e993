-- Metered hours of the members: one row is a member's consumption and renewable production in an hour
-- in which both are known whole: homes, business and public services, and every technology of which
-- the member has figures in that year. From hourly.
WITH used AS (
  SELECT country, muni_code, hour_utc, sum(energy_mwh) AS consumption_mwh
  FROM hourly WHERE series_id = 'consumption' AND sector_id IN ('HOUS', 'BUS', 'SERV_PUB')
  GROUP BY country, muni_code, hour_utc HAVING count(energy_mwh) = 3),
produced AS (
  SELECT country, muni_code, hour_utc, series_id, energy_mwh FROM hourly WHERE series_id LIKE 'production_%' AND series_id <> 'production_thermal'),
technologies AS (
  SELECT country, muni_code, extract(year FROM hour_utc) AS year, count(DISTINCT series_id) AS technologies FROM produced GROUP BY country, muni_code, extract(year FROM hour_utc)),
made AS (
  SELECT country, muni_code, hour_utc, sum(energy_mwh) AS production_mwh, count(energy_mwh) AS technologies FROM produced GROUP BY country, muni_code, hour_utc)
SELECT u.country, u.muni_code, u.hour_utc, u.consumption_mwh, m.production_mwh
FROM used u
JOIN made m ON m.country = u.country AND m.muni_code = u.muni_code AND m.hour_utc = u.hour_utc
JOIN technologies t ON t.country = m.country AND t.muni_code = m.muni_code AND t.year = extract(year FROM m.hour_utc) AND t.technologies = m.technologies;
