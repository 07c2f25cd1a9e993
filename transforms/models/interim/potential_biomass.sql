-- Potential biomass: one row is what straw or wood of a member could give in a case, at the three levels. From Balmorel's
-- municipal potentials (Denmark), else from farmland, forest and stated defaults. Fields under solar panels, collectors and
-- turbines give no straw.
WITH occupied AS (
  SELECT country, muni_code, "case", fsum(ha ORDER BY resource) AS taken_ha
  FROM (SELECT country, muni_code, "case", resource, area_ha * if(resource = 'wind_onshore', factor_case('wind_footprint_share', country, "case"), 1) AS ha
    FROM potential_power WHERE resource IN ('wind_onshore', 'solar_ground')
    UNION ALL SELECT country, muni_code, "case", resource, area_ha FROM potential_heat WHERE resource = 'solar_heat')
  WHERE ha IS NOT NULL GROUP BY ALL),
land AS (
  SELECT l.*, coalesce(at_most(o.taken_ha / nullif(l.farmland_ha, 0), 1), 0) AS taken_share, p.published, p.published_origin, f.fuel
  FROM potential_land l LEFT JOIN occupied o USING (country, muni_code, "case")
  CROSS JOIN (SELECT unnest(['straw', 'wood']) AS fuel) f
  LEFT JOIN (SELECT country, muni_code, fuel, mwh_of_gj(energy_gj::DOUBLE) AS published, _origin AS published_origin FROM raw.bal_biomass_potential) p
    ON p.country = l.country AND p.muni_code = l.muni_code AND p.fuel = f.fuel),
grown AS (
  SELECT *, published * spread("case", factor('quality_half_width_c', country, 0)) AS published_mwh,
    field_straw(farmland_ha * factor_case('crop_share_winter_cereals', country, "case"),
      farmland_ha * factor_case('crop_share_spring_cereals', country, "case"), farmland_ha * factor_case('crop_share_rape', country, "case"),
      factor_case('straw_yield_winter_cereals', country, "case"), factor_case('straw_yield_spring_cereals', country, "case"),
        factor_case('straw_yield_rape', country, "case")) AS field_t,
    factor_case('straw_harvestable_of_field', country, "case") AS harvestable, factor('lhv_straw', country, 0) AS lhv
  FROM land),
straw AS (
  SELECT *, coalesce(published_mwh, straw_mwh(field_t, harvestable, field_t * harvestable * factor_case('straw_bedding_feed_share', country,
    opposite("case")), lhv)) AS technical
  FROM grown WHERE fuel = 'straw'),
wood AS (
  SELECT *, coalesce(published_mwh, forest_ha * factor_case('wood_residue_growth', country, "case") * factor('lhv_wood_dry', country, 0)) AS technical
    FROM grown WHERE fuel = 'wood')
SELECT country, muni_code, 'straw' AS resource, "case", straw_mwh(field_t, 1, 0, lhv) AS theoretical, technical,
  technical * (1 - factor_case('straw_soil_reserve', country, opposite("case"))) * (1 - taken_share) AS realisable, taken_share,
  farmland_ha * (factor_case('crop_share_winter_cereals', country, "case") + factor_case('crop_share_spring_cereals', country,
    "case") + factor_case('crop_share_rape', country, "case")) * (1 - taken_share) AS area_ha,
  published IS NOT NULL AS published, if(published IS NULL, source_id, 'balmorel') AS source_id, if(published IS NULL, 'E', 'D') AS grade,
  'all straw that grows, with the ' || if(of_county, 'county', 'country') || '''s share of farmland and the country''s crops and yields' AS why_theoretical,
  if(published IS NULL, 'what can be harvested, less an assumed part for animals', 'what Balmorel''s model has for 2050') AS why_technical,
  'without what stays in the soil and what grows on the ' || round(taken_share * 100, 2)
    || ' % of the farmland that solar energy and turbines take' AS why_realisable,
  ['farmland_share', 'crop_share_winter_cereals', 'crop_share_spring_cereals', 'crop_share_rape', 'straw_yield_winter_cereals',
    'straw_yield_spring_cereals', 'straw_yield_rape', 'lhv_straw'] AS factors_theoretical,
  if(published IS NULL, ['farmland_share', 'crop_share_winter_cereals', 'crop_share_spring_cereals', 'crop_share_rape', 'straw_yield_winter_cereals',
    'straw_yield_spring_cereals', 'straw_yield_rape', 'lhv_straw',
    'straw_harvestable_of_field', 'straw_bedding_feed_share'], []) AS factors_technical,
  ['straw_soil_reserve'] AS factors_realisable, list_concat(published_origin, _origin) AS _origin
FROM straw
UNION ALL BY NAME
SELECT country, muni_code, 'wood' AS resource, "case", forest_ha * factor_case('forest_increment', country, "case") * factor('lhv_wood_dry', country,
  0) AS theoretical, technical,
  technical * factor_case('wood_realisable_share', country, "case") AS realisable, forest_ha AS area_ha,
  published IS NOT NULL AS published, if(published IS NULL, source_id, 'balmorel') AS source_id, if(published IS NULL, 'E', 'D') AS grade,
  'all wood that the forest adds in a year, with the ' || if(of_county, 'county', 'country') || '''s share of forest' AS why_theoretical,
  if(published IS NULL, 'tops, branches and thinnings', 'what Balmorel''s model has for 2050') AS why_technical,
    'the assumed part of it that is fetched' AS why_realisable,
  ['forest_share', 'forest_increment', 'lhv_wood_dry'] AS factors_theoretical,
    if(published IS NULL, ['forest_share', 'wood_residue_growth', 'lhv_wood_dry'], []) AS factors_technical,
  ['wood_realisable_share'] AS factors_realisable, list_concat(published_origin, _origin) AS _origin
FROM wood;
