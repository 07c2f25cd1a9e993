-- C16 error: the Shapley value of all agreements together is the sum of those of the agreements that count
SELECT count(*) > 0 FROM allocation WHERE agreement_id = 'ALL';

WITH part AS (
  SELECT country, muni_code, sum(x.gain_eur::DECIMAL(18,2)) AS eur, count(*) AS n
  FROM allocation x JOIN agreement a USING (agreement_id) WHERE x.rule = 'shapley' AND a.gain_nature = 'resource' GROUP BY ALL)
SELECT concat_ws('|', country, muni_code) AS row_key, x.gain_eur AS observed, p.eur AS expected, 'the Shapley values do not add up' AS message
FROM allocation x JOIN part p USING (country, muni_code)
-- Each is rounded to the cent.
WHERE x.agreement_id = 'ALL' AND x.rule = 'shapley' AND abs(x.gain_eur::DECIMAL(18,2) - p.eur) > 0.01 * (p.n + 1)
