-- Coalition value: one row is a group S of members under an agreement: what its aims cost it a year, C(S), and what its members
-- gain by acting together, v(S) = sum of C(i) over the members of S - C(S). A group below the quorum gains nothing. C is the
-- least cost of the agreement's mechanism: for pooled targets the least sum of step cost x energy over supply_curve that meets
-- the sum of the group's targets (a linear program over the packages of measure where somebody has a target of CO2); for joint
-- purchase cost x (need / reference) ^ exponent with what meeting costs; for netting what is imported; for shared plants and
-- networks the best plant or tree of mains. From measure's model, renewable_potential, hourly_balance, target and the plan's
-- agreements, by the program.
CREATE TABLE coalition_value (
  plan VARCHAR, scenario_id VARCHAR, agreement_id VARCHAR, coalition_mask UBIGINT, n_members INTEGER, members VARCHAR, cost_eur DOUBLE, gain_eur DOUBLE,
  gain_p10_eur DOUBLE, gain_p50_eur DOUBLE, gain_p90_eur DOUBLE, cover_gain_eur DOUBLE, gain_mwh DOUBLE, gain_t DOUBLE, byproduct_t DOUBLE, marginal_eur_per_mwh DOUBLE, marginal_eur_per_t DOUBLE, backstop_used BOOLEAN, price_base_year
  SMALLINT, example BOOLEAN);
COMMENT ON TABLE coalition_value IS 'The cooperative games: every group of members and what it gains by acting together. Solved on whole cents, kWh and kg. Of agreements with more than 12 signatories the single members, all but one, and all. At central values: the range of the gain of all is in joint_savings. key: plan, scenario_id, agreement_id, coalition_mask';
COMMENT ON COLUMN coalition_value.plan IS 'The plan, by its id';
COMMENT ON COLUMN coalition_value.scenario_id IS 'PLAN: targets met by the measures of the base year''s stock';
COMMENT ON COLUMN coalition_value.agreement_id IS 'Agreement, or ALL for all together whose gain counts';
COMMENT ON COLUMN coalition_value.coalition_mask IS 'Members of the group: the sum of 2 to the power of bit in table member [1]';
COMMENT ON COLUMN coalition_value.n_members IS 'Number of members of the group [1]';
COMMENT ON COLUMN coalition_value.members IS 'Names of the members of the group';
COMMENT ON COLUMN coalition_value.cost_eur IS 'What the group pays per year to reach its aims: of a pooled target the sum of its targets, of a joint purchase all that its members need; negative when it earns [EUR]';
COMMENT ON COLUMN coalition_value.gain_eur IS 'Money saved per year: the members'' costs alone less the group''s cost; zero below the quorum; negative where working together costs more than it saves [EUR]';
COMMENT ON COLUMN coalition_value.gain_p10_eur IS '10th percentile of the gain over the draws; null without draws, and above 8 signatories (with a target of CO2 or a shared resource above 6) for groups that no draw asks about [EUR]';
COMMENT ON COLUMN coalition_value.gain_p50_eur IS 'Median [EUR]';
COMMENT ON COLUMN coalition_value.gain_p90_eur IS '90th percentile [EUR]';
COMMENT ON COLUMN coalition_value.cover_gain_eur IS 'The most that its members can gain when they may also act in smaller groups; null above 12 signatories [EUR]';
COMMENT ON COLUMN coalition_value.gain_mwh IS 'Energy more per year: of a pooled target saved for the money that the members would spend alone; of netting what is netted, which is accounting; zero for purchases, staff and networks, which save none. Null for shared plants, because fuel burnt in place of another saves none; and with a target of CO2 or a shared resource, because the money then buys more than one thing. Of ALL what pooled targets save more [MWh]';
COMMENT ON COLUMN coalition_value.gain_t IS 'CO2 cut more per year: of a pooled target for the money that the members would spend alone, spent on that; of shared plants by the fuel burnt more, in place of another; zero for the others. Null with a target of CO2 or a shared resource. Of ALL the sum of pooled targets and shared plants [t]';
COMMENT ON COLUMN coalition_value.byproduct_t IS 'CO2 that the plan which saves the money cuts more per year than the plans alone; may be negative [t]';
COMMENT ON COLUMN coalition_value.marginal_eur_per_mwh IS 'Cost of the last MWh that the target needs; null when measures that pay for themselves reach it, below the quorum, and for other mechanisms [EUR/MWh]';
COMMENT ON COLUMN coalition_value.marginal_eur_per_t IS 'Cost of the last tonne that a target of CO2 needs; null without one, and where it is reached at no cost of its own [EUR/t]';
COMMENT ON COLUMN coalition_value.backstop_used IS 'The measures do not reach the target: what is missing is bought at the backstop price, on which the gain then depends';
COMMENT ON COLUMN coalition_value.price_base_year IS 'Year whose euro money is stated in [year]';
COMMENT ON COLUMN coalition_value.example IS 'The agreement or a target is an example that no council has signed or adopted';
