-- C38 error: what a package saves is the sum of the parts of its measures
SELECT count(*) > 0 FROM measure_attribution;

SELECT concat_ws('|', a.country, a.muni_code, a.stock, a.package_id) AS row_key, sum(a.saved_mwh::DECIMAL(18,3))::DOUBLE AS observed, any_value(m.potential_mwh) AS expected, 'the parts of the measures do not add up to the package' AS message
FROM measure_attribution a LEFT JOIN measure m ON m.country = a.country AND m.muni_code = a.muni_code AND m.stock = a.stock AND m.measure_id = a.package_id AND m.scenario_id = a.scenario_id AND m."case" = a."case"
GROUP BY a.country, a.muni_code, a.stock, a.package_id, a.scenario_id, a."case"
-- Each row is rounded for itself.
HAVING (abs(sum(a.saved_mwh::DECIMAL(18,3)) - any_value(m.potential_mwh)::DECIMAL(18,3)) <= 0.001 * (count(*) + 1)) IS NOT true
