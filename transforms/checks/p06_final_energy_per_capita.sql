-- P06 warning: final energy per inhabitant, without industry, is plausible where all carriers and sectors are known
SELECT count(*) > 0 FROM band_figure WHERE factor_id = 'band_final_energy_per_capita';

SELECT concat_ws('|', b.country, b.muni_code, b.year) AS row_key, round(b.value, 2) AS observed, f.low || ' to ' || f.high || ' MWh per inhabitant' AS expected, 'final energy per inhabitant outside of what is usual' AS message
FROM band_figure b JOIN factor f USING (factor_id) WHERE factor_id = 'band_final_energy_per_capita' AND b.value NOT BETWEEN f.low AND f.high
