-- Agreement member: one row is a signatory of an agreement and its part by the agreement's key: the figure that the key names
-- (inhabitants, final energy, target, equal parts or stated shares), divided by the sum over the signatories. From the plan's
-- agreements, population, end_use and target, by the program.
CREATE TABLE agreement_member (
  plan VARCHAR, agreement_id VARCHAR, country VARCHAR, muni_code VARCHAR, key_weight DOUBLE);
COMMENT ON TABLE agreement_member IS 'Who takes part in an agreement, and its part by the agreement''s key. key: plan, agreement_id, country, muni_code';
COMMENT ON COLUMN agreement_member.plan IS 'The plan, by its id';
COMMENT ON COLUMN agreement_member.agreement_id IS 'Agreement';
COMMENT ON COLUMN agreement_member.country IS 'Country: DK or SE';
COMMENT ON COLUMN agreement_member.muni_code IS 'Municipality code';
COMMENT ON COLUMN agreement_member.key_weight IS 'Part by the key; the parts of an agreement add up to 1; null when the key''s figures are missing for a signatory [1]';
