-- C34 error: an account has average factors alone, as the table of factors has them; none is marginal
SELECT count(*) > 0 FROM emission;

WITH used AS (
  SELECT DISTINCT 'emission' AS table_name, country, factor_id, factor_year, ef_role, ef_kg_per_mwh FROM emission WHERE factor_id NOT IN ('heat_network', 'several') AND ef_kg_per_mwh IS NOT NULL
  UNION SELECT DISTINCT 'heat_network_input', if(network_id LIKE 'SE-%', 'SE', 'DK'), factor_id, NULL, ef_role, ef_kg_per_mwh FROM heat_network_input WHERE ef_kg_per_mwh IS NOT NULL),
-- East Denmark's is of electricity in the grid, and counts at the consumer.
average AS (SELECT factor_id, country, year, value / if(factor_id = 'ef_electricity_dk2', 1 - factor('el_distribution_loss', 'DK', 0), 1) AS value FROM registry.factor WHERE coalesce(ef_role, 'average') = 'average')
SELECT concat_ws('|', table_name, country, factor_id, factor_year, ef_kg_per_mwh) AS row_key, ef_kg_per_mwh AS observed, 'an average factor' AS expected, 'not an average factor of that name' AS message
FROM used u WHERE ef_role <> 'average'
  OR NOT EXISTS (SELECT 1 FROM average a WHERE a.factor_id = u.factor_id AND coalesce(a.country, u.country) = u.country AND (u.table_name <> 'emission' OR a.year IS NOT DISTINCT FROM u.factor_year) AND abs(a.value - u.ef_kg_per_mwh) < 0.000001)
UNION ALL
SELECT concat_ws('|', 'heat_network', network_id, year), ef_kg_per_mwh, 'average', 'a network''s factor is of another role' FROM heat_network WHERE ef_role <> 'average'
