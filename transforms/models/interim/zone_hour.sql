-- Bidding zones by hour: one row is a series of a zone in an hour. From Energi Data Service, and where
-- that has no row for the zone, series and hour from Open Power System Data, without its sum of wind power.
-- The members' zones, and the solar power of every zone: Swedish zones have none of their own.
SELECT zone, series AS series_id, hour_utc, energy_mwh, 'energidataservice' AS source_id, _origin
FROM raw.eds_zone_balance WHERE zone IN (SELECT zone FROM member_zone) OR series = 'solar_power'
UNION ALL
SELECT zone, series, hour_utc, energy_mwh, 'opsd', _origin
FROM raw.opsd_zone_hour o WHERE (zone IN (SELECT zone FROM member_zone) OR series = 'solar_power') AND series <> 'wind_power'
  AND NOT EXISTS (SELECT 1 FROM raw.eds_zone_balance e WHERE e.zone = o.zone AND e.series = o.series AND e.hour_utc = o.hour_utc);
