-- Burden: one row is what a member, or all with a target together, would have to save under a rule that lays the sum of the
-- targets on them (own targets, the same share of each one's energy, the same for each inhabitant, or by what measures below
-- the backstop price can save there), and what it would cost alone, by its own supply curve, and together, at the price of the
-- dearest measure that is needed. From target, population and measure's model, by the program.
CREATE TABLE burden (
  plan VARCHAR, rule VARCHAR, country VARCHAR, muni_code VARCHAR, target_mwh DOUBLE, target_share DOUBLE, alone_eur DOUBLE, bought_mwh DOUBLE, joint_eur DOUBLE, gain_eur DOUBLE);
COMMENT ON TABLE burden IS 'Who is to save how much: rules that lay the same sum on the members, side by side. Together it costs the same under each; alone it does not. No rows where a member has a target of CO2. key: plan, rule, country, muni_code';
COMMENT ON COLUMN burden.plan IS 'The plan, by its id';
COMMENT ON COLUMN burden.rule IS 'own_target: as the members'' own targets say; equal_share: the same share of the energy use of each; per_capita: the same for each inhabitant; by_potential: by what measures below the backstop price can save at each';
COMMENT ON COLUMN burden.country IS 'Country: DK or SE; - for all together';
COMMENT ON COLUMN burden.muni_code IS 'Municipality code; - for all together';
COMMENT ON COLUMN burden.target_mwh IS 'Energy to be saved a year under the rule [MWh]';
COMMENT ON COLUMN burden.target_share IS 'The same as a share of the energy that the target counts [1]';
COMMENT ON COLUMN burden.alone_eur IS 'Net annual cost to reach it by the member''s own measures; negative when they earn [EUR]';
COMMENT ON COLUMN burden.bought_mwh IS 'What own measures do not reach and is paid at the backstop price when each acts alone [MWh]';
COMMENT ON COLUMN burden.joint_eur IS 'What the member pays a year when all act together and every MWh changes hands at one price, the price of the dearest measure that is needed [EUR]';
COMMENT ON COLUMN burden.gain_eur IS 'What it gains by that [EUR]';
