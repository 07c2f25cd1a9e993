-- Agreement member: one row is a signatory of an agreement and its part of the joint
-- cost by the agreement's key. From the plan file, population and energy use.
CREATE TABLE agreement_member (plan VARCHAR, agreement_id VARCHAR, country VARCHAR, muni_code VARCHAR, key_weight DOUBLE);
COMMENT ON TABLE agreement_member IS 'Who takes part in an agreement, and its share of the joint cost by the agreement''s key. key: plan, agreement_id, country, muni_code';
COMMENT ON COLUMN agreement_member.plan IS 'The plan, by its id';
COMMENT ON COLUMN agreement_member.agreement_id IS 'Agreement';
COMMENT ON COLUMN agreement_member.country IS 'Country: DK or SE';
COMMENT ON COLUMN agreement_member.muni_code IS 'Municipality code';
COMMENT ON COLUMN agreement_member.key_weight IS 'Share of the joint cost; the shares of an agreement add up to 1; null when the key''s figures are missing for a signatory [1]';

WITH size AS (
  SELECT s.*, a.key_type,
    CASE a.key_type
      WHEN 'equal' THEN 1.0
      WHEN 'population' THEN (SELECT arg_max(population, date) FROM population p WHERE p.country = s.country AND p.muni_code = s.muni_code)
      WHEN 'final_energy' THEN (SELECT energy_mwh FROM target t WHERE t.country = s.country AND t.muni_code = s.muni_code)
      WHEN 'target' THEN (SELECT target_mwh FROM target t WHERE t.country = s.country AND t.muni_code = s.muni_code)
    END::DOUBLE AS weight
  FROM plan.signatory s JOIN plan.agreement a USING (agreement_id))
SELECT plan, agreement_id, country, muni_code,
  round(CASE WHEN count(*) FILTER (weight IS NULL) OVER w = 0 THEN weight / fsum(weight) OVER w END, 9) AS key_weight
FROM size WINDOW w AS (PARTITION BY agreement_id ORDER BY bit ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING);
