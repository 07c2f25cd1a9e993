-- C06c warning: the publisher's secret figures fit between its totals and the figures that it prints
SELECT count(*) > 0 FROM secret_use;

SELECT concat_ws('|', country, muni_code, year) AS row_key, NULL AS observed, 'totals that are the sums of their parts' AS expected, 'the figures of this year, with those that the plan states of secret ones, contradict each other, so nothing is said of its secret ones: ' || fault AS message
FROM secret_use WHERE fault IS NOT NULL GROUP BY ALL
