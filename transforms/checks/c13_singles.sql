-- C13 error: a member alone gains nothing, and no group gains less than nothing
SELECT count(*) > 0 FROM coalition_value;

SELECT concat_ws('|', agreement_id, coalition_mask) AS row_key, gain_eur AS observed, if(n_members = 1, '0', 'at least 0') AS expected, 'a gain that cannot be' AS message
FROM coalition_value WHERE n_members = 1 AND (gain_eur <> 0 OR gain_mwh <> 0 OR gain_t <> 0) OR gain_eur < 0 OR gain_mwh < 0
