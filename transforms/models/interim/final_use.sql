-- Final use as the publishers state it, under harmonised names: one row is a member, year,
-- carrier and sector. From Balmorel's copy of Energinet's consumption (Denmark) and SCB's KRE (Sweden).
SELECT country, muni_code, year::SMALLINT AS year, 'electricity' AS carrier_id,
  CASE "user" WHEN 'RESE' THEN 'HOUS' WHEN 'PII' THEN 'BUS' WHEN 'OTHER' THEN 'SERV_PUB' END AS sector_id,
  energy_mwh, value_status, 'A' AS grade, 'eds_iso_weeks' AS method_id, 'balmorel' AS source_id, _origin
FROM raw.bal_electricity
UNION ALL
SELECT country, muni_code, year, carrier_id, sector_id, energy_mwh, value_status, 'B', 'kre', 'scb', _origin
FROM scb_use WHERE muni_code IS NOT NULL;
