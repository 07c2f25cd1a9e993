-- C01 error: of every carrier that is closed, what comes in is what goes out, to the kWh (identity I1)
SELECT count(*) > 0 FROM energy_balance WHERE flow = 'DIFF';

-- Wind, hydro and solar power count as electricity; use is the sectors' where all are known, else the
-- publisher's total: estimates of secret sectors need not add up to it.
WITH row AS (
  SELECT country, muni_code, year, flow, sector_id, if(method_id = 'kre_ipf', NULL, energy_mwh) AS energy_mwh, if(flow = 'PROD' AND method_id <> 'nature_gives' AND carrier_id IN ('wind', 'hydro', 'pv'), 'electricity', carrier_id) AS carrier_id
  FROM energy_balance WHERE carrier_id <> 'TOTAL' AND (NOT is_total OR flow = 'FINAL')),
part AS (
  SELECT country, muni_code, year, carrier_id, bool_or(flow = 'DIFF') AS closed,
    coalesce(sum(energy_mwh) FILTER (flow IN ('PROD', 'NET_IMP', 'STK', 'TRF_OUT')), 0) AS supply,
    coalesce(sum(energy_mwh) FILTER (flow IN ('TRF_IN', 'OWN', 'LOSS', 'NE', 'DIFF')), 0) AS other_use,
    if(count(*) FILTER (flow = 'FINAL' AND sector_id <> 'TOTAL') > 0 AND count(energy_mwh) FILTER (flow = 'FINAL' AND sector_id <> 'TOTAL') = count(*) FILTER (flow = 'FINAL' AND sector_id <> 'TOTAL'),
      sum(energy_mwh) FILTER (flow = 'FINAL' AND sector_id <> 'TOTAL'), coalesce(sum(energy_mwh) FILTER (flow = 'FINAL' AND sector_id = 'TOTAL'), 0)) AS final_use
  FROM row GROUP BY ALL)
SELECT concat_ws('|', country, muni_code, year, carrier_id) AS row_key, supply::DOUBLE AS observed, (other_use + final_use)::VARCHAR AS expected, 'supply is not use, loss and difference' AS message
FROM part WHERE closed AND supply <> other_use + final_use
