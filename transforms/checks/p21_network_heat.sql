-- P21 warning: the count of producers and its publisher's list of networks agree on the heat fed in, within 2 % in a year that both have, else within a third of the nearest year of the list
SELECT count(*) > 0 FROM network_listed;

-- A count that was cut to some municipalities leaves out most of a network that they share.
WITH nearest AS (
  SELECT n.network_id, n.year, any_value(n.fed_in_mwh) AS fed_in_mwh, arg_min(l.heat_mwh, abs(l.year - n.year)) AS listed, min(abs(l.year - n.year)) AS years_apart
  FROM heat_network n JOIN network_listed l USING (network_id) GROUP BY n.network_id, n.year)
SELECT concat_ws('|', network_id, year) AS row_key, fed_in_mwh::DOUBLE AS observed, listed || if(years_apart = 0, '', ' in the nearest year') AS expected,
  'the plants feed in another amount than the list of networks has' AS message
FROM nearest JOIN (SELECT factor_id, low, high FROM factor) f ON f.factor_id = if(years_apart = 0, 'band_network_heat_same_year', 'band_network_heat_other_year')
WHERE fed_in_mwh - listed NOT BETWEEN low * listed AND high * listed
