-- C14 error: the parts of every way of sharing add up to the gain, to the cent, kWh and kg
SELECT count(*) > 0 FROM allocation;

WITH part AS (
  SELECT scenario_id, agreement_id, rule, sum(gain_eur::DECIMAL(18,2)) AS eur, sum(gain_mwh::DECIMAL(18,3)) AS mwh, sum(gain_t::DECIMAL(18,3)) AS t FROM allocation GROUP BY ALL)
SELECT concat_ws('|', agreement_id, rule) AS row_key, concat_ws(', ', eur, mwh, t) AS observed, concat_ws(', ', j.gain_eur, j.gain_mwh, j.gain_t) AS expected, 'the parts do not add up to the gain' AS message
FROM part p JOIN joint_savings j USING (scenario_id, agreement_id)
WHERE p.eur <> j.gain_eur::DECIMAL(18,2) OR p.mwh <> j.gain_mwh::DECIMAL(18,3) OR p.t <> j.gain_t::DECIMAL(18,3)
