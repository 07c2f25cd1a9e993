-- C17b error: a supply curve of renewable energy rises, its places follow each other, and it ends at the sum of its energy
SELECT count(*) > 0 FROM renewable_supply WHERE rank IS NOT NULL;

WITH curve AS (
  SELECT "case", carrier_id, country, muni_code, resource, rank AS place, cumulative_mwh AS cumulative, lcoe_eur_per_mwh AS cost, energy_mwh
  FROM renewable_supply WHERE rank IS NOT NULL
  UNION ALL
  SELECT "case", carrier_id, '-', '-', concat_ws(' ', country, muni_code, resource), joint_rank, joint_cumulative_mwh, lcoe_eur_per_mwh, energy_mwh
  FROM renewable_supply WHERE rank IS NOT NULL),
steps AS (
  SELECT *, lag(cost) OVER w AS before, row_number() OVER w AS expected_place, sum(energy_mwh::DECIMAL(18,3)) OVER w AS running
  FROM curve WINDOW w AS (PARTITION BY "case", carrier_id, country, muni_code ORDER BY place, resource ROWS UNBOUNDED PRECEDING))
SELECT concat_ws('|', "case", country, muni_code, resource) AS row_key, cost AS observed, 'at least ' || before AS expected, 'the curve falls' AS message
FROM steps WHERE cost < before
UNION ALL
SELECT concat_ws('|', "case", country, muni_code, resource), place, expected_place::VARCHAR, 'two have one place, or one is left out'
FROM steps WHERE place IS DISTINCT FROM expected_place
UNION ALL
SELECT concat_ws('|', "case", country, muni_code, resource), cumulative, running::VARCHAR, 'the curve is not the sum of its energy'
FROM steps WHERE cumulative IS DISTINCT FROM running::DOUBLE
UNION ALL
SELECT concat_ws('|', "case", country, muni_code, resource), NULL, 'a place', 'energy with a cost stands on no curve'
FROM renewable_supply WHERE energy_mwh > 0 AND lcoe_eur_per_mwh IS NOT NULL AND (rank IS NULL OR joint_rank IS NULL)
