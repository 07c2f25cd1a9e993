-- Netting: one row is a group of members and the electricity that it exchanges with the rest of the world in the hours of a
-- year: the sum over the hours of the smaller of the members' surpluses and deficits, which is what they import apart less what
-- they import together. From hourly_balance, by the program.
CREATE TABLE netting (
  plan VARCHAR, coalition_mask UBIGINT, year SMALLINT, n_members INTEGER, members VARCHAR, import_mwh DOUBLE, export_mwh DOUBLE, gain_mwh DOUBLE,
  self_sufficiency DOUBLE, self_consumption DOUBLE, n_hours INTEGER);
COMMENT ON TABLE netting IS 'How far a group''s own renewable power covers its own use in the same hour. This is accounting: electricity flows the same way with and without it. Of plans with more than 12 members the single members, all but one, and all; above 16 members none. key: plan, coalition_mask, year';
COMMENT ON COLUMN netting.plan IS 'The plan, by its id';
COMMENT ON COLUMN netting.coalition_mask IS 'Members of the group: the sum of 2 to the power of bit in table member [1]';
COMMENT ON COLUMN netting.year IS 'Year whose hours are counted [year]';
COMMENT ON COLUMN netting.n_members IS 'Number of members of the group [1]';
COMMENT ON COLUMN netting.members IS 'Names of the members of the group';
COMMENT ON COLUMN netting.import_mwh IS 'Sum over the hours of what own production lacks [MWh]';
COMMENT ON COLUMN netting.export_mwh IS 'Sum over the hours of what own production leaves over [MWh]';
COMMENT ON COLUMN netting.gain_mwh IS 'What the group imports less than its members each by itself: one member''s surplus that meets another''s need in the same hour [MWh]';
COMMENT ON COLUMN netting.self_sufficiency IS 'Part of the use that own production covers in the same hour; null without use [1]';
COMMENT ON COLUMN netting.self_consumption IS 'Part of the production that is used in the same hour; null without production [1]';
COMMENT ON COLUMN netting.n_hours IS 'Hours counted [1]';
