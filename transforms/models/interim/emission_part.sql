-- Emission part: one row is energy with one factor: a member's use of a carrier by a sector, what a total has beyond its
-- known sectors, or what plants in the member burn, by the way of counting. From energy_balance, plant_input,
-- carrier_factor and heat_network.
WITH use AS (
  SELECT b.country, b.muni_code, b.year, b.carrier_id, b.sector_id, b.energy_mwh, b.value_status, b.grade, b.source_id, s.level1, m.zone
  FROM energy_balance b JOIN registry.sector s USING (sector_id) JOIN plan.member m USING (country, muni_code)
  WHERE b.flow = 'FINAL' AND b.carrier_id <> 'TOTAL' AND b.energy_mwh IS NOT NULL),
-- Of a total, what its known sectors leave over counts with the carrier's general factor.
part AS (
  SELECT *, sector_id = 'TOTAL' AS is_total, energy_mwh AS whole_mwh FROM use WHERE sector_id <> 'TOTAL'
  UNION ALL BY NAME
  SELECT k.* REPLACE ('TOTAL' AS sector_id), true AS is_total, t.energy_mwh AS whole_mwh FROM use k JOIN use t USING (country, muni_code, year, carrier_id) WHERE t.sector_id = 'TOTAL' AND k.sector_id <> 'TOTAL'
  UNION ALL BY NAME
  SELECT t.* REPLACE ((t.energy_mwh - coalesce(k.energy_mwh, 0))::DECIMAL(18,3) AS energy_mwh), true AS is_total, t.energy_mwh AS whole_mwh
  FROM use t LEFT JOIN (SELECT country, muni_code, year, carrier_id, sum(energy_mwh) AS energy_mwh FROM use WHERE sector_id <> 'TOTAL' GROUP BY ALL) k USING (country, muni_code, year, carrier_id)
  WHERE t.sector_id = 'TOTAL'),
-- District heat of a municipality, by the heat that each of its networks delivers there.
heat AS (
  SELECT m.country, m.muni_code, m.year, at_least(max(n.grade), 'C') AS grade, bool_or(n.ef_status = 'estimated' OR m.value_status = 'estimated') AS estimated,
    if(count(n.ef_kg_per_mwh) = count(*) AND count(m.delivered_mwh) = count(*), fsum(m.delivered_mwh::DOUBLE * n.ef_kg_per_mwh ORDER BY network_id) / nullif(sum(m.delivered_mwh), 0)::DOUBLE, NULL) AS ef_kg_per_mwh,
    if(count(n.t_co2_biogenic / n.delivered_mwh) = count(*) AND count(m.delivered_mwh) = count(*), fsum(m.delivered_mwh::DOUBLE * n.t_co2_biogenic * 1000 / n.delivered_mwh::DOUBLE ORDER BY network_id) / nullif(sum(m.delivered_mwh), 0)::DOUBLE, NULL) AS memo_kg_per_mwh
  FROM heat_network_member m JOIN heat_network n USING (network_id, year) GROUP BY ALL),
consumed AS (
  SELECT p.*, 'consumption' AS "view", coalesce(c.factor_id, if(p.carrier_id = 'district_heat', 'heat_network', NULL)) AS factor_id, c.factor_year, c.mark, coalesce(h.estimated, false) AS factor_estimated, h.grade AS heat_grade,
    coalesce(c.ef_kg_per_mwh, h.ef_kg_per_mwh) AS ef, if(p.carrier_id = 'electricity', NULL, coalesce(c.memo_kg_per_mwh, h.memo_kg_per_mwh)) AS memo,
    if(p.level1 IN ('HOUS', 'SERV'), if(p.carrier_id = 'district_heat', factor('pe_district_heat', p.country, p.year), c.primary_weight), NULL) AS weight
  FROM part p LEFT JOIN carrier_factor c ON c.country = p.country AND c.carrier_id = p.carrier_id AND c.year = p.year AND c.zone IN ('*', p.zone)
    AND c.sector = if(p.carrier_id = 'LIQ_F' AND p.level1 IN ('TRA', 'AGR'), p.level1, '*')
  LEFT JOIN heat h ON p.carrier_id = 'district_heat' AND h.country = p.country AND h.muni_code = p.muni_code AND h.year = p.year),
burnt AS (
  SELECT * REPLACE ('territorial' AS "view", NULL AS weight) FROM consumed WHERE carrier_id NOT IN ('electricity', 'district_heat')
  UNION ALL BY NAME
  SELECT p.country, p.muni_code, p.year, p.carrier_id, '-' AS sector_id, p.energy_mwh, p.value_status, p.grade, if(p.country = 'SE', 'scb', 'energistyrelsen') AS source_id, false AS is_total, p.energy_mwh AS whole_mwh,
    'territorial' AS "view", c.factor_id, c.factor_year, c.mark, false AS factor_estimated, c.ef_kg_per_mwh AS ef, c.memo_kg_per_mwh AS memo
  FROM plant_input p JOIN plan.member m USING (country, muni_code)
  LEFT JOIN carrier_factor c ON c.country = p.country AND c.carrier_id = p.carrier_id AND c.year = p.year AND c.sector = '*' AND c.zone IN ('*', m.zone)
  WHERE p.energy_mwh IS NOT NULL AND p.carrier_id NOT IN ('electricity', 'district_heat'))
FROM consumed UNION ALL BY NAME FROM burnt;
