-- Scenario: one row is the energy use of a member, or of all with a target together, in a year of a scenario: reference_use,
-- less what the measures save that each target asks for, growing in a straight line from the base year to the target year. The
-- last year of PLAN_JOINT less that of PLAN_ALONE is the gain of an agreement on the common target that all have signed. From
-- reference_use and measure's model, by the program.
CREATE TABLE scenario (
  plan VARCHAR, scenario_id VARCHAR, country VARCHAR, muni_code VARCHAR, year SMALLINT, energy_mwh DOUBLE, low_growth_mwh DOUBLE, high_growth_mwh DOUBLE, level_mwh DOUBLE,
  saved_mwh DOUBLE, cut_t DOUBLE, cost_eur DOUBLE, bought_mwh DOUBLE, bought_t DOUBLE, bought_eur DOUBLE);
COMMENT ON TABLE scenario IS 'The members'' way from the base year to their targets: without a plan, each alone, together, and together for the money that they would spend alone. From the base year to the target everything grows in a straight line. key: plan, scenario_id, country, muni_code, year';
COMMENT ON COLUMN scenario.plan IS 'The plan, by its id';
COMMENT ON COLUMN scenario.scenario_id IS 'REF: without a plan, see reference_mwh of table target; PLAN_ALONE: each member meets its targets by its own measures; PLAN_JOINT: all with a target meet the sum of the targets where it costs least, whatever agreements there are; PLAN_JOINT_budget: all spend together, on what saves most energy, what they would spend alone (not where a target of CO2 is among them)';
COMMENT ON COLUMN scenario.country IS 'Country: DK or SE; - for all together';
COMMENT ON COLUMN scenario.muni_code IS 'Municipality code; - for all together';
COMMENT ON COLUMN scenario.year IS 'Year, from the base year to the last year of a target [year]';
COMMENT ON COLUMN scenario.energy_mwh IS 'Final energy in the scope of the member''s target of energy, or else of CO2, on its basis: what is used without a plan less what measures save of that [MWh]';
COMMENT ON COLUMN scenario.low_growth_mwh IS 'The same where use without a plan grows at the low end of factor reference_growth; as energy_mwh where the plan states the growth. How sure the base year''s figures are is in table target [MWh]';
COMMENT ON COLUMN scenario.high_growth_mwh IS 'The same at the high end [MWh]';
COMMENT ON COLUMN scenario.level_mwh IS 'The way of the target: from the base year''s use in a straight line to what may be used in the target year; null for a member without a target of energy [MWh]';
COMMENT ON COLUMN scenario.saved_mwh IS 'What the measures at the member save, on stocks outside of that scope too where others'' targets or its own other one ask for it: together it is carried out where it costs least, so that a member may save more or less than its target [MWh]';
COMMENT ON COLUMN scenario.cut_t IS 'CO2 that these measures cut, with marginal factors for electricity [t]';
COMMENT ON COLUMN scenario.cost_eur IS 'Net annual cost of the measures at the member, whoever pays; negative when they earn. How to share it: table allocation [EUR]';
COMMENT ON COLUMN scenario.bought_mwh IS 'What the measures do not reach and the backstop price stands for. Together it is bought by all: null at a member [MWh]';
COMMENT ON COLUMN scenario.bought_t IS 'The same of CO2 [t]';
COMMENT ON COLUMN scenario.bought_eur IS 'What that costs a year at the backstop prices [EUR]';
