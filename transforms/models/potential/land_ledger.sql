-- Land ledger: one row is a use of a class of land in a member, at the realisable level in the central case, or all land of
-- the class. From the steps of the potentials. No hectare may have two uses that exclude each other.
CREATE TABLE land_ledger (
  plan VARCHAR, country VARCHAR, muni_code VARCHAR, land_class VARCHAR, use VARCHAR, area_ha DOUBLE, exclusive BOOLEAN);
COMMENT ON TABLE land_ledger IS 'Land that the realisable potentials take, beside all land of the class. Wind turbines are put on farmland, where they meet straw and solar energy. A class whose area is not known has no rows. key: plan, country, muni_code, land_class, use';
COMMENT ON COLUMN land_ledger.plan IS 'The plan, by its id';
COMMENT ON COLUMN land_ledger.country IS 'Country: DK or SE';
COMMENT ON COLUMN land_ledger.muni_code IS 'Municipality code';
COMMENT ON COLUMN land_ledger.land_class IS 'farmland, forest or roof (modules that fit on roofs)';
COMMENT ON COLUMN land_ledger.use IS 'all (all land of the class), wind_footprint (foundations and roads), wind_area (between the turbines), solar_ground, solar_heat, straw (its fields), wood or solar_roof';
COMMENT ON COLUMN land_ledger.area_ha IS 'Area; null where the potential is not known [ha]';
COMMENT ON COLUMN land_ledger.exclusive IS 'The use excludes every other exclusive use of the same hectare; null for all land of the class';

WITH uses AS (
  SELECT country, muni_code, 'farmland' AS land_class, 'all' AS use, farmland_ha AS area_ha, NULL::BOOLEAN AS exclusive FROM potential_land
    WHERE "case" = 'central'
  UNION ALL SELECT country, muni_code, 'forest', 'all', forest_ha, NULL FROM potential_land WHERE "case" = 'central'
  UNION ALL SELECT country, muni_code, 'farmland', 'wind_area', area_ha, false FROM potential_power WHERE resource = 'wind_onshore' AND "case" = 'central'
  UNION ALL SELECT country, muni_code, 'farmland', 'wind_footprint', area_ha * factor('wind_footprint_share', country, 0), true FROM potential_power
    WHERE resource = 'wind_onshore' AND "case" = 'central'
  UNION ALL SELECT country, muni_code, 'farmland', 'solar_ground', area_ha, true FROM potential_power WHERE resource = 'solar_ground' AND "case" = 'central'
  UNION ALL SELECT country, muni_code, 'farmland', 'solar_heat', area_ha, true FROM potential_heat WHERE resource = 'solar_heat' AND "case" = 'central'
  UNION ALL SELECT country, muni_code, 'farmland', 'straw', area_ha, true FROM potential_biomass WHERE resource = 'straw' AND "case" = 'central'
  UNION ALL SELECT country, muni_code, 'forest', 'wood', area_ha, true FROM potential_biomass WHERE resource = 'wood' AND "case" = 'central'
  UNION ALL SELECT country, muni_code, 'roof', 'all', area_ha * technical / nullif(realisable, 0), NULL FROM potential_power WHERE resource = 'solar_roof'
    AND "case" = 'central'
  UNION ALL SELECT country, muni_code, 'roof', 'solar_roof', area_ha, true FROM potential_power WHERE resource = 'solar_roof' AND "case" = 'central')
SELECT m.plan, country, muni_code, u.land_class, u.use, round(u.area_ha, 3) AS area_ha, u.exclusive
FROM uses u JOIN plan.member m USING (country, muni_code)
SEMI JOIN (SELECT * FROM uses WHERE use = 'all' AND area_ha IS NOT NULL) a USING (country, muni_code, land_class);
