-- Supply curve: one row is a step of the conservation supply curve of a member, or of all together: the cheapest saving first.
-- Of each stock the lower convex hull of its exclusive packages by (energy saved, net annual cost); a step from package a to b
-- saves E_b - E_a and costs (C_b - C_a) / (E_b - E_a) a MWh. From measure's model, by the program.
CREATE TABLE supply_curve (
  plan VARCHAR, scope VARCHAR, country VARCHAR, muni_code VARCHAR, scenario_id VARCHAR, rank INTEGER, home_country VARCHAR, home_muni_code VARCHAR, stock VARCHAR, measure_id VARCHAR,
  step_eur_per_mwh DOUBLE, step_mwh DOUBLE, cumulative_mwh DOUBLE, step_t DOUBLE, abatement_eur_per_t DOUBLE);
COMMENT ON TABLE supply_curve IS 'Conservation supply curves, cheapest first: what each member, and all together, can save at which net cost. Only what the targets count is on them. At central values: joint_savings has what draws of them make of the gain. key: plan, scope, country, muni_code, scenario_id, rank';
COMMENT ON COLUMN supply_curve.plan IS 'The plan, by its id';
COMMENT ON COLUMN supply_curve.scope IS 'member: one member''s own; joint: all members'' together';
COMMENT ON COLUMN supply_curve.country IS 'Country of the member; - for the joint curve';
COMMENT ON COLUMN supply_curve.muni_code IS 'Municipality code of the member; - for the joint curve';
COMMENT ON COLUMN supply_curve.scenario_id IS 'REF: on the stock of the base year. The joint tables'' scenario PLAN takes its steps from here';
COMMENT ON COLUMN supply_curve.rank IS 'Place on the curve, from 1 [1]';
COMMENT ON COLUMN supply_curve.home_country IS 'Country of the member in which the step lies';
COMMENT ON COLUMN supply_curve.home_muni_code IS 'Municipality code of the member in which the step lies';
COMMENT ON COLUMN supply_curve.stock IS 'Stock on which it acts, see table end_use';
COMMENT ON COLUMN supply_curve.measure_id IS 'Package that is reached with this step, see table measure';
COMMENT ON COLUMN supply_curve.step_eur_per_mwh IS 'Net cost of the step: what it costs more per year over what it saves more; negative pays for itself [EUR/MWh]';
COMMENT ON COLUMN supply_curve.step_mwh IS 'Final energy that the step saves per year [MWh]';
COMMENT ON COLUMN supply_curve.cumulative_mwh IS 'Saved by this step and all before it, per year [MWh]';
COMMENT ON COLUMN supply_curve.step_t IS 'CO2 that the step saves per year; negative when it adds some [t]';
COMMENT ON COLUMN supply_curve.abatement_eur_per_t IS 'Net cost of the step by CO2 cut; null for a step that pays for itself, which such a figure would rank wrongly, and for one that cuts none [EUR/t]';
