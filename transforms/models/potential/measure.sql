-- Measure: one row is a measure, or a package of measures, on one stock of a member, with what it
-- saves and costs in a year. From end_use and the registries of measures, packages and factors.
CREATE TABLE measure (
  plan VARCHAR, country VARCHAR, muni_code VARCHAR, stock VARCHAR, measure_id VARCHAR, scenario_id VARCHAR, "case" VARCHAR, industry BOOLEAN,
  potential_mwh DOUBLE, invest_eur DOUBLE, om_eur DOUBLE, life_years DOUBLE, lcse_eur_per_mwh DOUBLE, nac_eur DOUBLE, saved_t DOUBLE, assumption_share DOUBLE, econ_view VARCHAR, price_base_year SMALLINT);
COMMENT ON TABLE measure IS 'Saving measures on the members'' own stocks. Those on one stock exclude each other: of two packages one is chosen. In a package each measure acts on what the one before it leaves, and a heat pump is sized for the reduced demand. key: plan, country, muni_code, stock, measure_id, scenario_id, case';
COMMENT ON COLUMN measure.plan IS 'The plan, by its id';
COMMENT ON COLUMN measure.country IS 'Country: DK or SE';
COMMENT ON COLUMN measure.muni_code IS 'Municipality code';
COMMENT ON COLUMN measure.stock IS 'Stock on which it acts, see table end_use';
COMMENT ON COLUMN measure.measure_id IS 'Measure or package, see table measure_catalogue';
COMMENT ON COLUMN measure.scenario_id IS 'REF: on the stock of the base year. The joint tables'' scenario PLAN takes its measures from here';
COMMENT ON COLUMN measure."case" IS 'central: every factor at its central value';
COMMENT ON COLUMN measure.industry IS 'The stock is industry''s or business'' own';
COMMENT ON COLUMN measure.potential_mwh IS 'Final energy saved per year when it is done wherever it applies [MWh]';
COMMENT ON COLUMN measure.invest_eur IS 'Investment, once [EUR]';
COMMENT ON COLUMN measure.om_eur IS 'Operation and maintenance more than before, per year [EUR]';
COMMENT ON COLUMN measure.life_years IS 'Lifetime; of a package the investment-weighted mean [year]';
COMMENT ON COLUMN measure.lcse_eur_per_mwh IS 'Levelised cost of saved energy: annuity and upkeep over energy saved, before the value of the energy [EUR/MWh]';
COMMENT ON COLUMN measure.nac_eur IS 'Net annual cost: annuity and upkeep less the value of the energy saved; negative pays for itself [EUR]';
COMMENT ON COLUMN measure.saved_t IS 'CO2 saved per year, with marginal factors for electricity [t]';
COMMENT ON COLUMN measure.assumption_share IS 'Share of the factors behind its saving and cost that are assumptions or from memory, not seen in a source [1]';
COMMENT ON COLUMN measure.econ_view IS 'societal: without VAT; prices of district heat and delivered electricity contain the network and in part fuel tax';
COMMENT ON COLUMN measure.price_base_year IS 'Year whose euro money is stated in [year]';

WITH rate AS (SELECT discount_rate AS r, price_year FROM plan.plan),
-- What a stock costs and emits today, per MWh of its final energy, and how much floor it warms or lights.
place AS (
  SELECT country, muni_code, replace(replace(replace(lower(name), 'ø', 'oe'), 'æ', 'ae'), 'å', 'aa') AS ascii_name FROM plan.member),
stock AS (
  SELECT e.*,
    CASE WHEN stock IN ('heat_fossil', 'heat_other', 'heat_district', 'heat_electric') THEN heat_mwh * 1000 / if(country = 'DK', factor('heat_demand_dk_dwelling_mean', 'DK', year), factor('heat_use_se_detached_mean', 'SE', 2020))
      WHEN stock = 'electricity_service' THEN energy_mwh * 1000 / factor('service_electricity_per_m2', country, year) END AS floor_m2,
    -- Own boilers burn natural gas in Denmark, heating oil in Sweden.
    CASE stock WHEN 'heat_fossil' THEN if(country = 'DK', price('price_natural_gas_delivered', 'DK', 2025), price('price_gas_oil', 'SE', 2025))
      WHEN 'heat_other' THEN if(country = 'DK', price('price_wood_pellets', 'DK', 2025), price('price_wood_chips', 'SE', 2025))
      -- A network's own price where it is at hand, else the country's median.
      WHEN 'heat_district' THEN coalesce(price('price_district_heat_' || ascii_name, country, 2025), price('price_district_heat', country, 2025))
      WHEN 'heat_industry' THEN price('price_natural_gas', country, 2025)
      ELSE price('price_electricity_delivered', country, 2025) END AS eur_per_mwh,
    CASE stock WHEN 'heat_fossil' THEN if(country = 'DK', factor('ef_natural_gas', 'DK', 2025), factor('ef_gas_oil', 'SE', 2025))
      WHEN 'heat_other' THEN 0
      WHEN 'heat_district' THEN if(country = 'DK', factor('ef_dh_default', 'DK', 2025) / (1 - factor('dh_loss_rate', 'DK', 2025)), factor('ef_dh_default', 'SE', 2025))
      WHEN 'heat_industry' THEN factor('ef_natural_gas', country, 2025)
      ELSE factor_of_role('ef_electricity', country, 2025, 'marginal') END AS kg_per_mwh
  FROM end_use e JOIN place USING (country, muni_code) WHERE energy_mwh > 0),
-- One measure on one stock: the share of demand that it saves, what it costs.
step AS (
  SELECT s.country, s.muni_code, s.stock, k.package_id, m.measure_id, m.stage, m.saving_per,
    factor(m.life, s.country, 2025) AS life,
    if(m.share IS NULL, 1, factor(m.share, s.country, 2025)) AS applies,
    CASE m.saving_per
      WHEN 'kwh_m2' THEN if(m.share IS NULL, 1, factor(m.share, s.country, 2025)) * factor('saving_realisation_rho', s.country, 2025) * factor(m.saving, s.country, 2025) * s.floor_m2 / 1000 / s.heat_mwh
      WHEN 'heat_share' THEN if(m.share IS NULL, 1, factor(m.share, s.country, 2025)) * factor('saving_realisation_rho', s.country, 2025) * factor(m.saving, s.country, 2025)
      WHEN 'share' THEN if(m.share IS NULL, 1, factor(m.share, s.country, 2025)) * factor(m.saving, s.country, 2025)
      ELSE 0 END AS saved_share,
    CASE WHEN m.saving_per = 'spf' THEN factor(m.saving, s.country, 2025) END AS spf,
    CASE m.invest_per
      WHEN 'm2' THEN s.floor_m2 * if(m.measure_id = 'E2', 1, if(m.share IS NULL, 1, factor(m.share, s.country, 2025)))
      WHEN 'mwh' THEN s.energy_mwh * factor(m.saving, s.country, 2025)
    END * factor(m.invest, s.country, 2025) AS invest_eur,
    CASE WHEN m.invest_per = 'kw' THEN 1000 / factor('heat_pump_full_load_hours', s.country, 2025) * factor(m.invest, s.country, 2025) END AS invest_eur_per_mwh_heat,
    if(m.upkeep IS NULL, 0, factor(m.upkeep, s.country, 2025)) AS upkeep,
    list_filter([m.invest, m.saving, m.life, m.upkeep, m.share, if(m.saving_per IN ('kwh_m2', 'heat_share'), 'saving_realisation_rho', NULL),
      CASE s.stock WHEN 'heat_fossil' THEN if(s.country = 'DK', 'price_natural_gas_delivered', 'price_gas_oil') WHEN 'heat_other' THEN if(s.country = 'DK', 'price_wood_pellets', 'price_wood_chips')
        WHEN 'heat_district' THEN 'price_district_heat' WHEN 'heat_industry' THEN 'price_natural_gas' ELSE 'price_electricity_delivered' END,
      if(m.saving_per = 'spf', 'price_electricity_delivered', NULL), if(m.saving_per = 'spf', 'heat_pump_full_load_hours', NULL)], lambda f: f IS NOT NULL) AS factors
  FROM stock s JOIN registry.package k ON k.stock = s.stock JOIN registry.measure m ON m.measure_id = k.measure_id),
-- A package: measures on demand multiply, conversion comes last and is sized for what is left.
demand AS (
  SELECT country, muni_code, stock, package_id, product(1 - saved_share) AS left_share, max(spf) AS spf
  FROM (FROM step ORDER BY package_id, measure_id) GROUP BY ALL),
cost AS (
  SELECT s.country, s.muni_code, s.stock, s.package_id, fsum(i.invest ORDER BY s.measure_id) AS invest_eur,
    fsum(i.invest * s.upkeep ORDER BY s.measure_id) AS om_eur,
    fsum(i.invest * r.r / (1 - (1 + r.r) ** (-s.life)) ORDER BY s.measure_id) AS annuity_eur,
    fsum(i.invest * s.life ORDER BY s.measure_id) / fsum(i.invest ORDER BY s.measure_id) AS life_years,
    list_distinct(flatten(list(s.factors))) AS factors
  FROM step s JOIN demand d USING (country, muni_code, stock, package_id) JOIN stock e USING (country, muni_code, stock)
  JOIN LATERAL (SELECT coalesce(s.invest_eur, s.invest_eur_per_mwh_heat * e.heat_mwh * d.left_share) AS invest) i ON true CROSS JOIN rate r
  GROUP BY ALL),
saving AS (
  SELECT e.*, d.package_id, d.left_share, d.spf,
    -- Energy after the package: as before but less, or electricity for the heat pump.
    if(d.spf IS NULL, e.energy_mwh * d.left_share, e.heat_mwh * d.left_share / d.spf) AS after_mwh,
    if(d.spf IS NULL, e.eur_per_mwh, price('price_electricity_delivered', e.country, 2025)) AS after_eur_per_mwh,
    if(d.spf IS NULL, e.kg_per_mwh, factor_of_role('ef_electricity', e.country, 2025, 'marginal')) AS after_kg_per_mwh
  FROM stock e JOIN demand d USING (country, muni_code, stock))
SELECT s.plan, s.country, s.muni_code, s.stock, s.package_id AS measure_id, 'REF' AS scenario_id, 'central' AS "case", s.industry,
  round(s.energy_mwh - s.after_mwh, 3) AS potential_mwh, round(c.invest_eur, 2) AS invest_eur, round(c.om_eur, 2) AS om_eur, round(c.life_years, 3) AS life_years,
  round((c.annuity_eur + c.om_eur) / (s.energy_mwh - s.after_mwh), 6) AS lcse_eur_per_mwh,
  round(c.annuity_eur + c.om_eur - s.energy_mwh * s.eur_per_mwh + s.after_mwh * s.after_eur_per_mwh, 2) AS nac_eur,
  round((s.energy_mwh * s.kg_per_mwh - s.after_mwh * s.after_kg_per_mwh) / 1000, 3) AS saved_t,
  (SELECT round(count(DISTINCT factor_id) FILTER (mark <> 'S') / count(DISTINCT factor_id), 6) FROM registry.factor f WHERE list_contains(c.factors, f.factor_id) AND coalesce(f.country, s.country) = s.country) AS assumption_share,
  'societal' AS econ_view, r.price_year::SMALLINT AS price_base_year
FROM saving s JOIN cost c ON c.country = s.country AND c.muni_code = s.muni_code AND c.stock = s.stock AND c.package_id = s.package_id CROSS JOIN rate r;
