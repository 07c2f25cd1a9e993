-- C14 error: the parts of every way of sharing add up to the gain, to the cent
SELECT count(*) > 0 FROM allocation;

SELECT concat_ws('|', a.agreement_id, a.rule) AS row_key, sum(a.gain_eur::DECIMAL(18,2)) AS observed, j.gain_eur AS expected, 'the parts do not add up to the gain' AS message
FROM allocation a JOIN joint_savings j USING (scenario_id, agreement_id)
GROUP BY a.agreement_id, a.rule, j.gain_eur HAVING sum(a.gain_eur::DECIMAL(18,2)) <> j.gain_eur::DECIMAL(18,2)
