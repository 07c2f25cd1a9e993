-- Heat network member: one row is a municipality that a district heating network supplies in a year, whether it is a
-- member of the plan or not. From heat_network and the weights of network_member.
CREATE TABLE heat_network_member (
  plan VARCHAR, network_id VARCHAR, year SMALLINT, country VARCHAR, muni_code VARCHAR, delivered_mwh DECIMAL(18,3), share DOUBLE, key_id VARCHAR, value_status VARCHAR, grade VARCHAR, half_width DOUBLE, source_id VARCHAR);
COMMENT ON TABLE heat_network_member IS 'How the heat of a district heating network, and with it its loss and emissions, is shared by the municipalities that it supplies: by delivered heat, not by where its plants stand. key: plan, network_id, year, country, muni_code';
COMMENT ON COLUMN heat_network_member.plan IS 'The plan, by its id';
COMMENT ON COLUMN heat_network_member.network_id IS 'Network, see table heat_network';
COMMENT ON COLUMN heat_network_member.year IS 'Year [year]';
COMMENT ON COLUMN heat_network_member.country IS 'Country: DK or SE';
COMMENT ON COLUMN heat_network_member.muni_code IS 'Municipality code, also of municipalities outside of the plan';
COMMENT ON COLUMN heat_network_member.delivered_mwh IS 'Heat of this network delivered in this municipality; those of all add up to the network''s to the kWh [MWh]';
COMMENT ON COLUMN heat_network_member.share IS 'Share of the network''s delivered heat [1]';
COMMENT ON COLUMN heat_network_member.key_id IS 'one_member: the network supplies this municipality alone; heat_demand: shared by heat demand less what networks of the municipality''s own feed in';
COMMENT ON COLUMN heat_network_member.value_status IS 'Of the heat: observed, estimated, suppressed or not_available';
COMMENT ON COLUMN heat_network_member.grade IS 'A to E; D where the heat is shared by a key';
COMMENT ON COLUMN heat_network_member.half_width IS 'Half of the range as a share of the heat, 95 %; null when it is unknown [1]';
COMMENT ON COLUMN heat_network_member.source_id IS 'Publisher, see table source';

WITH weighed AS (
  SELECT n.plan, n.network_id, n.year, m.country, m.muni_code, n.delivered_mwh AS whole, m.n_members, m.key_id, n.value_status, n.grade, n.source_id, m._origin,
    m.weight / nullif(fsum(m.weight ORDER BY m.muni_code) OVER (PARTITION BY n.network_id, n.year), 0) AS share,
    count(m.weight) OVER (PARTITION BY n.network_id, n.year) = count(*) OVER (PARTITION BY n.network_id, n.year) AS known
  FROM heat_network n JOIN network_member m USING (network_id, year)),
-- To the kWh by the largest remainder, so that the parts add up to the whole.
floored AS (
  SELECT *, floor(whole::DOUBLE * 1000 * share)::HUGEINT AS kwh, (whole * 1000)::HUGEINT AS whole_kwh, whole::DOUBLE * 1000 * share - floor(whole::DOUBLE * 1000 * share) AS remainder
  FROM weighed WHERE known AND share IS NOT NULL),
ranked AS (
  SELECT *, row_number() OVER (PARTITION BY network_id, year ORDER BY remainder DESC, country, muni_code) AS place, whole_kwh - sum(kwh) OVER (PARTITION BY network_id, year) AS missing FROM floored)
SELECT w.plan, w.network_id, w.year, w.country, w.muni_code, ((r.kwh + if(r.place <= r.missing, 1, 0))::DECIMAL(18,0) / 1000)::DECIMAL(18,3) AS delivered_mwh,
  if(w.known, w.share, NULL) AS share, w.key_id,
  CASE WHEN w.whole IS NULL THEN w.value_status WHEN NOT w.known OR w.share IS NULL THEN 'not_available' WHEN w.n_members > 1 THEN 'estimated' ELSE w.value_status END AS value_status,
  if(w.n_members > 1, 'D', w.grade) AS grade, if(r.kwh IS NULL, NULL, factor('quality_half_width_' || if(w.n_members > 1, 'd', lower(w.grade)), w.country, w.year)) AS half_width, w.source_id, w._origin
FROM weighed w LEFT JOIN ranked r USING (network_id, year, country, muni_code);
