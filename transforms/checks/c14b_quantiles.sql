-- C14b error: of every gain the 10th percentile is at most the median, and that at most the 90th; all three are there or none
SELECT count(*) > 0 FROM joint_savings WHERE n_draws IS NOT NULL;

WITH spread(row_key, low, median, high) AS (
  SELECT concat_ws('|', 'joint_savings', agreement_id, 'eur'), gain_p10_eur, gain_p50_eur, gain_p90_eur FROM joint_savings
  UNION ALL
  SELECT concat_ws('|', 'joint_savings', agreement_id, 'mwh'), gain_p10_mwh, gain_p50_mwh, gain_p90_mwh FROM joint_savings
  UNION ALL
  SELECT concat_ws('|', 'joint_savings', agreement_id, 't'), gain_p10_t, gain_p50_t, gain_p90_t FROM joint_savings
  UNION ALL
  SELECT concat_ws('|', 'coalition_value', agreement_id, coalition_mask), gain_p10_eur, gain_p50_eur, gain_p90_eur FROM coalition_value
  UNION ALL
  SELECT concat_ws('|', 'allocation', agreement_id, rule, country, muni_code), low_eur, median_eur, high_eur FROM allocation
  UNION ALL
  SELECT concat_ws('|', 'agreement_incidence', agreement_id, country, muni_code), low_eur, median_eur, high_eur FROM agreement_incidence)
SELECT row_key, concat_ws(', ', coalesce(low::VARCHAR, 'null'), coalesce(median::VARCHAR, 'null'), coalesce(high::VARCHAR, 'null')) AS observed,
  'three figures in order, or none' AS expected, 'the percentiles contradict each other' AS message
FROM spread
WHERE low > median OR median > high OR (low IS NULL) <> (median IS NULL) OR (high IS NULL) <> (median IS NULL)
