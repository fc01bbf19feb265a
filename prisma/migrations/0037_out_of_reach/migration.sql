-- Whether those who have not answered an open question, as they are now, could not bring it to a yes any more, were they all to
-- agree; and it is not refused already. One from before it was written down whom it asks is not told of.
CREATE FUNCTION "is_out_of_reach"(of_operation TEXT) RETURNS BOOLEAN LANGUAGE SQL STABLE AS $$
  WITH asked AS (
    SELECT q.operation, q.subject,
           CASE WHEN q.asked <> '' THEN coalesce((q.asked::jsonb #>> '{agreement,least}')::int, 1) END AS least,
           CASE WHEN q.asked <> '' THEN coalesce((q.asked::jsonb #>> '{agreement,against}')::int, 1) END AS against
      FROM question q WHERE q.operation = of_operation AND q.state = 'open'
  ), voted AS (
    SELECT coalesce(sum(v.weight) FILTER (WHERE v.answer = 'approved'), 0) AS yeses,
           coalesce(sum(v.weight) FILTER (WHERE v.answer = 'denied'), 0) AS noes
      FROM asked q JOIN question_vote v ON v.operation = q.operation OR (v.subject = q.subject AND v.edits IS NOT NULL)
  ), seat AS (
    SELECT a.person, max(a.weight) FILTER (WHERE holds_capacity(a.person, a.capacity)) AS weight
      FROM question_asked a WHERE a.operation = of_operation GROUP BY a.person
  ), remaining AS (
    SELECT coalesce(sum(s.weight) FILTER (WHERE s.person NOT IN (SELECT person FROM counted_in(of_operation))), 0) AS most,
           count(*) AS seats
      FROM seat s
  )
  SELECT coalesce((SELECT r.seats > 0 AND v.yeses + r.most < q.least AND v.noes < q.against
                     FROM asked q, voted v, remaining r), false)
$$;

-- Of the questions that ask somebody in a group or a role, the thousand whose time is over first: whoever puts more at once
-- sees it on the page of each.
CREATE FUNCTION "tell_out_of_reach"(who TEXT) RETURNS VOID LANGUAGE SQL AS $$
  SELECT tell_happening('approval_out_of_reach', mine.operation, mine.run_id)
    FROM (SELECT q.operation, q.run_id FROM question q
           WHERE q.state = 'open' AND q.operation IN (
             SELECT a.operation FROM question_asked a WHERE a.person = who AND a.capacity LIKE '@%')
           ORDER BY q.until LIMIT 1000) mine
   WHERE is_out_of_reach(mine.operation)
$$;

-- Whoever is put into the same groups again at once was never out of them: whether it is so is looked up again when it is told.
CREATE FUNCTION "tell_of_leaving"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM tell_out_of_reach(OLD.user_id);
  RETURN NULL;
END $$;
CREATE TRIGGER "group_left_told" AFTER DELETE ON "group_member"
  FOR EACH ROW EXECUTE FUNCTION "tell_of_leaving"();
CREATE TRIGGER "roles_left_told" AFTER DELETE OR UPDATE OF "roles" ON "membership"
  FOR EACH ROW EXECUTE FUNCTION "tell_of_leaving"();

-- A no that does not refuse by itself may leave too few.
CREATE FUNCTION "tell_of_no"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF is_out_of_reach(NEW.operation) THEN
    PERFORM tell_happening('approval_out_of_reach', NEW.operation, (SELECT run_id FROM question WHERE operation = NEW.operation));
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER "no_told" AFTER INSERT ON "question_vote" FOR EACH ROW
  WHEN (NEW."answer" = 'denied') EXECUTE FUNCTION "tell_of_no"();
