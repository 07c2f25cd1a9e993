-- Municipality: one row is a member of the plan. From the registry of municipalities,
-- StatBank's area (Denmark), the municipality boundaries, and member_zone.
CREATE TABLE municipality (
  plan VARCHAR, country VARCHAR, muni_code VARCHAR, name VARCHAR, nuts3 VARCHAR, zone VARCHAR,
  area_km2 DOUBLE, lon_deg DOUBLE, lat_deg DOUBLE);
COMMENT ON TABLE municipality IS 'The municipalities of the plan. key: plan, country, muni_code';
COMMENT ON COLUMN municipality.plan IS 'The plan, by its id';
COMMENT ON COLUMN municipality.country IS 'Country: DK or SE';
COMMENT ON COLUMN municipality.muni_code IS 'Municipality code: three digits in Denmark, four in Sweden';
COMMENT ON COLUMN municipality.name IS 'Name';
COMMENT ON COLUMN municipality.nuts3 IS 'Region of NUTS 2021, level 3';
COMMENT ON COLUMN municipality.zone IS 'Electricity bidding zone; where the program''s registry has none, the zone that most of the municipality''s wind turbines in the Swedish register are in; else null';
COMMENT ON COLUMN municipality.area_km2 IS 'Area, newest figure of Statistics Denmark; null for Sweden, where no area is at hand [km2]';
COMMENT ON COLUMN municipality.lon_deg IS 'Longitude of the centre of the municipality, WGS 84 [deg]';
COMMENT ON COLUMN municipality.lat_deg IS 'Latitude of the centre of the municipality, WGS 84 [deg]';

WITH area AS (
  SELECT country, muni_code, arg_max(area_km2, year)::DOUBLE AS area_km2, flatten(list(_origin)) AS _origin
  FROM raw.dst_area WHERE area_km2 IS NOT NULL GROUP BY ALL),
place AS (
  SELECT country, muni_code, lon_deg, lat_deg, _origin FROM raw.dk_boundary
  UNION ALL SELECT country, muni_code, lon_deg, lat_deg, _origin FROM raw.se_boundary)
SELECT m.plan, m.country, m.muni_code, m.name, m.nuts3, z.zone,
  area.area_km2, round(place.lon_deg, 6) AS lon_deg, round(place.lat_deg, 6) AS lat_deg,
  list_concat(area._origin, place._origin, z._origin) AS _origin
FROM plan.member m
JOIN member_zone z USING (country, muni_code)
LEFT JOIN area USING (country, muni_code)
LEFT JOIN place USING (country, muni_code);
