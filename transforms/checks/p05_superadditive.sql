-- P05 warning: two groups together gain at least what they gain apart
SELECT count(*) > 0 FROM coalition_value;

SELECT concat_ws('|', a.agreement_id, a.coalition_mask, b.coalition_mask) AS row_key, u.gain_eur AS observed, 'at least ' || (a.gain_eur + b.gain_eur) AS expected, a.members || ' and ' || b.members || ' gain more apart' AS message
FROM coalition_value a JOIN coalition_value b ON b.agreement_id = a.agreement_id AND b.coalition_mask > a.coalition_mask AND a.coalition_mask & b.coalition_mask = 0
JOIN coalition_value u ON u.agreement_id = a.agreement_id AND u.coalition_mask = a.coalition_mask | b.coalition_mask
WHERE a.agreement_id <> 'ALL' AND u.gain_eur < a.gain_eur + b.gain_eur - 0.01 * u.n_members
