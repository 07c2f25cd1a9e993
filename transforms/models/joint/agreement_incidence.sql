-- Agreement incidence: one row is what an agreement does to a signatory under the recommended way of
-- sharing, and what its leaving would cost. Filled by the joint-savings engine.
CREATE TABLE agreement_incidence (
  plan VARCHAR, scenario_id VARCHAR, agreement_id VARCHAR, country VARCHAR, muni_code VARCHAR, rule VARCHAR, gain_eur DOUBLE, loses BOOLEAN, exit_value_eur DOUBLE, price_base_year SMALLINT, example BOOLEAN);
COMMENT ON TABLE agreement_incidence IS 'What each signatory gets from an agreement, and what all lose when it leaves. key: plan, scenario_id, agreement_id, country, muni_code';
COMMENT ON COLUMN agreement_incidence.plan IS 'The plan, by its id';
COMMENT ON COLUMN agreement_incidence.scenario_id IS 'PLAN: targets met by the measures of the base year''s stock';
COMMENT ON COLUMN agreement_incidence.agreement_id IS 'Agreement';
COMMENT ON COLUMN agreement_incidence.country IS 'Country: DK or SE';
COMMENT ON COLUMN agreement_incidence.muni_code IS 'Municipality code';
COMMENT ON COLUMN agreement_incidence.rule IS 'The recommended way of sharing, see tables allocation and joint_savings';
COMMENT ON COLUMN agreement_incidence.gain_eur IS 'Gain of the member per year under that rule [EUR]';
COMMENT ON COLUMN agreement_incidence.loses IS 'The member would be better off without the agreement';
COMMENT ON COLUMN agreement_incidence.exit_value_eur IS 'What the whole gain falls by, per year, when the member leaves and the others go on [EUR]';
COMMENT ON COLUMN agreement_incidence.price_base_year IS 'Year whose euro money is stated in [year]';
COMMENT ON COLUMN agreement_incidence.example IS 'The agreement or a target is an example that no council has signed or adopted';
