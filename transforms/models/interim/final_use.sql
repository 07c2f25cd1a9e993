-- Final use as the publishers state it, under harmonised names: one row is a member, year,
-- carrier and sector. From Balmorel's copy of Energinet's consumption (Denmark) and SCB's KRE (Sweden).
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
FROM raw.scb_final_use WHERE muni_code IS NOT NULL;
