-- P02 warning: a sector's use of a carrier does not change by more than is usual (a quarter) from one year to the next
SELECT count(DISTINCT year) > 1 FROM energy_balance WHERE flow = 'FINAL';

SELECT concat_ws('|', a.country, a.muni_code, b.year, a.carrier_id, a.sector_id) AS row_key, b.energy_mwh AS observed, a.energy_mwh || ' in the year before' AS expected, 'a sector uses far more or less than in the year before' AS message
FROM energy_balance a JOIN energy_balance b ON b.country = a.country AND b.muni_code = a.muni_code AND b."view" = a."view" AND b.flow = a.flow AND b.carrier_id = a.carrier_id AND b.sector_id = a.sector_id AND b.plant_id = a.plant_id AND b.year = a.year + 1
WHERE a.flow = 'FINAL' AND a.carrier_id = 'TOTAL' AND a.energy_mwh > factor('band_sector_year_change_least', a.country, 0)
  AND (b.energy_mwh - a.energy_mwh) / a.energy_mwh NOT BETWEEN factor_case('band_sector_year_change', a.country, 'low') AND factor_case('band_sector_year_change', a.country, 'high')
  AND a.value_status <> 'estimated' AND b.value_status <> 'estimated'
