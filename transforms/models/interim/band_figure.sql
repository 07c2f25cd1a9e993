-- Band figure: one row is what a plausibility band is laid on: a figure of a municipality in the base year, by the factor
-- that has the band. Only where every carrier and sector that it sums is known, and none of them estimated. From
-- energy_balance, emission, own_building and population.
WITH head AS (
  SELECT country, muni_code, p.base_year AS year, arg_min(population, abs(date_diff('day', date, make_date(p.base_year, 7, 1)))) AS persons
  FROM population CROSS JOIN plan.plan p GROUP BY ALL),
-- All carriers of each sector, as the publisher adds them up.
sector_use AS (
  SELECT country, muni_code, year, sum(energy_mwh)::DOUBLE AS value FROM energy_balance
  WHERE flow = 'FINAL' AND carrier_id = 'TOTAL' AND sector_id NOT IN ('TOTAL', 'IND') GROUP BY ALL
  HAVING count(energy_mwh) = count(*) AND NOT bool_or(value_status = 'estimated')),
carrier_use AS (
  SELECT country, muni_code, year, carrier_id FROM energy_balance
  WHERE flow = 'FINAL' AND sector_id = 'TOTAL' AND carrier_id <> 'TOTAL' GROUP BY ALL),
carbon AS (
  SELECT country, muni_code, year, fsum(t_co2 ORDER BY carrier_id) AS value
  FROM carrier_use LEFT JOIN (SELECT * FROM emission WHERE "view" = 'consumption' AND sector_id = 'TOTAL') USING (country, muni_code, year, carrier_id)
  GROUP BY ALL HAVING count(t_co2) = count(*) AND NOT bool_or(value_status = 'estimated')),
-- Homes of the members themselves: those of others are in building_stock, with the band of P24.
home AS (
  SELECT country, muni_code, building_id, year, sum(energy_mwh)::DOUBLE * 1000 / max(floor_m2) AS value
  FROM own_building WHERE lower(building_type) = 'home' AND carrier_id <> 'electricity' GROUP BY ALL)
SELECT 'band_final_energy_per_capita' AS factor_id, country, muni_code, '-' AS part, year, value / persons AS value FROM sector_use JOIN head USING (country, muni_code, year)
UNION ALL SELECT 'band_co2_per_capita', country, muni_code, '-', year, value / persons FROM carbon JOIN head USING (country, muni_code, year)
UNION ALL SELECT 'band_house_heat', country, muni_code, building_id, year, value FROM home;
