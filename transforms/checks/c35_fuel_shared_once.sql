-- C35 error: the fuel of combined heat and power is shared once: heat, electricity and process heat have all of it, none less than nothing (rule D2)
SELECT count(*) > 0 FROM heat_network_input;

SELECT concat_ws('|', network_id, year, carrier_id) AS row_key, (heat_mwh + power_mwh + process_mwh)::DOUBLE AS observed, input_mwh::VARCHAR AS expected, 'fuel is lost, or counts twice' AS message
FROM heat_network_input
WHERE heat_mwh + power_mwh + process_mwh <> input_mwh OR heat_mwh IS NOT NULL AND (input_mwh IS NULL OR power_mwh IS NULL OR process_mwh IS NULL) OR input_mwh >= 0 AND (heat_mwh < 0 OR power_mwh < 0 OR process_mwh < 0)
UNION ALL
SELECT concat_ws('|', network_id, year), sum(i.heat_mwh)::DOUBLE, any_value(n.input_mwh)::VARCHAR, 'the network''s input is not the sum of its carriers'
FROM heat_network_input i JOIN heat_network n USING (network_id, year)
GROUP BY network_id, year HAVING count(i.heat_mwh) = count(*) AND sum(i.heat_mwh) <> any_value(n.input_mwh)
