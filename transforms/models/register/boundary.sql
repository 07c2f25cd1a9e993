-- Boundary: one row is the outline of a member, for maps. From the municipality
-- boundaries of both countries, which are simplified: not for areas.
CREATE TABLE boundary (plan VARCHAR, country VARCHAR, muni_code VARCHAR, geojson VARCHAR);
COMMENT ON TABLE boundary IS 'Outlines of the municipalities, for maps and for finding the municipality of a point; simplified, not for areas. key: plan, country, muni_code';
COMMENT ON COLUMN boundary.plan IS 'The plan, by its id';
COMMENT ON COLUMN boundary.country IS 'Country: DK or SE';
COMMENT ON COLUMN boundary.muni_code IS 'Municipality code';
COMMENT ON COLUMN boundary.geojson IS 'GeoJSON geometry: one MultiPolygon, longitude first, WGS 84';

SELECT m.plan, country, muni_code, geojson, _origin
FROM (SELECT * FROM raw.dk_boundary UNION ALL BY NAME SELECT * FROM raw.se_boundary)
JOIN plan.member m USING (country, muni_code);
