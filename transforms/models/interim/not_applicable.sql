-- Not applicable: one row is a published table and a member of which it has nothing because there is nothing to
-- have, or - for the whole plan. Of all else that a table lacks data are missing. key: dataset, country, muni_code
WITH signatory AS (
  SELECT country, muni_code, count(*) OVER (PARTITION BY agreement_id) > 1 AS with_others FROM agreement_member),
signed AS (
  SELECT m.country, m.muni_code, count(s.muni_code) AS n, count(*) FILTER (s.with_others) AS n_with_others
  FROM plan.member m LEFT JOIN signatory s USING (country, muni_code) GROUP BY ALL)
SELECT dataset, country, muni_code, 'it has signed no agreement' AS reason
FROM signed CROSS JOIN (VALUES ('agreement_member'), ('allocation'), ('exit_loss')) t(dataset) WHERE n = 0
UNION ALL
SELECT 'exit_loss', country, muni_code, 'nobody else has signed what it has signed' FROM signed WHERE n > 0 AND n_with_others = 0
UNION ALL
SELECT dataset, '-', '-', 'the plan has no agreements'
FROM (VALUES ('agreement'), ('agreement_incidence'), ('agreement_member'), ('allocation'), ('coalition_value'), ('exit_loss'), ('joint_savings'),
  ('stability'), ('tornado')) t(dataset)
WHERE NOT EXISTS (FROM agreement)
UNION ALL
SELECT 'exit_loss', '-', '-', 'no agreement has two signatories'
WHERE EXISTS (FROM agreement) AND NOT EXISTS (FROM signed WHERE n_with_others > 0)
UNION ALL
SELECT 'tornado', '-', '-', 'the plan has no agreement that saves anything for society'
WHERE EXISTS (FROM agreement) AND NOT EXISTS (FROM agreement WHERE gain_nature = 'resource');
