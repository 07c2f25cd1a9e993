-- C32 error: no own measure saves more than its stock uses
SELECT count(*) > 0 FROM own_measure;

SELECT concat_ws('|', o.country, o.muni_code, o.measure_id) AS row_key, o.saved_high_mwh AS observed, e.energy_mwh AS expected,
  o.file || ', line ' || o.line || ', column "saved_mwh": saves up to ' || o.saved_high_mwh || ' MWh a year of a stock that uses ' || e.energy_mwh || '; expected no more than that' AS message
FROM own_measure o JOIN end_use e USING (country, muni_code, stock) WHERE NOT o.decided AND o.saved_high_mwh > e.energy_mwh
