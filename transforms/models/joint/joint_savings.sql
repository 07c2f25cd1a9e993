-- Joint savings: one row is an agreement, or all together (ALL), and what the members gain by it: the sum of what each member
-- pays alone, C(i), less what they pay together, C(all). Alone is the best that each can do by itself. gain_mwh and gain_t ask
-- what more could be saved or cut for the money that the members would spend alone. The range is the 10th to 90th percentile
-- over draws of all uncertain figures, each played again alone and together with the same draw. ALL adds up the agreements
-- whose gain counts. From coalition_value's games, by the program.
CREATE TABLE joint_savings (
  plan VARCHAR, scenario_id VARCHAR, agreement_id VARCHAR, alone_eur DOUBLE, joint_eur DOUBLE, gain_eur DOUBLE, gain_share DOUBLE, gain_p10_eur DOUBLE,
  gain_p50_eur DOUBLE, gain_p90_eur DOUBLE, gain_mean_eur DOUBLE, gain_probability DOUBLE, gain_mwh DOUBLE, gain_p10_mwh DOUBLE, gain_p50_mwh DOUBLE, gain_p90_mwh DOUBLE,
  gain_t DOUBLE, gain_p10_t DOUBLE, gain_p50_t DOUBLE, gain_p90_t DOUBLE, byproduct_t DOUBLE, target_mwh DOUBLE, target_t DOUBLE, gain_nature VARCHAR, backstop_used BOOLEAN, recommended_rule VARCHAR, cover_gain_eur DOUBLE,
  best_groups VARCHAR, good_neighbour_ok BOOLEAN, transfer_individual_eur DOUBLE, transfer_core_eur DOUBLE, cherry_pick_loss_eur DOUBLE,
  cherry_pick_stable_loss_eur DOUBLE, n_draws INTEGER, assumption_share DOUBLE, example_share DOUBLE, example BOOLEAN, complete BOOLEAN, price_base_year SMALLINT, sentence_en
  VARCHAR, sentence_da VARCHAR, sentence_sv VARCHAR);
COMMENT ON TABLE joint_savings IS 'The headline: what the members gain by doing it together instead of each alone. No grade: its range comes from draws of the uncertain figures, gain_p10_eur to gain_p90_eur. key: plan, scenario_id, agreement_id';
COMMENT ON COLUMN joint_savings.plan IS 'The plan, by its id';
COMMENT ON COLUMN joint_savings.scenario_id IS 'PLAN: targets met by the measures of the base year''s stock';
COMMENT ON COLUMN joint_savings.agreement_id IS 'Agreement, or ALL for all together whose gain counts';
COMMENT ON COLUMN joint_savings.alone_eur IS 'Cost per year when each member reaches its aims alone; negative when that earns [EUR]';
COMMENT ON COLUMN joint_savings.joint_eur IS 'Cost per year when the members reach the same aims together [EUR]';
COMMENT ON COLUMN joint_savings.gain_eur IS 'Money saved per year: alone less joint [EUR]';
COMMENT ON COLUMN joint_savings.gain_share IS 'Gain as a share of what the members pay, or earn, alone; null when that is nothing [1]';
COMMENT ON COLUMN joint_savings.gain_p10_eur IS '10th percentile of the gain over the draws of the uncertain figures; null without draws [EUR]';
COMMENT ON COLUMN joint_savings.gain_p50_eur IS 'Median [EUR]';
COMMENT ON COLUMN joint_savings.gain_p90_eur IS '90th percentile [EUR]';
COMMENT ON COLUMN joint_savings.gain_mean_eur IS 'Mean [EUR]';
COMMENT ON COLUMN joint_savings.gain_probability IS 'Share of the draws with a gain of at least a cent [1]';
COMMENT ON COLUMN joint_savings.gain_mwh IS 'Energy more per year, see table coalition_value: of ALL what pooled targets save more, because nothing else saves energy; null for shared plants, and with a target of CO2 or a shared resource [MWh]';
COMMENT ON COLUMN joint_savings.gain_p10_mwh IS '10th percentile of the same [MWh]';
COMMENT ON COLUMN joint_savings.gain_p50_mwh IS 'Median [MWh]';
COMMENT ON COLUMN joint_savings.gain_p90_mwh IS '90th percentile [MWh]';
COMMENT ON COLUMN joint_savings.gain_t IS 'CO2 cut more per year, see table coalition_value: of ALL what pooled targets and shared plants cut more; null with a target of CO2 or a shared resource [t]';
COMMENT ON COLUMN joint_savings.gain_p10_t IS '10th percentile of the same [t]';
COMMENT ON COLUMN joint_savings.gain_p50_t IS 'Median [t]';
COMMENT ON COLUMN joint_savings.gain_p90_t IS '90th percentile [t]';
COMMENT ON COLUMN joint_savings.byproduct_t IS 'CO2 that the plan which saves the money cuts more per year than the plans alone; may be negative [t]';
COMMENT ON COLUMN joint_savings.target_mwh IS 'Sum of the targets of energy; null where no signatory has one, for other mechanisms and for ALL [MWh]';
COMMENT ON COLUMN joint_savings.target_t IS 'Sum of the targets of CO2; null where no signatory has one, for other mechanisms and for ALL [t]';
COMMENT ON COLUMN joint_savings.gain_nature IS 'resource: saved for society; accounting: netted without physical change; transfer: what the members gain others pay. ALL adds up resource alone';
COMMENT ON COLUMN joint_savings.backstop_used IS 'Somebody''s measures do not reach the target: the gain depends on the backstop price';
COMMENT ON COLUMN joint_savings.recommended_rule IS 'shapley where no group of members could do better alone under it, else nucleolus; null where neither has an answer, because all together lose';
COMMENT ON COLUMN joint_savings.cover_gain_eur IS 'The most that the members can gain when they may also act in smaller groups, of ALL in other groups for each agreement; null above 12 signatories [EUR]';
COMMENT ON COLUMN joint_savings.best_groups IS 'Those groups, parted by semicolons; one group when acting all together is best; null above 12 signatories and for ALL';
COMMENT ON COLUMN joint_savings.good_neighbour_ok IS 'Of ALL: under the agreed keys no member loses over all agreements; null where a key is unknown';
COMMENT ON COLUMN joint_savings.transfer_individual_eur IS 'Of ALL: smallest side payments after which no member loses, what changes hands [EUR]';
COMMENT ON COLUMN joint_savings.transfer_core_eur IS 'Of ALL: smallest ones after which no group could do better alone; null when there are none [EUR]';
COMMENT ON COLUMN joint_savings.cherry_pick_loss_eur IS 'Of ALL: gain that is lost when every member leaves the agreements by which it loses, once [EUR]';
COMMENT ON COLUMN joint_savings.cherry_pick_stable_loss_eur IS 'The same when they go on until nobody wants to leave [EUR]';
COMMENT ON COLUMN joint_savings.n_draws IS 'Draws that were made: those that the plan asks for, or fewer where a target of CO2 or a shared resource asks for a linear program of every group in every draw; null without, and where fewer than 100 would be left [1]';
COMMENT ON COLUMN joint_savings.assumption_share IS 'Of a pooled target the share of the joint plan''s energy, or of its CO2 where nobody has a target of energy, that comes from measures with an assumption or a remembered figure among their factors, or at a backstop price that is one; of others 1 where one is among theirs; of ALL the mean by gain [1]';
COMMENT ON COLUMN joint_savings.example_share IS 'Share of the gain that rests on examples: of an agreement 1 where it, or a target of a signatory, is one that no council has signed or adopted, else 0; of ALL the mean by gain, null where nothing is gained [1]';
COMMENT ON COLUMN joint_savings.example IS 'The agreement or a target is an example that no council has signed or adopted';
COMMENT ON COLUMN joint_savings.complete IS 'Every stock of every member is known, and of ALL every agreement that counts has a figure; otherwise gains are too small by what is missing';
COMMENT ON COLUMN joint_savings.price_base_year IS 'Year whose euro money is stated in [year]';
COMMENT ON COLUMN joint_savings.sentence_en IS 'The row in words, in English';
COMMENT ON COLUMN joint_savings.sentence_da IS 'The row in words, in Danish';
COMMENT ON COLUMN joint_savings.sentence_sv IS 'The row in words, in Swedish';
