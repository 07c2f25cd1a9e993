-- Saving measures that count in the plan: one row is a measure. From the program's registry and the
-- plan's own catalogue, which extends it, a measure of the same id taking the place of the program's,
-- or replaces it.
SELECT m.* FROM registry.measure m CROSS JOIN plan.own_catalogue c WHERE NOT c.replaces AND m.measure_id NOT IN (SELECT measure_id FROM raw.own_catalogue)
UNION ALL
SELECT measure_id, stocks, name, if(saving_per = 'spf', 3, 1)::SMALLINT, carrier_from, coalesce(carrier_to, if(saving_per = 'spf', 'electricity', NULL)),
  'own_' || lower(measure_id) || '_investment', invest_per, 'own_' || lower(measure_id) || '_saving', saving_per, 'own_' || lower(measure_id) || '_lifetime',
  if(upkeep IS NULL, NULL, 'own_' || lower(measure_id) || '_upkeep'), NULL, NULL, if(part IS NULL, NULL, 'own_' || lower(measure_id) || '_part')
FROM raw.own_catalogue
