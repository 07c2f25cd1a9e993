-- C32 error: no own measure, and no own measures together with the best package, save more than their stock uses
SELECT count(*) > 0 FROM own_measure;

SELECT concat_ws('|', o.country, o.muni_code, o.measure_id) AS row_key, o.saved_high_mwh AS observed, e.energy_mwh AS expected,
  o.file || ', line ' || o.line || ', column "saved_mwh": saves up to ' || o.saved_high_mwh || ' MWh a year of a stock that uses ' || e.energy_mwh || '; expected no more than that' AS message
FROM own_measure o JOIN end_use e USING (country, muni_code, stock) WHERE NOT o.decided AND o.saved_high_mwh > e.energy_mwh
UNION ALL
SELECT concat_ws('|', e.country, e.muni_code, e.stock), g.saved, e.energy_mwh,
  g.places || ': together with the best package on the stock ' || e.stock || ' these measures save ' || g.saved || ' MWh a year of ' || e.energy_mwh || '; expected fewer groups of their own'
FROM (SELECT country, muni_code, stock, round(fsum(best ORDER BY group_id), 3) AS saved, string_agg(place, ', ' ORDER BY group_id) AS places
      FROM (SELECT m.country, m.muni_code, m.stock, m.group_id, max(m.potential_mwh) AS best, min(o.file || ', line ' || o.line || ', column "group"') FILTER (m.group_id <> m.stock) AS place
            FROM measure m LEFT JOIN own_measure o USING (country, muni_code, stock, measure_id) GROUP BY ALL)
      GROUP BY ALL HAVING count(*) > 1) g
JOIN end_use e USING (country, muni_code, stock) WHERE g.saved > e.energy_mwh
