-- C14c error: certificates and headline agree on who could do better alone, what is shared out and which way of sharing is recommended
SELECT count(*) > 0 FROM stability;

WITH certificate AS (
  SELECT *, concat_ws('|', agreement_id, game, rule) AS row_key FROM stability),
finding(row_key, observed, expected, message) AS (
  SELECT row_key, concat_ws(', ', in_core, coalesce(blocking_members, 'nobody')), 'a group where it is not in the core, else nobody',
    'who could do better alone does not fit to whether anybody could'
  FROM certificate WHERE in_core <> (blocking_members IS NULL)
  UNION ALL
  SELECT row_key, max_excess_share, 'above zero', 'it is not in the core though nobody has a complaint'
  FROM certificate WHERE NOT in_core AND (max_excess_eur <= 0 OR max_excess_share < 0)
  UNION ALL
  -- A share is rounded to a millionth, and the least core of money is not of whole cents.
  SELECT row_key, max_excess_share, 'at least ' || least_core_low_share, 'its largest complaint is below the smallest that any way of sharing can reach'
  FROM certificate WHERE max_excess_share < least_core_low_share - 0.000002 AND coalesce(max_excess_eur < least_core_eur - 0.011, true)
  UNION ALL
  SELECT row_key, 'convex', 'superadditive', 'the game is convex and not superadditive' FROM certificate WHERE convex AND NOT superadditive
  UNION ALL
  SELECT row_key, efficient, true, 'the shares do not add up to the gain' FROM certificate WHERE NOT efficient
  UNION ALL
  SELECT DISTINCT row_key, a.in_core, s.in_core, 'allocation and stability do not agree on the core'
  FROM allocation a JOIN certificate s USING (scenario_id, agreement_id, rule) WHERE s.game = 'eur' AND a.in_core <> s.in_core
  UNION ALL
  SELECT agreement_id, j.recommended_rule, if(s.in_core, 'shapley', 'another'), 'the Shapley value is to be recommended where it is in the core, and only there'
  FROM joint_savings j JOIN certificate s USING (scenario_id, agreement_id)
  WHERE s.game = 'eur' AND s.rule = 'shapley' AND s.in_core <> (coalesce(j.recommended_rule, '-') = 'shapley')
  UNION ALL
  SELECT agreement_id, alone_eur::DECIMAL(18,2) - joint_eur::DECIMAL(18,2), gain_eur, 'the gain is not alone less joint'
  FROM joint_savings WHERE alone_eur::DECIMAL(18,2) - joint_eur::DECIMAL(18,2) <> gain_eur::DECIMAL(18,2)
  UNION ALL
  SELECT agreement_id, j.good_neighbour_ok, bool_and(NOT i.loses), 'the headline and the members'' rows do not agree on whether a member loses'
  FROM joint_savings j JOIN agreement_incidence i USING (scenario_id, agreement_id)
  WHERE agreement_id = 'ALL' GROUP BY ALL HAVING j.good_neighbour_ok <> bool_and(NOT i.loses))
SELECT row_key, observed::VARCHAR AS observed, expected::VARCHAR AS expected, message FROM finding
