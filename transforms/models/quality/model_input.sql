-- Model input: one row is something that a table or a step reads. Filled by the engine, which finds it in the SQL.
CREATE TABLE model_input (
  plan VARCHAR, model VARCHAR, input VARCHAR, input_kind VARCHAR, table_name VARCHAR, source_id VARCHAR, dataset VARCHAR);
COMMENT ON TABLE model_input IS 'What every table and every step on the way to one reads: other tables and steps, publishers'' files, the plan file, coefficients. Followed from a table, it leads to all that its figures are made of. key: plan, model, input';
COMMENT ON COLUMN model_input.plan IS 'The plan, by its id';
COMMENT ON COLUMN model_input.model IS 'Table or step that reads, see table model';
COMMENT ON COLUMN model_input.input IS 'What it reads, by the name that the query has for it; of a coefficient its factor_id';
COMMENT ON COLUMN model_input.input_kind IS 'table: a table of the snapshot; step: a step on the way to others; data_set: a table of a publisher''s files; own_data: a table of the plan''s own files; plan_file: what the plan says; register: a register of the program; coefficient: a row of table factor whose factor_id stands in the query (it may find others by way of a column, and programs find theirs without a query)';
COMMENT ON COLUMN model_input.table_name IS 'Table of the snapshot in which it is to be seen; null where it is in none, or in no other than the one that reads it';
COMMENT ON COLUMN model_input.source_id IS 'Publisher of a data set, see table source; null otherwise';
COMMENT ON COLUMN model_input.dataset IS 'Data set of the publisher; null otherwise';
