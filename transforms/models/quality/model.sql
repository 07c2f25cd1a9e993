-- Model: one row is a published table, or a step on the way to one, and how it is computed. Filled by the engine from its own files.
CREATE TABLE model (
  plan VARCHAR, model VARCHAR, is_published BOOLEAN, computed_by VARCHAR, description VARCHAR, sql VARCHAR);
COMMENT ON TABLE model IS 'How every table is computed: in words, and as the SQL that was run. Steps on the way to tables are listed too; what each reads is in table model_input. key: plan, model';
COMMENT ON COLUMN model.plan IS 'The plan, by its id';
COMMENT ON COLUMN model.model IS 'Table or step';
COMMENT ON COLUMN model.is_published IS 'true: a table of the snapshot; false: a step on the way to others, which is not published';
COMMENT ON COLUMN model.computed_by IS 'sql: by the query in sql; program: by the program, as the documentation of the method says (measures and their supply curve, agreements and their gains, what secret figures can be); engine: of what is known of the run (what is missing, what checks found, where rows come from)';
COMMENT ON COLUMN model.description IS 'What one row is, where it comes from and how it is made';
COMMENT ON COLUMN model.sql IS 'The query that makes the rows; null where none does. Functions in it that DuckDB does not have read table factor or do arithmetic with what may be unknown';
