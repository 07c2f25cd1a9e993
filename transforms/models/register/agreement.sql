-- Agreement: one row is what some members do together, or might. From the plan file.
CREATE TABLE agreement (
  plan VARCHAR, agreement_id VARCHAR, title_da VARCHAR, title_sv VARCHAR, title_en VARCHAR, status VARCHAR, mechanism VARCHAR,
  quorum INTEGER, key_type VARCHAR, key_shares VARCHAR, key_reason VARCHAR, valid_from SMALLINT, valid_to SMALLINT, gain_nature VARCHAR);
COMMENT ON TABLE agreement IS 'Agreements of the plan. One with status example has been signed by no council. key: plan, agreement_id';
COMMENT ON COLUMN agreement.plan IS 'The plan, by its id';
COMMENT ON COLUMN agreement.agreement_id IS 'Agreement';
COMMENT ON COLUMN agreement.title_da IS 'Title in Danish';
COMMENT ON COLUMN agreement.title_sv IS 'Title in Swedish';
COMMENT ON COLUMN agreement.title_en IS 'Title in English';
COMMENT ON COLUMN agreement.status IS 'signed, proposed or example';
COMMENT ON COLUMN agreement.mechanism IS 'How it saves: pooled_target (the members meet the sum of their targets where it is cheapest), scale (they buy, staff or build together), netting (one''s surplus covers another''s need in the same hour), shared_plant (they burn a common resource), network (they draw heat from one member)';
COMMENT ON COLUMN agreement.quorum IS 'How many members must take part for it to hold [1]';
COMMENT ON COLUMN agreement.key_type IS 'The key by which it is shared: final_energy, population, target, use (the mechanism''s own amounts), equal, mixed or own; see table agreement_member';
COMMENT ON COLUMN agreement.key_shares IS 'What the key shares: cost (the joint cost or profit) or gain';
COMMENT ON COLUMN agreement.key_reason IS 'Why, in the members'' own words';
COMMENT ON COLUMN agreement.valid_from IS 'First year; null when not stated [year]';
COMMENT ON COLUMN agreement.valid_to IS 'Last year; null when not stated [year]';
COMMENT ON COLUMN agreement.gain_nature IS 'resource: what it saves is saved for society; accounting: netted without physical change; transfer: one party''s gain is another''s loss';

SELECT plan, agreement_id, title_da, title_sv, title_en, status, mechanism, quorum, key_type, key_shares, key_reason, valid_from, valid_to,
  CASE WHEN mechanism <> 'netting' THEN 'resource' WHEN definition LIKE '%"legal_basis"%' THEN 'transfer' ELSE 'accounting' END AS gain_nature
FROM plan.agreement;
