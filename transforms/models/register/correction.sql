-- Correction: one row is a publisher's figure that a member corrects, with who, when, why and
-- evidence, and whether the publisher has changed it since. From the plan's own files.
CREATE TABLE correction (
  plan VARCHAR, country VARCHAR, muni_code VARCHAR, table_name VARCHAR, row_key VARCHAR, column_name VARCHAR, published_then DOUBLE, published_now DOUBLE, corrected DOUBLE, value_unit VARCHAR,
  moved BOOLEAN, found BOOLEAN, who VARCHAR, made_on DATE, why VARCHAR, evidence VARCHAR, file VARCHAR, line INTEGER);
COMMENT ON TABLE correction IS 'Corrections of publishers'' figures that the plan brings. They lie over the figures before anything is computed from them, and stay when publishers'' files are exchanged. key: plan, country, muni_code, table_name, row_key';
COMMENT ON COLUMN correction.plan IS 'The plan, by its id';
COMMENT ON COLUMN correction.country IS 'Country: DK or SE';
COMMENT ON COLUMN correction.muni_code IS 'Municipality code';
COMMENT ON COLUMN correction.table_name IS 'Table in which the figure stands';
COMMENT ON COLUMN correction.row_key IS 'Row in that table: the parts of its key but for the plan, joined by |';
COMMENT ON COLUMN correction.column_name IS 'Column of the figure';
COMMENT ON COLUMN correction.published_then IS 'What the publisher said when it was corrected, as the correction states it; null where it said nothing [value_unit]';
COMMENT ON COLUMN correction.published_now IS 'What the publisher says now; null where it says nothing [value_unit]';
COMMENT ON COLUMN correction.corrected IS 'What counts instead [value_unit]';
COMMENT ON COLUMN correction.value_unit IS 'Unit of the three figures';
COMMENT ON COLUMN correction.moved IS 'The publisher says something else now than when it was corrected: see whether the correction still holds';
COMMENT ON COLUMN correction.found IS 'The table has such a row; without one the correction corrects nothing, and the plan is not published';
COMMENT ON COLUMN correction.who IS 'Who corrects';
COMMENT ON COLUMN correction.made_on IS 'Day of the correction';
COMMENT ON COLUMN correction.why IS 'Reason';
COMMENT ON COLUMN correction.evidence IS 'What shows it';
COMMENT ON COLUMN correction.file IS 'File of the plan that has it';
COMMENT ON COLUMN correction.line IS 'Line in that file [1]';

SELECT p.plan, c.country, c.muni_code, c.table_name, coalesce(n.row_key, concat_ws('|', c.country, c.muni_code, c.cell)) AS row_key, c.column_name,
  c.published AS published_then, n.published AS published_now, c.corrected, coalesce(n.value_unit, '-') AS value_unit,
  round(c.published, 6) IS DISTINCT FROM round(n.published, 6) AS moved, n.row_key IS NOT NULL AS found, c.who, c.made_on, c.why, c.evidence,
  f.file, regexp_extract(c._origin[1], '#line (\d+)', 1)::INTEGER AS line, c._origin
FROM raw.own_correction c CROSS JOIN plan.plan p LEFT JOIN published_cell n USING (country, muni_code, table_name, cell)
LEFT JOIN plan.own_file f ON f.kind = 'corrections' AND f.extract_sha256 = c._origin[1][:64];
