-- Whether somebody has a capacity at this moment: a person has their own for good, one of a group or role while they are in it.
CREATE FUNCTION "holds_capacity"(who TEXT, held TEXT) RETURNS BOOLEAN LANGUAGE SQL STABLE AS $$
  SELECT CASE
    WHEN held LIKE '@group:%' THEN EXISTS (
      SELECT FROM group_member g WHERE g.user_id = who AND held = '@group:' || g.org_id || '/' || g.name)
    WHEN held LIKE '@role:%' THEN EXISTS (
      SELECT FROM membership m, unnest(m.roles) role WHERE m.user_id = who AND held = '@role:' || m.org_id || '/' || role)
    ELSE true END
$$;

-- Whom a question asks as things stand now: those whom it has come to and who still are what they were asked as, and those who
-- stand in for one of them. Whoever was taken out is told nothing of it any more.
CREATE FUNCTION "still_asked"(of_operation TEXT) RETURNS TABLE ("person" TEXT, "in_place_of" TEXT) LANGUAGE SQL STABLE AS $$
  WITH asked AS (
    SELECT q.operation, q.approvers, q.payer, q.flow_id, q.asked = '' AS is_old,
           CASE WHEN q.asked = '' THEN false
                ELSE coalesce(q.asked::jsonb #>> '{agreement,starter}' = 'barred', false) END AS barred
      FROM question q WHERE q.operation = of_operation
  ), seat AS (
    SELECT a.person FROM asked q JOIN question_asked a ON a.operation = q.operation
     WHERE a.person = ANY(q.approvers) AND holds_capacity(a.person, a.capacity)
    UNION
    SELECT unnest(q.approvers) FROM asked q WHERE q.is_old
  )
  SELECT s.person, NULL FROM seat s
  UNION
  SELECT d.to_id, d.from_id FROM asked q, seat s JOIN delegation d ON d.from_id = s.person
   WHERE d.revoked_at IS NULL AND d.from_at <= now() AND d.until > now()
     AND (d.flow_id IS NULL OR d.flow_id = q.flow_id) AND NOT (q.barred AND d.to_id = q.payer)
$$;

-- Who counts already for a question: they voted, somebody did in their place, or they changed another question into this one.
CREATE FUNCTION "counted_in"(of_operation TEXT) RETURNS TABLE ("person" TEXT) LANGUAGE SQL STABLE AS $$
  SELECT unnest(array_remove(ARRAY[v.person, v.in_place_of], NULL)) FROM question q JOIN question_vote v
      ON v.operation = q.operation OR (v.subject = q.subject AND v.edits IS NOT NULL)
   WHERE q.operation = of_operation
$$;
