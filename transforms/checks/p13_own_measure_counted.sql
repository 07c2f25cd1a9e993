-- P13 warning: every own measure that is not decided yet is counted
SELECT count(*) > 0 FROM own_measure;

SELECT concat_ws('|', country, muni_code, measure_id) AS row_key, reason AS observed, 'counted' AS expected, file || ', line ' || line || ': the measure is left out, ' || reason AS message
FROM own_measure WHERE NOT decided AND NOT counted
