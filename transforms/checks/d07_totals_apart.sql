-- D07 error: totals and memo items are marked, so that nothing adds them to their parts (rule D7)
SELECT concat_ws('|', country, muni_code, year, flow, carrier_id, sector_id, plant_id) AS row_key, energy_mwh::DOUBLE AS observed, 'is_total' AS expected, 'a total or memo item is not marked' AS message
FROM energy_balance b JOIN carrier c USING (plan, carrier_id) JOIN sector s USING (plan, sector_id)
WHERE (c.memo OR s.memo OR plant_id LIKE '%:TOTAL') AND NOT is_total
UNION ALL
SELECT concat_ws('|', 'emission', country, muni_code, year, carrier_id, sector_id, "view"), t_co2, 'is_total', 'a total is not marked' FROM emission WHERE sector_id = 'TOTAL' AND NOT is_total
