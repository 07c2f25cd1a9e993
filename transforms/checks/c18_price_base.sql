-- C18 error: all money is stated in the euro of the plan's price year
SELECT table_name AS row_key, string_agg(DISTINCT year::VARCHAR, ', ' ORDER BY year::VARCHAR) AS observed, (SELECT price_year::VARCHAR FROM plan.plan) AS expected, 'money of another year' AS message
FROM (SELECT 'measure' AS table_name, price_base_year AS year FROM measure
      UNION ALL SELECT 'renewable_supply', price_base_year FROM renewable_supply
      UNION ALL SELECT 'coalition_value', price_base_year FROM coalition_value
      UNION ALL SELECT 'allocation', price_base_year FROM allocation
      UNION ALL SELECT 'joint_savings', price_base_year FROM joint_savings)
WHERE year <> (SELECT price_year FROM plan.plan) GROUP BY table_name
