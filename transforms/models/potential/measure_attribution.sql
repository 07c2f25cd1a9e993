-- Measure attribution: one row is a measure of a package on one stock of a member, with its part of what the package saves: the
-- mean of what it saves over all orders in which the measures could be carried out (its Shapley value). From measure's model,
-- by the program.
CREATE TABLE measure_attribution (
  plan VARCHAR, country VARCHAR, muni_code VARCHAR, stock VARCHAR, package_id VARCHAR, measure_id VARCHAR, scenario_id VARCHAR, "case" VARCHAR, alone_mwh DOUBLE, saved_mwh DOUBLE);
COMMENT ON TABLE measure_attribution IS 'What each measure has of the saving of a package of several: measures on one stock act on what the others leave, so that together they save less than by themselves. The parts add up to the package. key: plan, country, muni_code, stock, package_id, measure_id, scenario_id, case';
COMMENT ON COLUMN measure_attribution.plan IS 'The plan, by its id';
COMMENT ON COLUMN measure_attribution.country IS 'Country: DK or SE';
COMMENT ON COLUMN measure_attribution.muni_code IS 'Municipality code';
COMMENT ON COLUMN measure_attribution.stock IS 'Stock on which it acts, see table end_use';
COMMENT ON COLUMN measure_attribution.package_id IS 'Package of several measures, measure_id of table measure; one without a second measure has no rows';
COMMENT ON COLUMN measure_attribution.measure_id IS 'Measure of the package, see table measure_catalogue';
COMMENT ON COLUMN measure_attribution.scenario_id IS 'REF, as in table measure';
COMMENT ON COLUMN measure_attribution."case" IS 'central, as in table measure';
COMMENT ON COLUMN measure_attribution.alone_mwh IS 'Final energy that it would save by itself; below zero of another supply of heat that uses more than the one before [MWh]';
COMMENT ON COLUMN measure_attribution.saved_mwh IS 'Its part of what the package saves: the mean over all orders of what it saves when its turn comes (the Shapley value over measures), of more than eight measures in proportion to ln(1 - saving) [MWh]';
