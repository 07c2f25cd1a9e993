-- C01b error: in the base year the difference that a closed carrier leaves is at most a twentieth of its supply, or 1 MWh
SELECT count(*) > 0 FROM energy_balance WHERE flow = 'DIFF' AND year = (SELECT base_year FROM plan.plan);

-- Other years serve comparisons and gaps alone: there P22 warns.
WITH carrier_sum AS (
  SELECT country, muni_code, year, carrier_id, sum(energy_mwh) FILTER (flow = 'DIFF') AS difference, coalesce(sum(energy_mwh) FILTER (flow IN ('GROSS', 'TRF_OUT')), 0) AS supply
  FROM energy_balance WHERE NOT is_total AND year = (SELECT base_year FROM plan.plan) GROUP BY ALL)
SELECT concat_ws('|', country, muni_code, year, carrier_id) AS row_key, difference::DOUBLE AS observed, 'at most ' || within || ' of ' || supply AS expected, 'the statistics of supply and use contradict each other' AS message
FROM carrier_sum CROSS JOIN (SELECT high AS within FROM factor WHERE factor_id = 'band_diff_share_most') WHERE abs(difference) > at_least(abs(supply) * within, 1)
