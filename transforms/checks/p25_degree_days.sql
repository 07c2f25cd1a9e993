-- P25 warning: degree days made of a Danish municipality's daily temperatures are near to those that their publisher counts
SELECT count(*) > 0 FROM raw.dmi_value WHERE parameter = 'acc_heating_degree_days_17' AND resolution = 'month' AND value IS NOT NULL;

-- Both have base 17 and no limits of season. The publisher may count them square by square, which in summer gives somewhat more.
SELECT concat_ws('|', v.country, v.muni_code, s.year, s.month) AS row_key, round(s.degree_days, 1) AS observed,
  round(v.value, 1) || ', within ' || f.high || ' of it or ' || l.value || ' Kd' AS expected, 'the publisher''s degree days of the month are others than its temperatures give' AS message
FROM raw.dmi_value v JOIN station_month s ON s.station_id = 'DMI-0' || v.muni_code AND s.year = year(v.date) AND s.month = month(v.date)
CROSS JOIN (SELECT high FROM factor WHERE factor_id = 'band_degree_days') f CROSS JOIN (SELECT value FROM factor WHERE factor_id = 'band_degree_days_least') l
WHERE v.parameter = 'acc_heating_degree_days_17' AND v.resolution = 'month' AND s.n_missing = 0 AND abs(s.degree_days - v.value) > at_least(v.value * f.high, l.value)
