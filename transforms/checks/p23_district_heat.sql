-- P23 warning: the district heat that networks deliver in a Danish municipality by the account is near to what its buildings demand by the model
SELECT count(*) > 0 FROM energy_balance WHERE country = 'DK' AND flow = 'FINAL' AND carrier_id = 'district_heat' AND sector_id = 'ALL';

WITH demand AS (
  SELECT country, muni_code, year, heat_mwh::DOUBLE * (1 - factor('dh_loss_rate', country, year)) AS heat_mwh FROM heat_demand WHERE kind = 'district'),
nearest AS (
  SELECT b.country, b.muni_code, b.year, any_value(b.energy_mwh)::DOUBLE AS energy_mwh, arg_min({year: d.year, heat_mwh: d.heat_mwh}, abs(d.year - b.year) * 2 + (d.year > b.year)::INTEGER) AS demand
  FROM energy_balance b JOIN demand d USING (country, muni_code) WHERE b.flow = 'FINAL' AND b.carrier_id = 'district_heat' AND b.sector_id = 'ALL' GROUP BY ALL)
SELECT concat_ws('|', country, muni_code, year) AS row_key, energy_mwh AS observed, low || ' to ' || high || ' times ' || round(demand.heat_mwh) || ', the demand of ' || demand.year || ' less the network loss' AS expected,
  'the heat by network and the modelled demand do not agree: heat that is shared by a key may belong elsewhere, or the model may be of other buildings' AS message
FROM nearest CROSS JOIN (SELECT low, high FROM factor WHERE factor_id = 'band_district_heat') WHERE energy_mwh NOT BETWEEN low * demand.heat_mwh AND high * demand.heat_mwh
