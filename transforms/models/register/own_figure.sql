-- Own figure: one row is a figure of a published table that no publisher has and a member states.
-- From the plan's own files.
CREATE TABLE own_figure (plan VARCHAR, country VARCHAR, muni_code VARCHAR, table_name VARCHAR, row_key VARCHAR, column_name VARCHAR, value DOUBLE, value_unit VARCHAR, who VARCHAR, source VARCHAR, file VARCHAR, line INTEGER);
COMMENT ON TABLE own_figure IS 'Figures that no publisher has and a member states. They stand in the tables that they name, marked there by stated_by. key: plan, country, muni_code, table_name, row_key';
COMMENT ON COLUMN own_figure.plan IS 'The plan, by its id';
COMMENT ON COLUMN own_figure.country IS 'Country: DK or SE';
COMMENT ON COLUMN own_figure.muni_code IS 'Municipality code';
COMMENT ON COLUMN own_figure.table_name IS 'Table in which the figure stands';
COMMENT ON COLUMN own_figure.row_key IS 'Row in that table: the parts of its key but for the plan, joined by |';
COMMENT ON COLUMN own_figure.column_name IS 'Column of the figure';
COMMENT ON COLUMN own_figure.value IS 'The figure [value_unit]';
COMMENT ON COLUMN own_figure.value_unit IS 'Unit of the figure';
COMMENT ON COLUMN own_figure.who IS 'Who states it';
COMMENT ON COLUMN own_figure.source IS 'Where it comes from';
COMMENT ON COLUMN own_figure.file IS 'File of the plan that has it';
COMMENT ON COLUMN own_figure.line IS 'Line in that file [1]';

SELECT p.plan, o.country, o.muni_code, o.table_name, n.row_key, o.column_name, o.value, n.value_unit, o.who, o.source,
  f.file, regexp_extract(o._origin[1], '#line (\d+)', 1)::INTEGER AS line, o._origin
FROM raw.own_figure o CROSS JOIN plan.plan p JOIN published_cell n USING (country, muni_code, table_name, cell)
LEFT JOIN plan.own_file f ON f.kind = 'figures' AND f.extract_sha256 = o._origin[1][:64];
