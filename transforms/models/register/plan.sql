-- Plan: the one row is the plan itself. From the plan file.
CREATE TABLE plan (
  plan VARCHAR, name_da VARCHAR, name_sv VARCHAR, name_en VARCHAR, base_year SMALLINT, price_year SMALLINT, discount_rate DOUBLE, currency VARCHAR);
COMMENT ON TABLE plan IS 'The plan. key: plan';
COMMENT ON COLUMN plan.plan IS 'The plan, by its id';
COMMENT ON COLUMN plan.name_da IS 'Name in Danish';
COMMENT ON COLUMN plan.name_sv IS 'Name in Swedish';
COMMENT ON COLUMN plan.name_en IS 'Name in English';
COMMENT ON COLUMN plan.base_year IS 'Year of the account; per data set the nearest year with data is used, and said [year]';
COMMENT ON COLUMN plan.price_year IS 'Year whose euro money is stated in [year]';
COMMENT ON COLUMN plan.discount_rate IS 'Real discount rate per year [1]';
COMMENT ON COLUMN plan.currency IS 'Currency for display; money is computed in euro';

SELECT plan, name_da, name_sv, name_en, base_year, price_year, discount_rate, currency FROM plan.plan;
