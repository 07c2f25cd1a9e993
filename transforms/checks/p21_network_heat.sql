-- P21 warning: the count of producers and its publisher's list of networks agree on the heat fed in, within 2 %
SELECT count(*) > 0 FROM network_listed;

SELECT concat_ws('|', network_id, year) AS row_key, n.fed_in_mwh::DOUBLE AS observed, l.heat_mwh::VARCHAR AS expected, 'the plants feed in another amount than the list of networks has' AS message
FROM heat_network n JOIN network_listed l USING (network_id, year) WHERE abs(n.fed_in_mwh - l.heat_mwh) > 0.02 * l.heat_mwh
