-- C13 error: a member alone gains nothing, and a group gains at least nothing unless working together has a cost of its own
SELECT count(*) > 0 FROM coalition_value;

SELECT concat_ws('|', v.agreement_id, coalition_mask) AS row_key, gain_eur AS observed, if(n_members = 1, '0', 'at least 0') AS expected, 'a gain that cannot be' AS message
FROM coalition_value v LEFT JOIN agreement a USING (agreement_id)
WHERE n_members = 1 AND (gain_eur <> 0 OR gain_mwh <> 0 OR gain_t <> 0) OR coalesce(a.mechanism, 'scale') <> 'scale' AND (gain_eur < 0 OR gain_mwh < 0 OR gain_t < 0) OR cover_gain_eur < 0
