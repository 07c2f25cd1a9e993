-- Coalition value: one row is a group of members under an agreement: what it costs them to reach the
-- sum of their targets, and what they gain by doing it together. Filled by the joint-savings engine.
CREATE TABLE coalition_value (
  plan VARCHAR, scenario_id VARCHAR, agreement_id VARCHAR, coalition_mask UBIGINT, n_members INTEGER, members VARCHAR, cost_eur DOUBLE, gain_eur DOUBLE, gain_mwh DOUBLE, gain_t DOUBLE,
  marginal_eur_per_mwh DOUBLE, backstop_used BOOLEAN, price_base_year SMALLINT, example BOOLEAN);
COMMENT ON TABLE coalition_value IS 'The cooperative game: every group of members and what it gains by planning together. Solved on whole cents, kWh and kg. key: plan, scenario_id, agreement_id, coalition_mask';
COMMENT ON COLUMN coalition_value.plan IS 'The plan, by its id';
COMMENT ON COLUMN coalition_value.scenario_id IS 'PLAN: targets met by the measures of the base year''s stock';
COMMENT ON COLUMN coalition_value.agreement_id IS 'Agreement';
COMMENT ON COLUMN coalition_value.coalition_mask IS 'Members of the group: the sum of 2 to the power of bit in table member [1]';
COMMENT ON COLUMN coalition_value.n_members IS 'Number of members of the group [1]';
COMMENT ON COLUMN coalition_value.members IS 'Names of the members of the group';
COMMENT ON COLUMN coalition_value.cost_eur IS 'Least net cost per year of reaching the sum of the group''s targets; negative when the measures more than pay for themselves [EUR]';
COMMENT ON COLUMN coalition_value.gain_eur IS 'Money saved per year: the members'' costs alone less the group''s cost; zero below the quorum [EUR]';
COMMENT ON COLUMN coalition_value.gain_mwh IS 'Energy saved more per year for the money that the members would spend alone [MWh]';
COMMENT ON COLUMN coalition_value.gain_t IS 'CO2 saved more per year by the least-cost plan together than by the plans alone: a by-product, which may be negative [t]';
COMMENT ON COLUMN coalition_value.marginal_eur_per_mwh IS 'Cost of the last MWh that the target needs; null when measures that pay for themselves reach it, and below the quorum [EUR/MWh]';
COMMENT ON COLUMN coalition_value.backstop_used IS 'The measures do not reach the target: what is missing is bought at the backstop price, on which the gain then depends';
COMMENT ON COLUMN coalition_value.price_base_year IS 'Year whose euro money is stated in [year]';
COMMENT ON COLUMN coalition_value.example IS 'The agreement or a target is an example that no council has signed or adopted';
