-- Stability: one row is a way of sharing one of an agreement's games (money, energy or CO2), and whether anybody could do
-- better without it: a split x is in the core when no group S gains more by itself, v(S) <= x(S) for every S. max_excess is the
-- largest v(S) - x(S) of any group, and least_core the smallest such complaint that any split can reach. How often it holds is
-- counted over the draws. From coalition_value's games and allocation, by the program.
CREATE TABLE stability (
  plan VARCHAR, scenario_id VARCHAR, agreement_id VARCHAR, game VARCHAR, rule VARCHAR, efficient BOOLEAN, individually_rational BOOLEAN, in_core
  BOOLEAN, in_core_probability DOUBLE, max_excess_share DOUBLE, max_excess_eur DOUBLE, blocking_members VARCHAR, least_core_low_share DOUBLE,
  least_core_high_share DOUBLE, least_core_eur DOUBLE, superadditive BOOLEAN, convex BOOLEAN, monotone BOOLEAN,
  null_members VARCHAR, symmetric_members VARCHAR, nucleolus_verified BOOLEAN, example BOOLEAN);
COMMENT ON TABLE stability IS 'Certificates of the ways of sharing: does it share out all, does every member gain, could a group do better alone, and by how much. key: plan, scenario_id, agreement_id, game, rule';
COMMENT ON COLUMN stability.plan IS 'The plan, by its id';
COMMENT ON COLUMN stability.scenario_id IS 'PLAN: targets met by the measures of the base year''s stock';
COMMENT ON COLUMN stability.agreement_id IS 'Agreement, or ALL for all together whose gain counts';
COMMENT ON COLUMN stability.game IS 'What is shared: eur (money), mwh (energy) or t (CO2), see table coalition_value';
COMMENT ON COLUMN stability.rule IS 'Way of sharing, see table allocation';
COMMENT ON COLUMN stability.efficient IS 'The shares add up to the whole gain';
COMMENT ON COLUMN stability.individually_rational IS 'No member gets less than alone, that is less than nothing';
COMMENT ON COLUMN stability.in_core IS 'No group of members could do better alone (up to a cent, kWh or kg a member, for rounding)';
COMMENT ON COLUMN stability.in_core_probability IS 'Share of the draws in which that holds, when each member keeps its part of the gain; money alone; above 8 signatories only the groups that matter in the central solution are tried; null without draws, and where allocation.low_eur is [1]';
COMMENT ON COLUMN stability.max_excess_share IS 'What the group with the most reason to complain could gain more alone than it gets, as a share of the whole gain; negative when every group gets more than it could gain alone; null when there is no gain [1]';
COMMENT ON COLUMN stability.max_excess_eur IS 'The same in money per year; null for the games of energy and CO2 and for a single member [EUR]';
COMMENT ON COLUMN stability.blocking_members IS 'Names of that group where it could do better alone; null where no group could';
COMMENT ON COLUMN stability.least_core_low_share IS 'The smallest such complaint that any way of sharing can reach, lower bound; not above zero when a stable way of sharing exists; of energy and CO2 null above 12 signatories [1]';
COMMENT ON COLUMN stability.least_core_high_share IS 'Upper bound of the same; equal to the lower bound where the game was solved whole, which every published game is [1]';
COMMENT ON COLUMN stability.least_core_eur IS 'The same in money per year [EUR]';
COMMENT ON COLUMN stability.superadditive IS 'Two groups together never gain less than apart (but for a unit a member, for rounding); null where more than 16 have signed and the game is not convex';
COMMENT ON COLUMN stability.convex IS 'The more are in, the more a member adds (with the same exception): then the Shapley value is stable';
COMMENT ON COLUMN stability.monotone IS 'Of the rule: nobody gets more when the gain of all is a hundredth less and that of every smaller group as it was, so that nobody pays less when the joint project becomes dearer; null for prices, mains and sums over agreements, which look at more than the gains of groups, where the dearer project leaves nothing to share, and for nucleoli above 8 signatories';
COMMENT ON COLUMN stability.null_members IS 'Names of the members that add nothing to any group, to the cent, kWh or kg; null where there are none';
COMMENT ON COLUMN stability.symmetric_members IS 'Names of members that could be exchanged for each other in every group, to the cent, kWh or kg; several lists are parted by semicolons; null where there are none';
COMMENT ON COLUMN stability.nucleolus_verified IS 'The nucleolus of the game has passed Kohlberg''s criterion; null where there is none';
COMMENT ON COLUMN stability.example IS 'The agreement or a target is an example that no council has signed or adopted';
