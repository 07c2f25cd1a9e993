-- C15 error: what the signatories get under the agreed key adds up to the agreement's gain, to the cent
SELECT count(*) > 0 FROM agreement_incidence WHERE gain_eur IS NOT NULL;

SELECT i.agreement_id AS row_key, sum(i.gain_eur::DECIMAL(18,2)) AS observed, j.gain_eur AS expected, 'the signatories'' gains do not add up to the agreement''s' AS message
FROM agreement_incidence i JOIN joint_savings j USING (scenario_id, agreement_id)
WHERE i.gain_eur IS NOT NULL
GROUP BY i.agreement_id, j.gain_eur HAVING sum(i.gain_eur::DECIMAL(18,2)) <> j.gain_eur::DECIMAL(18,2)
