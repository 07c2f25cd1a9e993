-- Final use as the publishers state it, under harmonised names: one row is a member, year,
-- carrier and sector. From Balmorel's copy of Energinet's consumption (Denmark) and SCB's KRE (Sweden).
-- What the plan states itself takes the place of the publisher's figure, or adds one.
WITH published AS (
SELECT country, muni_code, year::SMALLINT AS year, 'electricity' AS carrier_id,
  CASE "user" WHEN 'RESE' THEN 'HOUS' WHEN 'PII' THEN 'BUS' WHEN 'OTHER' THEN 'SERV_PUB' END AS sector_id,
  energy_mwh, value_status, 'A' AS grade, 'eds_iso_weeks' AS method_id, 'balmorel' AS source_id, _origin
FROM raw.bal_electricity
UNION ALL
SELECT country, muni_code, year::SMALLINT,
  CASE fuel WHEN '905' THEN 'LIQ_F' WHEN '910' THEN 'SOL_F' WHEN '915' THEN 'GAS_F' WHEN '920' THEN 'LIQ_R' WHEN '925' THEN 'SOL_R' WHEN '930' THEN 'GAS_R'
    WHEN '14' THEN 'district_heat' WHEN '16' THEN 'electricity' WHEN '955' THEN 'TOTAL' WHEN 'other' THEN 'OTHER' END,
  CASE category WHEN '911' THEN 'AGR' WHEN '921' THEN 'IND' WHEN '931' THEN 'SERV_PUB' WHEN '941' THEN 'TRA' WHEN '951' THEN 'SERV_PRV'
    WHEN '98' THEN 'HOUS_DET' WHEN '97' THEN 'HOUS_APT' WHEN '964' THEN 'HOUS_SUM' WHEN '999' THEN 'TOTAL' END,
  energy_mwh, value_status, 'B', 'kre', 'scb', _origin
FROM raw.scb_final_use WHERE muni_code IS NOT NULL),
own AS (
  SELECT *, split_part(cell, '|', 1)::SMALLINT AS year, split_part(cell, '|', 2) AS carrier_id, split_part(cell, '|', 3) AS sector_id FROM own_cell WHERE table_name = 'energy_balance'),
stated AS (
  SELECT *, CASE WHEN o.corrects THEN 'correction' WHEN o.own_value IS NOT NULL AND p.energy_mwh IS NULL THEN 'figure' ELSE 'publisher' END AS stated_by
  FROM published p FULL JOIN own o USING (country, muni_code, year, carrier_id, sector_id)
  WHERE p.source_id IS NOT NULL OR NOT o.corrects)
SELECT country, muni_code, year, carrier_id, sector_id, if(stated_by = 'publisher', energy_mwh, own_value::DECIMAL(18,3)) AS energy_mwh,
  CASE WHEN stated_by = 'publisher' THEN value_status WHEN own_value = 0 THEN 'zero' ELSE 'observed' END AS value_status,
  if(stated_by <> 'publisher' AND energy_mwh IS NULL, 'C', grade) AS grade, if(stated_by = 'figure', 'own', method_id) AS method_id, if(stated_by = 'figure', 'own', source_id) AS source_id,
  stated_by, if(stated_by = 'correction', energy_mwh, NULL) AS published_mwh, list_concat(_origin, own_origin) AS _origin
FROM stated
