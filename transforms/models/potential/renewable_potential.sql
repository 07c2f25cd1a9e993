-- Renewable potential: one row is what a resource of a member could give in a year, at a level and in a case, beside what is
-- used of it. From the steps potential_power, potential_heat and potential_biomass, which say how each level is made of
-- published potentials or stated defaults, and potential_used. What can be made of nothing at hand has one row that says why.
CREATE TABLE renewable_potential (
  plan VARCHAR, country VARCHAR, muni_code VARCHAR, resource VARCHAR, level VARCHAR, "case" VARCHAR, is_total BOOLEAN,
  energy_mwh DOUBLE, power_mw DOUBLE, used_mwh DOUBLE, used_year SMALLINT, unused_mwh DOUBLE, utilisation DOUBLE, limit_kind VARCHAR, value_status VARCHAR,
    grade VARCHAR, half_width DOUBLE, assumption_share DOUBLE, source_id VARCHAR, reason VARCHAR);
COMMENT ON TABLE renewable_potential IS 'Renewable energy within reach beside what is used. A published potential may be for one kind only, while the use counts all kinds: compare like with like. The use of straw, wood and biogas is what plants burn here, wherever it grew. key: plan, country, muni_code, resource, level, case';
COMMENT ON COLUMN renewable_potential.plan IS 'The plan, by its id';
COMMENT ON COLUMN renewable_potential.country IS 'Country: DK or SE';
COMMENT ON COLUMN renewable_potential.muni_code IS 'Municipality code';
COMMENT ON COLUMN renewable_potential.resource IS 'wind_onshore, solar_roof, solar_ground, solar (both together, because nobody states their use apart), hydro (Sweden), biogas, straw, wood, surplus_heat (as it leaves the process), geothermal, large_heat_pumps, individual_heat_pumps (heat with the electricity for it) or solar_heat';
COMMENT ON COLUMN renewable_potential.level IS 'theoretical: all there is; technical: what remains after physical and legal limits; realisable: what remains after acceptance, competing use and demand';
COMMENT ON COLUMN renewable_potential."case" IS 'low, central or high: every factor at that end of its range. In the high case what comes first takes more of the heat, so what comes after it may have less than in the central one';
COMMENT ON COLUMN renewable_potential.is_total IS 'The row is the sum of two others, solar power of roofs and fields: leave these rows out of sums of resources';
COMMENT ON COLUMN renewable_potential.energy_mwh IS 'Potential per year, used part included; of straw and wood in Denmark the model''s figure for 2050; null where it can be made of nothing at hand [MWh]';
COMMENT ON COLUMN renewable_potential.power_mw IS 'Power that gives this energy in the hours of a modern plant; null for fuels, surplus and solar heat and where unknown [MW]';
COMMENT ON COLUMN renewable_potential.used_mwh IS 'Used today, in used_year; null where unknown [MWh]';
COMMENT ON COLUMN renewable_potential.used_year IS 'Year of the use, the nearest to the base year with data [year]';
COMMENT ON COLUMN renewable_potential.unused_mwh IS 'Potential less use, not below zero; null where either is unknown: of solar_roof and solar_ground, whose use is known together alone, see solar [MWh]';
COMMENT ON COLUMN renewable_potential.utilisation IS 'Use as a share of the potential; above 1 the potential is too low, or for another kind, or the use is fuel from elsewhere (straw, wood, biogas) [1]';
COMMENT ON COLUMN renewable_potential.limit_kind IS 'resource: limited by what there is; demand: by what can be taken';
COMMENT ON COLUMN renewable_potential.value_status IS 'observed (as the modeller states it), estimated (with stated defaults or a range), derived (the use itself), or not_available';
COMMENT ON COLUMN renewable_potential.grade IS 'C: modelled for this municipality; D: with a default share of a local figure; E: with defaults on defaults, or unknown';
COMMENT ON COLUMN renewable_potential.half_width IS 'Half of the range of energy_mwh as a share of it, 95 %, as the grade says, of the case; low and high beside it are the range of the factors; null when energy_mwh is [1]';
COMMENT ON COLUMN renewable_potential.assumption_share IS 'Share of the factors behind the figure that are assumptions or from memory, not seen in a source; 0 for a published figure [1]';
COMMENT ON COLUMN renewable_potential.source_id IS 'Publisher of the potential, or of the local figure that it is made of; - where neither is known';
COMMENT ON COLUMN renewable_potential.reason IS 'How the figure was made, or why there is none';

WITH resource(country, resource, without) AS (
  SELECT c.country, r.resource, r.without
  FROM (VALUES ('wind_onshore', 'neither a published potential nor the area of the municipality is at hand'),
    ('solar_ground', 'neither a published potential nor the area of the municipality is at hand'),
    ('straw', 'neither a published potential nor the area of the municipality is at hand'),
      ('wood', 'neither a published potential nor the area of the municipality is at hand'),
    ('solar_roof', 'the number of inhabitants, of which the roof area is made, is not at hand'), ('solar', 'the potential of roofs or of fields is not known'),
      ('biogas', 'the number of animals is in no data set at hand, and none is assumed'),
    ('surplus_heat', 'the heat of industry or of the district heating is not known'), ('geothermal', 'the district heat is not known'),
      ('large_heat_pumps', 'the district heat is not known'),
    ('solar_heat', 'the district heat is not known'), ('individual_heat_pumps', 'the heat of houses with their own heating is not known'),
      ('hydro', 'the production is known in no year')) r(resource, without)
  CROSS JOIN (VALUES ('DK'), ('SE')) c(country)
  WHERE r.resource <> 'hydro' OR c.country = 'SE'),
wide AS (
  SELECT * FROM potential_power UNION ALL BY NAME SELECT * FROM potential_heat UNION ALL BY NAME SELECT * FROM potential_biomass),
single AS (
  SELECT country, muni_code, resource, 'theoretical' AS level, "case", at_least(at_least(theoretical, technical), realisable) AS energy_mwh, hours,
    limit_kind, false AS observed, grade, source_id,
    if(theoretical < technical, 'raised to the technical potential: ', '') || why_theoretical AS why, factors_theoretical AS factors, _origin
  FROM wide WHERE technical IS NOT NULL
  UNION ALL BY NAME
  SELECT country, muni_code, resource, 'technical' AS level, "case", technical AS energy_mwh, hours, limit_kind, coalesce(published, false)
    AND "case" = 'central' AS observed,
    if(published, 'C', grade) AS grade, source_id, why_technical || if(published AND "case" <> 'central', ', with the range that its grade stands for',
      '') AS why, factors_technical AS factors, _origin
  FROM wide WHERE technical IS NOT NULL
  UNION ALL BY NAME
  SELECT country, muni_code, resource, 'realisable' AS level, "case", at_most(realisable, technical) AS energy_mwh, hours, limit_kind, false AS observed,
    grade, source_id, why_realisable AS why,
    list_concat(factors_technical, factors_realisable) AS factors, _origin
  FROM wide WHERE technical IS NOT NULL),
-- Nobody states the use of roofs and fields apart: it stands beside the sum of both.
level AS (
  FROM single
  UNION ALL BY NAME
  SELECT country, muni_code, 'solar' AS resource, level, "case", fsum(energy_mwh ORDER BY resource) AS energy_mwh,
    fsum(energy_mwh ORDER BY resource) / nullif(fsum(energy_mwh / hours ORDER BY resource), 0) AS hours, min(limit_kind) AS limit_kind, false AS observed, max(grade) AS grade,
    'samkraft' AS source_id, 'solar_roof and solar_ground together' AS why, flatten(list(factors ORDER BY resource)) AS factors, flatten(list(_origin ORDER BY resource)) AS _origin
  FROM single WHERE resource IN ('solar_roof', 'solar_ground') GROUP BY country, muni_code, level, "case" HAVING count(*) = 2),
mark AS (
  SELECT c.country, f.factor_id, arg_max(f.mark, if(f.country IS NULL, 0, 1)) AS mark
  FROM registry.factor f JOIN (VALUES ('DK'), ('SE')) c(country) ON coalesce(f.country, c.country) = c.country GROUP BY ALL),
assumed AS (
  SELECT l.country, l.muni_code, l.resource, l.level, l."case", count(*) FILTER (m.mark IN ('A', 'M')) / count(*) AS share
  FROM (SELECT DISTINCT country, muni_code, resource, level, "case", unnest(factors) AS factor_id FROM level) l JOIN mark m USING (country, factor_id)
    GROUP BY ALL),
-- What the straw would give as gas: said, not counted, because it is counted as straw.
as_gas AS (
  SELECT country, muni_code, methane_mwh(realisable * 1000 / factor('lhv_straw', country, 0), factor('biogas_dm_straw', country, 0),
    factor('biogas_vs_straw', country, 0), factor('biogas_yield_straw', country, 0), factor('lhv_methane', country, 0)) AS gas_mwh
  FROM potential_biomass WHERE resource = 'straw' AND "case" = 'central'),
known AS (
  SELECT m.plan, m.country, m.muni_code, r.resource, r.resource = 'solar' AS is_total, coalesce(l.level, 'technical') AS level, coalesce(l."case", 'central') AS "case",
    l.energy_mwh, l.energy_mwh / nullif(l.hours, 0) AS power_mw, u.used_mwh, u.used_year,
    coalesce(l.limit_kind, if(r.resource IN ('geothermal', 'large_heat_pumps', 'individual_heat_pumps', 'solar_heat'), 'demand', 'resource')) AS limit_kind,
    CASE WHEN l.energy_mwh IS NULL THEN 'not_available' WHEN l.observed THEN 'observed' WHEN r.resource = 'hydro' THEN 'derived' ELSE 'estimated' END AS value_status,
    if(l.energy_mwh IS NULL, 'E', l.grade) AS grade, if(l.energy_mwh IS NULL, NULL, coalesce(a.share, 0)) AS assumption_share, l.source_id,
    CASE WHEN l.energy_mwh IS NOT NULL THEN l.why
        || if(r.resource IN ('biogas', 'straw', 'wood') AND u.used_mwh > l.energy_mwh, '; plants here burn more than that: fuel is traded, some of it comes from elsewhere', '')
      WHEN r.resource = 'biogas' AND g.gas_mwh IS NOT NULL THEN r.without || '; the member''s straw alone would give about ' || round(g.gas_mwh / 1000, 1)
        || ' GWh of gas, but it is counted as straw'
      ELSE r.without END AS reason,
    list_concat(l._origin, u._origin) AS _origin
  FROM plan.member m JOIN resource r ON r.country = m.country
  LEFT JOIN level l ON l.country = m.country AND l.muni_code = m.muni_code AND l.resource = r.resource
  LEFT JOIN assumed a ON a.country = m.country AND a.muni_code = m.muni_code AND a.resource = r.resource AND a.level = l.level AND a."case" = l."case"
  LEFT JOIN potential_used u ON u.country = m.country AND u.muni_code = m.muni_code AND u.resource = r.resource
  LEFT JOIN as_gas g ON g.country = m.country AND g.muni_code = m.muni_code)
SELECT plan, country, muni_code, resource, level, "case", is_total, round(energy_mwh, 3) AS energy_mwh, round(power_mw, 6) AS power_mw,
  round(used_mwh, 3) AS used_mwh, used_year,
  round(at_least(energy_mwh - used_mwh, 0), 3) AS unused_mwh, round(used_mwh / nullif(energy_mwh, 0), 6) AS utilisation, limit_kind,
  value_status, grade, if(energy_mwh IS NULL, NULL, half_width_of(grade)) AS half_width, round(assumption_share, 6) AS assumption_share, coalesce(source_id, '-') AS source_id, reason, _origin
FROM known;
