-- Network heat: one row is what the plants of a municipality give to a district heating network in a year. From the
-- Danish producer count, and from SCB's KRE, which knows no networks: there each municipality is taken as one.
-- Net 888 of the count stands for heating of single blocks outside the nets and is none.
SELECT p.country, p.network_id, max(p.network_name) AS network_name, p.muni_code, max(m.zone) AS zone, p.year::SMALLINT AS year,
  sum(round(mwh_of_tj(p.heat_delivered_tj), 3)::DECIMAL(18,3))::DECIMAL(18,3) AS heat_mwh, sum(round(mwh_of_tj(p.electricity_delivered_tj), 3)::DECIMAL(18,3))::DECIMAL(18,3) AS power_mwh,
  'observed' AS value_status, 'A' AS grade, 'energistyrelsen' AS source_id, flatten(list(p._origin ORDER BY p.unit_id)) AS _origin
FROM raw.ens_plant_year p LEFT JOIN registry.municipality m USING (country, muni_code)
WHERE p.network_id IS NOT NULL AND p.network_id <> '888' GROUP BY p.country, p.network_id, p.muni_code, p.year
UNION ALL
SELECT h.country, 'SE-' || h.muni_code, NULL, h.muni_code, m.zone, h.year, h.energy_mwh, c.energy_mwh, h.value_status, 'B', 'scb', list_concat(h._origin, c._origin)
FROM plant_flow h JOIN registry.municipality m USING (country, muni_code)
LEFT JOIN plant_flow c ON c.country = h.country AND c.muni_code = h.muni_code AND c.year = h.year AND c.flow = 'TRF_OUT' AND c.plant_id = 'power:chp'
WHERE h.country = 'SE' AND h.flow = 'TRF_OUT' AND h.plant_id = 'heat:TOTAL';
