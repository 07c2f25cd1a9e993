-- Measure catalogue: one row is a saving measure, or a package of measures on one stock,
-- as the measure table names it. From the program's registry of measures and the plan's own catalogue.
CREATE TABLE measure_catalogue (
  plan VARCHAR, group_id VARCHAR, measure_id VARCHAR, name VARCHAR, stage INTEGER, carrier_from VARCHAR, carrier_to VARCHAR);
COMMENT ON TABLE measure_catalogue IS 'Measures and packages of measures. Those of one group act on the same stock and exclude each other. key: plan, group_id, measure_id';
COMMENT ON COLUMN measure_catalogue.plan IS 'The plan, by its id';
COMMENT ON COLUMN measure_catalogue.group_id IS 'Stock on which it acts, see table end_use';
COMMENT ON COLUMN measure_catalogue.measure_id IS 'Measure, or the measures of a package joined by +';
COMMENT ON COLUMN measure_catalogue.name IS 'Name in words';
COMMENT ON COLUMN measure_catalogue.stage IS 'Where it acts: 1 demand, 2 distribution, 3 conversion; of a package the last [1]';
COMMENT ON COLUMN measure_catalogue.carrier_from IS 'Carrier that it saves; - for the stock''s own';
COMMENT ON COLUMN measure_catalogue.carrier_to IS 'Carrier that is used instead; - when none is';

SELECT p.plan, k.stock AS group_id, k.package_id AS measure_id, string_agg(m.name, ' + ' ORDER BY m.stage, m.measure_id) AS name,
  max(m.stage)::INTEGER AS stage, coalesce(arg_max(m.carrier_from, m.stage), '-') AS carrier_from, coalesce(arg_max(m.carrier_to, m.stage), '-') AS carrier_to
FROM saving_package k JOIN saving_measure m USING (measure_id) CROSS JOIN plan.plan p
GROUP BY ALL;
