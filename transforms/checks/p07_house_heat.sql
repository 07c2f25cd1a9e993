-- P07 warning: heat and fuel of homes by floor area are plausible where the floor is known
SELECT count(*) > 0 FROM band_figure WHERE factor_id = 'band_house_heat';

SELECT concat_ws('|', b.country, b.muni_code, b.part, b.year) AS row_key, round(b.value, 2) AS observed, f.low || ' to ' || f.high || ' kWh per m2' AS expected, 'heat by floor area outside of what is usual' AS message
FROM band_figure b JOIN factor f USING (factor_id) WHERE factor_id = 'band_house_heat' AND b.value NOT BETWEEN f.low AND f.high
