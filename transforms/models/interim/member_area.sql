-- Member area: one row is a member with its area and what that is made of. In Denmark the area that Statistics Denmark
-- states, of the year nearest to the base year; else the area inside the outline, which has lakes and a strip of sea in it.
WITH ring AS (
  SELECT country, muni_code, p, r, coordinates[p][r] AS ring, _origin
  FROM (SELECT *, unnest(range(1, len(coordinates[p]) + 1)) AS r
    FROM (SELECT *, unnest(range(1, len(coordinates) + 1)) AS p
      FROM (SELECT country, muni_code, from_json(json_extract(geojson, '$.coordinates'), '[[[["DOUBLE"]]]]') AS coordinates, _origin
        FROM (SELECT * FROM raw.dk_boundary UNION ALL BY NAME SELECT * FROM raw.se_boundary))))),
outline AS (
  SELECT country, muni_code, fsum(if(r = 1, 1, -1) * ring_km2(ring, factor('earth_mean_radius', '-', 0)) ORDER BY p, r) AS area_km2,
    any_value(_origin) AS _origin
  FROM ring GROUP BY ALL),
stated AS (
  SELECT country, muni_code, arg_min(area_km2, abs(year - base_year) * 2 + (year > base_year)::INTEGER)::DOUBLE AS area_km2,
    arg_min(_origin, abs(year - base_year) * 2 + (year > base_year)::INTEGER) AS _origin
  FROM raw.dst_area CROSS JOIN plan.plan WHERE area_km2 IS NOT NULL GROUP BY ALL)
SELECT m.country, m.muni_code, coalesce(s.area_km2, o.area_km2) * 100 AS area_ha,
  CASE WHEN s.area_km2 IS NOT NULL THEN 'dst' WHEN o.area_km2 IS NOT NULL THEN 'boundary' END AS source_id,
  if(s.area_km2 IS NOT NULL, s._origin, o._origin) AS _origin
FROM plan.member m LEFT JOIN stated s USING (country, muni_code) LEFT JOIN outline o USING (country, muni_code);
