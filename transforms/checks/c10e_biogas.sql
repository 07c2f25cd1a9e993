-- C10e error: L5: biogas is counted as gas, and not again as the heat and power made of it
SELECT count(*) > 0 FROM renewable_potential WHERE resource = 'biogas' AND used_mwh IS NOT NULL;

SELECT concat_ws('|', p.country, p.muni_code, p.resource) AS row_key, p.used_mwh AS observed, 'at most ' || g.gas_mwh AS expected,
  'more biogas is used than goes into plants as gas' AS message
FROM (SELECT DISTINCT country, muni_code, resource, used_mwh, used_year FROM renewable_potential WHERE resource = 'biogas' AND used_mwh > 0) p
LEFT JOIN (SELECT country, muni_code, year, sum(energy_mwh)::DOUBLE AS gas_mwh FROM energy_balance WHERE flow = 'TRF_IN'
  AND carrier_id IN ('biogas', 'GAS_R') AND NOT is_total GROUP BY ALL) g
  ON g.country = p.country AND g.muni_code = p.muni_code AND g.year = p.used_year
WHERE g.gas_mwh IS NULL OR p.used_mwh > g.gas_mwh + 0.001
