-- Tornado: one row is an uncertain figure set to the ends of its range, all others at their most likely values, and what that
-- does to the joint gain, or to one member: the game of every agreement is solved again for each end. The twelve figures that
-- move the gain most, and the choices that are always shown. From factor's ranges and coalition_value's games, by the program.
CREATE TABLE tornado (
  plan VARCHAR, scenario_id VARCHAR, param_id VARCHAR, country VARCHAR, muni_code VARCHAR, rank INTEGER, always BOOLEAN, low_value DOUBLE, value DOUBLE,
  high_value DOUBLE, value_unit VARCHAR, mark VARCHAR, low_gain_eur DOUBLE, gain_eur DOUBLE, high_gain_eur DOUBLE, swing_eur DOUBLE, low_gain_mwh
  DOUBLE, high_gain_mwh DOUBLE, low_gain_t DOUBLE, high_gain_t DOUBLE, decision_flip BOOLEAN);
COMMENT ON TABLE tornado IS 'What decides the result: the twelve figures with the largest swing of the joint gain, and the choices that are always shown. key: plan, scenario_id, param_id, country, muni_code';
COMMENT ON COLUMN tornado.plan IS 'The plan, by its id';
COMMENT ON COLUMN tornado.scenario_id IS 'PLAN: targets met by the measures of the base year''s stock';
COMMENT ON COLUMN tornado.param_id IS 'Factor of table factor (with the country where the row is its own), discount_rate, use_ and a stock of table end_use at a municipality, or heat_demand@ and a municipality: the heat per m2 of its buildings in table building_stock';
COMMENT ON COLUMN tornado.country IS 'Country: DK or SE; - for all together';
COMMENT ON COLUMN tornado.muni_code IS 'Municipality code; - for all together';
COMMENT ON COLUMN tornado.rank IS 'Place by the swing of all together, from 1 [1]';
COMMENT ON COLUMN tornado.always IS 'Shown whatever its swing: a choice or assumption that a council may want to see turned';
COMMENT ON COLUMN tornado.low_value IS 'Low end of its range [value_unit]';
COMMENT ON COLUMN tornado.value IS 'Most likely value [value_unit]';
COMMENT ON COLUMN tornado.high_value IS 'High end of its range [value_unit]';
COMMENT ON COLUMN tornado.value_unit IS 'Unit of low_value, value and high_value';
COMMENT ON COLUMN tornado.mark IS 'S seen in a source, M from memory, A assumed';
COMMENT ON COLUMN tornado.low_gain_eur IS 'Gain of all agreements that count, or of the member under the agreed keys, per year at the low end; null for a member where a key is unknown [EUR]';
COMMENT ON COLUMN tornado.gain_eur IS 'The same at the most likely value [EUR]';
COMMENT ON COLUMN tornado.high_gain_eur IS 'The same at the high end [EUR]';
COMMENT ON COLUMN tornado.swing_eur IS 'Distance between the largest and the smallest of the three: at the low end, the most likely value and the high end; more than that of the ends where both give less, or both more [EUR]';
COMMENT ON COLUMN tornado.low_gain_mwh IS 'Energy saved more for the same money by pooled targets at the low end, see table coalition_value; null for a member [MWh]';
COMMENT ON COLUMN tornado.high_gain_mwh IS 'The same at the high end [MWh]';
COMMENT ON COLUMN tornado.low_gain_t IS 'CO2 cut more at the low end, see table coalition_value; null for a member [t]';
COMMENT ON COLUMN tornado.high_gain_t IS 'The same at the high end [t]';
COMMENT ON COLUMN tornado.decision_flip IS 'The member turns from gaining to losing or back; all together: any member does, or another way of sharing is recommended (asked of up to 8 signatories)';
