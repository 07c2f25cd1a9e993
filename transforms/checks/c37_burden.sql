-- C37 error: every rule lays the same burden on all together, at the same cost
SELECT count(*) > 0 FROM burden;

WITH summed AS (
  SELECT rule, count(*) FILTER (muni_code <> '-') AS n, sum(target_mwh::DECIMAL(18,3)) FILTER (muni_code <> '-') AS members_mwh, sum(joint_eur::DECIMAL(18,2)) FILTER (muni_code <> '-') AS members_eur
  FROM burden GROUP BY rule),
own AS (SELECT target_mwh::DECIMAL(18,3) AS all_mwh, joint_eur::DECIMAL(18,2) AS all_eur FROM burden WHERE rule = 'own_target' AND muni_code = '-')
SELECT rule AS row_key, members_mwh::DOUBLE AS observed, all_mwh::VARCHAR AS expected, 'another amount is to be saved than the targets ask for' AS message
FROM summed CROSS JOIN own WHERE abs(members_mwh - all_mwh) > 0.001 * n
UNION ALL
SELECT rule, members_eur::DOUBLE, all_eur::VARCHAR, 'together it costs something else' FROM summed CROSS JOIN own WHERE abs(members_eur - all_eur) > 0.01 * n
