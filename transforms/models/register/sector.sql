-- Sector: one row is a sector of use as the tables name it. From the program's registry.
CREATE TABLE sector (plan VARCHAR, sector_id VARCHAR, level1 VARCHAR, parent VARCHAR, name VARCHAR, memo BOOLEAN);
COMMENT ON TABLE sector IS 'Sectors of energy use, in two levels; the Danish business sector BUS has no parts. key: plan, sector_id';
COMMENT ON COLUMN sector.plan IS 'The plan, by its id';
COMMENT ON COLUMN sector.sector_id IS 'Sector; - where a flow belongs to no sector';
COMMENT ON COLUMN sector.level1 IS 'Group of sectors to which it belongs';
COMMENT ON COLUMN sector.parent IS 'Sector of which it is a part; - for a group';
COMMENT ON COLUMN sector.name IS 'Name in words';
COMMENT ON COLUMN sector.memo IS 'A publisher''s total: never added to its parts';

SELECT p.plan, s.sector_id, s.level1, coalesce(s.parent, '-') AS parent, s.name, s.memo
FROM registry.sector s CROSS JOIN plan.plan p;
