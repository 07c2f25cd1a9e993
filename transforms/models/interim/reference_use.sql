-- Reference use: one row is what a stock would use in a year without a plan, by its key: country, muni_code, stock, year;
-- from the base year to the last year of the targets. The stock of the base year grows by a share a year, which the plan
-- states or else factor reference_growth: E (1 + g) ^ (year - base year). From end_use and plan.reference.
WITH span AS (SELECT min(p.base_year) AS base_year, at_least(max(t.year), min(p.base_year)) AS last_year FROM plan.plan p LEFT JOIN plan.target t ON true),
growth AS (
  SELECT e.country, e.muni_code, e.stock, e.industry, e.energy_mwh, e.normalised_mwh, coalesce(r.growth, factor_case('reference_growth', e.country, 'central')) AS growth,
    coalesce(r.growth, factor_case('reference_growth', e.country, 'low')) AS low_growth, coalesce(r.growth, factor_case('reference_growth', e.country, 'high')) AS high_growth
  FROM end_use e LEFT JOIN plan.reference r USING (stock))
SELECT country, muni_code, stock, industry, y.year::SMALLINT AS year,
  energy_mwh * (1 + growth) ^ (y.year - base_year) AS energy_mwh, energy_mwh * (1 + low_growth) ^ (y.year - base_year) AS low_mwh, energy_mwh * (1 + high_growth) ^ (y.year - base_year) AS high_mwh,
  normalised_mwh * (1 + growth) ^ (y.year - base_year) AS normalised_mwh, normalised_mwh * (1 + low_growth) ^ (y.year - base_year) AS normalised_low_mwh,
  normalised_mwh * (1 + high_growth) ^ (y.year - base_year) AS normalised_high_mwh
FROM growth CROSS JOIN span CROSS JOIN LATERAL (SELECT unnest(range(base_year::BIGINT, last_year::BIGINT + 1)) AS year) y
