-- C31 error: the plan states figures of its own only where no publisher has one
SELECT count(*) > 0 FROM own_figure;

SELECT concat_ws('|', o.table_name, o.row_key) AS row_key, o.value AS observed, n.published AS expected,
  o.file || ', line ' || o.line || ', column "value": the publisher has a figure, ' || n.published || '; expected a correction of it, in a file of corrections' AS message
FROM own_figure o JOIN published_cell n ON n.table_name = o.table_name AND n.row_key = o.row_key WHERE n.published IS NOT NULL
