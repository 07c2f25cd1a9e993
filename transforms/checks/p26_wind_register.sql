-- P26 warning: the wind power that stands by the Swedish register is near to what the statistics have of the same year, or of one next to it
SELECT count(*) > 0 FROM capacity r JOIN capacity s USING (country, muni_code) CROSS JOIN (SELECT value AS apart FROM factor WHERE factor_id = 'band_wind_register_years') f
WHERE r.source_id = 'vindbrukskollen' AND s.source_id = 'energimyndigheten' AND s.technology = 'wind' AND abs(s.year - r.year) <= apart AND s.power_mw IS NOT NULL;

-- The register's state is of one day, the statistics' of the end of each year.
WITH register AS (
  SELECT country, muni_code, year, fsum(power_mw ORDER BY technology) AS power_mw FROM capacity
  WHERE source_id = 'vindbrukskollen' AND starts_with(technology, 'wind') GROUP BY ALL HAVING count(power_mw) = count(*)),
stated AS (
  SELECT r.country, r.muni_code, r.power_mw, arg_min(s.power_mw, abs(s.year - r.year) * 2 + (s.year > r.year)::INTEGER) AS stated_mw, arg_min(s.year, abs(s.year - r.year) * 2 + (s.year > r.year)::INTEGER) AS year
  FROM register r JOIN capacity s USING (country, muni_code) CROSS JOIN (SELECT value AS apart FROM factor WHERE factor_id = 'band_wind_register_years') f
  WHERE s.source_id = 'energimyndigheten' AND s.technology = 'wind' AND s.power_mw IS NOT NULL AND abs(s.year - r.year) <= apart GROUP BY ALL)
SELECT concat_ws('|', country, muni_code, year) AS row_key, round(power_mw, 3) AS observed, round(stated_mw, 3) || ', within ' || f.high || ' of it or ' || l.value || ' MW' AS expected,
  'the register has another power standing than the statistics: turbines may have come or gone since, or their state in the register is old' AS message
FROM stated CROSS JOIN (SELECT high FROM factor WHERE factor_id = 'band_wind_register') f CROSS JOIN (SELECT value FROM factor WHERE factor_id = 'band_wind_register_least') l
WHERE abs(power_mw - stated_mw) > at_least(stated_mw * f.high, l.value)
