-- P24 warning: the heat of homes in the account is near to what the model of their buildings gives
SELECT count(*) > 0 FROM building_stock WHERE calibration_k IS NOT NULL;

SELECT concat_ws('|', country, muni_code) AS row_key, calibration_k AS observed, f.low || ' to ' || f.high AS expected,
  'the account and the building stock do not agree on the heat of homes: the heat may be of other buildings or years, or the buildings older or newer than the default' AS message
FROM building_stock CROSS JOIN (SELECT low, high FROM factor WHERE factor_id = 'building_k_factor_range') f WHERE dwelling_type = 'ALL' AND calibration_k NOT BETWEEN f.low AND f.high
