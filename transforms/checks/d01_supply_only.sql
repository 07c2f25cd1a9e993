-- D01 error: what goes into plants is no final use: wind, hydro, sun and surplus heat are never used directly, and no flow has both a plant and a sector (rules D1 and D8)
SELECT concat_ws('|', country, muni_code, year, flow, carrier_id, sector_id, plant_id) AS row_key, energy_mwh::DOUBLE AS observed, 'no final use' AS expected, 'an input of plants counts as final use' AS message
FROM energy_balance b JOIN carrier c USING (plan, carrier_id)
WHERE flow = 'FINAL' AND (c.level1 = 'PRIM' OR plant_id <> '-') OR flow IN ('TRF_IN', 'TRF_OUT') AND sector_id <> '-'
UNION ALL
SELECT 'measure_catalogue|' || measure_id, NULL, 'a measure on use', 'power from wind or sun is no saved energy'
FROM measure_catalogue m JOIN carrier c ON c.carrier_id = m.carrier_to WHERE c.level1 = 'PRIM'
