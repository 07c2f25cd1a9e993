-- Network member: one row is a municipality that a district heating network supplies in a year, and its weight when the
-- heat is shared. Danish municipalities are those in which plants feed it and those of which the list of fuels names it;
-- their weight is the heat demand of Balmorel's municipal table less what networks of their own feed in, because no
-- publisher gives heat by network and municipality. A Swedish network has one municipality. From network_heat.
WITH fed AS (
  SELECT country, network_id, muni_code, year, heat_mwh, _origin FROM network_heat WHERE muni_code IS NOT NULL),
listed AS (
  SELECT f.country, f.network_id, d.muni_code, f.year, d._origin FROM raw.dn_district_heating d
  JOIN (SELECT DISTINCT country, network_id, year FROM fed) f ON f.country = d.country AND f.network_id = split_part(d.network, ' ', 1)),
supplied AS (
  SELECT country, network_id, muni_code, year, flatten(list(_origin ORDER BY source)) AS _origin
  FROM (SELECT country, network_id, muni_code, year, _origin, 1 AS source FROM fed UNION ALL SELECT *, 2 FROM listed) GROUP BY country, network_id, muni_code, year),
counted AS (SELECT *, count(*) OVER (PARTITION BY country, network_id, year) AS n_members FROM supplied),
demand AS (SELECT country, muni_code, arg_max(heat_mwh, year) AS heat_mwh, arg_max(_origin, year) AS _origin FROM raw.bal_district_heat GROUP BY ALL),
own AS (
  SELECT c.country, c.muni_code, c.year, sum(f.heat_mwh) AS heat_mwh FROM counted c JOIN fed f USING (country, network_id, muni_code, year) WHERE c.n_members = 1 GROUP BY ALL)
SELECT c.country, c.network_id, c.muni_code, c.year, c.n_members,
  if(c.n_members = 1, 1, at_least(d.heat_mwh - coalesce(o.heat_mwh, 0), 0))::DOUBLE AS weight, if(c.n_members = 1, 'one_member', 'heat_demand') AS key_id,
  list_concat(c._origin, d._origin) AS _origin
FROM counted c LEFT JOIN demand d USING (country, muni_code) LEFT JOIN own o USING (country, muni_code, year);
