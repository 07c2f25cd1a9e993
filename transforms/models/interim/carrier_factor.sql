-- Carrier factor: one row is what a MWh of a carrier emits in a country, price zone, level-1 sector and year: fossil CO2, the
-- biogenic part beside it, and its weight as primary energy. Average factors alone, never marginal ones. '*' stands for every
-- zone or every sector that has no row of its own. From the registry of factors; null where there is none, or only one of a
-- year too long past. District heat is not here: its networks have factors of their own.
WITH fuel(carrier_id, level1, ef_id, memo_id, sector) AS (VALUES
  ('gas_oil', 'LIQ_F', 'ef_gas_oil', NULL, '*'), ('diesel', 'LIQ_F', 'ef_diesel', NULL, '*'), ('petrol', 'LIQ_F', 'ef_petrol', NULL, '*'),
  ('fuel_oil', 'LIQ_F', 'ef_fuel_oil', NULL, '*'), ('waste_oil', 'LIQ_F', 'ef_fuel_oil', NULL, '*'), ('lpg', 'LIQ_F', 'ef_lpg', NULL, '*'), ('kerosene', 'LIQ_F', 'ef_kerosene', NULL, '*'),
  ('coal', 'SOL_F', 'ef_coal', NULL, '*'), ('coke', 'SOL_F', 'ef_coke', NULL, '*'), ('peat', 'SOL_F', 'ef_peat', NULL, '*'), ('waste', 'SOL_F', 'ef_waste', 'ef_memo_waste', '*'),
  ('natural_gas', 'GAS_F', 'ef_natural_gas', NULL, '*'), ('town_gas', 'GAS_F', 'ef_town_gas', NULL, '*'),
  ('biodiesel', 'LIQ_R', 'ef_biogenic_in_total', 'ef_memo_liquid', '*'), ('hvo', 'LIQ_R', 'ef_biogenic_in_total', 'ef_memo_liquid', '*'),
  ('ethanol', 'LIQ_R', 'ef_biogenic_in_total', 'ef_memo_liquid', '*'), ('bio_oil', 'LIQ_R', 'ef_biogenic_in_total', 'ef_memo_liquid', '*'),
  ('wood_chips', 'SOL_R', 'ef_biogenic_in_total', 'ef_memo_wood', '*'), ('wood_pellets', 'SOL_R', 'ef_biogenic_in_total', 'ef_memo_wood', '*'),
  ('wood_waste', 'SOL_R', 'ef_biogenic_in_total', 'ef_memo_wood', '*'), ('firewood', 'SOL_R', 'ef_biogenic_in_total', 'ef_memo_wood', '*'),
  ('straw', 'SOL_R', 'ef_biogenic_in_total', 'ef_memo_straw', '*'), ('biogas', 'GAS_R', 'ef_biogenic_in_total', 'ef_memo_biogas', '*'),
  -- Groups of SCB's, by the fuel that makes up most of them: heating oil, in transport and farming diesel; coal, which is
  -- close to the fossil part of waste; wood; biodiesel.
  ('LIQ_F', 'LIQ_F', 'ef_gas_oil', NULL, '*'), ('LIQ_F', 'LIQ_F', 'ef_diesel', NULL, 'TRA'), ('LIQ_F', 'LIQ_F', 'ef_diesel', NULL, 'AGR'),
  ('SOL_F', 'SOL_F', 'ef_coal', NULL, '*'), ('GAS_F', 'GAS_F', 'ef_natural_gas', NULL, '*'), ('LIQ_R', 'LIQ_R', 'ef_biogenic_in_total', 'ef_memo_liquid', '*'),
  ('SOL_R', 'SOL_R', 'ef_biogenic_in_total', 'ef_memo_wood', '*'), ('GAS_R', 'GAS_R', 'ef_biogenic_in_total', 'ef_memo_biogas', '*'),
  ('ambient_heat', 'AMB', 'ef_free_source', NULL, '*'), ('solar_heat', 'AMB', 'ef_free_source', NULL, '*'), ('geothermal_heat', 'AMB', 'ef_free_source', NULL, '*'),
  ('surplus_heat', 'PRIM', 'ef_free_source', NULL, '*'), ('fuel_free', 'PRIM', 'ef_free_source', NULL, '*'), ('hydro', 'PRIM', 'ef_free_source', NULL, '*')),
-- Weights of the countries' building codes.
primary_weight(country, level1, weight_id) AS (VALUES
  ('DK', 'LIQ_F', 'pe_other'), ('DK', 'LIQ_R', 'pe_other'), ('DK', 'SOL_F', 'pe_other'), ('DK', 'SOL_R', 'pe_other'), ('DK', 'GAS_F', 'pe_other'), ('DK', 'GAS_R', 'pe_other'), ('DK', 'EL', 'pe_electricity'),
  ('SE', 'LIQ_F', 'pe_fossil_oil'), ('SE', 'LIQ_R', 'pe_biofuel'), ('SE', 'SOL_R', 'pe_biofuel'), ('SE', 'GAS_F', 'pe_fossil_gas'), ('SE', 'GAS_R', 'pe_biofuel'), ('SE', 'EL', 'pe_electricity')),
wanted AS (
  SELECT c.country, '*' AS zone, f.* FROM fuel f CROSS JOIN (VALUES ('DK'), ('SE')) c(country)
  UNION ALL SELECT 'DK', 'DK1', 'electricity', 'EL', 'ef_electricity', NULL, '*'
  UNION ALL SELECT 'DK', 'DK2', 'electricity', 'EL', 'ef_electricity_dk2', NULL, '*'
  UNION ALL SELECT 'SE', '*', 'electricity', 'EL', 'ef_electricity', NULL, '*'),
years AS (SELECT DISTINCT year FROM final_use UNION SELECT DISTINCT year FROM plant_flow),
-- As factor() does: the country's own row before the row for both, then the newest year not after the one asked for.
found AS (
  SELECT w.country, w.zone, w.carrier_id, w.level1, w.sector, w.ef_id, w.memo_id, y.year,
    arg_max({'value': f.value, 'year': f.year, 'mark': f.mark, 'role': coalesce(f.ef_role, 'average')}, coalesce(f.year, 0) + if(f.country IS NULL, 0, 10000)) AS ef
  FROM wanted w CROSS JOIN years y
  LEFT JOIN registry.factor f ON f.factor_id = w.ef_id AND coalesce(f.country, w.country) = w.country AND coalesce(f.year, 0) <= y.year AND coalesce(f.ef_role, 'average') = 'average'
  GROUP BY ALL)
SELECT x.country, x.zone, x.carrier_id, x.sector, x.year, x.ef_id AS factor_id, x.ef.year AS factor_year, x.ef.mark AS mark, x.ef.role AS ef_role,
  -- East Denmark's declaration at hand is of electricity in the grid; all Denmark's and Sweden's are at the consumer.
  if(x.year - x.ef.year > factor('factor_years_max', x.country, x.year), NULL, x.ef.value / if(x.ef_id = 'ef_electricity_dk2', 1 - factor('el_distribution_loss', x.country, x.year), 1)) AS ef_kg_per_mwh,
  CASE WHEN x.memo_id IS NULL THEN 0 ELSE factor(x.memo_id, x.country, x.year) END AS memo_kg_per_mwh, factor(p.weight_id, x.country, x.year) AS primary_weight
FROM found x LEFT JOIN primary_weight p USING (country, level1);
