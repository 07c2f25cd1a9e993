-- Station month: one row is the degree days of a month at a station, for every month of the years of which it has a day.
-- From weather_day. A few missing days are filled with the mean of the month's other days; with more missing the month is
-- not known. Either way its range is known: no missing day had less or more than the station has ever had in that month.
WITH rule AS (SELECT factor('gd_base_temperature', '-', 0) AS base, factor('gd_missing_days_max', '-', 0) AS fillable),
day AS (
  SELECT station_id, year(day)::SMALLINT AS year, month(day)::SMALLINT AS month, day, n_hours_missing,
    degree_day(temperature_degc, base) AS degree_days, degree_day(high_degc, base) AS low, degree_day(low_degc, base) AS high
  FROM weather_day CROSS JOIN rule),
ever AS (SELECT station_id, month, min(degree_days) AS least, max(degree_days) AS most FROM day GROUP BY ALL),
calendar AS (
  SELECT DISTINCT station_id, year, m.month, day(last_day(make_date(year, m.month, 1))) AS n_days
  FROM day CROSS JOIN (SELECT unnest(range(1, 13))::SMALLINT AS month) m),
counted AS (
  SELECT c.station_id, c.year, c.month, c.n_days, c.n_days - count(d.day) AS n_missing, coalesce(sum(d.n_hours_missing), 0) AS n_hours_missing,
    fsum(d.degree_days ORDER BY d.day) AS known, coalesce(fsum(d.low ORDER BY d.day), 0) AS low, coalesce(fsum(d.high ORDER BY d.day), 0) AS high
  FROM calendar c LEFT JOIN day d USING (station_id, year, month) GROUP BY c.station_id, c.year, c.month, c.n_days)
SELECT station_id, year, month, n_days, n_missing, n_hours_missing,
  if(n_missing <= fillable, known * n_days / (n_days - n_missing), NULL) AS degree_days, low + n_missing * least AS low, high + n_missing * most AS high
FROM counted LEFT JOIN ever USING (station_id, month) CROSS JOIN rule;
