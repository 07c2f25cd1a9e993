-- Target: one row is what a member wants to reach by a year, of energy or of CO2. From the plan file,
-- end_use and stock_emission.
CREATE TABLE target (
  plan VARCHAR, country VARCHAR, muni_code VARCHAR, kind VARCHAR, value_share DOUBLE, year SMALLINT, basis VARCHAR, basis_wanted VARCHAR, industry BOOLEAN, status VARCHAR,
  energy_mwh DOUBLE, low_mwh DOUBLE, high_mwh DOUBLE, target_mwh DOUBLE, base_t DOUBLE, target_t DOUBLE, complete BOOLEAN);
COMMENT ON TABLE target IS 'Targets of the members, as energy to be saved or CO2 to be cut per year. key: plan, country, muni_code, kind';
COMMENT ON COLUMN target.plan IS 'The plan, by its id';
COMMENT ON COLUMN target.country IS 'Country: DK or SE';
COMMENT ON COLUMN target.muni_code IS 'Municipality code';
COMMENT ON COLUMN target.kind IS 'final_energy_share: change of final energy as a share of that of the base year; co2_share: change of the CO2 of the same stocks';
COMMENT ON COLUMN target.value_share IS 'The change: -0.2 is a fifth less [1]';
COMMENT ON COLUMN target.year IS 'Year by which [year]';
COMMENT ON COLUMN target.basis IS 'What is counted. raw: as measured; normalised: corrected for weather, every stock with the degree days of its own year';
COMMENT ON COLUMN target.basis_wanted IS 'What the plan asks for: raw or normalised (corrected for weather). Where the degree days of a stock are not known, raw is counted all the same';
COMMENT ON COLUMN target.industry IS 'Whether industry and business are part of it';
COMMENT ON COLUMN target.status IS 'adopted, proposed or example: an example has been adopted by no council';
COMMENT ON COLUMN target.energy_mwh IS 'Final energy in its scope: the sum of the stocks in end_use that it counts, on the basis that is counted [MWh]';
COMMENT ON COLUMN target.low_mwh IS 'What energy_mwh is at least: less where secret figures are estimated in it; null on a normalised basis [MWh]';
COMMENT ON COLUMN target.high_mwh IS 'What energy_mwh is at most; null on a normalised basis [MWh]';
COMMENT ON COLUMN target.target_mwh IS 'Saving that it asks for, per year; null of a target of CO2 [MWh]';
COMMENT ON COLUMN target.base_t IS 'CO2 per year of the same stocks on the same basis, with the factors of stock_emission: marginal ones for electricity [t]';
COMMENT ON COLUMN target.target_t IS 'CO2 that it asks to cut, per year; null of a target of energy [t]';
COMMENT ON COLUMN target.complete IS 'Every stock is known; otherwise energy, CO2 and target are too small by what is missing';

WITH counted AS (
  SELECT t.plan, t.country, t.muni_code, t.kind, t.value, t.year, t.basis_wanted, t.industry, t.status,
    fsum(e.energy_mwh ORDER BY e.stock) AS raw_mwh, fsum(e.normalised_mwh ORDER BY e.stock) AS normalised_mwh,
    fsum(e.low_mwh ORDER BY e.stock) AS low_mwh, fsum(e.high_mwh ORDER BY e.stock) AS high_mwh,
    -- A stock of nothing has no factor, and emits nothing.
    fsum(if(e.energy_mwh = 0, 0, e.energy_mwh * c.factor_kg_per_mwh / 1000) ORDER BY e.stock) AS raw_t,
    fsum(if(e.energy_mwh = 0, 0, e.normalised_mwh * c.factor_kg_per_mwh / 1000) ORDER BY e.stock) AS normalised_t,
    count(e.normalised_mwh) = count(e.energy_mwh) AS weather_known, count(e.energy_mwh) = count(*) AS complete
  FROM plan.target t JOIN end_use e ON e.country = t.country AND e.muni_code = t.muni_code AND (t.industry OR NOT e.industry)
  LEFT JOIN stock_emission c ON c.country = e.country AND c.muni_code = e.muni_code AND c.stock = e.stock
  GROUP BY ALL),
based AS (
  SELECT *, if(basis_wanted = 'normalised' AND weather_known, 'normalised', 'raw') AS basis,
    if(basis = 'normalised', normalised_mwh, raw_mwh) AS energy_mwh, if(basis = 'normalised', normalised_t, raw_t) AS base_t
  FROM counted)
SELECT plan, country, muni_code, kind, value AS value_share, year, basis, basis_wanted, industry, status,
  round(energy_mwh, 3) AS energy_mwh, round(if(basis = 'raw', low_mwh, NULL), 3) AS low_mwh, round(if(basis = 'raw', high_mwh, NULL), 3) AS high_mwh,
  round(if(kind = 'final_energy_share', -value * energy_mwh, NULL), 3) AS target_mwh, round(base_t, 3) AS base_t,
  round(if(kind = 'co2_share', -value * base_t, NULL), 3) AS target_t, complete
FROM based;
