-- Zone price: one row is the day-ahead price of a bidding zone of the members in an hour. From Energi
-- Data Service: Elspotprices to September 2025, since then the mean of the quarters of DayAheadPrices;
-- for hours of which that has no price, from Open Power System Data.
CREATE TABLE zone_price (plan VARCHAR, zone VARCHAR, hour_utc TIMESTAMPTZ, price_eur_per_mwh DOUBLE, price_local_per_mwh DOUBLE, currency VARCHAR, source_id VARCHAR);
COMMENT ON TABLE zone_price IS 'Day-ahead electricity prices of the members'' bidding zones, nominal, without tax and tariffs. Where two publishers have an hour, energidataservice counts before opsd. key: plan, zone, hour_utc';
COMMENT ON COLUMN zone_price.plan IS 'The plan, by its id';
COMMENT ON COLUMN zone_price.zone IS 'Bidding zone';
COMMENT ON COLUMN zone_price.hour_utc IS 'Beginning of the hour, UTC';
COMMENT ON COLUMN zone_price.price_eur_per_mwh IS 'Price in euro of the day [EUR/MWh]';
COMMENT ON COLUMN zone_price.price_local_per_mwh IS 'Price in the local currency of the day; null where the publisher has euro only [currency/MWh]';
COMMENT ON COLUMN zone_price.currency IS 'Local currency; null where there is no price in it';
COMMENT ON COLUMN zone_price.source_id IS 'Publisher, see table source';

WITH quarters AS (
  SELECT zone, date_trunc('hour', start_utc) AS hour_utc, list(price_eur_per_mwh ORDER BY start_utc) AS eur, list(price_dkk_per_mwh ORDER BY start_utc) AS dkk,
    list_distinct(flatten(list(_origin ORDER BY start_utc))) AS _origin
  FROM raw.eds_day_ahead_price GROUP BY ALL HAVING count(*) = 4),
danish AS (
  SELECT zone, hour_utc, price_eur_per_mwh, price_dkk_per_mwh, _origin FROM raw.eds_spot_price
  UNION ALL
  SELECT zone, hour_utc, round(list_sum(eur) / 4, 6), round(list_sum(dkk) / 4, 6), _origin FROM quarters
  WHERE (zone, hour_utc) NOT IN (SELECT (zone, hour_utc) FROM raw.eds_spot_price)),
hours AS (
  SELECT zone, hour_utc, price_eur_per_mwh, price_dkk_per_mwh AS price_local_per_mwh, 'DKK' AS currency, 'energidataservice' AS source_id, _origin FROM danish
  UNION ALL
  SELECT zone, hour_utc, price_eur_per_mwh, NULL, NULL, 'opsd', _origin FROM raw.opsd_price o
  WHERE NOT EXISTS (SELECT 1 FROM danish d WHERE d.zone = o.zone AND d.hour_utc = o.hour_utc))
SELECT p.plan, h.zone, h.hour_utc, h.price_eur_per_mwh, h.price_local_per_mwh, h.currency, h.source_id, h._origin
FROM hours h CROSS JOIN plan.plan p
WHERE h.zone IN (SELECT zone FROM member_zone);
