-- C03 error: gross supply is final use, losses, own use and differences of all carriers, to the kWh (identity I3)
SELECT count(*) > 0 FROM energy_balance WHERE flow = 'GROSS' AND carrier_id = 'TOTAL';

-- As in C01, estimates of secret sectors need not add up to the publisher's total.
WITH stated AS (FROM energy_balance WHERE method_id <> 'kre_ipf' UNION ALL SELECT * REPLACE (NULL AS energy_mwh) FROM energy_balance WHERE method_id = 'kre_ipf'),
final AS (
  SELECT country, muni_code, year, carrier_id,
    if(count(*) FILTER (sector_id <> 'TOTAL') > 0 AND count(energy_mwh) FILTER (sector_id <> 'TOTAL') = count(*) FILTER (sector_id <> 'TOTAL'), sum(energy_mwh) FILTER (sector_id <> 'TOTAL'), sum(energy_mwh) FILTER (sector_id = 'TOTAL')) AS energy_mwh
  FROM stated WHERE flow = 'FINAL' AND carrier_id <> 'TOTAL' GROUP BY ALL),
outgo AS (
  SELECT country, muni_code, year, sum(energy_mwh) AS outgo FROM (
    SELECT country, muni_code, year, energy_mwh FROM final
    UNION ALL SELECT country, muni_code, year, energy_mwh FROM energy_balance WHERE flow IN ('LOSS', 'OWN', 'NE', 'DIFF') AND NOT is_total OR flow = 'CONVLOSS') GROUP BY ALL),
income AS (
  SELECT country, muni_code, year, sum(energy_mwh) AS income FROM energy_balance WHERE flow IN ('PROD', 'NET_IMP', 'STK') AND NOT is_total GROUP BY ALL),
carriers AS (
  SELECT country, muni_code, year, sum(energy_mwh) AS gross FROM energy_balance WHERE flow = 'GROSS' AND carrier_id <> 'TOTAL' GROUP BY ALL)
SELECT concat_ws('|', country, muni_code, year) AS row_key, b.energy_mwh::DOUBLE AS observed, concat_ws(', ', outgo, income, gross) AS expected,
  'gross supply is not what is used and lost, or not what is produced and brought in, or not the sum of its carriers' AS message
FROM energy_balance b LEFT JOIN outgo USING (country, muni_code, year) LEFT JOIN income USING (country, muni_code, year) LEFT JOIN carriers USING (country, muni_code, year)
WHERE b.flow = 'GROSS' AND b.carrier_id = 'TOTAL' AND (b.energy_mwh IS DISTINCT FROM outgo OR b.energy_mwh IS DISTINCT FROM income OR b.energy_mwh IS DISTINCT FROM gross)
