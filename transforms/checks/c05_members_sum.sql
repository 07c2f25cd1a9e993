-- C05 error: what all members can save together is the sum of what each can, by stock
SELECT count(*) > 0 FROM supply_curve;

-- Each step is rounded for itself.
WITH summed AS (
  SELECT scenario_id, stock, sum(step_mwh::DECIMAL(18,3)) FILTER (scope = 'member') AS members_mwh, sum(step_mwh::DECIMAL(18,3)) FILTER (scope = 'joint') AS joint_mwh, count(*) AS n
  FROM supply_curve GROUP BY ALL)
SELECT concat_ws('|', scenario_id, stock) AS row_key, joint_mwh::DOUBLE AS observed, members_mwh AS expected, 'the members do not add up to all of them' AS message
FROM summed WHERE (abs(members_mwh - joint_mwh) > 0.001 * n) IS DISTINCT FROM false
