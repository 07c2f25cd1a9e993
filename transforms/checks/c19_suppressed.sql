-- C19 error: what may not be published is nowhere in the snapshot: a secret figure has no value, nothing of it is said where it must not be, and no sum has it as its only unknown part
WITH use AS (
  SELECT * FROM energy_balance WHERE flow = 'FINAL' AND source_id IN ('scb', 'own') AND stated_by IS DISTINCT FROM 'samkraft'),
parts AS (
  SELECT country, muni_code, year, 'carrier' AS line, carrier_id AS line_id, value_status NOT IN ('observed', 'zero') AS unknown, sector_id <> 'TOTAL' AS part, carrier_id, sector_id FROM use
  UNION ALL
  SELECT country, muni_code, year, 'sector', sector_id, value_status NOT IN ('observed', 'zero'), carrier_id <> 'TOTAL', carrier_id, sector_id FROM use),
told AS (
  SELECT country, muni_code, year, any_value(carrier_id) FILTER (unknown) AS carrier_id, any_value(sector_id) FILTER (unknown) AS sector_id
  FROM parts WHERE line_id <> 'TOTAL' GROUP BY country, muni_code, year, line, line_id
  HAVING count(*) FILTER (unknown AND part) = 1 AND count(*) FILTER (NOT unknown AND NOT part) = 1)
SELECT concat_ws('|', country, muni_code, year, flow, carrier_id, sector_id, plant_id) AS row_key, energy_mwh AS observed, 'null' AS expected, 'a secret or unknown figure has a value' AS message
FROM energy_balance WHERE value_status IN ('suppressed', 'not_available') AND energy_mwh IS NOT NULL
UNION ALL
SELECT concat_ws('|', country, muni_code, year, flow, carrier_id, sector_id, plant_id), coalesce(energy_mwh, low_mwh, high_mwh, half_width), 'null', 'something is said of a figure that may not be published'
FROM energy_balance WHERE (NOT publishable OR value_status = 'not_available') AND (energy_mwh IS NOT NULL OR low_mwh IS NOT NULL OR high_mwh IS NOT NULL OR half_width IS NOT NULL)
UNION ALL
SELECT concat_ws('|', country, muni_code, year, 'FINAL', carrier_id, sector_id), NULL, 'two unknown parts, or an unknown total', 'a secret figure follows from the total and the other parts of its line'
FROM told
UNION ALL
SELECT concat_ws('|', country, muni_code, year, technology, source_id), power_mw, 'null', 'a secret or unknown figure has a value'
FROM capacity WHERE value_status IN ('suppressed', 'not_available') AND power_mw IS NOT NULL
UNION ALL
SELECT concat_ws('|', 'energy_normalised', country, muni_code, year, carrier_id, sector_id), normalised_mwh, 'null', 'a secret or unknown figure has a corrected value'
FROM energy_normalised WHERE normalised_mwh IS NOT NULL AND (energy_mwh IS NULL OR value_status IN ('suppressed', 'not_available'))
