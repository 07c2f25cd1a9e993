-- Final use, under harmonised names: one row is a member, year, carrier and sector. From Balmorel's copy of
-- Energinet's consumption (Denmark) and SCB's KRE (Sweden), without the totals that are withheld because a
-- secret figure follows from them (secret_use). What the plan states itself takes the place of the
-- publisher's figure, or adds one; of what is withheld it can state nothing (check C33).
WITH withheld AS (
  SELECT country, muni_code, year, carrier_id, sector_id, true AS withheld FROM secret_use WHERE method_id = 'kre_withheld'),
published AS (
  SELECT country, muni_code, year::SMALLINT AS year, 'electricity' AS carrier_id,
    CASE "user" WHEN 'RESE' THEN 'HOUS' WHEN 'PII' THEN 'BUS' WHEN 'OTHER' THEN 'SERV_PUB' END AS sector_id,
    energy_mwh, value_status, 'A' AS grade, 'eds_iso_weeks' AS method_id, 'balmorel' AS source_id, false AS withheld, _origin
  FROM raw.bal_electricity
  UNION ALL
  SELECT country, muni_code, year, carrier_id, sector_id, if(withheld, NULL, energy_mwh), if(withheld, 'suppressed', value_status), 'B', 'kre', 'scb', coalesce(withheld, false), _origin
  FROM scb_use LEFT JOIN withheld USING (country, muni_code, year, carrier_id, sector_id) WHERE muni_code IS NOT NULL),
own AS (
  SELECT *, split_part(cell, '|', 1)::SMALLINT AS year, split_part(cell, '|', 2) AS carrier_id, split_part(cell, '|', 3) AS sector_id FROM own_cell WHERE table_name = 'energy_balance'),
stated AS (
  SELECT *, CASE WHEN p.withheld THEN 'publisher' WHEN o.corrects THEN 'correction' WHEN o.own_value IS NOT NULL AND p.energy_mwh IS NULL THEN 'figure' ELSE 'publisher' END AS stated_by
  FROM published p FULL JOIN own o USING (country, muni_code, year, carrier_id, sector_id)
  WHERE p.source_id IS NOT NULL OR NOT o.corrects)
SELECT country, muni_code, year, carrier_id, sector_id, if(stated_by = 'publisher', energy_mwh, own_value::DECIMAL(18,3)) AS energy_mwh,
  CASE WHEN stated_by = 'publisher' THEN value_status WHEN own_value = 0 THEN 'zero' ELSE 'observed' END AS value_status,
  if(stated_by <> 'publisher' AND energy_mwh IS NULL, 'C', grade) AS grade, if(stated_by = 'figure', 'own', method_id) AS method_id, if(stated_by = 'figure', 'own', source_id) AS source_id,
  stated_by, if(stated_by = 'correction', energy_mwh, NULL) AS published_mwh, if(stated_by = 'publisher', _origin, list_concat(_origin, own_origin)) AS _origin
FROM stated
