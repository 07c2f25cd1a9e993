-- C27 error: every member of the plan stands in the tables of municipalities, end uses and potentials, and nobody else
SELECT table_name || '|' || coalesce(f.muni_code, m.muni_code) AS row_key, f.muni_code AS observed, m.muni_code AS expected, 'a member is missing, or a stranger is there' AS message
FROM (SELECT DISTINCT 'municipality' AS table_name, muni_code FROM municipality UNION ALL SELECT DISTINCT 'end_use', muni_code FROM end_use UNION ALL SELECT DISTINCT 'renewable_potential', muni_code FROM renewable_potential) f
FULL JOIN (SELECT t AS table_name, muni_code FROM plan.member CROSS JOIN (SELECT unnest(['municipality', 'end_use', 'renewable_potential']) AS t)) m USING (table_name, muni_code)
WHERE f.muni_code IS NULL OR m.muni_code IS NULL
