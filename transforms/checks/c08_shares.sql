-- C08 error: shares lie between 0 and 1, and the shares of an agreement add up to 1
SELECT 'agreement_member|' || agreement_id || '|' || muni_code AS row_key, key_weight AS observed, '0 to 1' AS expected, 'a share of the cost outside of its range' AS message
FROM agreement_member WHERE key_weight < 0 OR key_weight > 1
UNION ALL
SELECT 'agreement_member|' || agreement_id, sum(key_weight), '1', 'the shares of the cost do not add up to 1'
FROM agreement_member GROUP BY agreement_id HAVING count(key_weight) = count(*) AND abs(sum(key_weight) - 1) > 1e-6
UNION ALL
SELECT 'measure|' || concat_ws('|', country, muni_code, stock, measure_id), assumption_share, '0 to 1', 'a share outside of its range'
FROM measure WHERE assumption_share < 0 OR assumption_share > 1
