-- Weather station: one row is a station with its latest position. From SMHI's temperatures by day and by hour.
SELECT station_id, arg_min(name, resolution) AS name, arg_min(lon_deg, resolution) AS lon_deg, arg_min(lat_deg, resolution) AS lat_deg
FROM (SELECT station_id, name, lon_deg, lat_deg, 1 AS resolution FROM raw.smhi_station_daily
      UNION ALL SELECT station_id, name, lon_deg, lat_deg, 2 FROM raw.smhi_station_hourly)
GROUP BY station_id;
