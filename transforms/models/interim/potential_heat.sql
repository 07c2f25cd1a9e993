-- Potential heat: one row is what a source of heat of a member could give in a case, at the three levels. All are limited by
-- the heat that is asked for: what one source gives to the network is not there for the next. First comes what is used
-- today, then surplus heat, geothermal heat, large heat pumps and solar heat in this order, which is by what they cost to
-- run. From end_use, networks and stated defaults.
WITH stock AS (
  SELECT country, muni_code,
    max(energy_mwh) FILTER (stock = 'heat_district') AS district, max(heat_mwh) FILTER (stock = 'heat_industry') AS industry,
    max(heat_mwh) FILTER (stock = 'heat_fossil') AS fossil, max(heat_mwh) FILTER (stock = 'heat_other') AS other,
      max(heat_mwh) FILTER (stock = 'heat_electric') AS electric,
    max(grade) FILTER (stock = 'heat_district') AS district_grade, max(grade) FILTER (stock = 'heat_industry') AS industry_grade,
      max(grade) FILTER (stock IN ('heat_fossil', 'heat_other')) AS own_grade,
    max(source_id) FILTER (stock = 'heat_district') AS source_id
  FROM end_use GROUP BY ALL),
-- The largest network that the member's plants feed; block heating stands under 888.
network AS (
  SELECT p.country, p.muni_code, mwh_of_gj(max(n.heat_to_network_gj)::DOUBLE) AS network_mwh,
    flatten(list(n._origin ORDER BY n.network_id, n.year, n.method)) AS _origin
  FROM (SELECT DISTINCT country, muni_code, network_id FROM raw.ens_plant_year WHERE network_id <> '888') p
    JOIN raw.ens_heat_network_year n USING (network_id) GROUP BY ALL),
used AS (
  SELECT country, muni_code, max(used_mwh) FILTER (resource = 'surplus_heat') AS surplus_used,
    max(used_mwh) FILTER (resource = 'large_heat_pumps') AS pump_used, max(used_mwh) FILTER (resource = 'solar_heat') AS solar_used
  FROM potential_used GROUP BY ALL),
demand AS (
  SELECT s.*, l."case", l.farmland_ha, n._origin, s.district / (1 - factor('dh_loss_rate', s.country, 0)) AS fed, n.network_mwh,
    coalesce(u.surplus_used, 0) AS surplus_used, coalesce(u.pump_used, 0) AS pump_used, coalesce(u.solar_used, 0) AS solar_used
  FROM stock s JOIN potential_land l USING (country, muni_code) LEFT JOIN network n USING (country, muni_code) LEFT JOIN used u USING (country, muni_code)),
source AS (
  SELECT *, factor('measure_p6_cop', country, 0) AS cop,
    industry * factor_case('surplus_heat_share', country, "case") AS surplus_all,
    surplus_mwh(industry, factor_case('surplus_heat_share', country, "case"), factor_case('surplus_heat_utilisation', country, "case")) AS surplus,
    coalesce(at_least(network_mwh, fed), fed) >= factor_case('geothermal_min_dh', country, opposite("case")) * 1000 AS large,
    fed * factor_case('geothermal_share_of_dh', country, "case") AS base_load,
    fed * factor_case('large_hp_share_of_dh', country, "case") AS pump,
    fed * factor_case('solar_heat_share_of_dh', country, "case") AS solar_demand,
    farmland_ha * factor_case('pv_ground_farmland_share', country, "case") * 10000 / factor_case('solar_heat_land', country,
      opposite("case")) * factor_case('solar_heat_yield', country, "case") / 1000 AS solar_land
  FROM demand),
-- What each could feed into the network by itself; where industry's heat is not known, nothing is kept for surplus heat.
offer AS (
  SELECT *, if(large, base_load, 0) AS geothermal, lifted(surplus, cop) AS surplus_offer,
    coalesce(at_most(solar_demand, solar_land), solar_demand) AS solar,
    coalesce(surplus_offer, 0) AS surplus_most FROM source),
-- What is used of each today, as far as it can give that much.
kept AS (
  SELECT *, at_most(at_most(solar_used, solar), fed - surplus_kept - pump_kept) AS solar_kept FROM (
    SELECT *, at_most(at_most(pump_used, pump), fed - surplus_kept) AS pump_kept FROM (
      SELECT *, at_most(at_most(surplus_used, surplus_most), fed) AS surplus_kept FROM offer))),
-- Each takes in its turn what those before it leave and what is not kept for those after it; a rest of rounding is none.
shared AS (
  SELECT *, at_most(solar, at_least(fed - surplus_taken - geothermal_fed - pump_fed, 0)) AS solar_fed FROM (
    SELECT *, at_most(pump, at_least(fed - surplus_taken - geothermal_fed - solar_kept, 0)) AS pump_fed FROM (
      SELECT *, at_most(geothermal, at_least(fed - surplus_taken - pump_kept - solar_kept, 0)) AS geothermal_fed FROM (
        SELECT *, at_most(surplus_most, fed - pump_kept - solar_kept) AS surplus_taken FROM kept)))),
taken AS (SELECT *, if(surplus_offer IS NULL, NULL, surplus_taken) AS surplus_fed FROM shared)
SELECT country, muni_code, 'surplus_heat' AS resource, "case", surplus_all AS theoretical, surplus AS technical, unlifted(surplus_fed, cop) AS realisable,
  NULL::DOUBLE AS hours, NULL::DOUBLE AS area_ha,
  surplus_fed AS fed_mwh, fed AS demand_mwh, if(surplus_fed < surplus_offer, 'demand', 'resource') AS limit_kind, source_id,
    if(industry_grade > 'D', industry_grade, 'D') AS grade,
  'the assumed part of industry''s heat that is given off' AS why_theoretical, 'the assumed part of it that can be caught near a network' AS why_technical,
  if(surplus_fed < surplus_offer, 'not more than the district heating takes when a heat pump lifts it',
    'all of it: the district heating can take it when a heat pump lifts it') || '; the heat pump''s electricity is not in the figure' AS why_realisable,
  ['surplus_heat_share'] AS factors_theoretical, ['surplus_heat_share', 'surplus_heat_utilisation'] AS factors_technical,
    ['surplus_heat_share', 'surplus_heat_utilisation', 'measure_p6_cop', 'dh_loss_rate'] AS factors_realisable, _origin
FROM taken
UNION ALL BY NAME
SELECT country, muni_code, 'geothermal' AS resource, "case", fed AS theoretical, geothermal AS technical, geothermal_fed AS realisable,
  factor('geothermal_flh', country, 0) AS hours,
  geothermal_fed AS fed_mwh, fed AS demand_mwh, 'demand' AS limit_kind, source_id, 'E' AS grade,
  'all heat fed into the member''s district heating; whether the ground holds hot water is not known' AS why_theoretical,
  if(large, 'the base load that a geothermal plant can give to a network', 'the network is too small for a geothermal plant') AS why_technical,
  if(geothermal_fed < geothermal, 'what surplus heat leaves of the district heating', 'all of the technical potential') AS why_realisable,
  ['dh_loss_rate'] AS factors_theoretical, ['dh_loss_rate', 'geothermal_min_dh', 'geothermal_share_of_dh'] AS factors_technical,
    ['dh_loss_rate', 'geothermal_min_dh', 'geothermal_share_of_dh', 'surplus_heat_share'] AS factors_realisable, _origin
FROM taken
UNION ALL BY NAME
SELECT country, muni_code, 'large_heat_pumps' AS resource, "case", fed AS theoretical, pump AS technical, pump_fed AS realisable,
  factor('large_hp_flh', country, 0) AS hours,
  pump_fed AS fed_mwh, fed AS demand_mwh, 'demand' AS limit_kind, source_id, if(district_grade > 'D', district_grade, 'D') AS grade,
  'all heat fed into the member''s district heating: air and water are there everywhere' AS why_theoretical,
    'the part of a year''s district heat that heat pumps can give, without the coldest days' AS why_technical,
  if(pump_fed < pump, 'what surplus and geothermal heat leave of the district heating', 'all of the technical potential') AS why_realisable,
  ['dh_loss_rate'] AS factors_theoretical, ['dh_loss_rate', 'large_hp_share_of_dh'] AS factors_technical,
    ['dh_loss_rate', 'large_hp_share_of_dh', 'surplus_heat_share', 'geothermal_share_of_dh'] AS factors_realisable, _origin
FROM taken
UNION ALL BY NAME
SELECT country, muni_code, 'solar_heat' AS resource, "case", fed AS theoretical, solar AS technical, solar_fed AS realisable,
  solar_fed * 1000 / factor_case('solar_heat_yield', country, "case") * factor_case('solar_heat_land', country, opposite("case")) / 10000 AS area_ha,
  solar_fed AS fed_mwh, fed AS demand_mwh, if(solar_fed < solar OR coalesce(solar_demand <= solar_land, true), 'demand', 'resource') AS limit_kind,
    source_id, if(district_grade > 'D', district_grade, 'D') AS grade,
  'all heat fed into the member''s district heating' AS why_theoretical,
  if(solar_land < solar_demand, 'collectors on the share of the farmland that is assumed to be given to solar energy',
    'the part of a year''s district heat that the sun can give with a store for days') AS why_technical,
  if(solar_fed < solar, 'what surplus heat, geothermal heat and heat pumps leave of the district heating',
    'all of the technical potential') AS why_realisable,
  ['dh_loss_rate'] AS factors_theoretical, ['dh_loss_rate', 'solar_heat_share_of_dh', 'solar_heat_yield', 'solar_heat_land'] AS factors_technical,
  ['dh_loss_rate', 'solar_heat_share_of_dh', 'solar_heat_yield', 'solar_heat_land', 'surplus_heat_share', 'large_hp_share_of_dh'] AS factors_realisable,
    _origin
FROM taken
UNION ALL BY NAME
SELECT country, muni_code, 'individual_heat_pumps' AS resource, "case", fossil + other + electric AS theoretical, fossil + other AS technical,
  (fossil + other) * factor_case('individual_hp_share', country, "case") AS realisable,
  factor('heat_pump_full_load_hours', country, 0) AS hours, (fossil + other) * factor_case('individual_hp_share', country, "case") AS fed_mwh,
    fossil + other AS demand_mwh,
  'demand' AS limit_kind, source_id, if(own_grade > 'D', own_grade, 'D') AS grade,
  'the heat of all houses that are not on district heating' AS why_theoretical,
    'without houses heated with electricity, many of which have a heat pump already' AS why_technical,
  'the assumed part of them that changes to a heat pump by the target year' AS why_realisable,
  ['measure_eff_gas_boiler'] AS factors_theoretical, ['measure_eff_gas_boiler'] AS factors_technical,
    ['measure_eff_gas_boiler', 'individual_hp_share'] AS factors_realisable
FROM taken;
