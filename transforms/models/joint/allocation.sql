-- Allocation: one row is what a member gets of an agreement's gain under one way of sharing it. shapley: the mean, over all
-- orders of joining, of what the member adds, sum over S without i of |S|! (n - |S| - 1)! / n! x (v(S with i) - v(S));
-- nucleolus: the split whose largest complaint v(S) - x(S) of any group is smallest, then the next largest; gately: in
-- proportion to what the others would lose if a member left; price: all pay the joint marginal cost for their targets and are
-- paid it for their own cheaper steps; agreed_key: what the agreement says. The parts add up to the gain. From
-- coalition_value's games, by the program.
CREATE TABLE allocation (
  plan VARCHAR, scenario_id VARCHAR, agreement_id VARCHAR, rule VARCHAR, country VARCHAR, muni_code VARCHAR, gain_eur DOUBLE, cost_share_eur DOUBLE,
  gain_mwh DOUBLE, gain_t DOUBLE, gain_eur_per_capita DOUBLE, gain_eur_per_mwh DOUBLE, low_eur DOUBLE, median_eur DOUBLE, high_eur DOUBLE, gain_probability DOUBLE, method
  VARCHAR, in_core BOOLEAN, price_base_year SMALLINT, example BOOLEAN);
COMMENT ON TABLE allocation IS 'Ways of sharing the gain, side by side. The parts of a rule add up to the whole, to the cent, kWh and kg. No grade: its range comes from draws of the uncertain figures, low_eur to high_eur. key: plan, scenario_id, agreement_id, rule, country, muni_code';
COMMENT ON COLUMN allocation.plan IS 'The plan, by its id';
COMMENT ON COLUMN allocation.scenario_id IS 'PLAN: targets met by the measures of the base year''s stock';
COMMENT ON COLUMN allocation.agreement_id IS 'Agreement, or ALL for all together whose gain counts';
COMMENT ON COLUMN allocation.rule IS 'shapley: each member''s average contribution over all orders of joining; nucleolus: the most stable split, checked by Kohlberg''s criterion; percapita_nucleolus: the same with complaints by head of a group (up to 12 signatories); population_nucleolus: with complaints by inhabitant of a group (the same); gately: in proportion to what the others would lose, the same as separable costs (SCRB); price: members sell to each other at one common price; bird (network): everybody to whom a main is laid pays the one that connects it towards the source; by_equal, by_population, by_final_energy, by_target: the gain in proportion to a key; agreed_key: as the agreement''s own key says (ALL: agreed_keys, the sum); certificate_sum (ALL): the sum of a stable split of each agreement, with which no group could do better over all of them; none where one has none';
COMMENT ON COLUMN allocation.country IS 'Country: DK or SE';
COMMENT ON COLUMN allocation.muni_code IS 'Municipality code';
COMMENT ON COLUMN allocation.gain_eur IS 'Gain of the member per year; negative when it loses [EUR]';
COMMENT ON COLUMN allocation.cost_share_eur IS 'What the member pays of the joint cost per year: its cost alone less its gain; negative when it earns [EUR]';
COMMENT ON COLUMN allocation.gain_mwh IS 'Its part of the energy, see table coalition_value; null where the agreement or the rule has none, and of the nucleolus above 12 signatories [MWh]';
COMMENT ON COLUMN allocation.gain_t IS 'Its part of the CO2, see table coalition_value; null where the agreement or the rule has none, and of the nucleolus above 12 signatories [t]';
COMMENT ON COLUMN allocation.gain_eur_per_capita IS 'Gain by inhabitant, newest count; null when the population is unknown [EUR/person]';
COMMENT ON COLUMN allocation.gain_eur_per_mwh IS 'Gain by final energy in the target''s scope; null when that is unknown [EUR/MWh]';
COMMENT ON COLUMN allocation.low_eur IS '10th percentile of the gain over the draws, when the member keeps its part of the gain (agreed keys and prices are applied anew in each draw); null without draws, and of rules that go by the groups'' gains where the members gain nothing or lose at the central values and gain in some draws [EUR]';
COMMENT ON COLUMN allocation.median_eur IS 'Median of the same: half of the draws give the member less [EUR]';
COMMENT ON COLUMN allocation.high_eur IS '90th percentile of the same [EUR]';
COMMENT ON COLUMN allocation.gain_probability IS 'Share of the draws in which the member gains at least a cent [1]';
COMMENT ON COLUMN allocation.method IS 'exact, or price for the price point';
COMMENT ON COLUMN allocation.in_core IS 'Whether no group of members could do better alone than under this rule';
COMMENT ON COLUMN allocation.price_base_year IS 'Year whose euro money is stated in [year]';
COMMENT ON COLUMN allocation.example IS 'The agreement or a target is an example that no council has signed or adopted';
