-- C24 error: gas is counted at its lower heating value
SELECT count(*) > 0 FROM energy_balance WHERE method_id LIKE '%\_hhv' ESCAPE '\';

-- A decoder of a publisher that states the upper heating value says so at the end of its method (_hhv); a row that still
-- says so has not been converted. No publisher at hand does.
SELECT concat_ws('|', e.country, e.muni_code, e.year, e.flow, e.carrier_id, e.sector_id, e.plant_id) AS row_key, e.energy_mwh::DOUBLE AS observed,
  'times ' || factor('ratio_lhv_hhv_natural_gas', e.country, e.year) AS expected, 'gas at its upper heating value among energies at the lower one' AS message
FROM energy_balance e JOIN carrier c USING (carrier_id) WHERE e.method_id LIKE '%\_hhv' ESCAPE '\' AND c.level1 IN ('GAS_F', 'GAS_R')
