-- Turbine: one row is a wind turbine in a member, standing or not. From the Danish
-- register of the Energy Agency and the Swedish Vindbrukskollen.
CREATE TABLE turbine (
  plan VARCHAR, country VARCHAR, turbine_id VARCHAR, muni_code VARCHAR, status VARCHAR, placement VARCHAR, capacity_mw DOUBLE,
  rotor_m DOUBLE, hub_m DOUBLE, lon_deg DOUBLE, lat_deg DOUBLE, connected DATE, decommissioned DATE, source_id VARCHAR);
COMMENT ON TABLE turbine IS 'Wind turbines of the registers: standing, planned and gone. key: plan, country, turbine_id';
COMMENT ON COLUMN turbine.plan IS 'The plan, by its id';
COMMENT ON COLUMN turbine.country IS 'Country: DK or SE';
COMMENT ON COLUMN turbine.turbine_id IS 'Number in the register: GSRN in Denmark, Verk-ID in Sweden';
COMMENT ON COLUMN turbine.muni_code IS 'Municipality code as the register gives it, also for turbines at sea';
COMMENT ON COLUMN turbine.status IS 'standing, permitted, under_appeal, refused, decommissioned, dropped, or as the register''s other states are named';
COMMENT ON COLUMN turbine.placement IS 'land or sea';
COMMENT ON COLUMN turbine.capacity_mw IS 'Rated power; null where the register does not state it [MW]';
COMMENT ON COLUMN turbine.rotor_m IS 'Rotor diameter; null where unknown [m]';
COMMENT ON COLUMN turbine.hub_m IS 'Height of the hub; null where unknown [m]';
COMMENT ON COLUMN turbine.lon_deg IS 'Longitude, WGS 84; null where withheld [deg]';
COMMENT ON COLUMN turbine.lat_deg IS 'Latitude, WGS 84; null where withheld [deg]';
COMMENT ON COLUMN turbine.connected IS 'Day of first connection to the grid (Denmark) or of erection (Sweden); null where unknown';
COMMENT ON COLUMN turbine.decommissioned IS 'Day of decommissioning; null while it stands and in Sweden, where the register has no such day';
COMMENT ON COLUMN turbine.source_id IS 'Publisher, see table source';

SELECT m.plan, t.*
FROM (
  SELECT country, turbine_id, muni_code, status, placement, (capacity_kw / 1000)::DOUBLE AS capacity_mw, rotor_m, hub_m,
    round(lon_deg, 6) AS lon_deg, round(lat_deg, 6) AS lat_deg, connected, decommissioned, 'energistyrelsen' AS source_id, _origin
  FROM raw.ens_turbine
  UNION ALL BY NAME
  SELECT country, turbine_id, muni_code, status, placement, capacity_mw::DOUBLE AS capacity_mw, rotor_m, hub_m,
    round(lon_deg, 6) AS lon_deg, round(lat_deg, 6) AS lat_deg, connected, NULL AS decommissioned, 'vindbrukskollen' AS source_id, _origin
  FROM raw.vbk_turbine) t
JOIN plan.member m USING (country, muni_code);
