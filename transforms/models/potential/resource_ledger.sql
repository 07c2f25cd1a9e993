-- Resource ledger: one row is a use of a stock of straw, wood or heat in a member, at the realisable level in the central
-- case, or all of the stock. From the steps of the potentials. No tonne and no MWh may have two uses.
CREATE TABLE resource_ledger (
  plan VARCHAR, country VARCHAR, muni_code VARCHAR, stock VARCHAR, use VARCHAR, energy_mwh DOUBLE);
COMMENT ON TABLE resource_ledger IS 'What straw, wood and demand for heat are divided into by the realisable potentials. The uses of a stock are never more than all of it. key: plan, country, muni_code, stock, use';
COMMENT ON COLUMN resource_ledger.plan IS 'The plan, by its id';
COMMENT ON COLUMN resource_ledger.country IS 'Country: DK or SE';
COMMENT ON COLUMN resource_ledger.muni_code IS 'Municipality code';
COMMENT ON COLUMN resource_ledger.stock IS 'straw and wood (all that grows in a year), district_heat (heat fed into networks), own_heat (heat of houses with a boiler or stove of their own)';
COMMENT ON COLUMN resource_ledger.use IS 'all (all of the stock), energy (the realisable potential), kept (for soil, animals, timber, or out of reach), surplus_heat (lifted by a heat pump, its electricity included), geothermal, large_heat_pumps, solar_heat or individual_heat_pumps';
COMMENT ON COLUMN resource_ledger.energy_mwh IS 'Energy per year; null where the potential is not known [MWh]';

WITH biomass AS (
  SELECT country, muni_code, resource, technical, realisable, at_least(theoretical, technical) AS whole FROM potential_biomass WHERE "case" = 'central'),
uses AS (
  SELECT country, muni_code, resource AS stock, 'all' AS use, whole AS energy_mwh FROM biomass
  UNION ALL SELECT country, muni_code, resource, 'energy', realisable FROM biomass
  UNION ALL SELECT country, muni_code, resource, 'kept', whole - realisable FROM biomass
  UNION ALL SELECT DISTINCT country, muni_code, if(resource = 'individual_heat_pumps', 'own_heat', 'district_heat'), 'all', demand_mwh FROM potential_heat
    WHERE "case" = 'central'
  UNION ALL SELECT country, muni_code, if(resource = 'individual_heat_pumps', 'own_heat', 'district_heat'), resource, fed_mwh FROM potential_heat
    WHERE "case" = 'central')
SELECT m.plan, country, muni_code, u.stock, u.use, round(u.energy_mwh, 3) AS energy_mwh
FROM uses u JOIN plan.member m USING (country, muni_code)
SEMI JOIN (SELECT * FROM uses WHERE use = 'all' AND energy_mwh IS NOT NULL) a USING (country, muni_code, stock);
