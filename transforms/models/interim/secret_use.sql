-- Secret use: one row is a figure of SCB's final use that is hidden, by SCB or so that no hidden cell
-- follows from it, and what may be said of it: bounds and an estimate. fault names, of a table whose
-- figures contradict each other, the sums that do. Filled from scb_use, and from
-- what the plan itself states of hidden figures (own_cell), by the program: see secret.go.
CREATE TABLE secret_use (
  country VARCHAR, muni_code VARCHAR, year SMALLINT, carrier_id VARCHAR, sector_id VARCHAR,
  energy_mwh DECIMAL(18,3), low_mwh DECIMAL(18,3), high_mwh DECIMAL(18,3), value_status VARCHAR, grade VARCHAR, publishable BOOLEAN, method_id VARCHAR, fault VARCHAR);
