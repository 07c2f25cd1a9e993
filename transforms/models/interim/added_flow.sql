-- Added flow: one row is a flow that no publisher states and that follows from others: district heat and its loss by
-- network, what Swedish heat pumps, electric boilers and surplus heat put into networks, the ambient heat of homes, and the
-- wind and solar power of Danish members where no publisher has it. From heat_network_member, network_plant, final_use
-- and estimated_power.
WITH network AS (
  SELECT country, muni_code, year, if(count(delivered_mwh) = count(*), sum(delivered_mwh), NULL)::DECIMAL(18,3) AS delivered_mwh, if(count(loss_mwh) = count(*), sum(loss_mwh), NULL)::DECIMAL(18,3) AS loss_mwh,
    bool_or(value_status = 'estimated') AS estimated, max(grade) AS grade
  FROM heat_network_member SEMI JOIN plan.member USING (country, muni_code) GROUP BY ALL)
SELECT country, muni_code, year, 'consumption' AS "view", 'FINAL' AS flow, 'district_heat' AS carrier_id, 'ALL' AS sector_id, '-' AS plant_id, delivered_mwh AS energy_mwh,
  'estimated' AS value_status, grade, 'network_share' AS method_id, 'energistyrelsen' AS source_id, NULL::VARCHAR[] AS _origin
FROM network n WHERE country = 'DK' AND delivered_mwh IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM final_use u WHERE u.country = n.country AND u.muni_code = n.muni_code AND u.year = n.year AND u.carrier_id = 'district_heat')
UNION ALL
SELECT country, muni_code, year, 'consumption', 'LOSS', 'district_heat', '-', '-', loss_mwh, if(estimated, 'estimated', 'derived'), grade, 'network_share', if(country = 'SE', 'scb', 'energistyrelsen'), NULL
FROM network WHERE loss_mwh IS NOT NULL
UNION ALL
SELECT country, muni_code, year, 'territorial', 'TRF_IN', carrier_id, '-', plant_id, input_mwh, value_status, if(value_status = 'estimated', 'D', 'B'), CASE plant_id WHEN 'heat:heat_pump' THEN 'heat_pump_cop' WHEN 'heat:electric_boiler' THEN 'boiler_efficiency' ELSE 'heat_is_input' END, 'scb', _origin
FROM network_plant WHERE country = 'SE' AND plant_id IN ('heat:heat_pump', 'heat:electric_boiler', 'heat:surplus_heat') AND input_mwh IS NOT NULL
UNION ALL
-- Of the electricity of detached houses a share heats, and of that heat pumps use a share: both are assumed.
SELECT country, muni_code, year, 'consumption', 'FINAL', 'ambient_heat', sector_id, '-',
  round(energy_mwh * factor('electric_heating_share_detached', country, year) * factor('heat_pump_share_electric_heating', country, year) * (factor('spf_existing', country, year) - 1), 3)::DECIMAL(18,3),
  'estimated', 'E', 'heat_pump_share', source_id, _origin
FROM final_use WHERE country = 'SE' AND carrier_id = 'electricity' AND sector_id = 'HOUS_DET' AND energy_mwh IS NOT NULL
UNION ALL
SELECT country, muni_code, year, 'territorial', 'PROD', carrier_id, '-', if(carrier_id = 'wind', 'wind_register', 'pv'), energy_mwh, value_status, grade, method_id, source_id, _origin FROM estimated_power;
