-- Measure: one row is a measure, or a package of measures, on one stock of a member, with what it saves and costs in a year.
-- What is left of the demand E is E (1 - s1)(1 - s2)...; a conversion comes last and divides the part that it heats by its SPF.
-- The cost of a year is investment x r / (1 - (1 + r)^-L) + upkeep, for each measure with its lifetime L; lcse is that by
-- energy saved, and nac that less energy before x price, plus energy after x price. From end_use, building_stock, the
-- registries of measures, packages and factors, and the plan's own measures, by the program.
CREATE TABLE measure (
  plan VARCHAR, country VARCHAR, muni_code VARCHAR, stock VARCHAR, measure_id VARCHAR, scenario_id VARCHAR, "case" VARCHAR, industry BOOLEAN, own BOOLEAN, group_id VARCHAR,
  potential_mwh DOUBLE, invest_eur DOUBLE, om_eur DOUBLE, life_years DOUBLE, lcse_eur_per_mwh DOUBLE, nac_eur DOUBLE, saved_t DOUBLE, floor_basis VARCHAR, assumption_share DOUBLE, econ_view VARCHAR, price_base_year SMALLINT);
COMMENT ON TABLE measure IS 'Saving measures on the members'' own stocks. Those of one group exclude each other: of two packages one is chosen. In a package each measure acts on what the one before it leaves, and a heat pump, boiler or connection to a network is sized for the reduced demand. No grade: how sure it is comes from draws of its factors, which end in gain_p10_eur and gain_p90_eur of joint_savings. key: plan, country, muni_code, stock, measure_id, scenario_id, case';
COMMENT ON COLUMN measure.plan IS 'The plan, by its id';
COMMENT ON COLUMN measure.country IS 'Country: DK or SE';
COMMENT ON COLUMN measure.muni_code IS 'Municipality code';
COMMENT ON COLUMN measure.stock IS 'Stock on which it acts, see table end_use';
COMMENT ON COLUMN measure.measure_id IS 'Measure or package, see table measure_catalogue, or a member''s own measure, see table own_measure; M1-heat and M1-electricity are a package on the municipality''s own buildings, see table own_building';
COMMENT ON COLUMN measure.scenario_id IS 'REF: on the stock of the base year. The joint tables'' scenario PLAN takes its measures from here';
COMMENT ON COLUMN measure."case" IS 'central: every factor at its central value';
COMMENT ON COLUMN measure.industry IS 'The stock is industry''s or business'' own';
COMMENT ON COLUMN measure.own IS 'A member''s own measure, or one on its own buildings: what it saves and costs is not computed from the stock';
COMMENT ON COLUMN measure.group_id IS 'Group of which one can be chosen: the stock, or a group that the plan names';
COMMENT ON COLUMN measure.potential_mwh IS 'Final energy saved per year when it is done wherever it applies; below zero where another supply of heat uses more than the one before [MWh]';
COMMENT ON COLUMN measure.invest_eur IS 'Investment, once [EUR]';
COMMENT ON COLUMN measure.om_eur IS 'Operation and maintenance more than before, per year [EUR]';
COMMENT ON COLUMN measure.life_years IS 'Lifetime; of a package the investment-weighted mean [year]';
COMMENT ON COLUMN measure.lcse_eur_per_mwh IS 'Levelised cost of saved energy: annuity and upkeep over energy saved, before the value of the energy; null where none is saved [EUR/MWh]';
COMMENT ON COLUMN measure.nac_eur IS 'Net annual cost: annuity and upkeep less the value of the energy saved; negative pays for itself [EUR]';
COMMENT ON COLUMN measure.saved_t IS 'CO2 saved per year, with marginal factors for electricity [t]';
COMMENT ON COLUMN measure.floor_basis IS 'Floor that it goes by: building_stock (the stock''s heat by the member''s own calibrated_kwh_m2 there) or national_mean (its use by the country''s mean, where the member''s buildings are not known, and of services'' lighting); null where it does not go by floor';
COMMENT ON COLUMN measure.assumption_share IS 'Share of the factors behind its saving and cost that are assumptions or from memory, not seen in a source [1]';
COMMENT ON COLUMN measure.econ_view IS 'societal: without VAT; prices of district heat and delivered electricity contain the network and in part fuel tax';
COMMENT ON COLUMN measure.price_base_year IS 'Year whose euro money is stated in [year]';
