-- Plant input: one row is what all plants of a municipality take in of a carrier, in a year, where the plants stand. Known
-- where every class of plants is. From plant_flow; what Swedish heat pumps and electric boilers take in, which SCB does not
-- give, and surplus heat, are from network_plant.
WITH part AS (
  SELECT country, muni_code, year, carrier_id, plant_id, energy_mwh, value_status, grade, method_id, _origin FROM plant_flow
  WHERE flow = 'TRF_IN' AND carrier_id <> 'TOTAL' AND plant_id NOT LIKE '%:TOTAL'
  UNION ALL
  SELECT country, muni_code, year, carrier_id, plant_id, input_mwh, value_status, if(value_status = 'estimated', 'D', 'B'), 'network_plant', _origin FROM network_plant
  WHERE country = 'SE' AND plant_id IN ('heat:heat_pump', 'heat:electric_boiler', 'heat:surplus_heat'))
SELECT country, muni_code, year, carrier_id, if(count(energy_mwh) = count(*), sum(energy_mwh), NULL)::DECIMAL(18,3) AS energy_mwh,
  CASE WHEN count(energy_mwh) < count(*) THEN 'suppressed' WHEN bool_or(value_status = 'estimated') THEN 'estimated' WHEN sum(energy_mwh) = 0 THEN 'zero' ELSE 'derived' END AS value_status,
  max(grade) AS grade, flatten(list(_origin ORDER BY plant_id)) AS _origin
FROM part GROUP BY ALL;
