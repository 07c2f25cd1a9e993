-- C23 error: where nothing follows the weather, the corrected figure is the figure itself
SELECT count(*) > 0 FROM energy_normalised WHERE climate_share = 0;

SELECT concat_ws('|', 'energy_normalised', country, muni_code, year, carrier_id, sector_id) AS row_key, normalised_mwh::DOUBLE AS observed, energy_mwh::DOUBLE AS expected, 'corrected though its climate share is 0' AS message
FROM energy_normalised WHERE climate_share = 0 AND normalised_mwh IS DISTINCT FROM energy_mwh
UNION ALL
SELECT concat_ws('|', 'end_use', country, muni_code, stock), normalised_mwh, energy_mwh, 'corrected though its climate share is 0'
FROM end_use WHERE climate_share = 0 AND normalised_mwh IS DISTINCT FROM energy_mwh
