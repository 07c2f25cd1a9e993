-- Own figures: one row is a figure of a published table that the plan states itself, as a correction
-- of what a publisher says or where no publisher says anything. From the plan's own files. The models
-- of those tables put it in place of the publisher's before anything reads them.
SELECT country, muni_code, table_name, cell, corrected AS own_value, true AS corrects, _origin AS own_origin FROM raw.own_correction
UNION ALL
SELECT country, muni_code, table_name, cell, value, false, _origin FROM raw.own_figure
