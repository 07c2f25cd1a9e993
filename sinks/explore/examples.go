package explore

import (
	"errors"
	"net/url"
)

// errDelivered says that the answer has gone out as a file.
var errDelivered = errors.New("delivered")

func encoded(sql string) string { return url.Values{"sql": {sql}}.Encode() }

// examples are questions to begin with. Their titles are keys of the catalogue.
var examples = []struct{ Title, SQL string }{
	{"example_gain", `SELECT m.name, a.rule, a.gain_eur
FROM allocation a JOIN member m USING (country, muni_code)
WHERE a.agreement_id = 'ALL'
ORDER BY m.bit, a.rule`},
	{"example_use", `SELECT m.name, min(e.year) AS energy_from, max(e.year) AS energy_to, round(sum(e.energy_mwh) / 1000, 1) AS gwh
FROM end_use e JOIN member m USING (country, muni_code)
GROUP BY m.bit, m.name
ORDER BY m.bit`},
	{"example_wind", `SELECT m.name, r."case", round(r.unused_mwh / 1000, 1) AS unused_gwh, r.grade
FROM renewable_potential r JOIN member m USING (country, muni_code)
WHERE r.resource = 'wind_onshore' AND r.level = 'realisable'
ORDER BY m.bit, r.energy_mwh`},
	{"example_cheap", `WITH part AS (
  SELECT *, least(step_mwh, 50000 - cumulative_mwh + step_mwh) AS taken
  FROM supply_curve WHERE cumulative_mwh - step_mwh < 50000)
SELECT coalesce(m.name, 'together') AS who, round(sum(taken) / 1000, 1) AS gwh,
  round(sum(taken * step_eur_per_mwh) / 1000) AS net_keur_a_year
FROM part LEFT JOIN member m USING (country, muni_code)
GROUP BY m.bit, m.name
ORDER BY m.bit NULLS FIRST`},
	{"example_source", `SELECT l.table_name, x.*
FROM lineage l JOIN extract x USING (extract_sha256)
LIMIT 20`},
	{"example_columns", `DESCRIBE TABLE energy_balance`},
}
