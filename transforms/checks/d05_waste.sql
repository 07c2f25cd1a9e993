-- D05 error: waste counts as fossil in part and as biogenic in part (rule D5)
SELECT count(*) > 0 FROM emission WHERE carrier_id = 'waste' AND t_co2 IS NOT NULL;

SELECT concat_ws('|', country, muni_code, year, sector_id, "view") AS row_key, t_co2 AS observed, t_co2_biogenic::VARCHAR AS expected, 'waste without a fossil or without a biogenic part' AS message
FROM emission WHERE carrier_id = 'waste' AND energy_mwh > 0 AND t_co2 IS NOT NULL AND (t_co2 <= 0 OR coalesce(t_co2_biogenic, 0) <= 0)
