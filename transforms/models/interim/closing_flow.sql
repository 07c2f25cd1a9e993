-- Closing flow: one row is a flow that closes the balance of a carrier in a member and year: what nature gives, the loss of
-- the electricity grid, what crosses the border, the difference that is left, and gross supply. Only where all parts of the
-- carrier are known, and gross supply of all carriers only where each of them is. From carrier_total and added_flow.
WITH heat AS (SELECT country, muni_code, year, energy_mwh AS loss_mwh, grade AS loss_grade FROM added_flow WHERE flow = 'LOSS' AND carrier_id = 'district_heat'),
-- Heat that plants feed into networks; the rest of what they give is used beside them.
fed AS (SELECT country, muni_code, year, sum(heat_mwh) AS fed_mwh FROM network_heat GROUP BY country, muni_code, year HAVING count(heat_mwh) = count(*)),
part AS (
  SELECT t.*, t.level1 IN ('AMB', 'PRIM') AS free,
    CASE WHEN t.carrier_id = 'electricity' THEN round((t.final_mwh + t.input_mwh) * (1 / (1 - factor('el_distribution_loss', country, year)) - 1), 3)
      WHEN t.carrier_id = 'district_heat' AND h.loss_mwh IS NULL AND country = 'SE' THEN round(t.output_mwh * factor('dh_loss_rate', country, year), 3)
      WHEN t.carrier_id = 'district_heat' THEN h.loss_mwh ELSE 0 END::DECIMAL(18,3) AS loss_mwh,
    h.loss_mwh IS NULL AS loss_default, coalesce(e.fed_mwh, 0) AS fed_mwh
  FROM carrier_total t LEFT JOIN heat h USING (country, muni_code, year) LEFT JOIN fed e USING (country, muni_code, year)),
-- What crosses the border is what nobody measures: the use and the loss less what is made here. In Sweden a municipality is
-- taken as one district heating network, so nothing crosses.
closed AS (
  SELECT *, if(free, input_mwh + coalesce(final_mwh, 0), 0)::DECIMAL(18,3) AS free_mwh,
    CASE WHEN free THEN 0 WHEN carrier_id = 'district_heat' THEN if(country = 'SE', 0, final_mwh + loss_mwh - fed_mwh) ELSE final_mwh + input_mwh + loss_mwh - output_mwh - primary_mwh END::DECIMAL(18,3) AS import_mwh
  FROM part WHERE input_mwh IS NOT NULL AND output_mwh IS NOT NULL AND primary_mwh IS NOT NULL AND loss_mwh IS NOT NULL AND (final_mwh IS NOT NULL OR level1 = 'PRIM')),
balanced AS (SELECT *, (free_mwh + primary_mwh + import_mwh + output_mwh - input_mwh - loss_mwh - coalesce(final_mwh, 0))::DECIMAL(18,3) AS difference_mwh FROM closed),
-- All carriers are closed, and the publisher of final use has all kinds of them.
whole AS (
  SELECT country, muni_code, year FROM (SELECT t.*, b.carrier_id IS NOT NULL AS closed FROM carrier_total t LEFT JOIN balanced b USING (country, muni_code, year, carrier_id))
  GROUP BY ALL HAVING bool_and(closed) AND count(DISTINCT level1) FILTER (final_mwh IS NOT NULL AND level1 IN ('LIQ_F', 'LIQ_R', 'SOL_F', 'SOL_R', 'GAS_F', 'GAS_R', 'DH', 'EL')) = 8),
flow AS (
  SELECT country, muni_code, year, 'territorial' AS "view", 'PROD' AS flow, carrier_id, free_mwh AS energy_mwh, grade, 'nature_gives' AS method_id, _origin FROM balanced WHERE free
  UNION ALL SELECT country, muni_code, year, 'consumption', 'LOSS', carrier_id, loss_mwh, 'D', 'loss_rate', _origin FROM part
    WHERE loss_mwh IS NOT NULL AND (carrier_id = 'electricity' OR carrier_id = 'district_heat' AND loss_default AND country = 'SE' AND final_mwh IS NOT NULL)
  UNION ALL SELECT country, muni_code, year, 'territorial', 'NET_IMP', carrier_id, import_mwh, at_least(grade, if(loss_mwh > 0, 'D', 'A')), 'residual', _origin FROM balanced WHERE NOT free AND NOT (carrier_id = 'district_heat' AND country = 'SE')
  UNION ALL SELECT country, muni_code, year, 'territorial', 'DIFF', carrier_id, difference_mwh, grade, 'residual', _origin FROM balanced
  UNION ALL SELECT country, muni_code, year, 'territorial', 'GROSS', carrier_id, (free_mwh + primary_mwh + import_mwh)::DECIMAL(18,3), at_least(grade, if(loss_mwh > 0, 'D', 'A')), 'closing', _origin FROM balanced
  UNION ALL SELECT country, muni_code, year, 'territorial', 'GROSS', 'TOTAL', sum(free_mwh + primary_mwh + import_mwh)::DECIMAL(18,3), at_least(max(grade), 'D'), 'closing', flatten(list(_origin ORDER BY carrier_id)) FROM balanced SEMI JOIN whole USING (country, muni_code, year) GROUP BY country, muni_code, year
  UNION ALL SELECT country, muni_code, year, 'territorial', 'CONVLOSS', 'TOTAL', sum(input_mwh - output_mwh)::DECIMAL(18,3), max(grade), 'closing', flatten(list(_origin ORDER BY carrier_id)) FROM balanced SEMI JOIN whole USING (country, muni_code, year) GROUP BY country, muni_code, year)
SELECT country, muni_code, year, "view", flow, carrier_id, '-' AS sector_id, '-' AS plant_id, energy_mwh, if(grade IN ('D', 'E'), 'estimated', 'derived') AS value_status, grade, method_id, 'samkraft' AS source_id, _origin FROM flow
UNION ALL
SELECT * FROM added_flow;
