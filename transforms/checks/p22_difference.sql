-- P22 warning: the difference that a closed carrier leaves is at most half a percent of its supply, or 1 MWh
SELECT count(*) > 0 FROM energy_balance WHERE flow = 'DIFF';

WITH carrier_sum AS (
  SELECT country, muni_code, year, carrier_id, sum(energy_mwh) FILTER (flow = 'DIFF') AS difference, coalesce(sum(energy_mwh) FILTER (flow IN ('GROSS', 'TRF_OUT')), 0) AS supply
  FROM energy_balance WHERE NOT is_total GROUP BY ALL)
SELECT concat_ws('|', country, muni_code, year, carrier_id) AS row_key, difference::DOUBLE AS observed, 'at most ' || within || ' of ' || supply AS expected, if(abs(difference) > most * abs(supply), 'the statistics of supply and use contradict each other, by more than ' || most || ' of the supply: see which of them is wrong before this carrier is used', 'the statistics of supply and use do not agree') AS message
FROM carrier_sum CROSS JOIN (SELECT max(high) FILTER (factor_id = 'band_diff_share') AS within, max(high) FILTER (factor_id = 'band_diff_share_most') AS most FROM factor)
WHERE abs(difference) > at_least(abs(supply) * within, 1)
