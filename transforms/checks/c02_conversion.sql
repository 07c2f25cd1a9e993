-- C02 error: where all carriers are closed, what conversion loses is what plants take in less what they give, to the kWh (identity I2)
SELECT count(*) > 0 FROM energy_balance WHERE flow = 'CONVLOSS';

WITH plants AS (
  SELECT country, muni_code, year, coalesce(sum(energy_mwh) FILTER (flow = 'TRF_IN'), 0) - coalesce(sum(energy_mwh) FILTER (flow = 'TRF_OUT'), 0) AS loss
  FROM energy_balance WHERE NOT is_total GROUP BY ALL)
SELECT concat_ws('|', country, muni_code, year) AS row_key, b.energy_mwh::DOUBLE AS observed, loss::VARCHAR AS expected, 'the conversion loss is not input less output' AS message
FROM energy_balance b JOIN plants USING (country, muni_code, year) WHERE b.flow = 'CONVLOSS' AND b.energy_mwh <> loss
