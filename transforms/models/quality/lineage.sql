-- Lineage: one row is a place in an extract from which a row of a table comes. Filled by the engine.
CREATE TABLE lineage (
  plan VARCHAR, table_name VARCHAR, row_key VARCHAR, extract_sha256 VARCHAR, location VARCHAR, source_id VARCHAR, dataset VARCHAR);
COMMENT ON TABLE lineage IS 'From every row back to the publishers'' files. What a table has by way of other tables leads, under the row key *, to the files behind those. Where two editions of a file state the same cell, both are named and the newer counts. key: plan, table_name, row_key, extract_sha256, location';
COMMENT ON COLUMN lineage.plan IS 'The plan, by its id';
COMMENT ON COLUMN lineage.table_name IS 'Table';
COMMENT ON COLUMN lineage.row_key IS 'Key of the row without the plan, its parts joined by |; * for every row of the table, by way of other tables';
COMMENT ON COLUMN lineage.extract_sha256 IS 'Extract, see table extract';
COMMENT ON COLUMN lineage.location IS 'Place in the extract: sheet, path or line; - for the whole of it';
COMMENT ON COLUMN lineage.source_id IS 'Publisher, see table source';
COMMENT ON COLUMN lineage.dataset IS 'Data set of the publisher';
