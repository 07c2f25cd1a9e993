-- Factor: one row is a coefficient with its range, its source and how far it can be
-- trusted. From the program's registry of factors and the plan's own catalogue of measures.
CREATE TABLE factor (
  plan VARCHAR, factor_id VARCHAR, country VARCHAR, year SMALLINT, ef_role VARCHAR, factor_group VARCHAR,
  value DOUBLE, low DOUBLE, high DOUBLE, value_unit VARCHAR, price_base_year SMALLINT, currency VARCHAR,
  distribution VARCHAR, source VARCHAR, mark VARCHAR, note VARCHAR);
COMMENT ON TABLE factor IS 'Coefficients: heating values, emission factors, prices, costs and shares, each with its range and source. For a country and year the row of that country with the newest year not after it counts, else the row without a year, else the row for both countries. key: plan, factor_id, country, year, ef_role';
COMMENT ON COLUMN factor.plan IS 'The plan, by its id';
COMMENT ON COLUMN factor.factor_id IS 'Coefficient';
COMMENT ON COLUMN factor.country IS 'Country it is for: DK, SE, or - for both';
COMMENT ON COLUMN factor.year IS 'Year it is for; 0 for any year [year]';
COMMENT ON COLUMN factor.ef_role IS 'Of an emission factor: average (for accounts) or marginal (for measures), never mixed; else -';
COMMENT ON COLUMN factor.factor_group IS 'Group of coefficients';
COMMENT ON COLUMN factor.value IS 'Value that is used, in the unit that value_unit names [value_unit]';
COMMENT ON COLUMN factor.low IS 'Low end of its range [value_unit]';
COMMENT ON COLUMN factor.high IS 'High end of its range [value_unit]';
COMMENT ON COLUMN factor.value_unit IS 'Unit of value, low and high';
COMMENT ON COLUMN factor.price_base_year IS 'Year whose prices a sum of money is stated in [year]';
COMMENT ON COLUMN factor.currency IS 'Currency of a sum of money';
COMMENT ON COLUMN factor.distribution IS 'Distribution between low and high: tri (triangular) or fix';
COMMENT ON COLUMN factor.source IS 'Where it comes from';
COMMENT ON COLUMN factor.mark IS 'S: seen in the source; M: from memory, to be verified; A: assumption';
COMMENT ON COLUMN factor.note IS 'Remark';

SELECT p.plan, f.factor_id, coalesce(f.country, '-') AS country, coalesce(f.year, 0)::SMALLINT AS year, coalesce(f.ef_role, '-') AS ef_role,
  f."group" AS factor_group, f.value, f.low, f.high, f.unit AS value_unit, f.price_base_year, f.currency, f.distribution, f.source, f.mark, f.note
FROM registry.factor f CROSS JOIN plan.plan p
UNION ALL
SELECT p.plan, o.factor_id, '-', 0, '-', 'own_catalogue', o.value, o.low, o.high, o.unit, if(o.unit LIKE 'EUR/%', 2025, NULL), if(o.unit LIKE 'EUR/%', 'EUR', NULL), o.distribution, o.source, o.mark, o.note
FROM own_factor o CROSS JOIN plan.plan p;
