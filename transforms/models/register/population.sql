-- Population: one row is the number of inhabitants of a member on a day. From
-- Statistics Denmark (first day of a month or quarter) and Statistics Sweden (31 December), and the plan's own figures.
CREATE TABLE population (plan VARCHAR, country VARCHAR, muni_code VARCHAR, date DATE, population INTEGER, source_id VARCHAR,
  grade VARCHAR, half_width DOUBLE, stated_by VARCHAR, published_population INTEGER);
COMMENT ON TABLE population IS 'Inhabitants. Denmark counts on the first day of a month or quarter, Sweden on 31 December. key: plan, country, muni_code, date';
COMMENT ON COLUMN population.plan IS 'The plan, by its id';
COMMENT ON COLUMN population.country IS 'Country: DK or SE';
COMMENT ON COLUMN population.muni_code IS 'Municipality code';
COMMENT ON COLUMN population.date IS 'Day of the count';
COMMENT ON COLUMN population.population IS 'Inhabitants [1]';
COMMENT ON COLUMN population.source_id IS 'Publisher, see table source';
COMMENT ON COLUMN population.grade IS 'A: a complete register; C where the plan adds one to it';
COMMENT ON COLUMN population.half_width IS 'Half of the range of population as a share of it, 95 %, as the grade says [1]';
COMMENT ON COLUMN population.stated_by IS 'publisher; or the plan itself: correction (see table correction) or figure (see table own_figure)';
COMMENT ON COLUMN population.published_population IS 'What the publisher says where the plan corrects it; else null [1]';

SELECT m.plan, country, muni_code, date, if(o.corrects, o.own_value, coalesce(p.population, o.own_value))::INTEGER AS population, coalesce(p.source_id, 'own') AS source_id,
  if(p.population IS NULL, 'C', 'A') AS grade, half_width_of(if(p.population IS NULL, 'C', 'A')) AS half_width,
  CASE WHEN o.corrects THEN 'correction' WHEN p.population IS NULL THEN 'figure' ELSE 'publisher' END AS stated_by, if(o.corrects, p.population, NULL) AS published_population,
  list_concat(p._origin, o.own_origin) AS _origin
FROM (SELECT country, muni_code, date, population, 'dst' AS source_id, _origin FROM raw.dst_population WHERE population IS NOT NULL
      UNION ALL SELECT country, muni_code, date, population, 'scb', _origin FROM raw.scb_population) p
FULL JOIN (SELECT *, cell::DATE AS date FROM own_cell WHERE table_name = 'population') o USING (country, muni_code, date)
JOIN plan.member m USING (country, muni_code) WHERE p.population IS NOT NULL OR NOT o.corrects;
