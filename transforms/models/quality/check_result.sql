-- Check result: one row is what a check found, or that it found nothing. Filled by the engine.
CREATE TABLE check_result (
  plan VARCHAR, check_id VARCHAR, row_key VARCHAR, severity VARCHAR, state VARCHAR, observed VARCHAR, expected VARCHAR, message VARCHAR);
COMMENT ON TABLE check_result IS 'Results of the checks. A failed error keeps the plan from being published; a warning is published with it. key: plan, check_id, row_key';
COMMENT ON COLUMN check_result.plan IS 'The plan, by its id';
COMMENT ON COLUMN check_result.check_id IS 'Check';
COMMENT ON COLUMN check_result.row_key IS 'What it found fault with; - when it passed or does not apply';
COMMENT ON COLUMN check_result.severity IS 'error or warning';
COMMENT ON COLUMN check_result.state IS 'passed, failed or not_applicable (the data it needs are absent or partial)';
COMMENT ON COLUMN check_result.observed IS 'What was found';
COMMENT ON COLUMN check_result.expected IS 'What should have been';
COMMENT ON COLUMN check_result.message IS 'In words: what must hold, or what is wrong';
