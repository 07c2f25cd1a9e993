-- P12 warning: publishers say of corrected figures what they said when these were corrected
SELECT count(*) > 0 FROM correction;

SELECT concat_ws('|', table_name, row_key) AS row_key, published_now AS observed, published_then AS expected,
  file || ', line ' || line || ': the publisher''s figure has moved under a correction, from ' || coalesce(published_then::VARCHAR, 'nothing') || ' to ' || coalesce(published_now::VARCHAR, 'nothing')
    || '; ' || corrected || ' still counts: see whether it holds, and put the new figure into the column published' AS message
FROM correction WHERE moved AND found
