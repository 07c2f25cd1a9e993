-- C29 error: the hourly balance has the same hours for every member, none negative, and its hours add up to the annual figures exactly
SELECT count(*) > 0 FROM hourly_balance;

WITH annual AS (
  SELECT country, muni_code, sum(energy_mwh) FILTER (flow = 'consumption') AS consumption_mwh, sum(energy_mwh) FILTER (flow <> 'consumption') AS production_mwh
  FROM electricity_year GROUP BY ALL),
hours AS (
  SELECT country, muni_code, min(method_id) AS method_id, count(*) AS n_hours, sum(consumption_mwh) AS consumption_mwh, sum(production_mwh) AS production_mwh
  FROM hourly_balance GROUP BY ALL)
SELECT concat_ws('|', country, muni_code) AS row_key, n_hours::VARCHAR AS observed, (SELECT count(DISTINCT hour_utc) FROM hourly_balance)::VARCHAR AS expected, 'hours of the plan are missing for a member' AS message
FROM hours WHERE n_hours <> (SELECT count(DISTINCT hour_utc) FROM hourly_balance)
UNION ALL
SELECT concat_ws('|', country, muni_code), '-', 'one of ' || (SELECT count(*) FROM plan.member), 'a member has no hours' FROM plan.member WHERE (country, muni_code) NOT IN (SELECT (country, muni_code) FROM hours)
UNION ALL
SELECT concat_ws('|', country, muni_code, hour_utc), at_most(consumption_mwh, production_mwh)::VARCHAR, '0 or more', 'a negative hour' FROM hourly_balance WHERE consumption_mwh < 0 OR production_mwh < 0
UNION ALL
SELECT concat_ws('|', country, muni_code), concat_ws(' and ', h.consumption_mwh, h.production_mwh), concat_ws(' and ', a.consumption_mwh, a.production_mwh), 'use and production by hour do not add up to the year'
FROM hours h JOIN annual a USING (country, muni_code) WHERE method_id = 'zone_shape' AND (h.consumption_mwh <> a.consumption_mwh OR h.production_mwh <> a.production_mwh)
