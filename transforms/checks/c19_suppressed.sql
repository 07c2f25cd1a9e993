-- C19 error: a figure that its publisher keeps secret or does not know is nowhere given a value
SELECT concat_ws('|', country, muni_code, year, flow, carrier_id, sector_id, plant_id) AS row_key, energy_mwh AS observed, 'null' AS expected, 'a secret or unknown figure has a value' AS message
FROM energy_balance WHERE value_status IN ('suppressed', 'not_available') AND (energy_mwh IS NOT NULL OR low_mwh IS NOT NULL OR high_mwh IS NOT NULL)
UNION ALL
SELECT concat_ws('|', country, muni_code, year, technology, source_id), power_mw, 'null', 'a secret or unknown figure has a value'
FROM capacity WHERE value_status IN ('suppressed', 'not_available') AND power_mw IS NOT NULL
UNION ALL
SELECT concat_ws('|', 'energy_normalised', country, muni_code, year, carrier_id, sector_id), normalised_mwh, 'null', 'a secret or unknown figure has a corrected value'
FROM energy_normalised WHERE normalised_mwh IS NOT NULL AND (energy_mwh IS NULL OR value_status IN ('suppressed', 'not_available'))
