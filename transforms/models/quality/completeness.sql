-- Completeness: one row is what a data set has of a member in a year. Filled by the engine.
CREATE TABLE completeness (
  plan VARCHAR, country VARCHAR, muni_code VARCHAR, source_id VARCHAR, dataset VARCHAR, year SMALLINT, state VARCHAR, n_rows BIGINT, n_unknown BIGINT, as_of DATE, reason VARCHAR);
COMMENT ON TABLE completeness IS 'What there is and what is missing. A data set that has nothing of a member has one row with state missing; a table that no data can fill, or that has nothing of a member, has one with source_id samkraft. key: plan, country, muni_code, source_id, dataset, year';
COMMENT ON COLUMN completeness.plan IS 'The plan, by its id';
COMMENT ON COLUMN completeness.country IS 'Country: DK or SE; - where the data set is about no municipality';
COMMENT ON COLUMN completeness.muni_code IS 'Municipality code; - where the data set is about no municipality';
COMMENT ON COLUMN completeness.source_id IS 'Publisher, see table source; samkraft for a published table';
COMMENT ON COLUMN completeness.dataset IS 'Data set, and behind a slash its table where it has several; or the published table';
COMMENT ON COLUMN completeness.year IS 'Year; 0 where the data set has no years, or nothing at all [year]';
COMMENT ON COLUMN completeness.state IS 'complete; partial (hours are missing, or figures are unknown); suppressed (figures are secret); missing; not_applicable (nothing is missing: there is nothing to have, as of a member that signs no agreement)';
COMMENT ON COLUMN completeness.n_rows IS 'Number of figures [1]';
COMMENT ON COLUMN completeness.n_unknown IS 'Number of figures that are secret or not available [1]';
COMMENT ON COLUMN completeness.as_of IS 'Date of the newest edition that has something of it; null when its files give no date';
COMMENT ON COLUMN completeness.reason IS 'Why it is not complete, or why there is nothing to have';
