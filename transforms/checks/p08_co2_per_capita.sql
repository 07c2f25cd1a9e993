-- P08 warning: CO2 of energy per inhabitant is plausible where all carriers are known
SELECT count(*) > 0 FROM band_figure WHERE factor_id = 'band_co2_per_capita';

SELECT concat_ws('|', b.country, b.muni_code, b.year) AS row_key, round(b.value, 2) AS observed, f.low || ' to ' || f.high || ' t per inhabitant' AS expected, 'CO2 per inhabitant outside of what is usual' AS message
FROM band_figure b JOIN factor f USING (factor_id) WHERE factor_id = 'band_co2_per_capita' AND b.value NOT BETWEEN f.low AND f.high
