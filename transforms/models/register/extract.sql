-- Extract: one row is a file or answer of a publisher, known by the hash of its bytes. From the archive.
CREATE TABLE extract (plan VARCHAR, source_id VARCHAR, dataset VARCHAR, extract_sha256 VARCHAR, as_of DATE, bytes BIGINT, made_up BOOLEAN);
COMMENT ON TABLE extract IS 'The publishers'' files that the plan was made of. key: plan, source_id, dataset, extract_sha256';
COMMENT ON COLUMN extract.plan IS 'The plan, by its id';
COMMENT ON COLUMN extract.source_id IS 'Publisher, see table source';
COMMENT ON COLUMN extract.dataset IS 'Data set';
COMMENT ON COLUMN extract.extract_sha256 IS 'SHA-256 of its bytes';
COMMENT ON COLUMN extract.as_of IS 'Publisher''s own date, else the last day it covers; null when the content gives neither';
COMMENT ON COLUMN extract.bytes IS 'Size, not compressed [byte]';
COMMENT ON COLUMN extract.made_up IS 'Its figures are made up for the sample: plausible in size, not real';

SELECT plan, source_id, dataset, extract_sha256, as_of, bytes, made_up FROM plan.extract;
