-- Own factors: one row is a coefficient of a measure of the plan's own catalogue, under the id by which
-- saving_measure names it; money in euro of 2025. From the plan's own files.
WITH coefficient AS (
  SELECT measure_id, 'saving' AS coefficient, saving_low AS low, saving AS value, saving_high AS high, saving_per AS unit, source, mark, name FROM raw.own_catalogue
  UNION ALL SELECT measure_id, 'investment', euro(investment_low, currency, price_year), euro(investment, currency, price_year), euro(investment_high, currency, price_year), 'EUR/' || invest_per, source, mark, name FROM raw.own_catalogue
  UNION ALL SELECT measure_id, 'lifetime', lifetime_low, lifetime, lifetime_high, 'year', source, mark, name FROM raw.own_catalogue
  UNION ALL SELECT measure_id, 'upkeep', upkeep_low, upkeep, upkeep_high, '1', source, mark, name FROM raw.own_catalogue WHERE upkeep IS NOT NULL
  UNION ALL SELECT measure_id, 'part', part_low, part, part_high, '1', source, mark, name FROM raw.own_catalogue WHERE part IS NOT NULL)
SELECT 'own_' || lower(measure_id) || '_' || coefficient AS factor_id, low, value, high, unit, if(low < high, 'tri', 'fix') AS distribution, source, mark, name AS note FROM coefficient
