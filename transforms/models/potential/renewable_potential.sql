-- Renewable potential: one row is what a resource of a member could give in a year, at a level and
-- in a case, beside what is used of it. From Balmorel's municipal potentials (Denmark), capacities,
-- registers and plants. Where no publisher has a potential, only the use is known.
CREATE TABLE renewable_potential (
  plan VARCHAR, country VARCHAR, muni_code VARCHAR, resource VARCHAR, level VARCHAR, "case" VARCHAR,
  energy_mwh DOUBLE, power_mw DOUBLE, used_mwh DOUBLE, used_year SMALLINT, unused_mwh DOUBLE, utilisation DOUBLE, limit_kind VARCHAR, value_status VARCHAR, grade VARCHAR, assumption_share DOUBLE, source_id VARCHAR);
COMMENT ON TABLE renewable_potential IS 'Renewable energy within reach beside what is used. A published potential may be for one kind only (ground-mounted solar), while the use counts all kinds: compare like with like. key: plan, country, muni_code, resource, level, case';
COMMENT ON COLUMN renewable_potential.plan IS 'The plan, by its id';
COMMENT ON COLUMN renewable_potential.country IS 'Country: DK or SE';
COMMENT ON COLUMN renewable_potential.muni_code IS 'Municipality code';
COMMENT ON COLUMN renewable_potential.resource IS 'wind_onshore, solar_ground (the use counts roofs too), straw, wood or hydro';
COMMENT ON COLUMN renewable_potential.level IS 'technical: what remains after physical and legal limits; realisable: what remains after acceptance and competing use';
COMMENT ON COLUMN renewable_potential."case" IS 'low, central or high';
COMMENT ON COLUMN renewable_potential.energy_mwh IS 'Potential per year; of straw and wood the model''s figure for 2050; null where no publisher has one [MWh]';
COMMENT ON COLUMN renewable_potential.power_mw IS 'Power that goes with it; null for fuels and where unknown [MW]';
COMMENT ON COLUMN renewable_potential.used_mwh IS 'Used today, in used_year; null where unknown [MWh]';
COMMENT ON COLUMN renewable_potential.used_year IS 'Year of the use, the nearest to the base year with data [year]';
COMMENT ON COLUMN renewable_potential.unused_mwh IS 'Potential less use, not below zero; null where either is unknown, and for solar_ground, whose use counts roofs too [MWh]';
COMMENT ON COLUMN renewable_potential.utilisation IS 'Use as a share of the potential; above 1 the potential is too low or for another kind; null for solar_ground [1]';
COMMENT ON COLUMN renewable_potential.limit_kind IS 'resource: limited by what there is; demand: by what can be taken';
COMMENT ON COLUMN renewable_potential.value_status IS 'observed (as the modeller states it), estimated (with an assumed share), derived, or not_available';
COMMENT ON COLUMN renewable_potential.grade IS 'C: modelled for this municipality; D: with a default share; E: unknown';
COMMENT ON COLUMN renewable_potential.assumption_share IS 'Part of the figure that rests on assumptions [1]';
COMMENT ON COLUMN renewable_potential.source_id IS 'Publisher of the potential, or of the use where there is no potential; - where neither is known';

WITH base AS (SELECT base_year FROM plan.plan),
resource(country, resource) AS (VALUES ('DK', 'wind_onshore'), ('DK', 'solar_ground'), ('DK', 'straw'), ('DK', 'wood'), ('SE', 'wind_onshore'), ('SE', 'solar_ground'), ('SE', 'hydro')),
technical AS (
  SELECT p.country, p.muni_code, 'wind_onshore' AS resource, (p.capacity_mw * f.full_load_h)::DOUBLE AS energy_mwh, p.capacity_mw::DOUBLE AS power_mw, 'observed' AS value_status, 'C' AS grade, 'balmorel' AS source_id, list_concat(p._origin, f._origin) AS _origin
  FROM raw.bal_capacity_potential p JOIN raw.bal_wind_full_load_hours f USING (country, muni_code) WHERE p.technology = 'wind_onshore'
  UNION ALL
  SELECT p.country, p.muni_code, 'solar_ground', (p.capacity_mw * f.full_load_h)::DOUBLE, p.capacity_mw::DOUBLE, 'observed', 'C', 'balmorel', list_concat(p._origin, f._origin)
  FROM raw.bal_capacity_potential p JOIN raw.bal_solar_full_load_hours f USING (country, muni_code) WHERE p.technology = 'pv_ground'
  UNION ALL
  SELECT country, muni_code, fuel, energy_gj::DOUBLE / 3.6, NULL, 'observed', 'C', 'balmorel', _origin FROM raw.bal_biomass_potential WHERE fuel IN ('straw', 'wood')),
production AS (
  SELECT country, muni_code, year, 'wind_onshore' AS resource, energy_mwh::DOUBLE AS used_mwh FROM energy_balance WHERE flow = 'PROD' AND carrier_id = 'wind'
  UNION ALL SELECT country, muni_code, year, 'hydro', energy_mwh::DOUBLE FROM energy_balance WHERE flow = 'PROD' AND carrier_id = 'hydro'
  UNION ALL SELECT country, muni_code, year, 'straw', fsum(energy_mwh ORDER BY plant_id) FROM energy_balance WHERE flow = 'TRF_IN' AND carrier_id = 'straw' GROUP BY ALL
  UNION ALL SELECT country, muni_code, year, 'wood', fsum(energy_mwh ORDER BY plant_id, carrier_id) FROM energy_balance WHERE flow = 'TRF_IN' AND carrier_id IN ('wood_chips', 'wood_pellets', 'wood_waste') GROUP BY ALL
  -- The count of producers has every plant: one that lists plants of a member and none of them on straw or wood says that none is burnt there.
  UNION ALL
  SELECT p.country, p.muni_code, p.year, r.resource, 0
  FROM (SELECT DISTINCT country, muni_code, year FROM energy_balance WHERE flow = 'TRF_IN' AND country = 'DK') p
  CROSS JOIN (VALUES ('straw', ['straw']), ('wood', ['wood_chips', 'wood_pellets', 'wood_waste'])) r(resource, carriers)
  WHERE NOT EXISTS (SELECT 1 FROM energy_balance e WHERE e.country = p.country AND e.muni_code = p.muni_code AND e.year = p.year AND e.flow = 'TRF_IN' AND list_contains(r.carriers, e.carrier_id))
  UNION ALL SELECT country, muni_code, year, 'solar_ground', power_mw * factor('pv_yield_roof', country, year)
  FROM (SELECT country, muni_code, year, max(power_mw) AS power_mw FROM capacity WHERE technology = 'pv' GROUP BY ALL)),
used AS (
  SELECT country, muni_code, resource, arg_min(year, abs(year - base_year) * 2 + (year > base_year)::INTEGER)::SMALLINT AS used_year,
    arg_min(used_mwh, abs(year - base_year) * 2 + (year > base_year)::INTEGER) AS used_mwh
  FROM production CROSS JOIN base WHERE used_mwh IS NOT NULL GROUP BY ALL),
levels AS (
  SELECT country, muni_code, resource, 'technical' AS level, 'central' AS "case", energy_mwh, power_mw, value_status, grade, 0.0 AS assumption_share, source_id, _origin FROM technical
  UNION ALL
  SELECT t.country, t.muni_code, t.resource, 'realisable', c.name, t.energy_mwh * c.share, t.power_mw * c.share, 'estimated', 'D', 1.0, t.source_id, t._origin
  FROM technical t
  JOIN (SELECT 'wind_onshore' AS resource, unnest(['low', 'central', 'high']) AS name, unnest([(SELECT low FROM registry.factor WHERE factor_id = 'wind_realisable_share'), (SELECT value FROM registry.factor WHERE factor_id = 'wind_realisable_share'), (SELECT high FROM registry.factor WHERE factor_id = 'wind_realisable_share')]) AS share
        UNION ALL
        SELECT 'straw', unnest(['low', 'central', 'high']), unnest([1 - (SELECT high FROM registry.factor WHERE factor_id = 'straw_soil_reserve'), 1 - (SELECT value FROM registry.factor WHERE factor_id = 'straw_soil_reserve'), 1 - (SELECT low FROM registry.factor WHERE factor_id = 'straw_soil_reserve')])) c USING (resource)
  UNION ALL
  -- No new hydro power is assumed: what is used is what there is.
  SELECT country, muni_code, resource, 'technical', 'central', used_mwh, NULL, 'derived', 'D', 1.0, 'scb', NULL FROM used WHERE resource = 'hydro'),
known AS (
  SELECT m.plan, m.country, m.muni_code, r.resource, coalesce(l.level, 'technical') AS level, coalesce(l."case", 'central') AS "case",
    l.energy_mwh, l.power_mw, u.used_mwh, u.used_year, coalesce(l.value_status, 'not_available') AS value_status, coalesce(l.grade, 'E') AS grade, l.assumption_share, l.source_id, l._origin
  FROM plan.member m JOIN resource r ON r.country = m.country
  LEFT JOIN levels l ON l.country = m.country AND l.muni_code = m.muni_code AND l.resource = r.resource
  LEFT JOIN used u ON u.country = m.country AND u.muni_code = m.muni_code AND u.resource = r.resource)
SELECT plan, country, muni_code, resource, level, "case", round(energy_mwh, 3) AS energy_mwh, round(power_mw, 6) AS power_mw, round(used_mwh, 3) AS used_mwh, used_year,
  
  -- All solar power cannot be held against the ground-mounted part.
  if(resource = 'solar_ground', NULL, round(at_least(energy_mwh - used_mwh, 0), 3)) AS unused_mwh,
  if(resource = 'solar_ground', NULL, round(used_mwh / nullif(energy_mwh, 0), 6)) AS utilisation, 'resource' AS limit_kind,
  value_status, grade, assumption_share, coalesce(source_id, '-') AS source_id, _origin
FROM known;
