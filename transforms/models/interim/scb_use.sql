-- Final use as SCB states it, under harmonised names: one row is an area (the plan's members, and
-- the counties and the nation), year, carrier and sector. From KRE.
SELECT country, muni_code, region_code, year::SMALLINT AS year,
  CASE fuel WHEN '905' THEN 'LIQ_F' WHEN '910' THEN 'SOL_F' WHEN '915' THEN 'GAS_F' WHEN '920' THEN 'LIQ_R' WHEN '925' THEN 'SOL_R' WHEN '930' THEN 'GAS_R'
    WHEN '14' THEN 'district_heat' WHEN '16' THEN 'electricity' WHEN '955' THEN 'TOTAL' WHEN 'other' THEN 'OTHER' END AS carrier_id,
  CASE category WHEN '911' THEN 'AGR' WHEN '921' THEN 'IND' WHEN '931' THEN 'SERV_PUB' WHEN '941' THEN 'TRA' WHEN '951' THEN 'SERV_PRV'
    WHEN '98' THEN 'HOUS_DET' WHEN '97' THEN 'HOUS_APT' WHEN '964' THEN 'HOUS_SUM' WHEN '999' THEN 'TOTAL' END AS sector_id,
  energy_mwh, value_status, _origin
FROM raw.scb_final_use
