-- Agreement incidence: one row is what an agreement does to a member of the plan under the key that was agreed: to one that has
-- signed, or might. The member's part is w_i v(all) where the key shares the gain and C(i) - w_i C(all) where it shares the
-- cost; what the gain of all falls by when the member leaves is its exit value; the rows of ALL add up the agreements whose
-- gain counts. From coalition_value's games and agreement_member, by the program.
CREATE TABLE agreement_incidence (
  plan VARCHAR, scenario_id VARCHAR, agreement_id VARCHAR, country VARCHAR, muni_code VARCHAR, signs BOOLEAN, key_type VARCHAR, key_shares VARCHAR,
  gain_eur DOUBLE, loses BOOLEAN, low_eur DOUBLE, median_eur DOUBLE, high_eur DOUBLE, gain_probability DOUBLE, exit_value_eur DOUBLE, stays BOOLEAN, entry_value_eur
  DOUBLE, entry_gain_eur DOUBLE, portfolio_gain_eur DOUBLE, transfer_individual_eur DOUBLE, transfer_core_eur DOUBLE, price_base_year SMALLINT, example
  BOOLEAN);
COMMENT ON TABLE agreement_incidence IS 'Who gains and who loses under the agreed keys, what leaving would cost all, and what joining would bring. The rows of ALL hold each member to the promise that the whole is better for it. key: plan, scenario_id, agreement_id, country, muni_code';
COMMENT ON COLUMN agreement_incidence.plan IS 'The plan, by its id';
COMMENT ON COLUMN agreement_incidence.scenario_id IS 'PLAN: targets met by the measures of the base year''s stock';
COMMENT ON COLUMN agreement_incidence.agreement_id IS 'Agreement, or ALL for all together whose gain counts';
COMMENT ON COLUMN agreement_incidence.country IS 'Country: DK or SE';
COMMENT ON COLUMN agreement_incidence.muni_code IS 'Municipality code';
COMMENT ON COLUMN agreement_incidence.signs IS 'The member has signed the agreement; of ALL, one that counts';
COMMENT ON COLUMN agreement_incidence.key_type IS 'The agreed key, see table agreement; - for ALL';
COMMENT ON COLUMN agreement_incidence.key_shares IS 'What the key shares: cost (the joint cost or profit) or gain; - for ALL';
COMMENT ON COLUMN agreement_incidence.gain_eur IS 'Gain of the member per year under the agreed key; null for those who have not signed, and where the agreement or the key lacks a figure [EUR]';
COMMENT ON COLUMN agreement_incidence.loses IS 'The member would be better off without the agreement';
COMMENT ON COLUMN agreement_incidence.low_eur IS '10th percentile of the gain over the draws [EUR]';
COMMENT ON COLUMN agreement_incidence.median_eur IS 'Median: half of the draws give the member less [EUR]';
COMMENT ON COLUMN agreement_incidence.high_eur IS '90th percentile [EUR]';
COMMENT ON COLUMN agreement_incidence.gain_probability IS 'Share of the draws in which the member gains at least a cent [1]';
COMMENT ON COLUMN agreement_incidence.exit_value_eur IS 'What the whole gain falls by, per year, when the member leaves and the others go on; who loses it is in table exit_loss [EUR]';
COMMENT ON COLUMN agreement_incidence.stays IS 'The member is still in when all leave what they lose by, until nobody wants to leave; null for agreements that do not count';
COMMENT ON COLUMN agreement_incidence.entry_value_eur IS 'What the gain rises by, per year, when a member that has not signed joins; null where a figure of it is missing [EUR]';
COMMENT ON COLUMN agreement_incidence.entry_gain_eur IS 'What it would get of that under the agreed key [EUR]';
COMMENT ON COLUMN agreement_incidence.portfolio_gain_eur IS 'Gain of the member per year over all agreements that count [EUR]';
COMMENT ON COLUMN agreement_incidence.transfer_individual_eur IS 'Of ALL: what it gets, or pays when negative, in the smallest side payments after which no member loses [EUR]';
COMMENT ON COLUMN agreement_incidence.transfer_core_eur IS 'Of ALL: the same for the smallest ones after which no group could do better alone; null when there are none [EUR]';
COMMENT ON COLUMN agreement_incidence.price_base_year IS 'Year whose euro money is stated in [year]';
COMMENT ON COLUMN agreement_incidence.example IS 'The agreement or a target is an example that no council has signed or adopted';
