-- C19b error: what is not known is not zero: a zero says so, and a null has its reason
SELECT concat_ws('|', country, muni_code, year, flow, carrier_id, sector_id, plant_id) AS row_key, energy_mwh AS observed, value_status AS expected, 'value and status do not agree' AS message
FROM energy_balance WHERE energy_mwh IS NULL AND value_status NOT IN ('suppressed', 'not_available', 'not_applicable') OR energy_mwh <> 0 AND value_status = 'zero'
