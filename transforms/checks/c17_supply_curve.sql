-- C17 error: a supply curve rises, and ends at the sum of its steps
SELECT count(*) > 0 FROM supply_curve;

WITH steps AS (
  SELECT *, lag(step_eur_per_mwh) OVER w AS before, sum(step_mwh::DECIMAL(18,3)) OVER w AS running, rank = max(rank) OVER (PARTITION BY scope, country, muni_code, scenario_id) AS last
  FROM supply_curve WINDOW w AS (PARTITION BY scope, country, muni_code, scenario_id ORDER BY rank))
SELECT concat_ws('|', scope, country, muni_code, scenario_id, rank) AS row_key, step_eur_per_mwh AS observed, 'at least ' || before AS expected, 'the curve falls' AS message
FROM steps WHERE step_eur_per_mwh < before
UNION ALL
SELECT concat_ws('|', scope, country, muni_code, scenario_id, rank), cumulative_mwh, running::VARCHAR, 'the curve does not end at the sum of its steps'
FROM steps WHERE last AND abs(cumulative_mwh - running::DOUBLE) > 0.001 * rank
