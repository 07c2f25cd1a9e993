-- Joint savings: one row is an agreement and what its members gain by it. Filled by the joint-savings engine.
CREATE TABLE joint_savings (
  plan VARCHAR, scenario_id VARCHAR, agreement_id VARCHAR, alone_eur DOUBLE, joint_eur DOUBLE, gain_eur DOUBLE, gain_share DOUBLE, gain_mwh DOUBLE, gain_t DOUBLE, target_mwh DOUBLE, gain_nature VARCHAR,
  backstop_used BOOLEAN, recommended_rule VARCHAR, assumption_share DOUBLE, example BOOLEAN, complete BOOLEAN, price_base_year SMALLINT, sentence_en VARCHAR, sentence_da VARCHAR, sentence_sv VARCHAR);
COMMENT ON TABLE joint_savings IS 'The headline: what the members gain by doing it together instead of each alone. key: plan, scenario_id, agreement_id';
COMMENT ON COLUMN joint_savings.plan IS 'The plan, by its id';
COMMENT ON COLUMN joint_savings.scenario_id IS 'PLAN: targets met by the measures of the base year''s stock';
COMMENT ON COLUMN joint_savings.agreement_id IS 'Agreement';
COMMENT ON COLUMN joint_savings.alone_eur IS 'Net cost per year when each member meets its target alone; negative when the measures more than pay for themselves [EUR]';
COMMENT ON COLUMN joint_savings.joint_eur IS 'Net cost per year when the members meet the sum of their targets together [EUR]';
COMMENT ON COLUMN joint_savings.gain_eur IS 'Money saved per year: alone less joint [EUR]';
COMMENT ON COLUMN joint_savings.gain_share IS 'Gain as a share of what the members pay, or earn, alone; null when that is nothing [1]';
COMMENT ON COLUMN joint_savings.gain_mwh IS 'Energy saved more per year for the same money [MWh]';
COMMENT ON COLUMN joint_savings.gain_t IS 'CO2 saved more per year by the joint plan: a by-product, which may be negative [t]';
COMMENT ON COLUMN joint_savings.target_mwh IS 'Sum of the targets [MWh]';
COMMENT ON COLUMN joint_savings.gain_nature IS 'resource: saved for society';
COMMENT ON COLUMN joint_savings.backstop_used IS 'Somebody''s measures do not reach the target: the gain depends on the backstop price';
COMMENT ON COLUMN joint_savings.recommended_rule IS 'shapley where no group of members could do better alone under it, else nucleolus';
COMMENT ON COLUMN joint_savings.assumption_share IS 'Share of the joint plan''s energy that comes from measures with an assumption or a remembered figure among their factors [1]';
COMMENT ON COLUMN joint_savings.example IS 'The agreement or a target is an example that no council has signed or adopted';
COMMENT ON COLUMN joint_savings.complete IS 'Every stock of every member is known; otherwise targets and gains are too small by what is missing';
COMMENT ON COLUMN joint_savings.price_base_year IS 'Year whose euro money is stated in [year]';
COMMENT ON COLUMN joint_savings.sentence_en IS 'The row in words, in English';
COMMENT ON COLUMN joint_savings.sentence_da IS 'The row in words, in Danish';
COMMENT ON COLUMN joint_savings.sentence_sv IS 'The row in words, in Swedish';
