-- Published cells: one row is a figure that the plan can correct, with what its publisher says of it,
-- whatever the plan puts in its place. From the tables that hold such figures.
SELECT 'capacity' AS table_name, country, muni_code, concat_ws('|', year, technology, source_id) AS cell, concat_ws('|', country, muni_code, year, technology, source_id) AS row_key,
  if(stated_by = 'publisher', power_mw, published_mw) AS published, 'MW' AS value_unit FROM capacity
UNION ALL
SELECT 'end_use', country, muni_code, stock, concat_ws('|', country, muni_code, stock), if(stated_by = 'publisher', energy_mwh, published_mwh), 'MWh' FROM end_use
UNION ALL
SELECT 'energy_balance', country, muni_code, concat_ws('|', year, carrier_id, sector_id), concat_ws('|', country, muni_code, year, "view", flow, carrier_id, sector_id, plant_id),
  if(stated_by = 'publisher', energy_mwh, published_mwh)::DOUBLE, 'MWh' FROM energy_balance WHERE flow = 'FINAL'
UNION ALL
SELECT 'population', country, muni_code, date::VARCHAR, concat_ws('|', country, muni_code, date), if(stated_by = 'publisher', population, published_population)::DOUBLE, '1' FROM population
