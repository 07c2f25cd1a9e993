-- Population: one row is the number of inhabitants of a member on a day. From
-- Statistics Denmark (first day of a month or quarter) and Statistics Sweden (31 December).
CREATE TABLE population (plan VARCHAR, country VARCHAR, muni_code VARCHAR, date DATE, population INTEGER, source_id VARCHAR);
COMMENT ON TABLE population IS 'Inhabitants. Denmark counts on the first day of a month or quarter, Sweden on 31 December. key: plan, country, muni_code, date';
COMMENT ON COLUMN population.plan IS 'The plan, by its id';
COMMENT ON COLUMN population.country IS 'Country: DK or SE';
COMMENT ON COLUMN population.muni_code IS 'Municipality code';
COMMENT ON COLUMN population.date IS 'Day of the count';
COMMENT ON COLUMN population.population IS 'Inhabitants [1]';
COMMENT ON COLUMN population.source_id IS 'Publisher, see table source';

SELECT m.plan, country, muni_code, p.date, p.population, p.source_id, p._origin
FROM (SELECT country, muni_code, date, population, 'dst' AS source_id, _origin FROM raw.dst_population WHERE population IS NOT NULL
      UNION ALL SELECT country, muni_code, date, population, 'scb', _origin FROM raw.scb_population) p
JOIN plan.member m USING (country, muni_code);
