-- Member: one row is a member of the plan and its place in coalition masks. From the plan file.
CREATE TABLE member (plan VARCHAR, country VARCHAR, muni_code VARCHAR, name VARCHAR, bit INTEGER);
COMMENT ON TABLE member IS 'The members of the plan in the order of the plan file. key: plan, country, muni_code';
COMMENT ON COLUMN member.plan IS 'The plan, by its id';
COMMENT ON COLUMN member.country IS 'Country: DK or SE';
COMMENT ON COLUMN member.muni_code IS 'Municipality code';
COMMENT ON COLUMN member.name IS 'Name';
COMMENT ON COLUMN member.bit IS 'Place in a coalition mask: the member takes part when this bit is set, bit 0 is worth 1 [1]';

SELECT plan, country, muni_code, name, bit FROM plan.member;
