-- C36 error: of a scenario all together are the sum of the members, and acting together never costs more than acting alone
SELECT count(*) > 0 FROM scenario;

WITH summed AS (
  SELECT scenario_id, year, count(*) FILTER (muni_code <> '-') AS n,
    sum(energy_mwh::DECIMAL(18,3)) FILTER (muni_code <> '-') AS members_mwh, sum(energy_mwh::DECIMAL(18,3)) FILTER (muni_code = '-') AS all_mwh,
    sum(cost_eur::DECIMAL(18,2)) FILTER (muni_code <> '-') AS members_eur, sum(cost_eur::DECIMAL(18,2)) FILTER (muni_code = '-') AS all_eur,
    sum((cost_eur + bought_eur)::DECIMAL(18,2)) FILTER (muni_code = '-') AS paid_eur
  FROM scenario GROUP BY ALL)
-- Each row is rounded for itself.
SELECT concat_ws('|', scenario_id, year) AS row_key, all_mwh::DOUBLE AS observed, members_mwh::VARCHAR AS expected, 'the members do not add up to all, in energy' AS message
FROM summed WHERE abs(members_mwh - all_mwh) > 0.001 * n
UNION ALL
SELECT concat_ws('|', scenario_id, year), all_eur::DOUBLE, members_eur::VARCHAR, 'the members do not add up to all, in money' FROM summed WHERE abs(members_eur - all_eur) > 0.01 * n
UNION ALL
SELECT concat_ws('|', j.scenario_id, j.year), j.paid_eur::DOUBLE, 'at most ' || a.paid_eur, 'together it costs more than alone'
FROM summed j JOIN summed a ON a.year = j.year AND a.scenario_id = 'PLAN_ALONE' WHERE j.scenario_id = 'PLAN_JOINT' AND j.year = (SELECT max(year) FROM scenario) AND j.paid_eur > a.paid_eur + 0.01
