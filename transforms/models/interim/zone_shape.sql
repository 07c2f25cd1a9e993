-- Shapes of the members' bidding zones: one row is what a zone used, or made of wind or solar power,
-- in an hour. A zone without solar power of its own has that of the nearest zone with some. Less than
-- nothing, which plants use themselves at night, counts as nothing.
WITH zones AS (SELECT DISTINCT zone FROM member_zone WHERE zone IS NOT NULL),
solar_zone(zone, place) AS (SELECT zone, 0 FROM zones UNION SELECT 'DK2', 1 UNION SELECT 'DK1', 2),
candidate AS (
  -- Of the two zones with solar power, DK2 is the nearer one to every Swedish zone.
  SELECT z.zone, s.zone AS solar_zone, row_number() OVER (PARTITION BY z.zone ORDER BY s.place) AS place
  FROM zones z JOIN solar_zone s ON s.zone = z.zone OR s.place > 0
  WHERE s.zone IN (SELECT zone FROM zone_hour WHERE series_id = 'solar_power')),
wanted AS (
  SELECT zone, 'consumption' AS flow, zone AS shape_zone, 'total_load' AS series_id FROM zones
  UNION ALL SELECT zone, 'wind', zone, 'onshore_wind_power' FROM zones
  UNION ALL SELECT zone, 'solar', solar_zone, 'solar_power' FROM candidate WHERE place = 1)
SELECT w.zone, w.flow, w.shape_zone, h.hour_utc, at_least(h.energy_mwh, 0) AS energy_mwh, h.source_id
FROM wanted w JOIN zone_hour h ON h.zone = w.shape_zone AND h.series_id = w.series_id
WHERE h.energy_mwh IS NOT NULL;
