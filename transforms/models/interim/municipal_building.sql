-- Municipal buildings: one row is the measure M1, a package on all buildings of a municipality itself, on one of the stocks that
-- supply them, with what it saves and costs in euro. From own_building, the newest year of each building, and the factors. The
-- investment is shared by the energy of each stock. Own boilers are left out: in Sweden those of services are in no stock.
WITH newest AS (
  SELECT country, muni_code, building_id, carrier_id, floor_m2, energy_mwh::DOUBLE AS energy_mwh,
    CASE carrier_id WHEN 'electricity' THEN 'electricity_service' WHEN 'district_heat' THEN 'heat_district' END AS stock
  FROM own_building QUALIFY year = max(year) OVER (PARTITION BY country, muni_code, building_id)),
part AS (
  SELECT *, floor_m2 * energy_mwh / nullif(fsum(energy_mwh ORDER BY carrier_id) OVER (PARTITION BY country, muni_code, building_id), 0) AS part_m2 FROM newest),
stock AS (
  SELECT country, muni_code, stock, fsum(energy_mwh ORDER BY building_id, carrier_id) AS used_mwh, fsum(part_m2 ORDER BY building_id, carrier_id) AS floor_m2
  FROM part WHERE stock IS NOT NULL AND part_m2 > 0 GROUP BY ALL)
SELECT s.country, s.muni_code, s.stock, if(s.stock = 'heat_district', 'M1-heat', 'M1-electricity') AS measure_id,
  used_mwh * factor_case('measure_m1_saving', s.country, 'low') AS saved_low_mwh, used_mwh * factor_case('measure_m1_saving', s.country, 'central') AS saved_mwh,
  used_mwh * factor_case('measure_m1_saving', s.country, 'high') AS saved_high_mwh,
  floor_m2 * factor_case('measure_m1_investment', s.country, 'low') AS invest_low_eur, floor_m2 * factor_case('measure_m1_investment', s.country, 'central') AS invest_eur,
  floor_m2 * factor_case('measure_m1_investment', s.country, 'high') AS invest_high_eur, factor('measure_m1_lifetime', s.country, 0) AS life_years
-- What buildings are said to use of a stock cannot be more than all of it.
FROM stock s JOIN end_use e USING (country, muni_code, stock) CROSS JOIN plan.own_catalogue c WHERE used_mwh <= e.energy_mwh AND NOT c.replaces
