-- P09 warning: the members in a county do not use more of a carrier than the publisher says of the whole county
SELECT count(*) > 0 FROM scb_use WHERE length(region_code) = 2 AND region_code <> '00' AND energy_mwh IS NOT NULL;

-- Rounding: half a MWh of each figure.
WITH members AS (
  SELECT left(muni_code, 2) AS region_code, year, carrier_id, sector_id, sum(energy_mwh) AS energy_mwh, count(*) AS n FROM energy_balance
  WHERE country = 'SE' AND flow = 'FINAL' AND method_id = 'kre' AND stated_by = 'publisher' AND energy_mwh IS NOT NULL GROUP BY ALL)
SELECT concat_ws('|', m.region_code, m.year, m.carrier_id, m.sector_id) AS row_key, m.energy_mwh::DOUBLE AS observed, 'at most ' || c.energy_mwh AS expected,
  'the members use more than their whole county' AS message
FROM members m JOIN scb_use c USING (region_code, year, carrier_id, sector_id) WHERE m.energy_mwh > c.energy_mwh + m.n
