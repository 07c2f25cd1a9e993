-- Heat network: one row is a district heating network that supplies a member, in a year. From network_heat (what plants feed
-- in) and network_plant (what they burn); in Sweden, where a municipality is taken as one network, delivered heat is SCB's.
CREATE TABLE heat_network (
  plan VARCHAR, network_id VARCHAR, year SMALLINT, network_name VARCHAR, fed_in_mwh DECIMAL(18,3), delivered_mwh DECIMAL(18,3), loss_mwh DECIMAL(18,3), loss_share DOUBLE, value_status VARCHAR,
  grade VARCHAR, half_width DOUBLE, input_mwh DECIMAL(18,3), power_mwh DECIMAL(18,3), t_co2 DOUBLE, t_co2_biogenic DOUBLE, ef_kg_per_mwh DOUBLE, ef_role VARCHAR, ef_status VARCHAR, chp_method VARCHAR, reason VARCHAR, source_id VARCHAR);
COMMENT ON TABLE heat_network IS 'District heating networks that supply members, as units of supply, with members and others together: heat fed in, lost and delivered, and what a delivered MWh emits. key: plan, network_id, year';
COMMENT ON COLUMN heat_network.plan IS 'The plan, by its id';
COMMENT ON COLUMN heat_network.network_id IS 'Number of the Danish net in the count of producers; SE- and the municipality code where a municipality is taken as one network';
COMMENT ON COLUMN heat_network.year IS 'Year [year]';
COMMENT ON COLUMN heat_network.network_name IS 'Name of the net; null where the publisher knows no nets';
COMMENT ON COLUMN heat_network.fed_in_mwh IS 'Heat that plants feed in; null where it is secret [MWh]';
COMMENT ON COLUMN heat_network.delivered_mwh IS 'Heat delivered to users [MWh]';
COMMENT ON COLUMN heat_network.loss_mwh IS 'Heat fed in less heat delivered; null where either is unknown, or more is delivered than fed in [MWh]';
COMMENT ON COLUMN heat_network.loss_share IS 'Loss as a share of the heat fed in [1]';
COMMENT ON COLUMN heat_network.value_status IS 'Of the heat delivered: observed, estimated (with a default loss), suppressed or not_available';
COMMENT ON COLUMN heat_network.grade IS 'Of the heat delivered, A to E; E where the loss is outside of what is usual';
COMMENT ON COLUMN heat_network.half_width IS 'Half of the range of the heat delivered as a share of it, 95 %; null when it is unknown [1]';
COMMENT ON COLUMN heat_network.input_mwh IS 'Fuel and other energy that counts to the heat, by the method for combined heat and power [MWh]';
COMMENT ON COLUMN heat_network.power_mwh IS 'Electricity that the network''s plants deliver; in Sweden that of combined heat and power and of industry together [MWh]';
COMMENT ON COLUMN heat_network.t_co2 IS 'Fossil CO2 of the heat, with that of the electricity for heat pumps and boilers [t]';
COMMENT ON COLUMN heat_network.t_co2_biogenic IS 'Biogenic CO2 of the heat, not part of t_co2 [t]';
COMMENT ON COLUMN heat_network.ef_kg_per_mwh IS 'Fossil CO2 of a MWh delivered, so that the loss is in it [kg/MWh]';
COMMENT ON COLUMN heat_network.ef_role IS 'average: with average factors, for accounts; measures use marginal ones';
COMMENT ON COLUMN heat_network.ef_status IS 'Of the emission: derived, estimated (delivered heat or an input is estimated), suppressed (a fuel is secret) or not_available';
COMMENT ON COLUMN heat_network.chp_method IS 'How the fuel of combined heat and power is shared: 125 or 200 (heat at that efficiency, in percent) or energy';
COMMENT ON COLUMN heat_network.reason IS 'What was assumed, or why a figure is unknown';
COMMENT ON COLUMN heat_network.source_id IS 'Publisher, see table source';

WITH supplying AS (SELECT DISTINCT country, network_id, year FROM network_member JOIN plan.member USING (country, muni_code)),
fed AS (
  SELECT country, network_id, year, max(network_name) AS network_name, max(zone) AS zone, max(muni_code) AS muni_code, max(grade) AS grade, max(source_id) AS source_id,
    if(count(heat_mwh) = count(*), sum(heat_mwh), NULL)::DECIMAL(18,3) AS fed_in_mwh, if(count(power_mwh) = count(*), sum(power_mwh), NULL)::DECIMAL(18,3) AS power_mwh,
    flatten(list(_origin ORDER BY muni_code)) AS _origin
  FROM network_heat SEMI JOIN supplying USING (country, network_id, year) GROUP BY ALL),
delivered AS (
  SELECT d.*, u._origin AS use_origin, u.muni_code IS NOT NULL AS stated,
    CASE WHEN u.muni_code IS NOT NULL THEN u.energy_mwh WHEN d.country = 'DK' THEN round(d.fed_in_mwh * (1 - factor('dh_loss_rate', d.country, d.year)), 3) END::DECIMAL(18,3) AS delivered_mwh,
    CASE WHEN u.muni_code IS NOT NULL THEN u.value_status WHEN d.country = 'DK' AND d.fed_in_mwh IS NOT NULL THEN 'estimated' ELSE 'not_available' END AS value_status
  FROM fed d LEFT JOIN final_use u ON d.country = 'SE' AND u.country = 'SE' AND u.muni_code = d.muni_code AND u.year = d.year AND u.carrier_id = 'district_heat' AND u.sector_id = 'TOTAL'),
burnt AS (
  SELECT p.country, p.network_id, p.year, if(count(p.heat_mwh) = count(*), sum(p.heat_mwh), NULL)::DECIMAL(18,3) AS input_mwh, bool_or(p.value_status = 'estimated') AS estimated,
    bool_or(p.heat_mwh IS NULL) AS secret,
    if(count(p.heat_mwh * c.ef_kg_per_mwh) FILTER (p.heat_mwh <> 0 OR p.heat_mwh IS NULL) = count(*) FILTER (p.heat_mwh <> 0 OR p.heat_mwh IS NULL), coalesce(fsum(p.heat_mwh::DOUBLE * c.ef_kg_per_mwh ORDER BY p.plant_id, p.carrier_id), 0), NULL) / 1000 AS t_co2,
    if(count(p.heat_mwh * c.memo_kg_per_mwh) = count(*), fsum(p.heat_mwh::DOUBLE * c.memo_kg_per_mwh ORDER BY p.plant_id, p.carrier_id), NULL) / 1000 AS t_co2_biogenic,
    flatten(list(p._origin ORDER BY p.plant_id, p.carrier_id)) AS _origin
  FROM network_plant p JOIN (SELECT country, network_id, year, zone FROM fed) f USING (country, network_id, year)
  LEFT JOIN carrier_factor c ON c.country = p.country AND c.carrier_id = p.carrier_id AND c.year = p.year AND c.sector = '*' AND c.zone IN ('*', f.zone)
  GROUP BY ALL),
network AS (
  SELECT d.*, b.input_mwh, b.t_co2, b.t_co2_biogenic, b.estimated, b.secret, b._origin AS fuel_origin,
    coalesce((1 - d.delivered_mwh / nullif(d.fed_in_mwh, 0))::DOUBLE NOT BETWEEN factor_case('band_dh_loss', d.country, 'low') AND factor_case('band_dh_loss', d.country, 'high'), false) AND d.delivered_mwh > 0 AND d.delivered_mwh <= d.fed_in_mwh AS odd,
    d.delivered_mwh > d.fed_in_mwh AS elsewhere, d.delivered_mwh > 0 AND d.delivered_mwh <= d.fed_in_mwh AS closed
  FROM delivered d LEFT JOIN burnt b USING (country, network_id, year)),
-- A loss that cannot be says that heat fed in and heat delivered are not of the same networks.
judged AS (SELECT *, CASE WHEN odd THEN 'E' WHEN stated THEN grade ELSE 'D' END AS quality FROM network)
SELECT p.plan, n.network_id, n.year, n.network_name, n.fed_in_mwh, n.delivered_mwh, if(n.closed, n.fed_in_mwh - n.delivered_mwh, NULL)::DECIMAL(18,3) AS loss_mwh,
  if(n.closed, round((1 - n.delivered_mwh / n.fed_in_mwh)::DOUBLE, 6), NULL) AS loss_share, n.value_status, n.quality AS grade,
  if(n.delivered_mwh IS NULL, NULL, factor('quality_half_width_' || lower(n.quality), n.country, n.year)) AS half_width,
  if(n.fed_in_mwh IS NULL, NULL, n.input_mwh) AS input_mwh, n.power_mwh,
  if(n.fed_in_mwh IS NULL, NULL, round(n.t_co2, 3)) AS t_co2, if(n.fed_in_mwh IS NULL, NULL, round(n.t_co2_biogenic, 3)) AS t_co2_biogenic, if(n.closed, round(n.t_co2 * 1000 / n.delivered_mwh::DOUBLE, 6), NULL) AS ef_kg_per_mwh, 'average' AS ef_role,
  CASE WHEN n.closed AND n.t_co2 IS NOT NULL THEN if(n.estimated OR NOT n.stated, 'estimated', 'derived') WHEN n.secret OR n.value_status = 'suppressed' OR n.fed_in_mwh IS NULL THEN 'suppressed' ELSE 'not_available' END AS ef_status,
  m.chp_method,
  CASE WHEN n.elsewhere THEN 'more heat is used than the municipality''s plants feed in: some comes from elsewhere' WHEN n.fed_in_mwh IS NULL OR n.delivered_mwh IS NULL THEN 'a figure is secret or not known'
    WHEN n.closed AND n.t_co2 IS NULL THEN if(n.secret, 'a fuel is secret', 'a fuel or its factor is not known')
    WHEN n.country = 'SE' THEN 'SCB knows no networks: the municipality is taken as one' ELSE 'the loss is a default: no publisher gives it' END
    || if(n.odd, '; the loss is outside of what is usual: heat fed in and heat delivered may not be of the same networks', '') AS reason,
  n.source_id, list_concat(list_concat(n._origin, n.use_origin), n.fuel_origin) AS _origin
FROM judged n CROSS JOIN plan.plan p CROSS JOIN plan.chp m
WHERE n.fed_in_mwh IS NULL OR n.delivered_mwh IS NULL OR n.fed_in_mwh <> 0 OR n.delivered_mwh <> 0;
