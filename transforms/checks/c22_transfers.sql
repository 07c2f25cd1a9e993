-- C22 error: side payments add up to nothing
SELECT count(*) > 0 FROM agreement_incidence WHERE agreement_id = 'ALL' AND transfer_individual_eur IS NOT NULL;

SELECT 'ALL' AS row_key, concat_ws(', ', sum(transfer_individual_eur::DECIMAL(18,2)), sum(transfer_core_eur::DECIMAL(18,2))) AS observed, '0' AS expected, 'what is paid is not what is received' AS message
FROM agreement_incidence WHERE agreement_id = 'ALL'
HAVING sum(transfer_individual_eur::DECIMAL(18,2)) <> 0 OR sum(transfer_core_eur::DECIMAL(18,2)) <> 0
