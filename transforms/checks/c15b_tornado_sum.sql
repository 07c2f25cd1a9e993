-- C15b error: in the tornado the members' rows add up to that of all, to the cent, around the gain that is published
SELECT count(*) > 0 FROM tornado;

WITH gain AS (
  SELECT scenario_id, param_id, if(country = '-', '-', 'members') AS who,
    sum(low_gain_eur::DECIMAL(18,2)) AS low, sum(gain_eur::DECIMAL(18,2)) AS gain, sum(high_gain_eur::DECIMAL(18,2)) AS high
  FROM tornado GROUP BY ALL)
SELECT param_id AS row_key, concat_ws(', ', m.low, m.gain, m.high) AS observed, concat_ws(', ', a.low, a.gain, a.high) AS expected,
  'the members'' gains do not add up to that of all' AS message
FROM gain a JOIN gain m USING (scenario_id, param_id)
WHERE a.who = '-' AND m.who = 'members' AND (m.low <> a.low OR m.gain <> a.gain OR m.high <> a.high)
UNION ALL
SELECT param_id, t.gain::VARCHAR, j.gain_eur::VARCHAR, 'the gain at the most likely value is not the published one'
FROM gain t JOIN joint_savings j USING (scenario_id) WHERE t.who = '-' AND j.agreement_id = 'ALL' AND t.gain <> j.gain_eur::DECIMAL(18,2)
UNION ALL
SELECT concat_ws('|', param_id, country, muni_code), swing_eur::VARCHAR, (largest - smallest)::VARCHAR,
  'the swing is not from the smallest to the largest of the three'
FROM (
  SELECT *, at_least(at_least(low_gain_eur, gain_eur), high_gain_eur)::DECIMAL(18,2) AS largest,
    at_most(at_most(low_gain_eur, gain_eur), high_gain_eur)::DECIMAL(18,2) AS smallest FROM tornado)
WHERE swing_eur::DECIMAL(18,2) <> largest - smallest
