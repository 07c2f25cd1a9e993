-- Climate share: one row is a part of a carrier's use in a sector, its share of that use, and the share of it that
-- follows the weather. Heat and fuels follow it by the kind of building, other electricity does not. From the
-- registries of carriers and factors. Electricity that heats is known apart for Sweden's detached houses only.
WITH building(sector_id, factor_id) AS (VALUES
  ('HOUS', 'alpha_dwelling'), ('HOUS_DET', 'alpha_dwelling'), ('HOUS_APT', 'alpha_dwelling'), ('HOUS_SUM', 'alpha_dwelling'),
  ('SERV_PUB', 'alpha_institution_other'), ('SERV_PRV', 'alpha_office_trade'),
  ('IND', 'alpha_industry_process'), ('BUS', 'alpha_industry_process'), ('AGR', 'alpha_agriculture'), ('TRA', 'alpha_transport')),
part AS (
  SELECT c.carrier_id, b.sector_id, 'all' AS part, 1.0::DOUBLE AS part_share,
    CASE WHEN c.carrier_id = 'electricity' THEN 'alpha_electricity_non_heating'
      WHEN c.carrier_id = 'district_heat' AND b.sector_id = 'IND' THEN 'alpha_industry_space_heat' ELSE b.factor_id END AS factor_id
  FROM registry.carrier c CROSS JOIN building b
  WHERE NOT (c.carrier_id = 'electricity' AND b.sector_id = 'HOUS_DET')
  UNION ALL SELECT 'electricity', 'HOUS_DET', 'heating', factor('electric_heating_share_detached', 'SE', 2020), 'alpha_dwelling'
  UNION ALL SELECT 'electricity', 'HOUS_DET', 'other', 1 - factor('electric_heating_share_detached', 'SE', 2020), 'alpha_electricity_non_heating')
SELECT carrier_id, sector_id, part, part_share, f.value AS climate_share
FROM part JOIN registry.factor f USING (factor_id) WHERE f.country IS NULL AND f.year IS NULL;
