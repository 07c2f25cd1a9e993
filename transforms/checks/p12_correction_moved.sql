-- P12 warning: publishers say of corrected figures what they said when these were corrected
SELECT count(*) > 0 FROM correction;

-- Whether the publisher's figure has moved or the correction never named the right one cannot be told from the files of today.
SELECT concat_ws('|', table_name, row_key) AS row_key, published_now AS observed, published_then AS expected,
  file || ', line ' || line || ', column "published": of ' || table_name || ' ' || row_key || ' the correction of ' || made_on || ' says that the publisher had ' || coalesce(published_then::VARCHAR, 'nothing')
    || ', and the publisher has ' || coalesce(published_now::VARCHAR, 'nothing') || '. Either the publisher''s figure has moved under the correction: see whether it holds, and put the new figure into the column published;'
    || ' or the correction is of another row or misread it: mend it. ' || corrected || ' counts until then' AS message
FROM correction WHERE moved AND found
