-- Heat network member: one row is a municipality that a district heating network supplies in a year, whether it is a
-- member of the plan or not. From heat_network and the weights of network_member.
CREATE TABLE heat_network_member (
  plan VARCHAR, network_id VARCHAR, year SMALLINT, country VARCHAR, muni_code VARCHAR, delivered_mwh DECIMAL(18,3), loss_mwh DECIMAL(18,3), share DOUBLE, key_id VARCHAR, value_status VARCHAR, grade VARCHAR, half_width DOUBLE, source_id VARCHAR);
COMMENT ON TABLE heat_network_member IS 'How the heat of a district heating network, and with it its loss and emissions, is shared by the municipalities that it supplies: by delivered heat, not by where its plants stand. key: plan, network_id, year, country, muni_code';
COMMENT ON COLUMN heat_network_member.plan IS 'The plan, by its id';
COMMENT ON COLUMN heat_network_member.network_id IS 'Network, see table heat_network';
COMMENT ON COLUMN heat_network_member.year IS 'Year [year]';
COMMENT ON COLUMN heat_network_member.country IS 'Country: DK or SE';
COMMENT ON COLUMN heat_network_member.muni_code IS 'Municipality code, also of municipalities outside of the plan';
COMMENT ON COLUMN heat_network_member.delivered_mwh IS 'Heat of this network delivered in this municipality; those of all add up to the network''s to the kWh [MWh]';
COMMENT ON COLUMN heat_network_member.loss_mwh IS 'Loss of the network that counts to this municipality, by its share; null where the network''s is [MWh]';
COMMENT ON COLUMN heat_network_member.share IS 'Share of the network''s delivered heat [1]';
COMMENT ON COLUMN heat_network_member.key_id IS 'one_member: the network supplies this municipality alone; heat_demand: shared by heat demand less what networks of the municipality''s own feed in';
COMMENT ON COLUMN heat_network_member.value_status IS 'Of the heat: observed, estimated, suppressed or not_available';
COMMENT ON COLUMN heat_network_member.grade IS 'A to E; D where the heat is shared by a key';
COMMENT ON COLUMN heat_network_member.half_width IS 'Half of the range as a share of the heat, 95 %; null when it is unknown [1]';
COMMENT ON COLUMN heat_network_member.source_id IS 'Publisher, see table source';

WITH weighed AS (
  SELECT n.plan, n.network_id, n.year, m.country, m.muni_code, n.delivered_mwh, n.loss_mwh, m.n_members, m.key_id, n.value_status, n.grade, n.source_id, m._origin,
    if(count(m.weight) OVER network = count(*) OVER network, m.weight / nullif(fsum(m.weight ORDER BY m.muni_code) OVER network, 0), NULL) AS share
  FROM heat_network n JOIN network_member m USING (network_id, year) WINDOW network AS (PARTITION BY n.network_id, n.year)),
-- Delivered heat and loss are shared to the kWh by the largest remainder, so that the parts add up to the whole.
whole AS (
  SELECT network_id, year, country, muni_code, share, 'delivered' AS what, delivered_mwh * 1000 AS kwh FROM weighed WHERE share IS NOT NULL AND delivered_mwh IS NOT NULL
  UNION ALL SELECT network_id, year, country, muni_code, share, 'loss', loss_mwh * 1000 FROM weighed WHERE share IS NOT NULL AND loss_mwh IS NOT NULL),
floored AS (SELECT *, floor(kwh::DOUBLE * share) AS least, kwh::DOUBLE * share - floor(kwh::DOUBLE * share) AS remainder FROM whole),
ranked AS (
  SELECT *, row_number() OVER (PARTITION BY network_id, year, what ORDER BY remainder DESC, country, muni_code) AS place,
    kwh::DOUBLE - sum(least) OVER (PARTITION BY network_id, year, what) AS missing
  FROM floored),
shared AS (
  SELECT network_id, year, country, muni_code, max(least + if(place <= missing, 1, 0)) FILTER (what = 'delivered') AS delivered_kwh, max(least + if(place <= missing, 1, 0)) FILTER (what = 'loss') AS loss_kwh
  FROM ranked GROUP BY ALL)
SELECT w.plan, w.network_id, w.year, w.country, w.muni_code, round(s.delivered_kwh / 1000, 3)::DECIMAL(18,3) AS delivered_mwh, round(s.loss_kwh / 1000, 3)::DECIMAL(18,3) AS loss_mwh, w.share, w.key_id,
  CASE WHEN w.delivered_mwh IS NULL THEN w.value_status WHEN w.share IS NULL THEN 'not_available' WHEN w.n_members > 1 THEN 'estimated' ELSE w.value_status END AS value_status,
  if(w.n_members > 1, 'D', w.grade) AS grade, if(s.delivered_kwh IS NULL, NULL, factor('quality_half_width_' || if(w.n_members > 1, 'd', lower(w.grade)), w.country, w.year)) AS half_width, w.source_id, w._origin
FROM weighed w LEFT JOIN shared s USING (network_id, year, country, muni_code);
