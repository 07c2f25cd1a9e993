-- C30 error: a correction is of a figure that stands in its table
SELECT count(*) > 0 FROM correction;

SELECT concat_ws('|', table_name, row_key) AS row_key, corrected AS observed, 'a row of table ' || table_name AS expected,
  file || ', line ' || line || ', column "' || CASE table_name WHEN 'population' THEN 'date' WHEN 'end_use' THEN 'stock' ELSE 'year' END || '": table ' || table_name || ' has no such row to correct; expected the key of one that is there' AS message
FROM correction WHERE NOT found
