-- C10f error: L6: surplus heat is counted as it leaves the process, and the electricity that lifts it apart
SELECT count(*) > 0 FROM resource_ledger WHERE stock = 'district_heat' AND use = 'surplus_heat' AND energy_mwh IS NOT NULL;

SELECT concat_ws('|', l.country, l.muni_code, l.use) AS row_key, p.energy_mwh AS observed,
  round(unlifted(l.energy_mwh, factor('measure_p6_cop', l.country, 0)), 3)::VARCHAR AS expected,
  'the potential is not the heat fed into the network without the heat pump''s electricity' AS message
FROM resource_ledger l JOIN renewable_potential p ON p.country = l.country AND p.muni_code = l.muni_code AND p.resource = l.use AND p.level = 'realisable'
  AND p."case" = 'central'
WHERE l.stock = 'district_heat' AND l.use = 'surplus_heat' AND abs(p.energy_mwh - unlifted(l.energy_mwh, factor('measure_p6_cop', l.country, 0))) > 0.002
