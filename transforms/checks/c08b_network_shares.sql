-- C08b error: the municipalities of a district heating network share all of its heat, and no more
SELECT count(*) > 0 FROM heat_network_member WHERE share IS NOT NULL;

WITH shared AS (
  SELECT network_id, year, count(*) = count(share) AS known, fsum(share ORDER BY country, muni_code) AS share, sum(delivered_mwh) AS delivered_mwh, sum(loss_mwh) AS loss_mwh, min(share) AS least FROM heat_network_member GROUP BY ALL)
SELECT concat_ws('|', 'heat_network_member', network_id, year) AS row_key, share AS observed, '1' AS expected, 'the shares do not add up to 1, or one is negative' AS message
FROM shared WHERE known AND (abs(share - 1) > 1e-9 OR least < 0)
UNION ALL
SELECT concat_ws('|', 'heat_network', network_id, year), s.delivered_mwh::DOUBLE, n.delivered_mwh::VARCHAR, 'the municipalities'' heat or loss does not add up to the network''s'
FROM shared s JOIN heat_network n USING (network_id, year) WHERE s.known AND (s.delivered_mwh IS DISTINCT FROM n.delivered_mwh OR s.loss_mwh IS DISTINCT FROM n.loss_mwh)
UNION ALL
SELECT concat_ws('|', 'heat_network', network_id, year), loss_mwh::DOUBLE, (fed_in_mwh - delivered_mwh)::VARCHAR, 'heat fed in is not heat delivered and lost'
FROM heat_network WHERE loss_mwh <> fed_in_mwh - delivered_mwh OR loss_share < 0 OR loss_share > 1
