-- Source: one row is a publisher whose data the plan uses. From the program's catalogue of publishers.
CREATE TABLE source (plan VARCHAR, source_id VARCHAR, title VARCHAR, publisher VARCHAR, licence VARCHAR, attribution VARCHAR, redistributable BOOLEAN, origin VARCHAR, address VARCHAR);
COMMENT ON TABLE source IS 'Publishers of the data, with licence and credit line. key: plan, source_id';
COMMENT ON COLUMN source.plan IS 'The plan, by its id';
COMMENT ON COLUMN source.source_id IS 'Publisher';
COMMENT ON COLUMN source.title IS 'What it publishes';
COMMENT ON COLUMN source.publisher IS 'Publishing body';
COMMENT ON COLUMN source.licence IS 'Licence of the data';
COMMENT ON COLUMN source.attribution IS 'Credit line that the licence asks for';
COMMENT ON COLUMN source.redistributable IS 'Whether tables made of it may be passed on without asking the publisher';
COMMENT ON COLUMN source.origin IS 'How the data came here: mirror (publishers'' files) or sample (the small data set in the program, made up in part: see table extract)';
COMMENT ON COLUMN source.address IS 'Where the publisher has the data';

SELECT plan, source_id, title, publisher, licence, attribution, redistributable, origin, address FROM plan.source;
