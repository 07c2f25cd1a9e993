-- Hourly balance: one row is a member's electricity use and renewable production in an hour. From metered
-- hours where all members have them for a year; else from electricity_year, spread over the hours
-- in the shape of the member's bidding zone. All members have the same hours.
CREATE TABLE hourly_balance (
  plan VARCHAR, country VARCHAR, muni_code VARCHAR, hour_utc TIMESTAMPTZ, consumption_mwh DECIMAL(18,3), production_mwh DECIMAL(18,3),
  method_id VARCHAR, value_status VARCHAR, grade VARCHAR, half_width DOUBLE, source_id VARCHAR);
COMMENT ON TABLE hourly_balance IS 'Electricity used, and made of wind, sun and water in the municipality, by hour: the same hours for every member. Empty where a figure of one member is missing: completeness says which. key: plan, country, muni_code, hour_utc';
COMMENT ON COLUMN hourly_balance.plan IS 'The plan, by its id';
COMMENT ON COLUMN hourly_balance.country IS 'Country: DK or SE';
COMMENT ON COLUMN hourly_balance.muni_code IS 'Municipality code';
COMMENT ON COLUMN hourly_balance.hour_utc IS 'Beginning of the hour, UTC. Its year is that of the meters or of the shape, not that of the annual figures: those are in electricity_year';
COMMENT ON COLUMN hourly_balance.consumption_mwh IS 'Electricity used in the hour [MWh]';
COMMENT ON COLUMN hourly_balance.production_mwh IS 'Electricity made of wind, sun and (Sweden) water in the hour [MWh]';
COMMENT ON COLUMN hourly_balance.method_id IS 'metered: own meters. zone_shape: the year''s energy over the hours of a year in the shape of the bidding zone (load, wind on land, solar power), so that the hours add up to the year; hydro power evenly. zone_shape_part: the same for fewer hours than a year, which add up to their part of 8 760 hours';
COMMENT ON COLUMN hourly_balance.value_status IS 'derived (sums of metered figures) or estimated (from a shape)';
COMMENT ON COLUMN hourly_balance.grade IS 'Of the worst part of consumption and production: A metered; D from the zone''s shape; E where the solar shape is another zone''s (DK2 for Sweden, whose zones have none), hydro power runs evenly, the hours are less than a year or the year''s figure is an E';
COMMENT ON COLUMN hourly_balance.half_width IS 'Half of the range of consumption and of production as a share of each, 95 %, as the grade says [1]';
COMMENT ON COLUMN hourly_balance.source_id IS 'Publisher of the meters, or of the zone''s load; those of the annual figures are in electricity_year';

WITH complete AS (
  SELECT count(*) AS members FROM member_zone
  HAVING count(*) = count(zone) AND NOT EXISTS (SELECT 1 FROM electricity_year WHERE energy_mwh IS NULL)),
part AS (
  SELECT e.plan, e.country, e.muni_code, e.flow, s.hour_utc, s.source_id,
    CAST(CAST(e.energy_mwh AS DOUBLE) * s.part_after AS DECIMAL(18,3)) - CAST(CAST(e.energy_mwh AS DOUBLE) * s.part_before AS DECIMAL(18,3)) AS energy_mwh,
    CASE WHEN e.energy_mwh = 0 THEN 'D' WHEN e.grade = 'E' OR s.shape_zone <> s.zone THEN 'E' ELSE 'D' END AS grade
  FROM electricity_year e
  JOIN member_zone z ON z.country = e.country AND z.muni_code = e.muni_code
  JOIN hourly_shape s ON s.zone = z.zone AND s.flow = e.flow
  CROSS JOIN complete),
shaped AS (
  SELECT plan, country, muni_code, hour_utc,
    sum(CASE WHEN flow = 'consumption' THEN energy_mwh ELSE 0 END) AS consumption_mwh,
    sum(CASE WHEN flow <> 'consumption' THEN energy_mwh ELSE 0 END) AS production_mwh,
    max(grade) AS grade, max(CASE WHEN flow = 'consumption' THEN source_id END) AS source_id
  FROM part GROUP BY plan, country, muni_code, hour_utc)
SELECT s.plan, s.country, s.muni_code, s.hour_utc, CAST(s.consumption_mwh AS DECIMAL(18,3)) AS consumption_mwh, CAST(s.production_mwh AS DECIMAL(18,3)) AS production_mwh,
  p.method_id, 'estimated' AS value_status, CASE p.method_id WHEN 'zone_shape_part' THEN 'E' ELSE s.grade END AS grade,
  CASE WHEN p.method_id = 'zone_shape_part' OR s.grade = 'E' THEN e.half_width ELSE d.half_width END AS half_width, s.source_id
FROM shaped s JOIN hourly_period p ON p.hour_utc = s.hour_utc CROSS JOIN (SELECT half_width_of('D') AS half_width) d CROSS JOIN (SELECT half_width_of('E') AS half_width) e
UNION ALL
SELECT m.plan, m.country, m.muni_code, h.hour_utc, CAST(h.consumption_mwh AS DECIMAL(18,3)), CAST(h.production_mwh AS DECIMAL(18,3)), p.method_id, 'derived', 'A', a.half_width, 'energidataservice'
FROM member_hour h
JOIN hourly_period p ON p.hour_utc = h.hour_utc AND p.method_id = 'metered'
JOIN plan.member m ON m.country = h.country AND m.muni_code = h.muni_code
CROSS JOIN (SELECT half_width_of('A') AS half_width) a;
