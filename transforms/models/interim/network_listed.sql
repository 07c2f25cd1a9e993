-- Network listed: one row is the heat fed into a Danish district heating network in a year as its publisher's own list of
-- networks has it. From Energistyrelsen's list; it serves to check what the count of producers adds up to.
SELECT network_id, year::SMALLINT AS year, round(mwh_of_gj(max(heat_to_network_gj)), 3)::DECIMAL(18,3) AS heat_mwh FROM raw.ens_heat_network_year GROUP BY ALL;
