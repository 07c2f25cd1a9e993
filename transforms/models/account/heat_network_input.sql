-- Heat network input: one row is the energy of a carrier that the plants of a district heating network take in, in a year.
-- From network_plant; the emissions with the factors of carrier_factor.
CREATE TABLE heat_network_input (
  plan VARCHAR, network_id VARCHAR, year SMALLINT, carrier_id VARCHAR, input_mwh DECIMAL(18,3), heat_mwh DECIMAL(18,3), power_mwh DECIMAL(18,3), process_mwh DECIMAL(18,3),
  ef_kg_per_mwh DOUBLE, ef_role VARCHAR, factor_id VARCHAR, t_co2_heat DOUBLE, t_co2_power DOUBLE, value_status VARCHAR, source_id VARCHAR);
COMMENT ON TABLE heat_network_input IS 'What the plants of a district heating network burn, shared between heat and electricity by the plan''s method: heat, electricity and process heat add up to the input, to the kWh. key: plan, network_id, year, carrier_id';
COMMENT ON COLUMN heat_network_input.plan IS 'The plan, by its id';
COMMENT ON COLUMN heat_network_input.network_id IS 'Network, see table heat_network';
COMMENT ON COLUMN heat_network_input.year IS 'Year [year]';
COMMENT ON COLUMN heat_network_input.carrier_id IS 'Energy carrier, see table carrier';
COMMENT ON COLUMN heat_network_input.input_mwh IS 'Energy that the plants take in, lower heating value; null where a part is secret [MWh]';
COMMENT ON COLUMN heat_network_input.heat_mwh IS 'Part of it that counts to heat [MWh]';
COMMENT ON COLUMN heat_network_input.power_mwh IS 'Part of it that counts to electricity [MWh]';
COMMENT ON COLUMN heat_network_input.process_mwh IS 'Part of it that counts to process heat of an industry, as the Danish count has it [MWh]';
COMMENT ON COLUMN heat_network_input.ef_kg_per_mwh IS 'Fossil CO2 of a MWh put in [kg/MWh]';
COMMENT ON COLUMN heat_network_input.ef_role IS 'average: an average factor, for accounts';
COMMENT ON COLUMN heat_network_input.factor_id IS 'The factor, see table factor';
COMMENT ON COLUMN heat_network_input.t_co2_heat IS 'Fossil CO2 of the part that counts to heat [t]';
COMMENT ON COLUMN heat_network_input.t_co2_power IS 'Fossil CO2 of the part that counts to electricity; it is in the electricity''s own factor, never in that of the heat [t]';
COMMENT ON COLUMN heat_network_input.value_status IS 'derived (from observed figures), estimated (what heat pumps and electric boilers take in, in Sweden) or suppressed';
COMMENT ON COLUMN heat_network_input.source_id IS 'Publisher, see table source';

WITH zone AS (SELECT country, network_id, year, max(zone) AS zone, max(source_id) AS source_id FROM network_heat GROUP BY ALL),
total AS (
  SELECT country, network_id, year, carrier_id, if(count(input_mwh) = count(*), sum(input_mwh), NULL)::DECIMAL(18,3) AS input_mwh, if(count(heat_mwh) = count(*), sum(heat_mwh), NULL)::DECIMAL(18,3) AS heat_mwh,
    if(count(power_mwh) = count(*), sum(power_mwh), NULL)::DECIMAL(18,3) AS power_mwh, if(count(process_mwh) = count(*), sum(process_mwh), NULL)::DECIMAL(18,3) AS process_mwh,
    CASE WHEN count(heat_mwh) < count(*) THEN 'suppressed' WHEN bool_or(value_status = 'estimated') THEN 'estimated' ELSE 'derived' END AS value_status,
    flatten(list(_origin ORDER BY plant_id)) AS _origin
  FROM network_plant GROUP BY ALL)
SELECT n.plan, t.network_id, t.year, t.carrier_id, t.input_mwh, t.heat_mwh, t.power_mwh, t.process_mwh, c.ef_kg_per_mwh, 'average' AS ef_role, c.factor_id,
  round(t.heat_mwh::DOUBLE * c.ef_kg_per_mwh / 1000, 3) AS t_co2_heat, round(t.power_mwh::DOUBLE * c.ef_kg_per_mwh / 1000, 3) AS t_co2_power, t.value_status, z.source_id, t._origin
FROM total t JOIN heat_network n USING (network_id, year) JOIN zone z USING (country, network_id, year)
LEFT JOIN carrier_factor c ON c.country = t.country AND c.carrier_id = t.carrier_id AND c.year = t.year AND c.sector = '*' AND c.zone IN ('*', z.zone);
