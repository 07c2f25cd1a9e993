-- Zone balance: one row is a series of an electricity bidding zone of the members in an hour.
-- From Energi Data Service and Open Power System Data, by way of zone_hour.
CREATE TABLE zone_balance (plan VARCHAR, zone VARCHAR, series_id VARCHAR, hour_utc TIMESTAMPTZ, energy_mwh DECIMAL(18,6), source_id VARCHAR);
COMMENT ON TABLE zone_balance IS 'Electricity load, production and exchange of the members'' bidding zones by hour. Where two publishers have an hour, energidataservice counts before opsd. key: plan, zone, series_id, hour_utc';
COMMENT ON COLUMN zone_balance.plan IS 'The plan, by its id';
COMMENT ON COLUMN zone_balance.zone IS 'Bidding zone';
COMMENT ON COLUMN zone_balance.series_id IS 'Series: total_load, a kind of production, or an exchange (positive when imported)';
COMMENT ON COLUMN zone_balance.hour_utc IS 'Beginning of the hour, UTC';
COMMENT ON COLUMN zone_balance.energy_mwh IS 'Electricity in the hour [MWh]';
COMMENT ON COLUMN zone_balance.source_id IS 'Publisher, see table source';

SELECT p.plan, z.zone, z.series_id, z.hour_utc, z.energy_mwh, z.source_id, z._origin
FROM zone_hour z CROSS JOIN plan.plan p
WHERE z.zone IN (SELECT zone FROM member_zone);
