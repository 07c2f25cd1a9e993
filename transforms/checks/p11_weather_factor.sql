-- P11 warning: raw and corrected energy differ by the degree-day factor, within 1 %
SELECT count(*) > 0 FROM energy_normalised WHERE method_id = 'degree_days';

WITH of_year AS (
  SELECT country, muni_code, year, gd_definition_id, fsum(degree_days_normal ORDER BY month) / fsum(degree_days ORDER BY month) AS ratio FROM degree_days GROUP BY ALL)
SELECT concat_ws('|', country, muni_code, year, carrier_id, sector_id) AS row_key, round((normalised_mwh / energy_mwh)::DOUBLE, 4) AS observed,
  round(1 - climate_share + climate_share * ratio, 4) AS expected, 'the correction is not that of the degree days' AS message
FROM energy_normalised JOIN of_year USING (country, muni_code, year, gd_definition_id) CROSS JOIN (SELECT high AS within FROM factor WHERE factor_id = 'band_weather_factor')
WHERE method_id = 'degree_days' AND abs(normalised_mwh - energy_mwh * (1 - climate_share + climate_share * ratio)) > within * energy_mwh + 0.001
