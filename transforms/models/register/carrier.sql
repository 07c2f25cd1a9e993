-- Carrier: one row is an energy carrier as the tables name it. From the program's registry.
CREATE TABLE carrier (plan VARCHAR, carrier_id VARCHAR, level1 VARCHAR, parent VARCHAR, name VARCHAR, fossil BOOLEAN, biogenic BOOLEAN, memo BOOLEAN);
COMMENT ON TABLE carrier IS 'Energy carriers. Level 1 is what Swedish municipal statistics publish and what the countries are compared at. key: plan, carrier_id';
COMMENT ON COLUMN carrier.plan IS 'The plan, by its id';
COMMENT ON COLUMN carrier.carrier_id IS 'Carrier';
COMMENT ON COLUMN carrier.level1 IS 'Group of carriers to which it belongs';
COMMENT ON COLUMN carrier.parent IS 'Carrier of which it is a part; - for a group';
COMMENT ON COLUMN carrier.name IS 'Name in words';
COMMENT ON COLUMN carrier.fossil IS 'Its carbon is fossil, wholly or in part';
COMMENT ON COLUMN carrier.biogenic IS 'Its carbon is biogenic, wholly or in part';
COMMENT ON COLUMN carrier.memo IS 'A publisher''s total: never added to its parts';

SELECT p.plan, c.carrier_id, c.level1, coalesce(c.parent, '-') AS parent, c.name, c.fossil, c.biogenic, c.memo
FROM registry.carrier c CROSS JOIN plan.plan p;
