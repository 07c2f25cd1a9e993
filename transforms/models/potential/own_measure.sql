-- Own measure: one row is a measure that a member has in mind or has decided, with what it saves and
-- costs as the member states it, in euro of 2025. From the plan's own files; end_use says what there is to save.
CREATE TABLE own_measure (
  plan VARCHAR, country VARCHAR, muni_code VARCHAR, measure_id VARCHAR, name VARCHAR, stock VARCHAR, group_id VARCHAR, saved_mwh DOUBLE, saved_low_mwh DOUBLE, saved_high_mwh DOUBLE,
  invest_eur DOUBLE, invest_low_eur DOUBLE, invest_high_eur DOUBLE, upkeep_eur DOUBLE, life_years DOUBLE, saved_t DOUBLE, decided BOOLEAN, counted BOOLEAN, reason VARCHAR,
  stated_investment DOUBLE, currency VARCHAR, price_year SMALLINT, source VARCHAR, mark VARCHAR, file VARCHAR, line INTEGER);
COMMENT ON TABLE own_measure IS 'The members'' own measures. Those that count are options in table measure, and with it in the supply curves and games. key: plan, country, muni_code, measure_id';
COMMENT ON COLUMN own_measure.plan IS 'The plan, by its id';
COMMENT ON COLUMN own_measure.country IS 'Country: DK or SE';
COMMENT ON COLUMN own_measure.muni_code IS 'Municipality code';
COMMENT ON COLUMN own_measure.measure_id IS 'The measure, by the member''s own id';
COMMENT ON COLUMN own_measure.name IS 'What it is';
COMMENT ON COLUMN own_measure.stock IS 'Stock on which it acts, see table end_use';
COMMENT ON COLUMN own_measure.group_id IS 'Measures of one group exclude each other: the stock, with the packages of the catalogue on it, or a group that the member names';
COMMENT ON COLUMN own_measure.saved_mwh IS 'Final energy that it saves per year [MWh]';
COMMENT ON COLUMN own_measure.saved_low_mwh IS 'Low end of that [MWh]';
COMMENT ON COLUMN own_measure.saved_high_mwh IS 'High end of that [MWh]';
COMMENT ON COLUMN own_measure.invest_eur IS 'Investment, once, in euro of 2025 [EUR]';
COMMENT ON COLUMN own_measure.invest_low_eur IS 'Low end of that [EUR]';
COMMENT ON COLUMN own_measure.invest_high_eur IS 'High end of that [EUR]';
COMMENT ON COLUMN own_measure.upkeep_eur IS 'Operation and maintenance more than before, per year, in euro of 2025 [EUR]';
COMMENT ON COLUMN own_measure.life_years IS 'Lifetime [year]';
COMMENT ON COLUMN own_measure.saved_t IS 'CO2 that it saves per year, as the member states it; null: as the energy saved emits [t]';
COMMENT ON COLUMN own_measure.decided IS 'It is done anyway, with or without the plan: part of the reference, no option';
COMMENT ON COLUMN own_measure.counted IS 'It is an option in table measure';
COMMENT ON COLUMN own_measure.reason IS 'Why it is not counted; - where it is';
COMMENT ON COLUMN own_measure.stated_investment IS 'Investment as the member states it [currency]';
COMMENT ON COLUMN own_measure.currency IS 'Currency of that';
COMMENT ON COLUMN own_measure.price_year IS 'Year of its prices [year]';
COMMENT ON COLUMN own_measure.source IS 'Where the figures come from';
COMMENT ON COLUMN own_measure.mark IS 'S: seen in the source; M: from memory; A: assumption';
COMMENT ON COLUMN own_measure.file IS 'File of the plan that has it';
COMMENT ON COLUMN own_measure.line IS 'Line in that file [1]';

WITH judged AS (
  SELECT o.*, CASE WHEN o.decided THEN 'decided: it is part of the reference' WHEN e.energy_mwh IS NULL THEN 'the use of its stock is not known'
    WHEN o.saved_high > e.energy_mwh THEN 'it saves more than its stock uses' END AS reason
  FROM raw.own_measure o LEFT JOIN end_use e USING (country, muni_code, stock))
SELECT p.plan, o.country, o.muni_code, o.measure_id, o.name, o.stock, coalesce(o.exclusive, o.stock) AS group_id, o.saved_mwh, o.saved_low AS saved_low_mwh, o.saved_high AS saved_high_mwh,
  round(euro(o.investment, o.currency, o.price_year), 2) AS invest_eur, round(euro(o.investment_low, o.currency, o.price_year), 2) AS invest_low_eur,
  round(euro(o.investment_high, o.currency, o.price_year), 2) AS invest_high_eur, round(euro(o.upkeep, o.currency, o.price_year), 2) AS upkeep_eur,
  o.lifetime AS life_years, o.co2_t AS saved_t, o.decided, o.reason IS NULL AS counted, coalesce(o.reason, '-') AS reason,
  o.investment AS stated_investment, o.currency, o.price_year::SMALLINT AS price_year, o.source, o.mark,
  f.file, regexp_extract(o._origin[1], '#line (\d+)', 1)::INTEGER AS line, o._origin
FROM judged o CROSS JOIN plan.plan p LEFT JOIN plan.own_file f ON f.kind = 'measures' AND f.extract_sha256 = o._origin[1][:64];
