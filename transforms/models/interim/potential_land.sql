-- Potential land: one row is what a member has of farmland, forest and built area in a case. Of the area the share of its
-- county where the registry has one (Sweden), else that of its country; of built area so much per inhabitant.
WITH head AS (
  SELECT country, muni_code, arg_min(population, abs(date_diff('day', date, make_date(base_year, 7, 1)))) AS persons
  FROM population CROSS JOIN plan.plan WHERE population IS NOT NULL GROUP BY ALL),
area AS (
  SELECT m.country, m.muni_code, m.area_ha, m.source_id, m._origin, h.persons, c."case",
    'county_' || left(m.muni_code, 2) AS county
  FROM member_area m LEFT JOIN head h USING (country, muni_code) CROSS JOIN (SELECT unnest(['low', 'central', 'high']) AS "case") c)
SELECT country, muni_code, "case", area_ha, source_id, persons,
  area_ha * coalesce(factor_case('farmland_share_' || county, country, "case"), factor_case('farmland_share', country, "case")) AS farmland_ha,
  area_ha * coalesce(factor_case('forest_share_' || county, country, "case"), factor_case('forest_share', country, "case")) AS forest_ha,
  factor_case('farmland_share_' || county, country, "case") IS NOT NULL AS of_county,
  persons * factor_case('roof_area_per_person', country, "case") AS built_m2, _origin
FROM area;
