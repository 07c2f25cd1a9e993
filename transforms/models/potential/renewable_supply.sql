-- Renewable supply: one row is what a member's unused realisable potential of a resource would give and cost when plants were
-- built for it, in a case. From renewable_potential, the registry of plants and the factors; hours as the potential has them.
CREATE TABLE renewable_supply (
  plan VARCHAR, country VARCHAR, muni_code VARCHAR, resource VARCHAR, "case" VARCHAR, measure_id VARCHAR, name VARCHAR, carrier_id VARCHAR,
  unused_mwh DOUBLE, energy_mwh DOUBLE, power_mw DOUBLE, full_load_h DOUBLE, invest_eur DOUBLE, lcoe_eur_per_mwh DOUBLE, value_eur_per_mwh DOUBLE,
  saved_t DOUBLE, abatement_eur_per_t DOUBLE, rank INTEGER, cumulative_mwh DOUBLE, joint_rank INTEGER, joint_cumulative_mwh DOUBLE,
  grade VARCHAR, reason VARCHAR, econ_view VARCHAR, price_base_year SMALLINT);
COMMENT ON TABLE renewable_supply IS 'Supply curves of unused renewable energy, cheapest first, of each member and of all together. It is energy made and not energy saved: no target of saving counts it. Costs have their central values in every case. key: plan, country, muni_code, resource, case';
COMMENT ON COLUMN renewable_supply.plan IS 'The plan, by its id';
COMMENT ON COLUMN renewable_supply.country IS 'Country: DK or SE';
COMMENT ON COLUMN renewable_supply.muni_code IS 'Municipality code';
COMMENT ON COLUMN renewable_supply.resource IS 'Resource, see table renewable_potential; heat pumps of houses are in table measure';
COMMENT ON COLUMN renewable_supply."case" IS 'Case of the potential: low, central or high';
COMMENT ON COLUMN renewable_supply.measure_id IS 'Plant, P1 to P9';
COMMENT ON COLUMN renewable_supply.name IS 'The plant in words';
COMMENT ON COLUMN renewable_supply.carrier_id IS 'What the plant gives: electricity, district_heat or biomethane. Compare costs within one of them';
COMMENT ON COLUMN renewable_supply.unused_mwh IS 'Unused realisable potential per year, as table renewable_potential counts the resource; of solar power all use is taken from the fields first; null where the use is not known [MWh]';
COMMENT ON COLUMN renewable_supply.energy_mwh IS 'What plants would give of that per year: electricity, gas, or heat with the electricity that lifts it [MWh]';
COMMENT ON COLUMN renewable_supply.power_mw IS 'Power of these plants: what they give in the full-load hours [MW]';
COMMENT ON COLUMN renewable_supply.full_load_h IS 'Hours of full load a year; null where the member can have no such plant [h]';
COMMENT ON COLUMN renewable_supply.invest_eur IS 'Investment, once [EUR]';
COMMENT ON COLUMN renewable_supply.lcoe_eur_per_mwh IS 'Levelised cost of what the plant gives: annuity and fixed upkeep over the hours, variable upkeep, fuel and electricity [EUR/MWh]';
COMMENT ON COLUMN renewable_supply.value_eur_per_mwh IS 'What that is worth where it is fed in: electricity at a normal year''s wholesale price, gas at the plant; null for heat, whose price at the plant is not known [EUR/MWh]';
COMMENT ON COLUMN renewable_supply.saved_t IS 'CO2 cut per year: electricity replaces marginal electricity, gas natural gas, heat the mean heat of networks, less marginal electricity that it takes; below zero where that is more [t]';
COMMENT ON COLUMN renewable_supply.abatement_eur_per_t IS 'Cost less value, by CO2 cut; null where the plant pays for itself, cuts none, or the value is not known [EUR/t]';
COMMENT ON COLUMN renewable_supply.rank IS 'Place on the member''s curve of this case and carrier, from 1; null where there is nothing to build or no cost [1]';
COMMENT ON COLUMN renewable_supply.cumulative_mwh IS 'Energy of this place and all before it on the member''s curve of the carrier, per year [MWh]';
COMMENT ON COLUMN renewable_supply.joint_rank IS 'Place on the curve of the carrier of all members together, as rank [1]';
COMMENT ON COLUMN renewable_supply.joint_cumulative_mwh IS 'Energy of this place and all before it on the joint curve, per year [MWh]';
COMMENT ON COLUMN renewable_supply.grade IS 'Grade of the potential, see table renewable_potential';
COMMENT ON COLUMN renewable_supply.reason IS 'Why a figure is not there; - where all are';
COMMENT ON COLUMN renewable_supply.econ_view IS 'societal: without taxes and VAT';
COMMENT ON COLUMN renewable_supply.price_base_year IS 'Year whose euro money is stated in [year]';

WITH kilowatt AS (
  SELECT r.*, c.country, factor(r.invest, c.country, p.price_year) AS eur, factor(r.upkeep, c.country, p.price_year) AS upkeep_share,
    if(r.variable IS NULL, 0, factor(r.variable, c.country, p.price_year)) AS variable_eur, crf(p.discount_rate, factor(r.life, c.country, p.price_year)) AS crf,
    factor(r.hours, c.country, p.price_year) AS stated_h, if(r.yield IS NULL, 1, factor(r.yield, c.country, p.price_year)) AS fuel_yield,
    if(r.fuel_price IS NULL, 0, price(r.fuel_price, c.country, p.price_year)) AS fuel_eur,
    factor(r.cop, c.country, p.price_year) AS heat_per_electricity, price('price_electricity_wholesale_norm', c.country, p.price_year) AS electricity_eur,
    factor_of_role('ef_electricity', c.country, p.price_year, 'marginal') AS electricity_kg,
    -- Danish networks state it per MWh fed in, Swedish ones per MWh delivered.
    factor('ef_dh_default', c.country, p.price_year) * if(c.country = 'SE', 1 - factor('dh_loss_rate', c.country, p.price_year), 1) AS heat_kg,
    factor('ef_natural_gas', c.country, p.price_year) AS gas_kg, price('price_natural_gas', c.country, p.price_year) AS gas_eur
  FROM registry.plant r CROSS JOIN (VALUES ('DK'), ('SE')) c(country) CROSS JOIN plan.plan p),
plant AS (
  SELECT country, resource, measure_id, name, carrier_id, stated_h, fsum(eur ORDER BY part) AS invest_eur_per_kw, fsum(eur * (crf + upkeep_share) ORDER BY part) AS yearly_eur_per_kw,
    fsum(variable_eur ORDER BY part) AS variable_eur,
    -- Surplus heat is stated as it leaves the process: a heat pump adds its electricity.
    if(resource = 'surplus_heat', lifted(1, heat_per_electricity), fuel_yield) AS given,
    fuel_eur / fuel_yield + coalesce(electricity_eur / heat_per_electricity, 0) AS bought_eur,
    CASE carrier_id WHEN 'electricity' THEN electricity_kg WHEN 'biomethane' THEN gas_kg ELSE heat_kg - coalesce(electricity_kg / heat_per_electricity, 0) END AS cut_kg,
    CASE carrier_id WHEN 'electricity' THEN electricity_eur WHEN 'biomethane' THEN gas_eur END AS value_eur
  FROM kilowatt GROUP BY ALL),
hours AS (
  SELECT country, muni_code, resource, "case", hours FROM potential_power UNION ALL SELECT country, muni_code, resource, "case", hours FROM potential_heat),
potential AS (
  SELECT r.*, max(used_mwh) FILTER (resource = 'solar') OVER w AS solar_used, max(energy_mwh) FILTER (resource = 'solar_ground') OVER w AS fields
  FROM (FROM renewable_potential QUALIFY row_number() OVER (PARTITION BY country, muni_code, resource, "case" ORDER BY level = 'realisable' DESC, level) = 1) r
  WHERE level = 'realisable' OR energy_mwh IS NULL WINDOW w AS (PARTITION BY country, muni_code, "case")),
unused AS (
  SELECT r.plan, r.country, r.muni_code, r.resource, r."case", r.grade, r.energy_mwh AS realisable, r.reason AS told, p.* EXCLUDE (country, resource),
    CASE r.resource WHEN 'solar_ground' THEN at_least(r.energy_mwh - solar_used, 0) WHEN 'solar_roof' THEN at_least(r.energy_mwh - at_least(solar_used - fields, 0), 0)
      ELSE r.unused_mwh END AS unused_mwh, coalesce(p.stated_h, h.hours) AS full_load_h
  FROM potential r JOIN plant p ON p.country = r.country AND p.resource = r.resource
  LEFT JOIN hours h ON h.country = r.country AND h.muni_code = r.muni_code AND h.resource = r.resource AND h."case" = r."case"),
cost AS (
  SELECT *, round(unused_mwh * given, 3) AS energy_mwh, unused_mwh * given / full_load_h AS power_mw,
    round(lcoe(invest_eur_per_kw, yearly_eur_per_kw / invest_eur_per_kw, full_load_h, variable_eur + bought_eur), 6) AS lcoe_eur_per_mwh
  FROM unused),
ranked AS (
  SELECT *, energy_mwh > 0 AND lcoe_eur_per_mwh IS NOT NULL AS built FROM cost),
placed AS (
  SELECT country, muni_code, resource, "case", row_number() OVER own AS rank, row_number() OVER joint AS joint_rank,
    (sum(energy_mwh::DECIMAL(18,3)) OVER own)::DOUBLE AS cumulative_mwh, (sum(energy_mwh::DECIMAL(18,3)) OVER joint)::DOUBLE AS joint_cumulative_mwh
  FROM ranked WHERE built
  WINDOW own AS (PARTITION BY "case", carrier_id, country, muni_code ORDER BY lcoe_eur_per_mwh, resource ROWS UNBOUNDED PRECEDING),
    joint AS (PARTITION BY "case", carrier_id ORDER BY lcoe_eur_per_mwh, country, muni_code, resource ROWS UNBOUNDED PRECEDING))
SELECT r.plan, country, muni_code, resource, "case", measure_id, name, carrier_id, round(unused_mwh, 3) AS unused_mwh, energy_mwh, round(power_mw, 6) AS power_mw,
  round(full_load_h, 3) AS full_load_h, round(power_mw * 1000 * invest_eur_per_kw, 2) AS invest_eur, lcoe_eur_per_mwh, round(value_eur, 6) AS value_eur_per_mwh,
  round(energy_mwh * cut_kg / 1000, 3) AS saved_t, if(lcoe_eur_per_mwh > value_eur AND cut_kg > 0, round((lcoe_eur_per_mwh - value_eur) * 1000 / cut_kg, 6), NULL) AS abatement_eur_per_t,
  p.rank::INTEGER AS rank, p.cumulative_mwh, p.joint_rank::INTEGER AS joint_rank, p.joint_cumulative_mwh, grade,
  CASE WHEN realisable IS NULL THEN told WHEN unused_mwh IS NULL THEN 'what is used of it is not known' WHEN unused_mwh = 0 THEN 'nothing is unused'
    WHEN lcoe_eur_per_mwh IS NULL THEN 'there is no price of its fuel' ELSE '-' END AS reason,
  'societal' AS econ_view, y.price_year::SMALLINT AS price_base_year
FROM ranked r LEFT JOIN placed p USING (country, muni_code, resource, "case") CROSS JOIN plan.plan y;
