-- P01 warning: electricity per inhabitant is plausible
SELECT count(*) > 0 FROM population;

WITH used AS (
  SELECT country, muni_code, year, sum(energy_mwh)::DOUBLE AS energy_mwh FROM energy_balance
  WHERE flow = 'FINAL' AND carrier_id = 'electricity' AND (sector_id = 'TOTAL' OR country = 'DK')
    AND year = (SELECT base_year FROM plan.plan) AND energy_mwh IS NOT NULL GROUP BY ALL),
head AS (
  SELECT u.*, (SELECT arg_min(population, abs(date_diff('day', date, make_date(u.year, 7, 1)))) FROM population p WHERE p.country = u.country AND p.muni_code = u.muni_code) AS population FROM used u),
band AS (SELECT country, low, high FROM factor WHERE factor_id = 'band_electricity_per_capita')
SELECT concat_ws('|', country, muni_code, year) AS row_key, round(energy_mwh / population, 2) AS observed, low || ' to ' || high || ' MWh per inhabitant' AS expected,
  'electricity per inhabitant outside of what is usual' AS message
FROM head JOIN band USING (country) WHERE energy_mwh / population NOT BETWEEN low AND high
