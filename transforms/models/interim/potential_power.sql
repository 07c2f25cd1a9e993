-- Potential power: one row is what wind, sun or water of a member could give in a case, at the three levels. From Balmorel's
-- municipal potentials (Denmark), else from the area and stated defaults; permitted turbines from Vindbrukskollen. Hours of
-- solar power are those of PVGIS for the place (solar_yield), else Balmorel's, else the default.
WITH turbines AS (
  SELECT country, muni_code,
    coalesce(fsum(capacity_mw ORDER BY turbine_id) FILTER (status = 'standing'), 0) AS standing_mw,
    coalesce(fsum(capacity_mw ORDER BY turbine_id) FILTER (status = 'permitted'), 0) AS permitted_mw,
    count(capacity_mw) FILTER (status = 'permitted') AS permitted, count(*) FILTER (status = 'permitted' AND capacity_mw IS NULL) AS unstated,
    count(*) FILTER (status = 'under_appeal') AS appealed, count(*) FILTER (status = 'refused') AS refused
  FROM turbine WHERE placement IS DISTINCT FROM 'sea' GROUP BY ALL),
published AS (
  SELECT p.country, p.muni_code, p.technology, p.capacity_mw::DOUBLE AS mw, h.hours, list_concat(p._origin, h._origin) AS _origin
  FROM raw.bal_capacity_potential p JOIN (
    SELECT country, muni_code, 'wind_onshore' AS technology, full_load_h::DOUBLE AS hours, _origin FROM raw.bal_wind_full_load_hours
    UNION ALL SELECT country, muni_code, 'pv_ground', full_load_h::DOUBLE, _origin FROM raw.bal_solar_full_load_hours) h USING (country, muni_code,
      technology)),
wind_site AS (
  SELECT l.*, p.mw * spread(l."case", factor('quality_half_width_c', l.country, 0)) AS published_mw, p._origin AS published_origin,
    coalesce(p.hours, factor_case('wind_flh_new', l.country, l."case")) AS hours,
    wind_density(factor('wind_turbine_power', l.country, 0), factor('wind_rotor_diameter', l.country, 0), factor('wind_spacing_k1', l.country, 0),
      factor('wind_spacing_k2', l.country, 0)) AS density,
    t.standing_mw, t.permitted_mw, t.permitted, t.unstated, t.appealed, t.refused, u.used_mwh
  FROM potential_land l LEFT JOIN published p ON p.country = l.country AND p.muni_code = l.muni_code AND p.technology = 'wind_onshore'
  LEFT JOIN turbines t ON t.country = l.country AND t.muni_code = l.muni_code
  LEFT JOIN potential_used u ON u.country = l.country AND u.muni_code = l.muni_code AND u.resource = 'wind_onshore'),
wind_level AS (
  SELECT *, area_ha / 100 * density * hours AS whole,
    coalesce(published_mw, area_ha / 100 * factor_case('wind_free_area_share', country, "case") * density) * hours AS free,
    -- What stands is realised, and what a register says is permitted can be built.
    coalesce(used_mwh, standing_mw * hours, 0) + coalesce(permitted_mw, 0) * hours AS floor_mwh
  FROM wind_site),
wind AS (
  SELECT *, at_least(free, floor_mwh) AS technical, at_least(free * factor_case('wind_realisable_share', country, "case"), floor_mwh) AS realisable
    FROM wind_level),
sun_site AS (
  SELECT l.*, p.mw * spread(l."case", factor('quality_half_width_c', l.country, 0)) AS published_mw, p._origin AS published_origin,
    -- The range of a published power is that of its grade, in which the sun's is. Its hours are of alternating current: what
    -- it gives is as modelled, in so many more kilowatts of panels as these run fewer hours.
    if(y.stated_hours IS NULL, 1, p.hours / y.stated_hours) AS panels_per_mw,
    coalesce(if(p.mw IS NULL, y.local_hours, y.stated_hours), p.hours, y.usual_hours) AS hours, y.local_hours IS NOT NULL AS of_place,
    of_place AND (p.mw IS NOT NULL OR l."case" = 'central') AS hours_stated, y._origin AS yield_origin,
    factor_case('pv_ground_area', l.country, opposite(l."case")) AS ha_per_mw
  FROM potential_land l LEFT JOIN published p ON p.country = l.country AND p.muni_code = l.muni_code AND p.technology = 'pv_ground'
  JOIN solar_yield y ON y.country = l.country AND y.muni_code = l.muni_code AND y."case" = l."case" AND y.kind = 'ground'),
ground AS (
  SELECT *, coalesce(published_mw * panels_per_mw, ground_pv_mw(farmland_ha * factor_case('pv_ground_technical_share', country, "case"), ha_per_mw)) AS technical_mw,
    ground_pv_mw(farmland_ha * factor_case('pv_ground_farmland_share', country, "case"), ha_per_mw) AS allowed_mw
  FROM sun_site),
roof AS (
  SELECT l.*, y.hours, y.local_hours IS NOT NULL AS of_place, y._origin AS yield_origin,
    built_m2 * (factor_case('roof_pitched_share', country, "case") / cos(radians(factor('pv_roof_pitch', country, 0)))
      + 1 - factor_case('roof_pitched_share', country, "case")) AS whole_m2,
    roof_modules(built_m2, factor_case('roof_pitched_share', country, "case"), factor('pv_roof_pitch', country, 0),
      factor_case('pv_roof_orientation_share', country, "case"),
      factor_case('pv_roof_installable_share', country, "case"), factor_case('pv_roof_flat_factor', country, "case")) AS suitable_m2,
    factor_case('pv_module_density', country, "case") / 1000 AS mw_per_m2
  FROM potential_land l JOIN solar_yield y USING (country, muni_code, "case") WHERE y.kind = 'roof'),
hydro AS (
  SELECT u.country, u.muni_code, c."case", u.used_mwh * (1 + factor_case('hydro_new_share', u.country, c."case")) AS energy
  FROM potential_used u CROSS JOIN (SELECT unnest(['low', 'central', 'high']) AS "case") c WHERE u.resource = 'hydro')
SELECT country, muni_code, 'wind_onshore' AS resource, "case", whole AS theoretical, technical, realisable, hours,
  realisable / hours / density * 100 AS area_ha,
  published_mw IS NOT NULL AS published, if(published_mw IS NULL, source_id, 'balmorel') AS source_id, 'D' AS grade,
  'modern turbines all over the area of the municipality, five rotor diameters apart' AS why_theoretical,
  if(published_mw IS NULL, 'the part of the area that distance to homes, protected land and roads are assumed to leave',
    'power that fits and hours of a modern turbine, as modelled for Balmorel')
    || if(technical > free, '; raised to what stands' || if(permitted_mw > 0, ' and is permitted', ''), '') AS why_technical,
  'the assumed part of the technical potential that neighbours and councils accept'
    || if(realisable > free * factor_case('wind_realisable_share', country, "case"), '; raised to what stands' || if(permitted_mw > 0, ' and is permitted', ''), '')
    || if(permitted > 0, '; ' || permitted || ' turbines of ' || round(permitted_mw, 1)
      || ' MW are permitted and not built, which is counted as the least', '')
    || if(unstated > 0, '; ' || unstated || ' more are permitted without a stated power', '')
    || if(appealed > 0, '; ' || appealed || ' under appeal are not counted', '')
    || if(refused > 0, '; ' || refused || ' were refused', '') AS why_realisable,
  ['wind_turbine_power', 'wind_rotor_diameter', 'wind_spacing_k1', 'wind_spacing_k2', 'wind_flh_new'] AS factors_theoretical,
  if(published_mw IS NULL, ['wind_free_area_share', 'wind_turbine_power', 'wind_rotor_diameter', 'wind_spacing_k1', 'wind_spacing_k2', 'wind_flh_new'],
    []) AS factors_technical,
  ['wind_realisable_share'] AS factors_realisable, list_concat(published_origin, _origin) AS _origin
FROM wind
UNION ALL BY NAME
SELECT country, muni_code, 'solar_ground' AS resource, "case", ground_pv_mw(farmland_ha, ha_per_mw) * hours AS theoretical,
  technical_mw * hours AS technical, at_most(technical_mw, allowed_mw) * hours AS realisable, hours,
  at_most(technical_mw, allowed_mw) * ha_per_mw AS area_ha, published_mw IS NOT NULL AS published,
    if(published_mw IS NULL, source_id, 'balmorel') AS source_id, 'E' AS grade,
  'solar power on all farmland, which is the ' || if(of_county, 'county', 'country') || '''s share of the area' || if(of_place, ', with the sun of PVGIS for its centre', '') AS why_theoretical,
  if(published_mw IS NULL, 'the part of the farmland that is assumed to lie near the grid and outside protected land',
    'power that fits and hours, as modelled for Balmorel') || if(of_place, ', in panels under the sun of PVGIS for its centre', '') AS why_technical,
  if(allowed_mw < technical_mw, 'not more than the share of the farmland that may be assumed to be given to it',
    'all of the technical potential: it takes less than the share of the farmland that is assumed to be given to it') AS why_realisable,
  ['farmland_share', 'pv_ground_area'] || if(hours_stated, [], ['pv_yield_ground_fixed']) AS factors_theoretical,
  if(published_mw IS NULL, ['farmland_share', 'pv_ground_technical_share', 'pv_ground_area'] || if(hours_stated, [], ['pv_yield_ground_fixed']), []) AS factors_technical,
  ['farmland_share', 'pv_ground_farmland_share', 'pv_ground_area'] AS factors_realisable, list_concat(list_concat(published_origin, yield_origin), _origin) AS _origin
FROM ground
UNION ALL BY NAME
SELECT country, muni_code, 'solar_roof' AS resource, "case", whole_m2 * mw_per_m2 * hours AS theoretical, suitable_m2 * mw_per_m2 * hours AS technical,
  suitable_m2 * factor_case('pv_realisable_share', country, "case") * mw_per_m2 * hours AS realisable, hours,
    suitable_m2 * factor_case('pv_realisable_share', country, "case") / 10000 AS area_ha,
  false AS published, if(country = 'DK', 'dst', 'scb') AS source_id, 'E' AS grade,
  'modules on every roof, with an assumed roof area per inhabitant' || if(of_place, ' and the sun of PVGIS for its centre', '') AS why_theoretical,
  'slopes that face the sun and flat roofs, less chimneys, windows and shade between rows' AS why_technical,
    'the assumed part of these roofs that has modules by the target year' AS why_realisable,
  ['roof_area_per_person', 'roof_pitched_share', 'pv_roof_pitch', 'pv_module_density', 'pv_yield_roof'] || if(of_place, ['pv_yield_ground_fixed'], []) AS factors_theoretical,
  ['roof_area_per_person', 'roof_pitched_share', 'pv_roof_pitch', 'pv_roof_orientation_share', 'pv_roof_installable_share', 'pv_roof_flat_factor',
    'pv_module_density', 'pv_yield_roof'] || if(of_place, ['pv_yield_ground_fixed'], []) AS factors_technical,
  ['pv_realisable_share'] AS factors_realisable, yield_origin AS _origin
FROM roof
UNION ALL BY NAME
SELECT country, muni_code, 'hydro' AS resource, "case", energy AS theoretical, energy AS technical, energy AS realisable, false AS published,
  'scb' AS source_id, 'D' AS grade,
  'what is used: new rivers are not dammed' AS why_theoretical, 'what is used' AS why_technical, 'what is used' AS why_realisable,
    ['hydro_new_share'] AS factors_theoretical, ['hydro_new_share'] AS factors_technical, ['hydro_new_share'] AS factors_realisable
FROM hydro;
