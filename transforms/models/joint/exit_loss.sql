-- Exit loss: one row is what a signatory loses when another leaves the agreement and the others go on under the agreed key: its
-- part of v(all) less its part of v(all without the one that leaves). From coalition_value's games, by the program.
CREATE TABLE exit_loss (
  plan VARCHAR, scenario_id VARCHAR, agreement_id VARCHAR, leaver_country VARCHAR, leaver_muni_code VARCHAR, country VARCHAR, muni_code VARCHAR,
  loss_eur DOUBLE, price_base_year SMALLINT, example BOOLEAN);
COMMENT ON TABLE exit_loss IS 'What each signatory loses by the leaving of each other one. key: plan, scenario_id, agreement_id, leaver_country, leaver_muni_code, country, muni_code';
COMMENT ON COLUMN exit_loss.plan IS 'The plan, by its id';
COMMENT ON COLUMN exit_loss.scenario_id IS 'PLAN: targets met by the measures of the base year''s stock';
COMMENT ON COLUMN exit_loss.agreement_id IS 'Agreement';
COMMENT ON COLUMN exit_loss.leaver_country IS 'Country of the member that leaves';
COMMENT ON COLUMN exit_loss.leaver_muni_code IS 'Municipality code of the member that leaves';
COMMENT ON COLUMN exit_loss.country IS 'Country: DK or SE';
COMMENT ON COLUMN exit_loss.muni_code IS 'Municipality code';
COMMENT ON COLUMN exit_loss.loss_eur IS 'What the member loses by it per year; negative when it is better off [EUR]';
COMMENT ON COLUMN exit_loss.price_base_year IS 'Year whose euro money is stated in [year]';
COMMENT ON COLUMN exit_loss.example IS 'The agreement or a target is an example that no council has signed or adopted';
