-- Whoever pays is told two days before nothing more is earned in an escrow whose run goes on. What was told of a time that
-- was moved since is told to nobody: each move tells of its own.
CREATE FUNCTION "tell_of_escrow_time"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO notice_happening (kind, run_id, about, due_at) VALUES ('run_time_short', NEW.run_id,
    jsonb_build_object('settleBy', NEW.settle_by), NEW.settle_by - interval '2 days');
  PERFORM pg_notify('notice_due', '');
  RETURN NULL;
END $$;
CREATE TRIGGER "escrow_time_told" AFTER UPDATE OF "stands", "settle_by" ON "escrow" FOR EACH ROW
  WHEN (NEW."stands" = 'open' AND (OLD."stands" <> 'open' OR NEW."settle_by" <> OLD."settle_by"))
  EXECUTE FUNCTION "tell_of_escrow_time"();
