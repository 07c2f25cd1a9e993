-- P20 warning: a district heating network loses a usual share of the heat that it is fed
SELECT count(*) > 0 FROM heat_network WHERE loss_share IS NOT NULL;

SELECT concat_ws('|', network_id, year) AS row_key, loss_share AS observed, low || ' to ' || high AS expected, 'the loss is outside of what is usual: the two statistics behind it may not cover the same networks' AS message
FROM heat_network CROSS JOIN (SELECT low, high FROM factor WHERE factor_id = 'band_dh_loss') WHERE loss_share NOT BETWEEN low AND high
