-- Turbine year: one row is what a wind turbine produced in a calendar year. From the
-- Danish register: its year columns, and the sum of months where all twelve are given.
-- No Swedish register gives production per turbine.
CREATE TABLE turbine_year (plan VARCHAR, country VARCHAR, turbine_id VARCHAR, year SMALLINT, muni_code VARCHAR, energy_mwh DECIMAL(18,3), value_status VARCHAR);
COMMENT ON TABLE turbine_year IS 'Production of wind turbines by calendar year. Since 2023 the Danish register withholds it for privately owned turbines. key: plan, country, turbine_id, year';
COMMENT ON COLUMN turbine_year.plan IS 'The plan, by its id';
COMMENT ON COLUMN turbine_year.country IS 'Country: DK or SE';
COMMENT ON COLUMN turbine_year.turbine_id IS 'Number in the register';
COMMENT ON COLUMN turbine_year.year IS 'Calendar year [year]';
COMMENT ON COLUMN turbine_year.muni_code IS 'Municipality code of the turbine';
COMMENT ON COLUMN turbine_year.energy_mwh IS 'Electricity fed into the grid [MWh]';
COMMENT ON COLUMN turbine_year.value_status IS 'observed, zero, derived (sum of twelve months) or suppressed';

WITH stated AS (
  SELECT turbine_id, year::SMALLINT AS year, energy_kwh, value_status, _origin FROM raw.ens_turbine_year),
months AS (
  SELECT turbine_id, year(month)::SMALLINT AS year,
    CASE WHEN count(energy_kwh) = 12 THEN sum(energy_kwh)::DECIMAL(18,3) END AS energy_kwh,
    CASE WHEN count(energy_kwh) = 12 THEN 'derived' ELSE 'suppressed' END AS value_status,
    list_distinct(flatten(list(_origin ORDER BY month))) AS _origin
  FROM raw.ens_turbine_month GROUP BY turbine_id, year(month) HAVING count(*) = 12),
both_ways AS (
  SELECT * FROM stated
  UNION ALL SELECT * FROM months WHERE (turbine_id, year) NOT IN (SELECT (turbine_id, year) FROM stated))
SELECT t.plan, t.country, t.turbine_id, y.year, t.muni_code, round(y.energy_kwh / 1000, 3)::DECIMAL(18,3) AS energy_mwh, y.value_status, y._origin
FROM both_ways y JOIN turbine t USING (turbine_id) WHERE t.country = 'DK';
