-- Solar yield: one row is what a kilowatt of panels of a kind (ground, roof) gives in a member in a mean year, in a case, by its
-- key: country, muni_code, kind, case. From PVGIS for the centre of the municipality (stated_hours), where there is an
-- answer. PVGIS has panels at the best angle, as on fields: roofs give so much less as the defaults of both kinds say, and low
-- and high lie as far off as those of the default (local_hours). Without an answer the default (usual_hours).
WITH usual AS (
  SELECT m.country, m.muni_code, k.kind, c."case", factor_case(k.factor_id, m.country, c."case") AS usual_hours, factor_case('pv_yield_ground_fixed', m.country, 'central') AS usual_field
  FROM plan.member m CROSS JOIN (VALUES ('ground', 'pv_yield_ground_fixed'), ('roof', 'pv_yield_roof')) k(kind, factor_id)
  CROSS JOIN (SELECT unnest(['low', 'central', 'high']) AS "case") c)
SELECT country, muni_code, kind, "case", usual_hours, y.kwh_per_kwp AS stated_hours, y.kwh_per_kwp * usual_hours / usual_field AS local_hours,
  coalesce(local_hours, usual_hours) AS hours, y._origin
FROM usual LEFT JOIN (FROM raw.pvgis_yield WHERE kwh_per_kwp > 0) y USING (country, muni_code);
