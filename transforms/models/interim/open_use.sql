-- Open use: one row is a cell or a total of final use as far as it may be told: what is withheld so that no
-- secret cell follows from it is null here too, and estimates are left out. For models whose results
-- would tell it otherwise. From final_use and secret_use.
SELECT f.* REPLACE (CASE WHEN s.muni_code IS NULL THEN f.energy_mwh END AS energy_mwh)
FROM final_use f LEFT JOIN secret_use s USING (country, muni_code, year, carrier_id, sector_id);
