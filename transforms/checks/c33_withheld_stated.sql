-- C33 error: the plan states no figure that is withheld because a secret one follows from it
SELECT count(*) > 0 FROM own_cell WHERE table_name = 'energy_balance';

SELECT concat_ws('|', o.table_name, o.country, o.muni_code, o.cell) AS row_key, NULL AS observed, 'no figure' AS expected,
  f.file || ', line ' || regexp_extract(o.own_origin[1], '#line (\d+)', 1) || ', column "table": this figure is withheld because a secret one follows from it or is in it; expected no row about it: take it out' AS message
FROM own_cell o JOIN secret_use s ON s.country = o.country AND s.muni_code = o.muni_code AND o.cell = concat_ws('|', s.year, s.carrier_id, s.sector_id)
LEFT JOIN plan.own_file f ON f.extract_sha256 = o.own_origin[1][:64] AND f.kind = if(o.corrects, 'corrections', 'figures')
WHERE o.table_name = 'energy_balance' AND s.method_id = 'kre_withheld'
