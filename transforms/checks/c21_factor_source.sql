-- C21 error: every factor has a source and a mark, and lies within its range
SELECT concat_ws('|', factor_id, country, year, ef_role) AS row_key, value AS observed, low || ' to ' || high AS expected, 'a factor without source or mark, or outside of its own range' AS message
FROM factor WHERE source IS NULL OR mark NOT IN ('S', 'M', 'A') OR value < low OR value > high
