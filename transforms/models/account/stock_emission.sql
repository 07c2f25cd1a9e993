-- Stock emission: one row is a stock of energy use of a member and the CO2 that it causes in a year: energy x the emission
-- factor by which measures are credited (marginal for electricity), so that targets of CO2 are counted with the same factors.
-- From end_use and the registry of factors, by the program.
CREATE TABLE stock_emission (
  plan VARCHAR, country VARCHAR, muni_code VARCHAR, stock VARCHAR, factor_kg_per_mwh DOUBLE, co2_t DOUBLE);
COMMENT ON TABLE stock_emission IS 'CO2 of the stocks of energy use, with the emission factors by which measures are credited: marginal ones for electricity. The base of targets of CO2, and no municipal inventory: see table sector_emission. key: plan, country, muni_code, stock';
COMMENT ON COLUMN stock_emission.plan IS 'The plan, by its id';
COMMENT ON COLUMN stock_emission.country IS 'Country: DK or SE';
COMMENT ON COLUMN stock_emission.muni_code IS 'Municipality code';
COMMENT ON COLUMN stock_emission.stock IS 'Stock, see table end_use; one whose energy is unknown has no row';
COMMENT ON COLUMN stock_emission.factor_kg_per_mwh IS 'CO2 per MWh delivered, with the network''s loss where the factor is per MWh fed in; null for a stock of nothing [kg/MWh]';
COMMENT ON COLUMN stock_emission.co2_t IS 'CO2 per year: energy_mwh in table end_use by this factor [t]';
