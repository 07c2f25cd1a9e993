-- P04 warning: not more than a quarter of the headline rests on assumptions and remembered figures
SELECT count(*) > 0 FROM joint_savings WHERE assumption_share IS NOT NULL;

SELECT agreement_id AS row_key, round(assumption_share, 3) AS observed, 'at most ' || most AS expected, 'the gain rests on assumed factors: see table factor, mark A and M' AS message
FROM joint_savings CROSS JOIN (SELECT value AS most FROM factor WHERE factor_id = 'assumption_share_max') WHERE assumption_share > most
