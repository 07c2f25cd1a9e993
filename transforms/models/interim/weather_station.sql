-- Weather station: one row is a station with its latest position. From SMHI's temperatures by day and by hour, and serves
-- whoever is near; or a Danish municipality, which is the station of itself alone, by DMI's means of its area.
SELECT station_id, arg_min(name, resolution) AS name, arg_min(lon_deg, resolution) AS lon_deg, arg_min(lat_deg, resolution) AS lat_deg,
  NULL AS country, NULL AS muni_code, 'smhi' AS source_id
FROM (SELECT station_id, name, lon_deg, lat_deg, 1 AS resolution FROM raw.smhi_station_daily
      UNION ALL SELECT station_id, name, lon_deg, lat_deg, 2 FROM raw.smhi_station_hourly)
GROUP BY station_id
UNION ALL
SELECT 'DMI-0' || muni_code, name || ' (municipality)', NULL, NULL, country, muni_code, 'dmi'
FROM plan.member SEMI JOIN (SELECT * FROM raw.dmi_value WHERE parameter = 'mean_temp' AND resolution = 'day') USING (country, muni_code);
