-- P10 warning: of all energy of homes and services together a usual share follows the weather
SELECT count(*) > 0 FROM energy_normalised WHERE sector_id LIKE 'HOUS%' AND carrier_id <> 'electricity';

-- Where a cell is secret, or a publisher names the sector of electricity alone, the share of all is not known.
WITH municipal AS (
  SELECT country, muni_code, year, fsum(energy_mwh::DOUBLE * climate_share ORDER BY carrier_id, sector_id) / nullif(sum(energy_mwh), 0)::DOUBLE AS climate_share
  FROM energy_normalised WHERE sector_id LIKE 'HOUS%' OR sector_id LIKE 'SERV%'
  GROUP BY ALL HAVING count(energy_mwh) = count(*) AND count(DISTINCT carrier_id) > 1),
band AS (SELECT low, high FROM factor WHERE factor_id = 'alpha_band_house_serv')
SELECT concat_ws('|', country, muni_code, year) AS row_key, round(climate_share, 3) AS observed, low || ' to ' || high AS expected,
  'the share that follows the weather is outside of what is usual' AS message
FROM municipal CROSS JOIN band WHERE climate_share NOT BETWEEN low AND high
