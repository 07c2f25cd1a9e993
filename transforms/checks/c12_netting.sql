-- C12 error: what a group imports less than its members each by itself, it exports less too
SELECT count(*) > 0 FROM netting;

WITH single AS (SELECT year, coalition_mask AS bit, import_mwh, export_mwh FROM netting WHERE n_members = 1),
alone AS (
  SELECT n.year, n.coalition_mask, sum(s.import_mwh::DECIMAL(18,3)) AS import_mwh, sum(s.export_mwh::DECIMAL(18,3)) AS export_mwh
  FROM netting n JOIN single s ON s.year = n.year AND s.bit & n.coalition_mask = s.bit GROUP BY ALL)
SELECT concat_ws('|', n.coalition_mask, n.year) AS row_key, a.import_mwh - n.import_mwh::DECIMAL(18,3) AS observed, a.export_mwh - n.export_mwh::DECIMAL(18,3) AS expected, 'imports and exports fall by different amounts' AS message
FROM netting n JOIN alone a USING (year, coalition_mask)
-- Each figure is rounded to the kWh.
WHERE abs(a.import_mwh - n.import_mwh::DECIMAL(18,3) - a.export_mwh + n.export_mwh::DECIMAL(18,3)) > 0.002 * (n.n_members + 1)
   OR abs(a.import_mwh - n.import_mwh::DECIMAL(18,3) - n.gain_mwh::DECIMAL(18,3)) > 0.001 * (n.n_members + 1)
