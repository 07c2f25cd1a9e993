-- Packages of saving measures that count in the plan: one row is a measure of a package on a stock. From
-- the program's registry and the plan's own packages. A measure of the plan's own catalogue that no
-- package has on one of its stocks is a package of its own there.
WITH stated AS (
  SELECT k.stock, k.package_id, k.measure_id FROM registry.package k CROSS JOIN plan.own_catalogue c WHERE NOT c.replaces
  UNION
  SELECT stock, package_id, unnest(string_split(package_id, '+')) FROM raw.own_package)
SELECT stock, package_id, measure_id FROM stated
UNION ALL
SELECT stock, measure_id, measure_id FROM (SELECT unnest(string_split(stocks, ' ')) AS stock, measure_id FROM raw.own_catalogue)
WHERE (stock, measure_id) NOT IN (SELECT (stock, measure_id) FROM stated)
