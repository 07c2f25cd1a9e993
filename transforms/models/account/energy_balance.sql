-- Energy balance: one row is a flow of energy of a member in a year, by carrier, sector and plant.
-- From final_use (what is used), secret_use (what may be said of its secret figures) and plant_flow
-- (what plants take in and give), and closing_flow (what follows from them), each with a method_id of its own.
CREATE TABLE energy_balance (
  plan VARCHAR, country VARCHAR, muni_code VARCHAR, year SMALLINT, "view" VARCHAR, flow VARCHAR, carrier_id VARCHAR, sector_id VARCHAR, plant_id VARCHAR, is_total BOOLEAN,
  energy_mwh DECIMAL(18,3), low_mwh DECIMAL(18,3), high_mwh DECIMAL(18,3), value_status VARCHAR, grade VARCHAR, half_width DOUBLE, publishable BOOLEAN, method_id VARCHAR, source_id VARCHAR,
  stated_by VARCHAR, published_mwh DECIMAL(18,3));
COMMENT ON TABLE energy_balance IS 'Energy account: what is produced, converted and used. A row with is_total is the publisher''s own total with its own status: never added to its parts. A secret figure is null, or an estimate between bounds that says so. key: plan, country, muni_code, year, view, flow, carrier_id, sector_id, plant_id';
COMMENT ON COLUMN energy_balance.plan IS 'The plan, by its id';
COMMENT ON COLUMN energy_balance.country IS 'Country: DK or SE';
COMMENT ON COLUMN energy_balance.muni_code IS 'Municipality code';
COMMENT ON COLUMN energy_balance.year IS 'Year. Danish electricity use of 2023 covers ISO weeks 1 to 52, 2 January to 31 December [year]';
COMMENT ON COLUMN energy_balance."view" IS 'consumption: counted where it is used; territorial: counted where the plant stands';
COMMENT ON COLUMN energy_balance.flow IS 'PROD: primary production; TRF_IN: put into conversion; TRF_OUT: given by conversion (its total of electricity, power:TOTAL, counts wind, hydro and solar power too); FINAL: final use, delivered at the consumer. What follows from these: LOSS: loss of networks; NET_IMP: what comes across the border less what goes out, of fuels with what is grown here; DIFF: difference that is left; GROSS: production and net import, all that is supplied from outside of conversion; CONVLOSS: what conversion loses. NET_IMP and DIFF can be negative';
COMMENT ON COLUMN energy_balance.carrier_id IS 'Energy carrier, see table carrier';
COMMENT ON COLUMN energy_balance.sector_id IS 'Sector of use, see table sector; - for flows without one';
COMMENT ON COLUMN energy_balance.plant_id IS 'Unit of the Danish producer count, wind_register for the turbines of a municipality, pv for its solar power, a class of plants in Sweden (power:chp, heat:heat_only ...), or - for use';
COMMENT ON COLUMN energy_balance.is_total IS 'The row is the publisher''s own total of carriers, sectors or plants: leave these rows out of every sum';
COMMENT ON COLUMN energy_balance.energy_mwh IS 'Energy, lower heating value; null when it is not known, with the reason in value_status [MWh]';
COMMENT ON COLUMN energy_balance.low_mwh IS 'What it is at least: of an observed figure and of one that the plan states the figure itself, of a secret one what the sums leave; null where nothing is known or may be published [MWh]';
COMMENT ON COLUMN energy_balance.high_mwh IS 'What it is at most, as low_mwh [MWh]';
COMMENT ON COLUMN energy_balance.value_status IS 'observed, zero, suppressed (kept secret by the publisher, or withheld here so that nothing secret follows), not_available, derived or estimated (of a secret figure, or with an assumed one); observed or zero of a figure that the plan states';
COMMENT ON COLUMN energy_balance.grade IS 'A metered or complete register; B official statistic with a model; C estimate from local activity; D default; E filled gap; estimates of secret figures by the width of their bounds: C up to a fifth of the estimate, D up to all of it, E more';
COMMENT ON COLUMN energy_balance.half_width IS 'Uncertainty that goes with the grade: half of the range as a share of the value, 95 % [1]';
COMMENT ON COLUMN energy_balance.publishable IS 'Something of the figure may be published: false of a secret figure of which nothing is said';
COMMENT ON COLUMN energy_balance.method_id IS 'How it was counted: as publishers state it eds_iso_weeks, kre, ept or wind_register, or own for a figure that only the plan has; of secret figures kre_ipf (estimated), kre_bounds (bounds alone), kre_withheld (the rest tells too much of it, or would tell a secret cell); what follows from these: network_share (by district heating network), turbine_yield (turbines that stand, each at the mean of its last years), pv_yield (power times a usual yield), loss_rate, heat_pump_cop, boiler_efficiency, heat_pump_share, heat_is_input, nature_gives, residual and closing';
COMMENT ON COLUMN energy_balance.source_id IS 'Publisher, see table source; samkraft where it follows from several';
COMMENT ON COLUMN energy_balance.stated_by IS 'publisher; samkraft where it follows from others; or the plan itself: correction (see table correction) or figure (see table own_figure)';
COMMENT ON COLUMN energy_balance.published_mwh IS 'What the publisher says where the plan corrects it; else null [MWh]';

WITH flows AS (
  SELECT f.country, f.muni_code, f.year, 'consumption' AS "view", 'FINAL' AS flow, f.carrier_id, f.sector_id, '-' AS plant_id,
    coalesce(s.energy_mwh, f.energy_mwh) AS energy_mwh, s.low_mwh, s.high_mwh, coalesce(s.value_status, f.value_status) AS value_status,
    coalesce(s.grade, f.grade) AS grade, s.publishable, coalesce(s.method_id, f.method_id) AS method_id, f.source_id, f.stated_by, f.published_mwh, f._origin
  FROM final_use f LEFT JOIN secret_use s USING (country, muni_code, year, carrier_id, sector_id)
  UNION ALL
  SELECT country, muni_code, year, 'territorial', flow, carrier_id, '-', plant_id, energy_mwh, NULL, NULL, value_status, grade, NULL, method_id, source_id, 'publisher', NULL, _origin FROM plant_flow
  UNION ALL BY NAME
  SELECT *, 'samkraft' AS stated_by FROM closing_flow)
SELECT m.plan, country, muni_code, year, "view", flow, carrier_id, sector_id, plant_id, carrier_id = 'TOTAL' OR sector_id = 'TOTAL' OR plant_id LIKE '%:TOTAL' AS is_total,
  energy_mwh, coalesce(low_mwh, energy_mwh) AS low_mwh, coalesce(high_mwh, energy_mwh) AS high_mwh, value_status, grade,
  if(energy_mwh IS NULL, NULL, factor('quality_half_width_' || lower(grade), country, year)) AS half_width, coalesce(publishable, value_status <> 'suppressed') AS publishable,
  method_id, source_id, stated_by, published_mwh, g._origin
FROM flows g JOIN plan.member m USING (country, muni_code);
