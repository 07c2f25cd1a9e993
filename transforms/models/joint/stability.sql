-- Stability: one row is a way of sharing an agreement's gain and whether anybody could do better
-- without it. Filled by the joint-savings engine.
CREATE TABLE stability (
  plan VARCHAR, scenario_id VARCHAR, agreement_id VARCHAR, rule VARCHAR, efficient BOOLEAN, individually_rational BOOLEAN, in_core BOOLEAN,
  max_excess_eur DOUBLE, max_excess_share DOUBLE, blocking_members VARCHAR, least_core_eur DOUBLE, superadditive BOOLEAN, convex BOOLEAN, nucleolus_verified BOOLEAN, example BOOLEAN);
COMMENT ON TABLE stability IS 'Certificates of the ways of sharing: does it share out all, does every member gain, could a group do better alone, and by how much. key: plan, scenario_id, agreement_id, rule';
COMMENT ON COLUMN stability.plan IS 'The plan, by its id';
COMMENT ON COLUMN stability.scenario_id IS 'PLAN: targets met by the measures of the base year''s stock';
COMMENT ON COLUMN stability.agreement_id IS 'Agreement';
COMMENT ON COLUMN stability.rule IS 'Way of sharing, see table allocation';
COMMENT ON COLUMN stability.efficient IS 'The shares add up to the whole gain';
COMMENT ON COLUMN stability.individually_rational IS 'No member gets less than alone, that is less than nothing';
COMMENT ON COLUMN stability.in_core IS 'No group of members could do better alone (up to a cent a member, for rounding)';
COMMENT ON COLUMN stability.max_excess_eur IS 'What the group with the most reason to complain could gain more per year alone than it gets; negative when every group gets more than it could gain alone; null for a single member [EUR]';
COMMENT ON COLUMN stability.max_excess_share IS 'The same as a share of the whole gain; null when there is no gain [1]';
COMMENT ON COLUMN stability.blocking_members IS 'Names of that group where it could do better alone; null where no group could';
COMMENT ON COLUMN stability.least_core_eur IS 'The smallest such complaint that any way of sharing can reach; not above zero when a stable way of sharing exists; null for a single member [EUR]';
COMMENT ON COLUMN stability.superadditive IS 'Two groups together never gain less than apart';
COMMENT ON COLUMN stability.convex IS 'The more are in, the more a member adds: then the Shapley value is stable';
COMMENT ON COLUMN stability.nucleolus_verified IS 'The nucleolus of the game has passed Kohlberg''s criterion';
COMMENT ON COLUMN stability.example IS 'The agreement or a target is an example that no council has signed or adopted';
